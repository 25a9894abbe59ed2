import fc from "fast-check";
import { expect, test } from "vitest";
import { poissonInterval } from "../../src/hist/index.ts";

/** exp(-mu) mu^k / k! summed from 0 to n. */
function atMost(n: number, mu: number): number {
  let term = Math.exp(-mu);
  let sum = term;
  for (let k = 1; k <= n; k++) {
    term *= mu / k;
    sum += term;
  }
  return sum;
}

test("Garwood's limits at 0, 1, 5 and 100", () => {
  expect(poissonInterval(0).low).toBe(0);
  expect(poissonInterval(0).high).toBeCloseTo(1.8410216450092634, 12);
  expect(poissonInterval(1).low).toBeCloseTo(0.17275377902344996, 12);
  expect(poissonInterval(1).high).toBeCloseTo(3.299526559115855, 12);
  expect(poissonInterval(5).low).toBeCloseTo(2.8403088555932205, 12);
  expect(poissonInterval(5).high).toBeCloseTo(8.382472652146888, 12);
  expect(poissonInterval(100).low).toBeCloseTo(90.0167451771134, 10);
  expect(poissonInterval(100).high).toBeCloseTo(111.03336094114967, 10);
});

test("beyond each limit lies half of what is not covered", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 120 }), fc.double({ min: 0.5, max: 0.999, noNaN: true }), (n, coverage) => {
      const { low, high } = poissonInterval(n, undefined, coverage);
      const tail = (1 - coverage) / 2;
      expect(atMost(n, high)).toBeCloseTo(tail, 9);
      if (n > 0) expect(1 - atMost(n - 1, low)).toBeCloseTo(tail, 9);
    }),
  );
});

test("weights scale the interval; without content there is no scale", () => {
  const plain = poissonInterval(4);
  const scaled = poissonInterval(4 * 0.5, 4 * 0.25);
  expect(scaled.low).toBeCloseTo(0.5 * plain.low, 12);
  expect(scaled.high).toBeCloseTo(0.5 * plain.high, 12);
  expect(poissonInterval(0, 0)).toEqual({ low: 0, high: Number.NaN });
});

test("large counts come close to the root of the count", () => {
  for (const n of [1e6, 1e9]) {
    const { low, high } = poissonInterval(n);
    expect((n - low) / Math.sqrt(n)).toBeCloseTo(1, 2);
    expect((high - n) / Math.sqrt(n)).toBeCloseTo(1, 2);
  }
});
