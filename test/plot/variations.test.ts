import { expect, test } from "vitest";
import { variations } from "../../src/plot/index.ts";
import { contents } from "../fixtures/plot-hists.ts";
import { column, layers, texts } from "../fixtures/plot-read-back.ts";

test("variations: lines up and down, and what they are relative to the nominal one", () => {
  const nominal = contents([10, 20, 0]);
  const figure = variations({ nominal, variations: { JES: { up: nominal.scale(1.1), down: nominal.scale(0.8) } } });
  expect(texts(figure)["legend-texts"]).toEqual(["Nominal", "JES up", "JES down"]);
  const close = (values: readonly number[]) => values.map((v) => expect.closeTo(v, 12));
  expect(column(figure, "lower-outline-1", "value")).toEqual(close([1.1, 1.1, 1.1]));
  expect(column(figure, "lower-outline-2", "value")).toEqual(close([0.8, 0.8, 0.8]));
  expect(column(figure, "lower-band-0", "high")).toEqual(close([2, 2, 2]));
  expect(layers(figure).find((l) => l.name === "outline-1")!.mark["strokeDash"]).toBeDefined();
  expect(() => variations({ nominal, variations: {} })).toThrow("There is no variation to draw.");
  expect(() => variations({ nominal, variations: { x: {} } })).toThrow('Variation "x" has neither up nor down.');
});
