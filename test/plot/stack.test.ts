import { expect, test } from "vitest";
import { axis, Hist } from "../../src/hist/index.ts";
import { stack } from "../../src/plot/index.ts";
import { backgrounds, contents, counts, data, signal } from "../fixtures/plot-hists.ts";
import { column, layers, texts, yScale } from "../fixtures/plot-read-back.ts";

test("each background stands on the sum of those before it", () => {
  const parts = backgrounds();
  const figure = stack({ background: parts });
  let base = new Float64Array(20);
  Object.values(parts).forEach((hist, i) => {
    const values = hist.values();
    expect(column(figure, `filled-${i}`, "value").slice(0, -1)).toEqual([...values]);
    expect(column(figure, `filled-${i}`, "base").slice(0, -1)).toEqual([...base]);
    expect(column(figure, `filled-${i}`, "top").slice(0, -1)).toEqual([...base.map((b, k) => b + values[k]!)]);
    base = base.map((b, k) => b + values[k]!);
  });
});

test("the band is the root of the summed variances around the sum", () => {
  const parts = backgrounds();
  const figure = stack({ background: parts });
  const sum = (of: (h: Hist) => Float64Array, bin: number): number =>
    Object.values(parts).reduce((s, h) => s + of(h)[bin]!, 0);
  for (const bin of [0, 3, 10, 19]) {
    const total = sum((h) => h.values(), bin);
    const sigma = Math.sqrt(sum((h) => h.variances()!, bin));
    expect(column(figure, "band-3", "low")[bin]).toBeCloseTo(total - sigma, 9);
    expect(column(figure, "band-3", "high")[bin]).toBeCloseTo(total + sigma, 9);
  }
});

test("data, signals and the legend: data first, the stack from its top, band, signals", () => {
  const figure = stack({ background: backgrounds(), data: data(), signal: { "Z'": { hist: signal(), scale: 50 } } });
  expect(column(figure, "points-5", "value")).toEqual([...data().values()].filter((v) => v > 0));
  expect(column(figure, "outline-4", "value").slice(1, -1)).toEqual([...signal().values()].map((v) => v * 50));
  expect(texts(figure)["legend-texts"]).toEqual(["Data", "W+jets", "Single top", "tt̄", "Stat. unc.", "Z' × 50"]);
});

test("more than ten processes, one, none", () => {
  const many = Object.fromEntries(Array.from({ length: 14 }, (_, i) => [`process ${i}`, counts([i + 1, 2])]));
  expect(texts(stack({ background: many }))["legend-texts"]).toHaveLength(15);
  expect(column(stack({ background: { one: counts([3]) } }), "filled-0", "top")).toEqual([3, 3]);
  expect(() => stack({ background: {} })).toThrow("A stack needs at least one background");
});

test("empty and negative backgrounds, linear and logarithmic", () => {
  const empty = { a: counts([0, 0]), b: counts([0, 0]) };
  expect(yScale(stack({ background: empty, data: counts([0, 0]) }, { logY: true })).domain).toEqual([0.5, 10]);
  const negative = stack({ background: { a: contents([3, -2]), b: contents([1, 1]) } });
  expect(column(negative, "filled-1", "base").slice(0, 2)).toEqual([3, -2]);
  expect(yScale(negative).domain[0]).toBeLessThan(-2);
});

test("weights without variances: no band, and this is said", () => {
  const hist = Hist.of(axis.regular(1, 0, 1)).fill([[0.5]], { weight: 0.5 });
  expect(() => stack({ background: { a: hist } })).toThrow("so the stack has no uncertainty");
  expect(column(stack({ background: { a: hist } }, { uncertainty: false }), "filled-0", "top")).toEqual([0.5, 0.5]);
});

test("the order of a stack, with colours that stay", () => {
  const background = { b: counts([5]), a: counts([1]), c: counts([3]) };
  const order = (sort?: "given" | "yield" | "yield_r" | "label" | "label_r") => {
    const figure = stack({ background }, sort === undefined ? {} : { sort });
    return [0, 1, 2].map((i) => column(figure, `filled-${i}`, "value")[0]);
  };
  expect([order(), order("yield"), order("yield_r"), order("label"), order("label_r")]).toEqual([
    [5, 1, 3],
    [1, 3, 5],
    [5, 3, 1],
    [1, 5, 3],
    [3, 5, 1],
  ]);
  const colour = (sort: "given" | "label", at: number) =>
    layers(stack({ background }, { sort })).find((l) => l.name === `filled-${at}`)!.mark["color"];
  expect(colour("given", 0)).toBe(colour("label", 1));
  expect(() => stack({ background }, { sort: "size" as never })).toThrow('A stack is not sorted by "size"');
});

test("nothing that is drawn changes", () => {
  const background = backgrounds();
  const before = JSON.stringify([background, data()]);
  const values = data();
  stack({ background, data: values }, { flow: "sum", binwnorm: true, sort: "yield", blind: [100, 200] }).spec();
  expect(JSON.stringify([background, values])).toBe(before);
});
