import { expect, test } from "vitest";
import { cutflow } from "../../src/plot/index.ts";
import { PackedSelection } from "../../src/selection/index.ts";
import { counts } from "../fixtures/plot-hists.ts";
import { column, texts, yScale } from "../fixtures/plot-read-back.ts";

test("a cutflow as the object that selections give, as a histogram, and several", () => {
  const selection = new PackedSelection();
  selection.add("trigger", [true, true, true, false]);
  selection.add("muons", [true, false, true, true]);
  const flow = selection.cutflow("trigger", "muons");
  const figure = cutflow(flow);
  expect(column(figure, "filled-0", "value").slice(0, 3)).toEqual([4, 3, 2]);
  expect(texts(figure)["bin-text-2-1"]).toEqual(["50 %"]);
  expect(yScale(figure).type).toBe("log");
  expect(column(cutflow(flow.yieldhist().cutflow), "filled-0", "value").slice(0, 3)).toEqual([4, 3, 2]);
  const both = cutflow({ a: flow, b: flow }, { logY: false });
  expect(column(both, "outline-1", "value")).toEqual([0, 4, 3, 2, 0]);
  expect(yScale(both).type).toBeUndefined();
  expect(() => cutflow(flow, { weighted: true })).toThrow("This cutflow has no weights");
  expect(() => cutflow(counts([1, 2]))).toThrow("has no names of cuts: a cutflow has a category axis.");
});
