import { expect, test } from "vitest";
import { axis, Hist } from "../../src/hist/index.ts";
import { points, step } from "../../src/plot/index.ts";
import { counts } from "../fixtures/plot-hists.ts";
import { column, layers } from "../fixtures/plot-read-back.ts";

test("a logarithmic x axis: for log bins, or where asked; points at its middles", () => {
  const log = Hist.of(axis.regular(2, 1, 100, { transform: "log" })).fill([[2, 20]]);
  const figure = points(log);
  const axes = layers(figure).find((l) => l.name === "axes")!;
  expect(axes.encoding["x"]!["scale"]).toMatchObject({ type: "log", domain: [1, expect.closeTo(100)] });
  expect(column(figure, "points-0", "x")).toEqual([expect.closeTo(Math.sqrt(10)), expect.closeTo(Math.sqrt(1000))]);
  expect(column(points(log, { logX: false }), "points-0", "x")[0]).toBeCloseTo(5.5);
  expect(() => step(counts([1]), { logX: true })).toThrow("The histogram has no logarithmic axis: it begins at 0.");
});
