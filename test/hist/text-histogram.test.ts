import { expect, test } from "vitest";
import { axis, Hist } from "../../src/hist/index.ts";
import { textHistogram } from "../../src/hist/text-histogram.ts";

test("a line a bin, flow where it holds anything, and the moments", () => {
  const hist = Hist.of(axis.regular(4, 0, 2, { name: "x", label: "x [GeV]" }));
  hist.fill({ x: [0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 1.9, -1, 5, 6] });
  expect(textHistogram(hist, 8)).toBe(
    [
      "x [GeV]",
      "under │██ 1",
      "    0 │████████ 4",
      "  0.5 │████ 2",
      "    1 │ 0",
      "  1.5 │██ 1",
      " over │████ 2",
      "10 entries, in range mean 0.6071, standard deviation 0.5151",
    ].join("\n"),
  );
});

test("an empty one, and weights", () => {
  expect(textHistogram(Hist.of(axis.regular(1, 0, 1, { name: "x" })))).toBe("x\n    0 │ 0\n0 entries");
  const weighted = Hist.of(axis.regular(1, 0, 1, { name: "x" })).fill({ x: [0.5], weight: 0.25 });
  expect(textHistogram(weighted, 4)).toContain("    0 │████ 0.250000");
});

test("categories aligned, unknown ones last", () => {
  const hist = Hist.of(axis.category("dataset", { categories: ["ttbar", "data", "single top"] }));
  hist.fill({ dataset: ["ttbar", "data", "data", "zz"] });
  expect(textHistogram(hist, 4)).toBe(
    ["dataset", "     ttbar │██ 1", "      data │████ 2", "single top │ 0", "     other │██ 1", "4 entries"].join("\n"),
  );
});

test("two axes as a grid of shades", () => {
  const hist = Hist.of(axis.category("dataset"), axis.regular(4, 0, 8, { name: "MET", label: "MET [GeV]" }));
  hist.fill({ dataset: ["a", "a", "a", "a", "bb"], MET: [1, 1, 3, 9, 7] });
  expect(String(hist)).toBe(
    ["dataset ↓ MET [GeV] →", " a │██▒▒    │", "bb │      ▒▒│", "    0      8", "5 entries; █ is 2"].join("\n"),
  );
});

test("nothing filled", () => {
  const empty = Hist.of(axis.category("dataset"), axis.regular(2, 0, 1, { name: "x" }));
  expect(String(empty)).toBe("dataset ↓ x →\n  0  1\n0 entries");
  expect(String(Hist.of(axis.regular(200_000, 0, 1))).split("\n")).toHaveLength(200_002);
});

test("many bins are shown as fewer", () => {
  const hist = Hist.of(axis.regular(100, 0, 1), axis.regular(1000, 0, 1)).fill([[0.5], [0.5]]);
  const lines = String(hist).split("\n");
  expect(lines.length).toBeLessThanOrEqual(43);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(100);
});

test("means, booleans, other numbers of axes", () => {
  const mean = Hist.of(axis.boolean({ name: "tight" }), { storage: "mean" }).fill([[true, true, false]], {
    sample: [1, 2, 6],
  });
  expect(textHistogram(mean, 4)).toBe("tight\nfalse │████ 6\n true │█ 1.50000\n3 samples, mean 3.000");
  expect(String(mean.project())).toBe("no axes, 3 in all");
  const three = Hist.of(axis.boolean({ name: "a" }), axis.boolean({ name: "b" }), axis.boolean());
  expect(String(three)).toBe("3 axes: a, b, boolean(); project(…) or at(…) leave one or two to be shown");
});
