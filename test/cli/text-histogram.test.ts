import { expect, test } from "vitest";
import { textHistogram } from "../../src/cli/text-histogram.ts";
import { axis, Hist } from "../../src/hist/index.ts";

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
