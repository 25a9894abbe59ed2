import { expect, test } from "vitest";
import { axis, Hist, poissonInterval } from "../../src/hist/index.ts";
import { step } from "../../src/plot/index.ts";
import { contents, counts, met } from "../fixtures/plot-hists.ts";
import { axisTitle, column, layers, rows, texts, yScale } from "../fixtures/plot-read-back.ts";

test("the outline holds the numbers of the histogram and closes at both ends", () => {
  const hist = met();
  const figure = step(hist);
  expect(column(figure, "outline-0", "value")).toEqual([0, ...hist.values(), 0]);
  expect(column(figure, "outline-0", "x")).toEqual([
    0,
    ...(hist.axes[0]!.kind === "regular" ? hist.axes[0]!.edges : []),
  ]);
  expect(axisTitle(figure, "y")).toBe("Events / 5 GeV");
  expect(axisTitle(figure, "x")).toBe("pTmiss [GeV]");
  expect(texts(figure)["flow"]).toEqual([`overflow: ${hist.values({ flow: true }).at(-1)}`]);
});

test("error bars are Poisson intervals at the middles", () => {
  const figure = step(counts([4, 0, 9]), { errors: true });
  expect(rows(figure, "outline-0-errors")).toEqual(
    [4, 0, 9].map((n, i) => ({ x: expect.closeTo((i + 0.5) / 3, 12), value: n, ...poissonInterval(n) })),
  );
});

test("several histograms have a legend in their order and colours that can be chosen", () => {
  const figure = step({ first: counts([1, 2]), second: counts([3, 1]) }, { colours: { second: "#123456" } });
  expect(texts(figure)["legend-texts"]).toEqual(["first", "second"]);
  expect(layers(figure).find((l) => l.name === "outline-1")!.mark["color"]).toBe("#123456");
  expect(texts(step({ first: counts([1, 2]) }, { legend: false }))["legend-texts"]).toBeUndefined();
});

test("all labels of an experiment", () => {
  const figure = step(counts([1]), {
    experiment: "CMS",
    status: "Open Data",
    title: "Q1",
    lumi: 11.5,
    com: 8,
    text: ["one", "two"],
    xLabel: "mass",
    yLabel: "counts",
    flow: "none",
  });
  expect(texts(figure)).toMatchObject({
    experiment: ["CMS"],
    status: ["Open Data"],
    conditions: ["11.5 fb⁻¹ (8 TeV)"],
    "text-0": ["Q1"],
    "text-1": ["one"],
    "text-2": ["two"],
  });
  expect([axisTitle(figure, "x"), axisTitle(figure, "y")]).toEqual(["mass", "counts"]);
  expect(texts(step(counts([1]), { title: "Q1", com: 13 }))).toMatchObject({
    title: ["Q1"],
    conditions: ["√s = 13 TeV"],
  });
});

test("a logarithmic axis starts at half of the smallest content", () => {
  const { domain, type } = yScale(step(counts([1, 0, 1000]), { logY: true }));
  expect(type).toBe("log");
  expect(domain[0]).toBe(0.5);
  expect(domain[1]).toBeGreaterThan(1000);
});

test("empty, one bin, all zero with a logarithmic axis, negative, large", () => {
  expect(yScale(step(counts([0, 0, 0]))).domain).toEqual([0, 1]);
  expect(yScale(step(counts([0, 0, 0]), { logY: true })).domain).toEqual([0.5, 10]);
  expect(column(step(counts([7])), "outline-0", "value")).toEqual([0, 7, 0]);
  const negative = step(contents([-2, 3, -1]), { errors: true });
  expect(column(negative, "outline-0", "value")).toEqual([0, -2, 3, -1, 0]);
  expect(yScale(negative).domain[0]).toBeLessThan(-4);
  expect(texts(step(contents([2.5e8, 7e8])))["y-factor"]).toEqual(["×10⁶"]);
});

test("a range, and flow that is added", () => {
  const hist = met();
  const shown = step(hist, { range: [0, 50], flow: "sum" });
  const values = column(shown, "outline-0", "value").slice(1, -1);
  expect(values).toHaveLength(10);
  expect(values.reduce((a, b) => a + b)).toBe(hist.sum({ flow: true }));
  expect(texts(shown)["flow"]).toBeUndefined();
});

test("what cannot be drawn together", () => {
  expect(() => step({})).toThrow("There is no histogram to draw.");
  expect(() => step({ q1: undefined as never })).toThrow('Histogram "q1" is not a histogram but undefined.');
  expect(() => step(counts([1]), { width: 10 })).toThrow(
    "A figure cannot be 10 by 600 pixels: each side must be 120 to 10000.",
  );
  const other = Hist.of(axis.regular(2, 0, 3));
  expect(() => step({ a: counts([1, 2]), b: other })).toThrow(
    '"b" and "a" have different bins of x (2 bins from 0 to 3; 2 bins from 0 to 1)',
  );
});
