import { describe, expect, test } from "vitest";
import { type Correction, correctionSet, type InputColumn } from "../../src/correction/index.ts";
import { CortadoError } from "../../src/errors.ts";
import { type Column, fromList, toList } from "../../src/jagged/index.ts";
import { agrees, casesOf, decode, type OracleCase, textOf, unknownCases, whereOracle } from "./oracle-cases.ts";

const cases = casesOf("correctionlib");

/** Where JavaScript cannot do as the reference does: JSON numbers and arguments have one type (interop.md, section 4). */
const oneNumberType = new Set([
  "load-integer-edges",
  "load-mixed-edges",
  "load-integer-uniform",
  "correction-arguments-1-int",
  "correction-int-for-real",
]);

const sets = new Map<string, ReturnType<typeof correctionSet>>();
function setOf(file: string): ReturnType<typeof correctionSet> {
  const known = sets.get(file) ?? correctionSet(textOf(file));
  sets.set(file, known);
  return known;
}

const real = (name: string): object => ({ name, type: "real" });

function oneCorrection(data: unknown, inputs: readonly string[] = ["x"]): Correction {
  const correction = { name: "test", version: 1, inputs: inputs.map(real), output: real("y"), data };
  return correctionSet({ schema_version: 2, corrections: [correction] }).get("test");
}

interface Typed {
  readonly type: string;
  readonly data: unknown[];
}

const isTyped = (value: unknown): value is Typed => typeof value === "object" && value !== null && "type" in value;
const isError = (value: unknown): boolean => typeof value === "object" && value !== null && "error" in value;

/** A list of values is one point each; a typed value is a column; anything else stands for all points. */
function inputOf(value: unknown, point?: number): InputColumn {
  if (isTyped(value)) return fromList(decode(value.data) as unknown[], value.type.replace(/^\d+ \* /, ""));
  if (Array.isArray(value)) return decode(point === undefined ? value : value[point]) as InputColumn;
  return decode(value) as InputColumn;
}

/** What reads past the last bin in the reference: a number just below the upper edge, where n·z rounds to n. */
function readsPastTheEnd({ file, name }: OracleCase, args: readonly unknown[]): boolean {
  if (file === undefined) return false;
  const { corrections } = JSON.parse(textOf(String(file))) as {
    corrections: { name: string; data: { edges?: unknown; flow?: unknown } }[];
  };
  const edges = corrections.find((one) => one.name === name)?.data.edges as
    | { n: number; low: number; high: number }
    | undefined;
  if (edges?.n === undefined || typeof corrections.find((one) => one.name === name)!.data.flow !== "string")
    return false;
  const x = args[0] as number;
  return x < edges.high && edges.n * ((x - edges.low) / (edges.high - edges.low)) >= edges.n;
}

function check(given: OracleCase): void {
  const args = (given["args"] ?? [given["syst"], given["direction"], given["pt"]]) as readonly unknown[];
  const build = (): Correction =>
    given["expression"] === undefined
      ? setOf(String(given["file"])).get(String(given["name"]))
      : oneCorrection(
          {
            nodetype: "formula",
            expression: given["expression"],
            parser: "TFormula",
            variables: given["variables"],
            parameters: given["parameters"],
          },
          given["variables"] as string[],
        );
  if (isError(given.result)) {
    expect(() => build().evaluate(...args.map((value) => inputOf(value))), given.id).toThrow(CortadoError);
    return;
  }
  const correction = build();
  const expected = (isTyped(given.result) ? given.result.data : given.result) as unknown[];
  const tolerance = String(given["name"]).startsWith("hash") ? 1e-13 : 1e-12;
  const exact = given["name"] === "hash_stdflat" || given["name"] === "hash_one_real";
  const compare = (got: unknown, want: unknown, where: string): void => {
    if (Array.isArray(want))
      for (const [i, one] of want.entries()) compare((got as unknown[])[i], one, `${where}[${i}]`);
    else if (!agrees(got as number, decode(want) as number, exact ? 0 : tolerance))
      expect.fail(`${given.id} at ${where}: ${String(got)}, expected ${String(want)}`);
  };
  if (args.some(isTyped)) {
    compare(toList(correction.evaluate(...args.map((value) => inputOf(value))) as Column), expected, "");
    return;
  }
  // Point by point with single values, and all points that have a value as one column.
  const good: number[] = [];
  expected.forEach((want, point) => {
    const values = args.map((value) => inputOf(value, point));
    if (want === "error") {
      expect(() => correction.evaluate(...values), `${given.id} at ${point}`).toThrow(CortadoError);
      return;
    }
    good.push(point);
    const got = correction.evaluate(...values);
    if (readsPastTheEnd(given, values)) {
      expect(got).toBe(correction.evaluate((values[0] as number) - 1e-9));
      good.pop();
    } else compare(got, want, String(point));
  });
  if (good.length === 0) return;
  const columns = args.map((value) =>
    Array.isArray(value) ? good.map((point) => inputOf(value, point)) : inputOf(value),
  );
  const column = correction.evaluate(...(columns as InputColumn[])) as Column;
  compare(
    toList(column),
    good.map((point) => expected[point]),
    "column",
  );
}

function checkLoading(given: OracleCase): void {
  const load = (): number => oneCorrection(JSON.parse(String(given["text"]))).evaluate(given["x"] as number);
  if (isError(given.result)) expect(load, given.id).toThrow(CortadoError);
  else expect(load(), given.id).toBe(given.result);
}

describe.skipIf(cases.length === 0)(`correctionlib's answers (${whereOracle})`, () => {
  test("every case of the oracle belongs to a family", () => expect(unknownCases()).toEqual([]));

  test.each(cases.map((one) => [one.id, one] as const))("%s", (id, given) => {
    if (oneNumberType.has(id)) {
      expect(isError(given.result)).toBe(true);
      expect(() => (given["text"] === undefined ? check(given) : checkLoading(given))).toThrow();
    } else if (given["text"] === undefined) check(given);
    else checkLoading(given);
  });
});

test("numbers of one type: integers are accepted as edges, for real and, if whole, for integer inputs", () => {
  const node = { nodetype: "binning", input: "x", edges: [0, 5.0], content: [1, 2].slice(0, 1), flow: "clamp" };
  expect(oneCorrection(node).evaluate(1)).toBe(1);
  const uniform = { nodetype: "binning", input: "x", edges: { n: 2, low: 0, high: 5 }, content: [1, 2], flow: "clamp" };
  expect(oneCorrection(uniform).evaluate(4)).toBe(2);
});
