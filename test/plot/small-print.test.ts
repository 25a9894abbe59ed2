import { expect, test } from "vitest";
import { axis, Hist } from "../../src/hist/index.ts";
import { points, stack, step } from "../../src/plot/index.ts";
import { backgrounds, counts, data } from "../fixtures/plot-hists.ts";
import { column, rows, texts } from "../fixtures/plot-read-back.ts";

test("blinded data are nowhere in the figure", () => {
  const hidden = data();
  const secret = [...hidden.values()][10]!;
  const figure = stack({ background: backgrounds(), data: hidden }, { blind: [300, 320] });
  expect(rows(figure, "points-4").map((row) => row["x"])).not.toContain(310);
  expect(column(figure, "points-4", "value")).not.toContain(secret);
  expect(rows(figure, "lower-points-1").map((row) => row["x"])).not.toContain(310);
  expect(column(figure, "filled-0", "value")).toHaveLength(21);
  expect(texts(figure)["flow"]![0]).toContain("blinded from 300 to 320");
  expect(() => points(data(), { blind: [900, 950] })).toThrow("900 to 950 blinds no bin of The histogram");
});

test("bins without a value part the line, and are counted in small print", () => {
  const ratio = counts([2, 0, 4, 6]).divide(counts([1, 0, 2, 2]));
  const figure = step(ratio);
  expect(rows(figure, "outline-0").map(({ value, part }) => [value, part])).toEqual([
    [0, 0],
    [2, 0],
    [2, 0],
    [0, 0],
    [0, 1],
    [2, 1],
    [3, 1],
    [0, 1],
  ]);
  expect(texts(figure)["flow"]).toEqual(["1 bin without value (NaN)"]);
  expect(() => stack({ background: { a: ratio } }, { uncertainty: false })).toThrow(
    'Histogram "a": bin 1 holds NaN, which cannot be stacked.',
  );
});

test("weights that are NaN are said, also where their bin is not shown", () => {
  const fill = (at: number): Hist => Hist.of(axis.regular(2, 0, 2)).fill([[0.5, at]], { weight: [1, Number.NaN] });
  expect(texts(step(fill(1.5)))["flow"]).toEqual(["1 bin without value (NaN); 1 weight NaN or infinite"]);
  expect(texts(step(fill(7)))["flow"]).toEqual(["1 weight NaN or infinite"]);
  expect(texts(stack({ background: { a: fill(7) } }, { uncertainty: false, flow: "none" }))["flow"]).toEqual([
    "1 weight NaN or infinite",
  ]);
});
