import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AccumulatedColumn, columnAccumulator } from "../../src/accumulator/index.ts";
import { resultJson, run } from "../../src/executor/index.ts";
import { fromList, type PrimitiveColumn, sum, toList, typeName, unflatten } from "../../src/jagged/index.ts";
import { accumulate } from "../../src/processor/index.ts";
import { sample, temporaryFolder, writeSample } from "../executor/sample.ts";

const list = (column: AccumulatedColumn | undefined): unknown => toList(column!.value);

describe("columns of chunks", () => {
  test("stand one after the other, across threads", () =>
    fc.assert(
      fc.property(fc.array(fc.array(fc.array(fc.integer())), { minLength: 1 }), (chunks) => {
        const parts = chunks.map((lists) => structuredClone(columnAccumulator(fromList(lists, "var * float64"))));
        expect(list(accumulate(parts))).toEqual(chunks.flat());
      }),
    ));

  test("rows of one length stay rows: the sum of the specification", () => {
    const rows = (n: number): AccumulatedColumn =>
      columnAccumulator(unflatten(fromList([...Array(n).keys()], "float64"), 3));
    const both = accumulate([rows(6), rows(12)])!;
    expect(typeName(both.value)).toBe("3 * float64");
    expect([both.value.length, sum(both.value, { axis: null })]).toEqual([6, 81]);
  });

  test("number types promote, missing values stay", () => {
    const both = accumulate([
      columnAccumulator(Int32Array.of(1, 2)),
      columnAccumulator(fromList([1.5, null], "?float64")),
    ]);
    expect([typeName(both!.value), list(both)]).toEqual(["?float64", [1, 2, 1.5, null]]);
  });

  test("are copies, of no more than the column", () => {
    const values = Float64Array.of(1, 2, 3, 4);
    const one = columnAccumulator({ kind: "primitive", dtype: "float64", values, length: 2 });
    const all = accumulate([one])!;
    values.fill(0);
    expect(list(one)).toEqual([1, 2]);
    expect((one.value as PrimitiveColumn).values.buffer.byteLength).toBe(16);
    (one.value as PrimitiveColumn<"float64">).values.fill(0);
    expect(list(all)).toEqual([1, 2]);
  });

  test("of different shapes do not add", () => {
    const [flat, lists] = [columnAccumulator(Float64Array.of(1)), columnAccumulator(fromList([[1]], "var * float64"))];
    const rows = (n: number) => columnAccumulator(unflatten(fromList(Array(n).fill(1), "int64"), n));
    expect(() => accumulate([{ x: flat }, { x: lists }])).toThrow(
      "Cannot add x: columns of float64 and var * float64 do not add.",
    );
    expect(() => accumulate([rows(2), rows(3)])).toThrow("columns of 2 * int64 and 3 * int64 do not add");
    expect(() => accumulate([rows(2), lists])).toThrow("do not add");
    expect(() => accumulate<unknown>([flat, [1]])).toThrow("a column and a list do not add");
    expect(() => columnAccumulator(new DataView(new ArrayBuffer(8)) as never)).toThrow("no column of a DataView");
  });
});

test("a run gives the column of all events", async () => {
  const data = sample(300);
  const file = await writeSample(join(temporaryFolder(), "sample.parquet"), data);
  type Events = { readonly MET: { readonly pt: never }; readonly Jet: { readonly pt: never } };
  const ran = await run<{ met: AccumulatedColumn; jets: AccumulatedColumn }>(
    file,
    (events: Events) => ({ met: columnAccumulator(events.MET.pt), jets: columnAccumulator(events.Jet.pt) }),
    { chunkSize: 70 },
  );
  expect(typeName(ran.result!.met.value)).toBe("float32");
  expect(list(ran.result!.met)).toEqual(data.MET_pt);
  expect(list(ran.result!.jets)).toEqual(data.Jet_pt);
  expect(JSON.parse(resultJson(ran))).toEqual({ met: data.MET_pt, jets: data.Jet_pt });
});

test("accumulate begins with what it is given, and changes nothing", () => {
  const before = { n: 1, of: ["a"] };
  expect(accumulate([{ n: 2, of: ["b"] }, null, undefined], before)).toEqual({ n: 3, of: ["a", "b"] });
  expect(before).toEqual({ n: 1, of: ["a"] });
  expect(accumulate([])).toBeUndefined();
});
