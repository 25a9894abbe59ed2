import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { CortadoError } from "../../src/errors.ts";
import { type Column, toList } from "../../src/jagged/index.ts";
import { vectors } from "../../src/vector/index.ts";
import { type Case, decode, file, inputs, operations, oracle, type Typed } from "./vector-oracle-operations.ts";
import { agree, byChance, scales, shapeOf, toNumber } from "./vector-oracle-tolerance.ts";

function dtypeOf(column: Column): string {
  let values = column;
  while (values.kind === "list") values = values.content;
  return values.kind === "primitive" ? values.dtype : values.kind;
}

/** The dtype the reference gives, but float32 stays float32 everywhere and an index is an ordinary integer. */
function expectedType(given: Case, name: string, { type }: Typed): string {
  if (name === "index") return "int32";
  const widened = /rotateX|boostCM_of/.test(given.op) && given.inputs.every((input) => /_f32b?$/.test(input));
  return widened ? "float32" : type.replace(/^.*[*?] ?\??/, "");
}

/** Throws with the first places where a result differs. */
function compare(given: Case, name: string, got: Column, expected: Typed): void {
  const data = decode(expected.data) as unknown[];
  const list = toList(got);
  expect(dtypeOf(got), `${given.id}: dtype of ${name}`).toBe(expectedType(given, name, expected));
  expect(shapeOf(list), `${given.id}: shape of ${name}`).toEqual(shapeOf(data));
  const [left, right] = [list.flat(3), data.flat(3)];
  const rowScales = scales(given, right.length);
  const wrong: string[] = [];
  right.forEach((value, row) => {
    if (value === null || typeof value === "boolean") {
      if (left[row] !== value && !byChance(given, name, row))
        wrong.push(`row ${row}: ${String(left[row])}, expected ${String(value)}`);
      return;
    }
    const verdict = agree(given, name, toNumber(left[row]), value as number, rowScales[row]!);
    verdicts[verdict === "all rounding" ? "rounding" : "compared"]++;
    if (verdict === false)
      wrong.push(`row ${row}: ${String(left[row])}, expected ${String(value)} ${JSON.stringify(rowScales[row])}`);
  });
  if (wrong.length > 0) throw new Error(`${given.id}: ${name}: ${wrong.slice(0, 6).join("; ")}`);
}

const verdicts = { compared: 0, rounding: 0 };

describe.skipIf(!existsSync(file))(existsSync(file) ? "vector.json" : `${file} is missing`, () => {
  test.each(oracle.cases.map((given) => [given.id, given] as const))("%s", (_, given) => {
    const operation = operations[given.op];
    if (operation === undefined) throw new Error(`unknown operation ${given.op}`);
    const known = ["id", "op", "inputs", "result", "note", "quirk", ...(operation.takes ?? [])];
    expect(Object.keys(given).filter((argument) => !known.includes(argument))).toEqual([]);
    const [a, b] = given.inputs.map((name) => vectors(inputs.get(name)!)) as [Column, Column];
    if ("error" in given.result) {
      expect(() => operation.run(a, b, given)).toThrow(CortadoError);
      return;
    }
    const results = operation.run(a, b, given);
    const problems: string[] = [];
    for (const [name, expected] of Object.entries(given.result as { readonly [name: string]: Typed })) {
      expect(Object.keys(results), given.id).toContain(name);
      try {
        compare(given, name, results[name]!, expected);
      } catch (error) {
        problems.push((error as Error).message);
      }
    }
    expect(problems).toEqual([]);
  });

  test("almost every number is one that can be compared", () => {
    expect(verdicts.compared).toBeGreaterThan(10_000);
    expect(verdicts.rounding / verdicts.compared).toBeLessThan(0.02);
  });
});
