import { expect, test } from "vitest";
import { clopperPearsonInterval } from "../../src/hist/index.ts";
import { efficiency } from "../../src/plot/index.ts";
import { contents, counts } from "../fixtures/plot-hists.ts";
import { axisTitle, rows, yScale } from "../fixtures/plot-read-back.ts";

test("an efficiency has Clopper-Pearson intervals, and no point where there was nothing", () => {
  const figure = efficiency({ passed: counts([3, 0, 2]), total: counts([10, 0, 2]) });
  expect(rows(figure, "points-0-errors").map(({ value, low, high }) => ({ value, low, high }))).toEqual([
    { value: 0.3, ...clopperPearsonInterval(3, 10) },
    { value: 1, ...clopperPearsonInterval(2, 2) },
  ]);
  expect(yScale(figure).domain).toEqual([0, expect.closeTo(1.1, 1)]);
  expect(axisTitle(figure, "y")).toBe("Efficiency");
  expect(() => efficiency({ passed: counts([3]), total: counts([2]) })).toThrow(
    '3 of "passed" are not a part of 2 of "total"',
  );
  expect(() => efficiency({ passed: counts([1]), total: counts([2, 2]) })).toThrow(
    '"passed" and "total" have different bins',
  );
  expect(() => efficiency({ a: { passed: contents([0.5]), total: counts([2]) } })).toThrow(
    'bin 0 of "passed of a" holds 0.5',
  );
  expect(() => efficiency({})).toThrow("There is no efficiency to draw.");
});
