import fc from "fast-check";
import { expect, test } from "vitest";
import { alignedRanges, chunkRanges, roundHalfEven } from "../../src/fileset/index.ts";

test.each([
  [40, 7, "0-7, 7-14, 14-21, 21-28, 28-35, 35-40"],
  [40, 15, "0-14, 14-28, 28-40"],
  [100, 30, "0-34, 34-68, 68-100"],
  [44, 30, "0-44"],
  [45, 30, "0-23, 23-45"],
  [75, 30, "0-38, 38-75"],
  [105, 30, "0-27, 27-54, 54-81, 81-105"],
  [250_000, 100_000, "0-125000, 125000-250000"],
  [149_999, 100_000, "0-149999"],
  [0, 7, "0-0"],
])("%i events with a target of %i", (entries, target, expected) => {
  expect(
    chunkRanges(entries, target)
      .map(([a, b]) => `${a}-${b}`)
      .join(", "),
  ).toBe(expected);
});

test.each([
  [[0, 10, 20, 30, 40], 15, "0-20, 20-40"],
  [[0, 10, 20, 30, 40], 7, "0-10, 10-20, 20-30, 30-40"],
  [[0, 40], 7, "0-40"],
  [[0, 10, 20, 30, 45], 25, "0-30, 30-45"],
  [[0, 10, 10, 20], 10, "0-10, 10-20"],
  [[0], 10, "0-0"],
])("clusters %j with a target of %i", (boundaries, target, expected) => {
  expect(
    alignedRanges(boundaries, target)
      .map(([a, b]) => `${a}-${b}`)
      .join(", "),
  ).toBe(expected);
});

test("ranges tile the file whatever the target", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 1, max: 100_000 }), (entries, target) => {
      fc.pre(entries / target < 2000);
      const ranges = chunkRanges(entries, target);
      expect(ranges[0]![0]).toBe(0);
      expect(ranges.at(-1)![1]).toBe(entries);
      for (let i = 1; i < ranges.length; i++) expect(ranges[i]![0]).toBe(ranges[i - 1]![1]);
      for (const [start, stop] of ranges) expect(stop).toBeGreaterThan(start);
    }),
  );
});

test("halves round to the even neighbour", () => {
  expect([0.5, 1.5, 2.5, 3.5, 2.4999, 2.5001].map(roundHalfEven)).toEqual([0, 2, 2, 4, 2, 3]);
});

test.each([0, -1, 1.5, Number.NaN, Infinity])("a chunk size of %d is refused", (target) => {
  expect(() => chunkRanges(10, target)).toThrow(/whole number of events above 0/);
});
