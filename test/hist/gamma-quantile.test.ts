import fc from "fast-check";
import { expect, test } from "vitest";
import { gammaQuantile, logGamma } from "../../src/hist/gamma-quantile.ts";

test("log gamma of whole and half numbers", () => {
  for (const [a, gamma] of [
    [1, 1],
    [2, 1],
    [5, 24],
    [0.5, Math.sqrt(Math.PI)],
    [2.5, 0.75 * Math.sqrt(Math.PI)],
  ] as const)
    expect(logGamma(a)).toBeCloseTo(Math.log(gamma), 12);
  let sum = 0;
  for (let n = 1; n < 170; n++) sum += Math.log(n);
  expect(logGamma(170)).toBeCloseTo(sum, 9);
});

test("a = 1 is the exponential distribution", () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), (p) => {
      const exact = -Math.log1p(-p);
      expect(Math.abs(gammaQuantile(1, p) / exact - 1)).toBeLessThan(1e-9);
    }),
  );
});

test("a = 1/2 is half a squared normal variable: one sigma", () => {
  expect(gammaQuantile(0.5, 0.6826894921370859)).toBeCloseTo(0.5, 12);
  expect(gammaQuantile(0.5, 0.9544997361036416)).toBeCloseTo(2, 11);
});

test("the median, and the ends", () => {
  expect(gammaQuantile(3, 0)).toBe(0);
  expect(gammaQuantile(3, 1)).toBe(Number.POSITIVE_INFINITY);
  expect(gammaQuantile(-1, 0.5)).toBeNaN();
  expect(gammaQuantile(1000, 0.5)).toBeCloseTo(1000 - 1 / 3 + 8 / 405 / 1000, 6);
});

test("where the expansion for large a takes over nothing jumps", () => {
  for (const p of [0.001, 0.1587, 0.5, 0.8413, 0.999]) {
    const below = gammaQuantile(99_999.999, p);
    const above = gammaQuantile(100_000, p);
    expect(Math.abs(above - below - 0.001)).toBeLessThan(1e-5);
  }
});
