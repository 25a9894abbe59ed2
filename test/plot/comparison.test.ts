import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { axis, clopperPearsonInterval, Hist, poissonInterval } from "../../src/hist/index.ts";
import { type ComparisonKind, compare, type Side } from "../../src/plot/comparison.ts";
import { points, stack, step } from "../../src/plot/index.ts";
import { contents, counts } from "../fixtures/plot-hists.ts";
import { column, layers, rows } from "../fixtures/plot-read-back.ts";

const side = (values: readonly number[], sigma: readonly number[]): Side => ({
  values,
  low: values.map((v, i) => v - sigma[i]!),
  high: values.map((v, i) => v + sigma[i]!),
});
const names = ['"a"', '"b"'] as const;

/** One bin with symmetric errors: value and error. */
function one(kind: ComparisonKind, a: number, ea: number, b: number, eb: number): { value: number; error: number } {
  const { values, low, high } = compare(kind, side([a], [ea]), side([b], [eb]), names);
  expect(values[0]! - low[0]!).toBeCloseTo(high[0]! - values[0]!, 10);
  return { value: values[0]!, error: high[0]! - values[0]! };
}

/** What the error would be from differences of the value itself, a and b varied one at a time. */
function numericError(value: (a: number, b: number) => number, a: number, ea: number, b: number, eb: number): number {
  const step = 1e-5;
  const da = (value(a * (1 + step), b) - value(a * (1 - step), b)) / (2 * step * a);
  const db = (value(a, b * (1 + step)) - value(a, b * (1 - step))) / (2 * step * b);
  return Math.hypot(da * ea, db * eb);
}

const formulas: Readonly<Partial<Record<ComparisonKind, (a: number, b: number) => number>>> = {
  ratio: (a, b) => a / b,
  difference: (a, b) => a - b,
  relative_difference: (a, b) => (a - b) / b,
  asymmetry: (a, b) => (a - b) / (a + b),
};

test.each(
  Object.entries(formulas),
)("%s: its value, and errors as they follow from its derivatives", (kind, formula) => {
  const positive = fc.double({ min: 0.5, max: 1e4, noNaN: true });
  fc.assert(
    fc.property(positive, positive, fc.double({ min: 0.01, max: 1, noNaN: true }), (a, b, relative) => {
      const [ea, eb] = [a * relative, b * relative * 0.7];
      const { value, error } = one(kind as ComparisonKind, a, ea, b, eb);
      expect(value).toBe(formula!(a, b));
      const expected = numericError(formula!, a, ea, b, eb);
      expect(Math.abs(error - expected)).toBeLessThan(1e-5 * expected + 1e-9);
    }),
  );
});

test("split ratio: errors of a over b, those of b around 1", () => {
  const found = compare("split_ratio", side([6, 0], [3, 1]), side([4, 0], [1, 0]), names);
  expect(found.values).toEqual([1.5, Number.NaN]);
  expect([found.low[0], found.high[0]]).toEqual([0.75, 2.25]);
  expect([found.band!.low[0], found.band!.high[0]]).toEqual([0.75, 1.25]);
  expect(found.band!.low[1]).toBeNaN();
});

test("pull: the error towards each other counts", () => {
  const data = { values: [10, 2], low: [7, 1], high: [14, 5] };
  const model = side([6, 6], [4, 4]);
  const { values, low, high } = compare("pull", data, model, names);
  expect(values).toEqual([4 / 5, -4 / 5]);
  expect([low, high]).toEqual([values.map((v) => v - 1), values.map((v) => v + 1)]);
  expect(() => compare("pull", { values: [1, 2] }, model, names)).toThrow(
    'needs the variances of both histograms; "a"',
  );
});

test("efficiency: Clopper-Pearson, of counts only", () => {
  const found = compare("efficiency", { values: [3, 0, 0] }, { values: [10, 5, 0] }, names);
  expect(found.values).toEqual([0.3, 0, Number.NaN]);
  expect(found.low.slice(0, 2)).toEqual([clopperPearsonInterval(3, 10).low, 0]);
  expect(found.high[0]).toBe(clopperPearsonInterval(3, 10).high);
  expect(() => compare("efficiency", { values: [6] }, { values: [5] }, names)).toThrow(
    'Bin 0: 6 of "a" are not a part of 5 of "b", so there is no efficiency.',
  );
  expect(() => compare("efficiency", { values: [0.5] }, { values: [5] }, names)).toThrow(
    'An efficiency is of counts: bin 0 of "a" holds 0.5.',
  );
});

test("an unknown comparison names those there are", () => {
  expect(() => step({ a: counts([1]), b: counts([1]) }, { comparison: "quotient" as never })).toThrow(
    'There is no comparison "quotient": there are ratio, split_ratio, pull',
  );
});

test("the panel below holds the ratio of what is drawn above, with the band of the stack", () => {
  const background = { a: contents([4, 6, 0]), b: contents([6, 2, 0]) };
  const data = counts([12, 4, 3]);
  const figure = stack({ background, data });
  expect(column(figure, "lower-points-1", "value")).toEqual([1.2, 0.5]);
  expect(rows(figure, "lower-points-1-errors").map(({ low, high }) => [low, high])).toEqual(
    [12, 4].map((n, i) => {
      const { low, high } = poissonInterval(n);
      const model = [10, 8][i]!;
      return [expect.closeTo(low / model, 12), expect.closeTo(high / model, 12)];
    }),
  );
  // No model in the last bin: no ratio there, and no band.
  const band = column(figure, "lower-band-0", "high");
  expect(band).toEqual(
    [expect.closeTo(1 + Math.hypot(4, 6) / 10, 12), expect.closeTo(1 + Math.hypot(6, 2) / 8, 12)].flatMap((v, i) =>
      i === 1 ? [v, v] : [v],
    ),
  );
  expect(layers(figure).some((layer) => layer.name === "lower-reference")).toBe(true);
});

test("without background anywhere the panel is empty, not broken", () => {
  const figure = stack({ background: { a: counts([0, 0]) }, data: counts([3, 1]) });
  expect(rows(figure, "lower-points-1")).toEqual([]);
  expect(column(figure, "points-2", "value")).toEqual([3, 1]);
});

test("points beyond the panel become arrows at its edge", () => {
  const figure = points(
    { a: counts([100, 100, 100]), b: counts([100, 10, 300]) },
    { comparison: "ratio", comparisonRange: [0.5, 1.5] },
  );
  expect(column(figure, "lower-points-0", "value")).toEqual([1]);
  expect(rows(figure, "lower-points-0-beyond-up").map(({ value, edge }) => [value, edge])).toEqual([[3, 1.5]]);
  expect(rows(figure, "lower-points-0-beyond-down").map(({ value, edge }) => [value, edge])).toEqual([[0.1, 0.5]]);
});

test("a power of ten that the labels of the panel leave out is in its title", () => {
  const figure = step({ a: contents([4e6, 1e6]), b: contents([9e6, 2e6]) }, { comparison: "difference" });
  const axes = layers(figure).find((layer) => layer.name === "lower-axes")!;
  expect((axes.encoding["y"]!["axis"] as Record<string, unknown>)["title"]).toBe("b − a ×10⁶");
});

test("what is compared with what", () => {
  const two = { a: counts([2, 4]), b: counts([1, 2]) };
  expect(column(step(two, { comparison: "ratio" }), "lower-points-0", "value")).toEqual([0.5, 0.5]);
  expect(column(step(two, { comparison: "ratio", reference: "b" }), "lower-points-0", "value")).toEqual([2, 2]);
  expect(() => step(two, { comparison: "ratio", reference: "c" })).toThrow(
    'no histogram "c" to compare with: there are a, b',
  );
  expect(() => step(counts([1]), { comparison: "ratio" })).toThrow("A comparison needs two histograms");
  expect(() => step(two, { comparison: "ratio", comparisonRange: [2, 1] })).toThrow("cannot be shown from 2 to 1");
  expect(() => stack({ background: { a: counts([1]) } }, { comparison: "ratio" })).toThrow(
    "A stack without data has nothing to compare with.",
  );
});

test("densities are compared as they are drawn, efficiencies as counts", () => {
  const two = { a: counts([2, 4]), b: counts([1, 2]) };
  expect(column(step(two, { comparison: "ratio", density: true }), "lower-points-0", "value")).toEqual([1, 1]);
  expect(column(step(two, { comparison: "efficiency", binwnorm: true }), "lower-points-0", "value")).toEqual([
    0.5, 0.5,
  ]);
});

test("weights without variances: the ratio has no errors, a pull is refused", () => {
  const hist = Hist.of(axis.regular(2, 0, 1)).fill([[0.2, 0.7]], { weight: [0.5, 0.25] });
  const figure = step({ a: hist, b: hist.scale(2) }, { comparison: "ratio" });
  expect(column(figure, "lower-outline-0", "value")).toEqual([2, 2, 2]);
  expect(() => step({ a: hist, b: hist }, { comparison: "pull" })).toThrow("A pull needs the variances");
});

interface Answers {
  readonly inputs: Readonly<Record<"counts" | "weights" | "model", readonly [number[], number[]]>>;
  readonly cases: readonly {
    readonly name: "counts" | "weights";
    readonly kind: ComparisonKind;
    readonly answer: readonly (readonly (number | null)[])[];
  }[];
}
const mplhep = JSON.parse(
  readFileSync(resolve(import.meta.dirname, "../fixtures/plot-mplhep.json"), "utf8"),
) as Answers;

test.each(mplhep.cases)("mplhep: $kind of $name", ({ name, kind, answer }) => {
  const [[values, variances], [model, modelVariances]] = [mplhep.inputs[name], mplhep.inputs.model];
  const errors = values.map((v, i) =>
    name === "counts" ? poissonInterval(v) : { low: v - Math.sqrt(variances[i]!), high: v + Math.sqrt(variances[i]!) },
  );
  const a = { values, low: errors.map((e) => e.low), high: errors.map((e) => e.high) };
  const found = compare(kind, a, side(model, modelVariances.map(Math.sqrt)), names);
  const [expected, below, above] = answer;
  for (const [i, value] of expected!.entries()) {
    expect(Number.isNaN(found.values[i]!)).toBe(value === null);
    if (value === null) continue;
    expect(found.values[i]).toBeCloseTo(value, 10);
    if (kind === "pull" || below![i] === null) continue;
    expect(found.values[i]! - found.low[i]!).toBeCloseTo(below![i]!, 6);
    expect(found.high[i]! - found.values[i]!).toBeCloseTo(above![i]!, 6);
  }
});
