import { expect, test } from "vitest";
import { wantsLogScale } from "../../src/cli/log-scale.ts";
import { axis, Hist } from "../../src/hist/index.ts";

const filled = (values: number[], weight: number | number[] = 1): Hist =>
  Hist.of(axis.regular(100, 0, 2000, { name: "x" })).fill({ x: values, weight });
const spread = Array.from({ length: 200 }, (_, i) => 10 * i);

test("a peak in a few of many bins, and nothing negative", () => {
  expect(wantsLogScale(filled([...new Array(3000).fill(15), ...spread]))).toBe(true);
  expect(wantsLogScale(filled(spread))).toBe(false);
  expect(wantsLogScale(filled([]))).toBe(false);
  expect(wantsLogScale(filled([15, 15, 1000], [100, 100, -1]))).toBe(false);
});

test("categories alone stay linear", () => {
  const cutflow = Hist.of(axis.category("cut")).fill({ cut: [...new Array(99).fill("all"), "last"] });
  expect(wantsLogScale(cutflow)).toBe(false);
});
