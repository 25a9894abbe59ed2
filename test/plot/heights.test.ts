import { expect, test } from "vitest";
import { type Axis, axis, Hist } from "../../src/hist/index.ts";
import { binned } from "../../src/plot/binned.ts";
import { countsTitle, heights, heightVariances, normalised, unitOf } from "../../src/plot/heights.ts";

test("the y title names the bin width with the unit of the x title", () => {
  const of = (a: Axis, counted?: string) => countsTitle(binned(Hist.of(a), "it"), { counted });
  expect(of(axis.regular(100, 0, 2000, { label: "MET [GeV]" }))).toBe("Events / 20 GeV");
  expect(of(axis.regular(100, 15, 60, { label: "Jet $p_T$ [GeV]" }), "Jets")).toBe("Jets / 0.45 GeV");
  expect(of(axis.regular(100, 0, 1))).toBe("Events / 0.01");
  expect(of(axis.regular(3, 0, 1, { label: "x (cm)" }))).toBe("Events / 0.3333 cm");
  expect(of(axis.regular(2, 0, 2e6))).toBe("Events / 10^{6}");
  expect(of(axis.variable([0, 1, 5], { label: "m [GeV]" }))).toBe("Events / bin");
  expect(of(axis.integer(0, 4))).toBe("Events");
  expect(unitOf("m(jj) mass")).toBe("");
});

test("densities add up to 1, also of variances and errors; per unit divides by the width", () => {
  const hist = Hist.of(axis.variable([0, 1, 5], { label: "m [GeV]" })).fill([[0.5, 2, 3, 4]]);
  const bins = binned(hist, "it");
  const dense = normalised(bins, { density: true }, "it");
  expect(heights(dense)).toEqual([0.25, 0.75 / 4]);
  expect(heights(dense)[0]! * 1 + heights(dense)[1]! * 4).toBe(1);
  expect(heightVariances(dense)).toEqual([1 / 16, 3 / 256]);
  expect(heights(normalised(bins, { binwnorm: true }, "it"))).toEqual([1, 0.75]);
  expect(heights(normalised(bins, { binwnorm: 10 }, "it"))).toEqual([10, 7.5]);
  expect([countsTitle(bins, { density: true }), countsTitle(bins, { binwnorm: true })]).toEqual([
    "Density / GeV",
    "Events / GeV",
  ]);
  expect(countsTitle(bins, { binwnorm: 10 })).toBe("Events / 10 GeV");
});

test("what has no density says so", () => {
  const bins = binned(Hist.of(axis.regular(2, 0, 2)).fill([[0.5, 1.5]], { weight: [1, -1] }), "it");
  expect(() => normalised(bins, { density: true }, "it")).toThrow("it has no density: its contents add up to 0.");
  expect(() => normalised(bins, { density: true, binwnorm: true }, "it")).toThrow("density or binwnorm, not both");
  expect(() => normalised(bins, { binwnorm: 0 }, "it")).toThrow("binwnorm is the width that contents are given for");
  const shown = binned(Hist.of(axis.regular(2, 0, 2)).fill([[0.5, 7]]), "it", { flow: "show" });
  expect(() => normalised(shown, { binwnorm: true }, "it")).toThrow('with flow: "show": flow bins have no width');
});
