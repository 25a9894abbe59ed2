import { expect, test } from "vitest";
import { type Axis, axis, Hist } from "../../src/hist/index.ts";
import { binned } from "../../src/plot/binned.ts";
import { step } from "../../src/plot/index.ts";
import { column, texts } from "../fixtures/plot-read-back.ts";

const ten = (): Hist =>
  Hist.of(axis.regular(10, 0, 10, { name: "x", label: "E [GeV]" })).fill([[-1, 0.5, 0.6, 3.5, 9.5, 9.6, 9.7, 20, 30]]);

test("contents, edges and flow of a histogram", () => {
  const bins = binned(ten(), "it");
  expect(bins.edges).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(bins.values).toEqual([2, 0, 0, 1, 0, 0, 0, 0, 0, 3]);
  expect(bins.variances).toEqual(bins.values);
  expect([bins.under, bins.over, bins.title]).toEqual([1, 2, "E [GeV]"]);
});

test("a range is widened to whole bins and what is outside counts as flow", () => {
  const bins = binned(ten(), "it", { range: [0.5, 8.2] });
  expect(bins.edges).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect([bins.under, bins.over]).toEqual([1, 5]);
  expect(binned(ten(), "it", { range: [-50, 50] }).values).toHaveLength(10);
  expect(binned(ten(), "it", { range: [3, 4] }).values).toEqual([1]);
});

test("flow can be added to the outer bins, with its variance", () => {
  const weighted = Hist.of(axis.regular(2, 0, 2), { storage: "weight" }).fill([[-1, 0.5, 1.5, 7]], {
    weight: [2, 3, 4, 5],
  });
  const bins = binned(weighted, "it", { flow: "sum" });
  expect(bins.values).toEqual([5, 9]);
  expect(bins.variances).toEqual([4 + 9, 16 + 25]);
  expect([bins.under, bins.over]).toEqual([0, 0]);
});

test("one flow bin only, none, and an axis that runs downwards", () => {
  const fill = [[-1, 0.5, 1.5, 1.6, 5]];
  const of = (a: Axis) => binned(Hist.of(a).fill(fill), "it");
  expect(of(axis.regular(2, 0, 2, { underflow: false }))).toMatchObject({ under: 0, over: 1, values: [1, 2] });
  expect(of(axis.regular(2, 0, 2, { overflow: false }))).toMatchObject({ under: 1, over: 0, values: [1, 2] });
  expect(of(axis.regular(2, 0, 2, { flow: false }))).toMatchObject({ under: 0, over: 0, values: [1, 2] });
  expect(of(axis.regular(2, 2, 0))).toMatchObject({ edges: [0, 1, 2], values: [1, 2], under: 1, over: 1 });
});

test("categories, and whole numbers that are few", () => {
  const cuts = Hist.of(axis.category("cut")).fill([["all", "all", "trigger"]]);
  expect(binned(cuts, "it")).toMatchObject({
    categories: ["all", "trigger"],
    values: [2, 1],
    edges: [0, 1, 2],
    title: "cut",
  });
  const jets = Hist.of(axis.integer(2, 5, { label: "Jets" })).fill([[2, 3, 3, 9]]);
  expect(binned(jets, "it")).toMatchObject({
    categories: ["2", "3", "4"],
    edges: [2, 3, 4, 5],
    values: [1, 2, 0],
    over: 1,
  });
  expect(binned(Hist.of(axis.integer(0, 50)), "it").categories).toBeUndefined();
});

test("what cannot be drawn says why", () => {
  expect(() =>
    binned(Hist.of(axis.regular(2, 0, 1, { name: "a" }), axis.regular(2, 0, 1, { name: "b" })), "Histogram q"),
  ).toThrow("Histogram q has 2 axes (a, b); a figure draws one: project or slice first, or draw a heatmap.");
  expect(() => binned(Hist.of(axis.category("c")), "it")).toThrow("no bins: its category axis has not grown yet");
  expect(() => binned(ten(), "it", { range: [20, 30] })).toThrow(
    "range 20 to 30 shows no bin of it, whose axis goes from 0 to 10",
  );
  expect(() => binned(ten(), "it", { range: [5, 5] })).toThrow("shows no bin");
  const infinite = Hist.of(axis.regular(1, 0, 1)).fill([[0.5]], { weight: Number.POSITIVE_INFINITY });
  expect(() => binned(infinite, "it")).toThrow("bin 0 holds Infinity");
});

test("flow as bins of its own, with its contents", () => {
  const hist = Hist.of(axis.regular(2, 0, 10)).fill([[-1, 1, 6, 7, 20, 30]]);
  const figure = step(hist, { flow: "show" });
  expect(column(figure, "outline-0", "value")).toEqual([0, 1, 1, 2, 2, 0]);
  expect(texts(figure)["flow"]).toBeUndefined();
  const half = step(hist, { flow: "show", range: [0, 5] });
  expect(column(half, "outline-0", "value")).toEqual([0, 1, 1, 4, 0]);
});
