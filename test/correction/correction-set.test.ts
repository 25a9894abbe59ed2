import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { correctionSet, type InputValue } from "../../src/correction/index.ts";
import { isCortadoError } from "../../src/errors.ts";
import { fromList, toList } from "../../src/jagged/index.ts";
import { agrees, decode } from "./oracle-cases.ts";

interface Made {
  readonly correction: { readonly name: string };
  readonly points: readonly (readonly InputValue[])[];
  readonly values: readonly (number | string)[];
}

const made = JSON.parse(readFileSync(join(import.meta.dirname, "../fixtures/corrections.json"), "utf8")) as Made[];

test.each(made.map((one) => [one.correction.name, one] as const))("%s as correctionlib has it", (name, given) => {
  const one = correctionSet({ schema_version: 2, corrections: [given.correction] }).get(name);
  const good: number[] = [];
  given.points.forEach((point, i) => {
    const expected = given.values[i]!;
    if (expected === "error") expect(() => one.evaluate(...point), `point ${i}`).toThrow(/correction "random/);
    else {
      good.push(i);
      const got = one.evaluate(...point);
      if (!agrees(got, decode(expected) as number, 1e-12))
        expect.fail(`point ${i} ${point}: ${got}, expected ${expected}`);
    }
  });
  // The same points as columns, two by two in lists.
  const at = (k: number) => good.map((i) => given.points[i]![k]!);
  const types = ["float64", "float64", "int64", "string"];
  const lists = [0, 1, 2, 3].map((k) => {
    const values = at(k).map((value) => (k === 2 ? BigInt(value) : value));
    return fromList([[], values.slice(0, 2), values.slice(2)], `var * ${types[k]}`);
  });
  const column = toList(one.evaluate(...lists)) as number[][];
  expect(column.map((list) => list.length)).toEqual([0, Math.min(2, good.length), Math.max(0, good.length - 2)]);
  expect(column.flat()).toEqual(good.map((i) => one.evaluate(...given.points[i]!)));
});

const binning = (flow: unknown) => ({
  name: "muon",
  version: 1,
  inputs: [
    { name: "eta", type: "real" },
    { name: "pt", type: "real" },
  ],
  output: { name: "weight", type: "real" },
  data: {
    nodetype: "multibinning",
    inputs: ["eta", "pt"],
    edges: [
      [0.0, 1.0, 2.5],
      [20.0, 30.0, 60.0],
    ],
    content: [1, 2, 3, 4],
    flow,
  },
});
const muon = (flow: unknown = "error") =>
  correctionSet({ schema_version: 2, corrections: [binning(flow)] }).get("muon");

test("a jagged input gives a jagged result over the same offsets; event columns and values repeat; missing stays missing", () => {
  const pt = fromList([[25, 35], [], [null, 50]], "var * ?float32");
  const result = muon().evaluate(0.5, pt);
  expect(toList(result)).toEqual([[1, 2], [], [null, 2]]);
  expect(result.kind === "list" && pt.kind === "list" && result.offsets === pt.offsets).toBe(true);
  expect(toList(muon().evaluate(fromList([0.5, 1.5, 2], "float64"), pt))).toEqual([[1, 2], [], [null, 4]]);
  expect(toList(muon().evaluate(new Float32Array([0.5, 1.5]), [25, 35]))).toEqual([1, 4]);
});

test("what is missing, out of range or of the wrong type is one line that names it", () => {
  const message = (f: () => unknown): string => {
    try {
      f();
    } catch (error) {
      expect(isCortadoError(error, "CorrectionError")).toBe(true);
      return (error as Error).message;
    }
    return "no error";
  };
  expect(message(() => muon().evaluate(0.5))).toBe('correction "muon": takes 2 inputs, eta (real), pt (real); not 1');
  expect(message(() => muon().evaluate(0.5, "20"))).toBe('correction "muon": input pt is real, not the string "20"');
  expect(message(() => muon().evaluate(0.5, 60))).toBe(
    'correction "muon": pt 60 is not below 60; its bins reach from 20 to 60',
  );
  expect(message(() => muon().evaluate(0.5, fromList([[25], [], [30, 19]], "var * float64")))).toBe(
    'correction "muon": pt 19 is below 20; its bins reach from 20 to 60 (event 2)',
  );
  expect(message(() => correctionSet({ schema_version: 2, corrections: [binning("error")] }).get("muons"))).toBe(
    'there is no correction "muons". Nearest: muon.',
  );
  expect(message(() => muon("climb"))).toMatch(/corrections\[0\]\.data\.flow: there is no "climb" here/);
  expect(message(() => correctionSet({ schema_version: 1 }))).toMatch(/schema_version: version 2 can be read, not 1/);
});

test("files come as text or bytes, gzipped or not", () => {
  const text = JSON.stringify({ schema_version: 2, corrections: [binning("clamp")] });
  for (const given of [text, Buffer.from(text), gzipSync(text)])
    expect(correctionSet(given).get("muon").evaluate(0.5, 25)).toBe(1);
  for (const broken of ["{", Buffer.from("{"), Buffer.from([0x1f, 0x8b, 0, 1])])
    expect(() => correctionSet(broken)).toThrow(/the corrections file is not JSON/);
});

test("it says what it does outside, silently or not", () => {
  expect(muon("clamp").describe()).toBe(
    "muon(eta, pt) → weight\n  eta (real): 0 to 2.5 in 2 bins; outside: the nearest bin\n  pt (real): 20 to 60 in 2 bins; outside: the nearest bin",
  );
  expect(muon(-1).describe()).toContain("outside: -1, silently");
});

test("64-bit integers are hashed to the last bit, and refused where a number cannot hold them", () => {
  const hash = { nodetype: "hashprng", inputs: ["event"], distribution: "stdflat" };
  const of = (data: unknown) =>
    correctionSet({
      schema_version: 2,
      corrections: [
        { name: "c", version: 1, inputs: [{ name: "event", type: "int" }], output: { name: "w", type: "real" }, data },
      ],
    }).get("c");
  const [a, b] = [9007199254740993n, 9007199254740992n];
  const [one, other] = [of(hash).evaluate(a), of(hash).evaluate(b)];
  expect(one).not.toBe(other);
  expect(toList(of(hash).evaluate(fromList([a, b], "int64")))).toEqual([one, other]);
  const category = { nodetype: "category", input: "event", content: [{ key: 1, value: 2 }], default: 0 };
  expect(() => of(category).evaluate(fromList([a], "int64"))).toThrow(
    /event 9007199254740993 of entry 0 cannot be held exactly/,
  );
});
