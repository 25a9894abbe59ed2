import { expect, test } from "vitest";
import { poissonInterval } from "../../src/hist/index.ts";
import { points } from "../../src/plot/index.ts";
import { contents, counts, data } from "../fixtures/plot-hists.ts";
import { column, layers, rows, texts } from "../fixtures/plot-read-back.ts";

test("points and errors are those of the histogram; bins without content are left out unless asked for", () => {
  const hist = counts([3, 0, 100]);
  const row = (n: number, i: number) => ({ x: expect.closeTo((i + 0.5) / 3, 12), value: n, ...poissonInterval(n) });
  expect(rows(points(hist), "points-0")).toEqual([row(3, 0), row(100, 2)]);
  expect(rows(points(hist), "points-0-errors")).toEqual([row(3, 0), row(100, 2)]);
  expect(rows(points(hist, { emptyBins: "show" }), "points-0")).toEqual([row(3, 0), row(0, 1), row(100, 2)]);
});

test("weighted contents have the root of the variance", () => {
  const figure = points(contents([4, -1, 0.5]));
  expect(column(figure, "points-0", "low")).toEqual([0, -2, 0]);
  expect(column(figure, "points-0", "high")).toEqual([8, 0, 1]);
});

test("one histogram is black, several have colours and a legend", () => {
  const colour = (figure: ReturnType<typeof points>, name: string) =>
    layers(figure).find((l) => l.name === name)!.mark["color"];
  expect(colour(points({ Data: data() }), "points-0")).toBe("black");
  const two = points({ A: counts([1, 2]), B: counts([2, 1]) });
  expect(colour(two, "points-0")).not.toBe(colour(two, "points-1"));
  expect(texts(two)["legend-texts"]).toEqual(["A", "B"]);
});

test("an empty histogram has no points", () => {
  expect(rows(points(counts([0, 0]), { logY: true }), "points-0")).toEqual([]);
});
