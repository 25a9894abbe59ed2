import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { axis, Hist, type StorageKind } from "../../src/hist/index.ts";
import { fromList } from "../../src/jagged/index.ts";
import { close } from "./reference-state.ts";

const kinds: readonly StorageKind[] = ["double", "int64", "weight", "mean", "weightedMean"];
const means = (kind: StorageKind): boolean => kind === "mean" || kind === "weightedMean";
const row = fc.record({
  x: fc.integer({ min: -4, max: 6 }),
  d: fc.constantFrom("a", "b", "c"),
  w: fc.integer({ min: 1, max: 5 }),
  s: fc.integer({ min: -20, max: 20 }),
});
type Row = { readonly x: number; readonly d: string; readonly w: number; readonly s: number };

function filled(kind: StorageKind, rows: readonly Row[]): Hist {
  const hist = Hist.of(axis.integer(0, 2, { name: "x", growth: true }), axis.category("d"), { storage: kind });
  const values = { x: rows.map((r) => r.x), d: rows.map((r) => r.d), weight: rows.map((r) => r.w) };
  return hist.fill(values, means(kind) ? { sample: rows.map((r) => r.s) } : {});
}

function expectSame(a: Hist, b: Hist): void {
  expect(a.axes).toEqual(b.axes);
  for (const [array, cells] of Object.entries(a.storage)) {
    if (!(cells instanceof Float64Array)) continue;
    for (const [i, cell] of cells.entries()) expect(cell).toBeCloseTo(b.storage[array as "values"][i]!, 7);
  }
}

describe.each(kinds)("%s storage", (kind) => {
  test("merging chunks in plan order gives the whole, grouped in any way; an empty one changes nothing", () =>
    fc.assert(
      fc.property(fc.array(fc.array(row, { maxLength: 8 }), { minLength: 3, maxLength: 5 }), (chunks) => {
        const parts = chunks.map((rows) => filled(kind, rows));
        const fromLeft = parts.reduce((a, b) => a.add(b));
        const fromRight = parts.reduceRight((b, a) => a.add(b));
        expectSame(fromLeft, filled(kind, chunks.flat()));
        expectSame(fromRight, fromLeft);
        const nothing = filled(kind, []);
        expect(nothing.add(fromLeft)).toStrictEqual(fromLeft);
        expect(fromLeft.add(nothing)).toStrictEqual(fromLeft);
      }),
    ));

  test("no operation changes its histogram", () => {
    const hist = filled(kind, [
      { x: 0, d: "a", w: 1, s: 3 },
      { x: 1, d: "b", w: 2, s: 5 },
    ]);
    const before = hist.copy();
    hist.at({ d: "a" });
    hist.project("x");
    hist.sort("d", { reverse: true });
    hist.scale(2);
    hist.add(hist);
    hist.values({ flow: true }).fill(9);
    hist.variances({ flow: true })?.fill(9);
    hist.counts({ flow: true }).fill(9);
    expect(hist).toStrictEqual(before);
    expect(hist.equals(before)).toBe(true);
    expect(before.reset().sum({ flow: true })).toBe(0);
  });
});

describe("means", () => {
  const samples = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 2, maxLength: 30 });
  const one = (kind: StorageKind, sample: readonly number[], weight: readonly number[]): Hist =>
    Hist.of(axis.regular(1, 0, 1, { name: "x" }), { storage: kind }).fill({ x: 0.5, sample, weight });

  test("mean, variance and count are those of the definition", () =>
    fc.assert(
      fc.property(samples, (values) => {
        const n = values.length;
        const mean = values.reduce((a, b) => a + b, 0) / n;
        const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / (n - 1);
        for (const kind of ["mean", "weightedMean"] as const) {
          const bin = one(kind, values, new Array<number>(n).fill(1)).bin([0]);
          expect(bin.value).toBeCloseTo(mean, 8);
          expect(bin.variance).toBeCloseTo(variance, 6);
          expect(bin.count).toBeCloseTo(n, 9);
        }
      }),
    ));

  test("a weight of 2 counts as two samples in mean, and as one twice as good in weightedMean", () => {
    expect(one("mean", [1, 4], [2, 1]).bin([0])).toEqual(one("mean", [1, 1, 4], [1, 1, 1]).bin([0]));
    expect(one("weightedMean", [1, 4], [2, 1]).bin([0])).toMatchObject({ value: 2, sumOfWeights: 3, count: 9 / 5 });
    expect(one("mean", [1, 7], [1, 0]).bin([0])).toMatchObject({ value: 1, count: 1 });
  });

  test("the variance of a mean", () => {
    close(one("mean", [1, 2, 3], [1, 1, 1]).variances(), [1 / 3]);
    expect(one("mean", [1], [1]).variances()?.[0]).toBeNaN();
  });
});

test("a weight that is missing has no fraction", () => {
  const hist = Hist.of(axis.regular(2, 0, 2, { name: "x" }), { storage: "int64" });
  hist.fill({ x: [0.5, 1.5], weight: fromList([null, 3], "?float64") });
  expect([...hist.values()]).toEqual([0, 3]);
});

describe("what does not fit a storage", () => {
  const x = axis.regular(2, 0, 2, { name: "x" });
  test.each([
    ["no sample for means", () => Hist.of(x, { storage: "mean" }).fill({ x: 1 }), "give sample"],
    ["a sample for counts", () => Hist.of(x).fill({ x: 1, sample: 2 }), "takes no sample"],
    [
      "a fraction for int64",
      () => Hist.of(x, { storage: "int64" }).fill({ x: [1, 1], weight: [1, 1.5] }),
      "weight of 1.5",
    ],
    [
      "samples of another length",
      () => Hist.of(x, { storage: "mean" }).fill({ x: [1, 1], sample: [1] }),
      "the sample has 1",
    ],
    ["a string as sample", () => Hist.of(x, { storage: "mean" }).fill({ x: 1, sample: "a" }), "The sample cannot be"],
    ["no storage", () => Hist.of(x, { storage: "float" as "double" }), 'no storage "float"'],
  ])("%s", (_, make, message) => {
    expect(make).toThrow(expect.objectContaining({ message: expect.stringContaining(message) }));
  });
});
