import { expect, test } from "vitest";
import { stack, step } from "../../src/plot/index.ts";
import { backgrounds, counts, data } from "../fixtures/plot-hists.ts";
import { layers, texts } from "../fixtures/plot-read-back.ts";

test("labels of experiments: five positions, simulation where there are no data", () => {
  const of = (position?: 0 | 1 | 2 | 3 | 4, experiment = "CMS") =>
    step(counts([1]), {
      experiment,
      status: "Preliminary",
      lumi: 5,
      com: 13,
      ...(position !== undefined && { position }),
    });
  const y = (figure: ReturnType<typeof of>, name: string): number =>
    Math.sign(layers(figure).find((l) => l.name === name)!.data.values[0]!["y"] as number);
  const places = ([0, 1, 2, 3, 4] as const).map((p) => ["experiment", "status", "conditions"].map((n) => y(of(p), n)));
  expect(places).toEqual([
    [-1, -1, -1],
    [1, 1, -1],
    [1, 1, -1],
    [-1, 1, -1],
    [1, 1, 1],
  ]);
  expect(y(of(undefined, "ATLAS"), "experiment")).toBe(1);
  expect(layers(of(0, "ATLAS")).find((l) => l.name === "experiment")!.mark["fontStyle"]).toBe("italic");
  expect(() => of(7 as never)).toThrow("An experiment's label has position 0, 1, 2, 3 or 4, not 7.");
  const status = (simulation?: boolean, input = {}) =>
    texts(stack({ background: backgrounds(), ...input }, { experiment: "CMS", simulation }))["status"];
  expect([status(), status(false), status(undefined, { data: data() })]).toEqual([
    ["Simulation"],
    undefined,
    undefined,
  ]);
});
