import { expect, test } from "vitest";
import { fill } from "../../src/plot/index.ts";
import { counts } from "../fixtures/plot-hists.ts";
import { column, layers, texts } from "../fixtures/plot-read-back.ts";

test("a fill reaches from 0 to the contents; several are translucent", () => {
  const one = fill(counts([3, 1]));
  expect(column(one, "filled-0", "top")).toEqual([3, 1, 1]);
  expect(layers(one).find((l) => l.name === "filled-0")!.mark["opacity"]).toBeUndefined();
  const two = fill({ a: counts([3, 1]), b: counts([1, 2]) });
  expect(layers(two).find((l) => l.name === "filled-1")!.mark["opacity"]).toBe(0.4);
  expect(texts(two)["legend-texts"]).toEqual(["a", "b"]);
});
