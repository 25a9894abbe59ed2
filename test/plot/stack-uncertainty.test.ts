import { expect, test } from "vitest";
import { stack } from "../../src/plot/index.ts";
import { contents, counts } from "../fixtures/plot-hists.ts";
import { column, texts } from "../fixtures/plot-read-back.ts";

/** How far the band reaches below and above a stack of 10 and 20 in one bin; the statistics are 10 and 20 too. */
function band(systematics: Parameters<typeof stack>[0]["systematics"]): [number, number] {
  const figure = stack({ background: { a: contents([10]), b: contents([20]) }, systematics });
  return [30 - column(figure, "band-2", "low")[0]!, column(figure, "band-2", "high")[0]! - 30];
}
const statistical = Math.hypot(10, 20);

test("statistics and shifts in quadrature, of one background or of several at once", () => {
  expect(band({})).toEqual([expect.closeTo(statistical), expect.closeTo(statistical)]);
  expect(band({ x: { up: { a: contents([13]) }, down: { a: contents([8]) } } })).toEqual([
    expect.closeTo(Math.hypot(statistical, 2)),
    expect.closeTo(Math.hypot(statistical, 3)),
  ]);
  const both = { up: { a: contents([13]), b: contents([24]) }, down: { a: contents([10]) } };
  expect(band({ x: both })[1]).toBeCloseTo(Math.hypot(statistical, 7));
  expect(band({ x: both })[0]).toBeCloseTo(statistical);
  const apart = { x: { up: { a: contents([13]) }, down: {} }, y: { up: { b: contents([24]) }, down: {} } };
  expect(band(apart)[1]).toBeCloseTo(Math.hypot(statistical, 3, 4));
});

test("one side is mirrored; two on one side count once, on that side", () => {
  expect(band({ x: { up: { a: contents([13]) } } })).toEqual([
    expect.closeTo(Math.hypot(statistical, 3)),
    expect.closeTo(Math.hypot(statistical, 3)),
  ]);
  expect(band({ x: { up: { a: contents([13]) }, down: { a: contents([15]) } } })).toEqual([
    expect.closeTo(statistical),
    expect.closeTo(Math.hypot(statistical, 5)),
  ]);
});

test("densities and contents per unit scale the shifts too", () => {
  const background = { a: counts([8], "x"), b: counts([2], "x") };
  const systematics = { x: { up: { a: counts([10]) }, down: { a: counts([8]) } } };
  const figure = stack({ background, systematics }, { binwnorm: 0.5 });
  expect(column(figure, "band-2", "high")[0]).toBeCloseTo(0.5 * (10 + Math.hypot(Math.sqrt(10), 2)));
  const density = stack({ background, systematics }, { density: true });
  expect(column(density, "filled-1", "top")[0]).toBe(1);
  expect(column(density, "band-2", "high")[0]).toBeCloseTo((10 + Math.hypot(Math.sqrt(10), 2)) / 10);
});

test("the legend says what the band is", () => {
  const background = { a: counts([4]) };
  expect(texts(stack({ background }))["legend-texts"]).toEqual(["a", "Stat. unc."]);
  expect(texts(stack({ background, systematics: { x: { up: background } } }))["legend-texts"]).toEqual([
    "a",
    "Stat. + syst.",
  ]);
});

test("shifts that cannot be", () => {
  const background = { a: counts([4, 1]) };
  const of = (x: object) => () => stack({ background, systematics: { x } });
  expect(of({})).toThrow('Systematic "x" has neither up nor down');
  expect(of({ up: { b: counts([1, 1]) } })).toThrow('Systematic "x" varies "b", which is no background: there are a.');
  expect(of({ up: { a: counts([1]) } })).toThrow('"a, x up" and "a" have different bins');
});
