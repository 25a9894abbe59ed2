import fc from "fast-check";
import { expect, test } from "vitest";
import { decay } from "../../src/jagged/decay.ts";

test("decay is exp of what is not positive, to two units in the last place", () => {
  fc.assert(
    fc.property(fc.double({ min: -700, max: 0, noNaN: true }), (x) => {
      expect(Math.abs(decay(x) / Math.exp(x) - 1)).toBeLessThan(5e-16);
    }),
    { numRuns: 2000 },
  );
});

test("decay at its ends: subnormal numbers, infinity, NaN", () => {
  expect(decay(0)).toBe(1);
  expect(decay(-0)).toBe(1);
  for (const x of [-709, -720.5, -740, -745])
    expect(Math.abs(decay(x) - Math.exp(x))).toBeLessThanOrEqual(Math.max(1e-15 * Math.exp(x), 5e-324));
  for (const x of [-746, -1e300, Number.NEGATIVE_INFINITY]) expect(decay(x)).toBe(0);
  expect(decay(Number.NaN)).toBeNaN();
});
