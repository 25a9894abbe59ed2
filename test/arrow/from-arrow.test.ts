import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type Data,
  type DataType,
  DateDay,
  Dictionary,
  Field,
  Float16,
  Int32,
  makeData,
  Struct,
  Utf8,
  Vector,
  vectorFromArray,
} from "apache-arrow";
import fc from "fast-check";
import { expect, test } from "vitest";
import { fromArrow, fromArrowIpc, toArrow } from "../../src/arrow/index.ts";
import { fromList, toList, typeName } from "../../src/jagged/index.ts";
import { plain } from "./plain.ts";
import { samples } from "./samples.ts";

const fixture = (name: string): Buffer => readFileSync(join(import.meta.dirname, "../fixtures/arrow", name));

test("what pyarrow writes and cortado does not is read: dictionaries, large types, slices, filled missing entries", () => {
  const columns = fromArrowIpc(fixture("kinds.arrow"));
  const expected = JSON.parse(fixture("kinds.json").toString()) as Record<string, unknown[]>;
  expect(Object.keys(columns)).toEqual(Object.keys(expected));
  for (const [name, column] of Object.entries(columns)) expect([name, plain(column)]).toEqual([name, expected[name]]);
  expect(Object.values(columns).map(typeName)).toMatchInlineSnapshot(`
    [
      "?float64",
      "?int64",
      "?bool",
      "?string",
      "?bytes",
      "string",
      "?string",
      "option[var * ?float32]",
      "option[var * uint8]",
      "option[var * int16]",
      "?{pt: ?float64, hits: var * int64}",
      "?float64",
      "var * option[var * int64]",
    ]
  `);
});

test("missing entries hold 0, NaN or nothing, whatever Arrow had there", () => {
  const { float, integer, full } = fromArrowIpc(fixture("kinds.arrow"));
  expect(float).toMatchObject({ values: Float64Array.of(1.5, Number.NaN, -2.5, Number.NaN, -2.5) });
  expect(integer).toMatchObject({ values: BigInt64Array.of(2n ** 53n + 1n, 0n, -3n, 0n, -3n) });
  expect(full).toMatchObject({
    offsets: Int32Array.of(0, 2, 2, 3, 3, 4),
    content: { values: Int16Array.of(1, 2, 5, 5) },
  });
});

const type = "option[var * ?{x: ?int32, f: float64, s: ?string, b: ?bool, l: option[var * bool]}]";
const record = fc.record({
  x: fc.option(fc.integer()),
  f: fc.double({ noDefaultInfinity: true }),
  s: fc.option(fc.string()),
  b: fc.option(fc.boolean()),
  l: fc.option(fc.array(fc.boolean(), { maxLength: 3 })),
});
const nested = fc.array(fc.option(fc.array(fc.option(record), { maxLength: 4 })), { maxLength: 40 });

test("any slice and any chunks of a vector are the slice and the concatenation of its values", () => {
  fc.assert(
    fc.property(nested, nested, fc.nat(40), fc.nat(40), (first, second, a, b) => {
      const [start, stop] = [Math.min(a, b), Math.max(a, b)];
      const vector = toArrow(fromList(first, type));
      expect(toList(fromArrow(vector.slice(start, stop)))).toEqual(first.slice(start, stop));
      const chunked = vector.concat(toArrow(fromList(second, type))).slice(start, stop);
      expect(toList(fromArrow(chunked))).toEqual([...first, ...second].slice(start, stop));
    }),
    { numRuns: 200 },
  );
});

test("a slice shares its values, its offsets begin at 0", () => {
  const { content } = samples["lists"] as { content: { values: Float32Array } };
  const slice = fromArrow(toArrow(samples["lists"]!).slice(2, 4));
  expect(slice).toMatchObject({ offsets: Int32Array.of(0, 1, 4), content: { values: Float32Array.of(3, 4, 5, 6) } });
  expect((slice as typeof slice & { content: { values: Float32Array } }).content.values.buffer).toBe(
    content.values.buffer,
  );
});

test("dictionaries are decoded", () => {
  const vector = vectorFromArray(["mu", null, "e", "mu"], new Dictionary(new Utf8(), new Int32()));
  expect(toList(fromArrow(vector))).toEqual(["mu", null, "e", "mu"]);
});

test.each<[string, Vector, string]>([
  [
    "dates",
    vectorFromArray([new Date(0)], new DateDay()),
    "a vector has the Arrow type Date32<DAY>, which columns do not have; cast it first",
  ],
  [
    "a half-precision member",
    vectorFromArray([{ x: 1 }], new Struct([new Field("x", new Float16() as DataType, true)])),
    `"x" has the Arrow type Float16, which columns do not have; cast it first`,
  ],
])("%s are refused", (_, vector, message) => {
  expect(() => fromArrow(vector)).toThrow(expect.objectContaining({ kind: "FormatError", message }));
});

test.each<[string, Data, string]>([
  ["values", makeData({ type: new Int32(), data: new Int32Array(3), length: 4 }), "fewer values than its length"],
  [
    "offsets",
    makeData({ type: new Utf8(), data: new Uint8Array(3), valueOffsets: Int32Array.of(0, 2, 1, 3) }),
    "offsets that are not in order, or beyond its bytes",
  ],
  [
    "validity",
    makeData({ type: new Int32(), data: new Int32Array(12), nullBitmap: new Uint8Array(1) }),
    "a validity shorter than its length",
  ],
])("data with wrong %s are refused", (_, data, what) => {
  expect(() => fromArrow(new Vector([data]))).toThrow(
    expect.objectContaining({
      kind: "FormatError",
      message: `the Arrow data of a vector are damaged: they have ${what}`,
    }),
  );
});
