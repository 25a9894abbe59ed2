import fc from "fast-check";
import { expect, test } from "vitest";
import { stack } from "../../src/plot/index.ts";
import { contents, counts } from "../fixtures/plot-hists.ts";
import { layers, rows, yScale } from "../fixtures/plot-read-back.ts";

test("neither data nor their errors nor the band reach into the legend or the texts of a stack", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 1, max: 9 }),
      fc.boolean(),
      fc.constantFrom("CMS", "ATLAS"),
      (values, processes, logY, experiment) => {
        const background = Object.fromEntries(
          Array.from({ length: processes }, (_, i) => [`process ${i}`, contents(values.map((v) => v / processes))]),
        );
        const options = { logY, experiment, status: "Preliminary", lumi: 5, com: 13, text: "4 jets" };
        const figure = stack({ background, data: counts(values) }, options);
        const [upper] = figure.spec()["vconcat"] as unknown as { width: number; height: number }[];
        const { width, height } = upper!;
        const { domain } = yScale(figure);
        const at = (v: number): number =>
          logY
            ? height * (1 - Math.log(Math.max(v, domain[0]) / domain[0]) / Math.log(domain[1] / domain[0]))
            : height * (1 - (v - domain[0]) / (domain[1] - domain[0]));
        const names = layers(figure).map((layer) => layer.name);
        const boxes = names
          .filter((name) => /^legend-\d+$/.test(name))
          .map((name) => rows(figure, name)[0]!)
          .map((row) => ({ left: row["x"]!, right: row["x2"]! + 60, bottom: row["y"]! }));
        boxes.push(
          ...names
            .filter((name) => ["text-0", "experiment"].includes(name))
            .map((name) => rows(figure, name)[0]!)
            .filter((row) => row["y"]! > 0)
            .map((row) => ({ left: row["x"]!, right: row["x"]! + 20, bottom: row["y"]! })),
        );
        const ends = names
          .filter((name) => /^(points-\d+-errors|band-\d+)$/.test(name))
          .flatMap((name) => rows(figure, name))
          .map((row) => ({ x: row["x"]! * width, high: at(row["high"]!) }));
        for (const { x, high } of ends)
          for (const { left, right, bottom } of boxes) if (x > left && x < right) expect(high).toBeGreaterThan(bottom);
      },
    ),
    { numRuns: 60 },
  );
});
