import fc from "fast-check";
import { expect, test } from "vitest";
import { betaQuantile } from "../../src/hist/beta-quantile.ts";
import { clopperPearsonInterval, normalInterval, oneSigma, ratioUncertainty } from "../../src/hist/index.ts";

test("quantiles of the beta distribution: closed forms and symmetry", () =>
  fc.assert(
    fc.property(
      fc.double({ min: 0.001, max: 0.999, noNaN: true }),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 40 }),
      (p, a, b) => {
        expect(betaQuantile(a, 1, p) / p ** (1 / a)).toBeCloseTo(1, 10);
        expect(betaQuantile(1, b, p) / -Math.expm1(Math.log1p(-p) / b)).toBeCloseTo(1, 10);
        expect(betaQuantile(a, b, p)).toBeCloseTo(1 - betaQuantile(b, a, 1 - p), 10);
      },
    ),
  ));

test("an efficiency lies in its interval, which narrows with more events", () => {
  for (const [passed, total] of [
    [0, 5],
    [5, 5],
    [3, 7],
    [500, 1000],
  ] as const) {
    const { low, high } = clopperPearsonInterval(passed, total);
    expect(low).toBeLessThanOrEqual(passed / total);
    expect(high).toBeGreaterThanOrEqual(passed / total);
    const wider = clopperPearsonInterval(passed, total, 0.95);
    expect(wider.high - wider.low).toBeGreaterThan(high - low);
  }
  expect(clopperPearsonInterval(0, 0)).toEqual({ low: 0, high: 1 });
  expect(() => clopperPearsonInterval(3, 2)).toThrow("3 out of 2");
});

test("normal intervals", () => {
  expect(normalInterval(10, 4)).toEqual({ low: 8, high: 12 });
  expect(normalInterval(0, 1, 0.9544997361036416).high).toBeCloseTo(2, 10);
  expect(normalInterval(0, 1, oneSigma + 1e-12).high).toBeCloseTo(1, 9);
});

test("uncertainties of a ratio by kind", () => {
  expect(ratioUncertainty(1, 1, "efficiency").high).toBe(0);
  expect(ratioUncertainty(0, 10).high).toBeNaN();
  expect(ratioUncertainty(100, 200, "poisson-ratio").high).toBeCloseTo(0.0692616796897596, 12);
  expect(() => ratioUncertainty(1, 2, "other" as "poisson")).toThrow("poisson-ratio");
});
