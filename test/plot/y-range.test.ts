import fc from "fast-check";
import { expect, test } from "vitest";
import { linearRange, logRange } from "../../src/plot/y-range.ts";

const height = 500;
const obstacle = { left: 300, right: 480, bottom: 180 };
// Numbers near the smallest there are have too few digits to be scaled to pixels: as contents they are nothing.
const content = (max: number): fc.Arbitrary<number> =>
  fc.double({ min: 0, max, noNaN: true }).map((value) => (value < 1e-300 ? 0 : value));
const extent = fc
  .record({ high: content(1e6), down: content(100) })
  .map(({ high, down }) => ({ low: high - down, high }));
const bins = fc
  .array(extent, { minLength: 1, maxLength: 60 })
  .map((list) => list.map((e, i) => ({ ...e, left: (i * 500) / list.length, right: ((i + 1) * 500) / list.length })));

test("nothing reaches an obstacle or the top, on a linear axis", () => {
  fc.assert(
    fc.property(bins, (extents) => {
      const { low, high } = linearRange(extents, height, [obstacle]);
      expect(high).toBeGreaterThan(low);
      for (const e of extents) {
        const y = height * (1 - (e.high - low) / (high - low));
        const under = e.right > obstacle.left && e.left < obstacle.right;
        expect(y).toBeGreaterThanOrEqual((under ? obstacle.bottom : 0.05 * height) - 1e-6);
        expect(e.low).toBeGreaterThanOrEqual(low);
      }
    }),
  );
});

test("nothing reaches an obstacle or the top, on a logarithmic axis", () => {
  fc.assert(
    fc.property(bins, (extents) => {
      const positive = extents.map((e) => e.high).filter((v) => v > 0);
      const { low, high } = logRange(
        extents,
        height,
        [obstacle],
        positive.length === 0 ? undefined : Math.min(...positive),
      );
      expect(low).toBeGreaterThan(0);
      expect(high).toBeGreaterThanOrEqual(low * 10 * (1 - 1e-9));
      for (const e of extents) {
        const y = height * (1 - Math.log(Math.max(e.high, low) / low) / Math.log(high / low));
        const under = e.right > obstacle.left && e.left < obstacle.right;
        expect(y).toBeGreaterThanOrEqual((under ? obstacle.bottom : 0.05 * height) - 1e-6);
      }
    }),
  );
});

test("special contents", () => {
  const bin = (low: number, high: number) => [{ left: 0, right: 500, low, high }];
  expect(linearRange(bin(0, 0), height, [])).toEqual({ low: 0, high: 1 });
  expect(logRange(bin(0, 0), height, [], undefined)).toEqual({ low: 0.5, high: 10 });
  expect(logRange(bin(-3, -2), height, [], undefined)).toEqual({ low: 0.5, high: 10 });
  expect(linearRange(bin(0, 10), height, []).low).toBe(0);
  const negative = linearRange(bin(-10, -5), height, []);
  expect(negative.low).toBeLessThan(-10);
  expect(negative.high).toBeGreaterThan(0);
  expect(logRange(bin(0, 1000), height, [], 1).low).toBe(0.5);
  expect(logRange(bin(0, 1e9), height, [], 1).low).toBeCloseTo(1e5, 6);
});
