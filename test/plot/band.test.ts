import { expect, test } from "vitest";
import { poissonInterval } from "../../src/hist/index.ts";
import { band } from "../../src/plot/index.ts";
import { counts } from "../fixtures/plot-hists.ts";
import { column } from "../fixtures/plot-read-back.ts";

test("a band is the errors of the contents", () => {
  const figure = band(counts([4, 9]));
  expect(column(figure, "band-0", "low")).toEqual([4, 9, 9].map((n) => poissonInterval(n).low));
  expect(column(figure, "band-0", "high")).toEqual([4, 9, 9].map((n) => poissonInterval(n).high));
});
