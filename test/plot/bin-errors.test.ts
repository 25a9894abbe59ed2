import { expect, test } from "vitest";
import { axis, Hist, poissonInterval } from "../../src/hist/index.ts";
import { binned } from "../../src/plot/binned.ts";
import { binErrors } from "../../src/plot/index.ts";
import { contents, counts } from "../fixtures/plot-hists.ts";

test("counts have Poisson intervals", () => {
  const errors = binErrors(binned(counts([0, 1, 5]), "it"), "it");
  expect(errors.kind).toBe("poisson");
  expect(errors.low).toEqual([0, 1, 5].map((n) => poissonInterval(n).low));
  expect(errors.high).toEqual([0, 1, 5].map((n) => poissonInterval(n).high));
  const inWeightStorage = Hist.of(axis.regular(1, 0, 1), { storage: "weight" }).fill([[0.5, 0.5]]);
  expect(binErrors(binned(inWeightStorage, "it"), "it").kind).toBe("poisson");
});

test("weights have the root of the sum of their squares, also negative contents", () => {
  const errors = binErrors(binned(contents([2, -3, 0.5]), "it"), "it");
  expect(errors).toEqual({ kind: "weights", low: [0, -6, 0], high: [4, 0, 1] });
});

test("weights without variances have no error bars, and this is said", () => {
  const hist = Hist.of(axis.regular(1, 0, 1)).fill([[0.5]], { weight: 0.5 });
  expect(() => binErrors(binned(hist, "it"), 'Histogram "w"')).toThrow(
    'Histogram "w" was filled with weights but does not know its variances',
  );
});
