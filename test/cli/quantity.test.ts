import { expect, test } from "vitest";
import { bytes, count, duration, plural, rate, si } from "../../src/cli/quantity.ts";

test("counts are grouped by thousands", () => {
  expect([0, 7, 1000, 53_446_198].map(count)).toEqual(["0", "7", "1,000", "53,446,198"]);
  expect([plural(1, "file"), plural(2, "file")]).toEqual(["1 file", "2 files"]);
});

test("SI numbers keep three digits, across every prefix boundary", () => {
  expect(
    [0, 7, 999, 999.6, 1234, 12_345, 123_456, 999_949, 999_999, 1e6, 12.345, Number.POSITIVE_INFINITY].map(si),
  ).toEqual(["0", "7", "999", "1.00 k", "1.23 k", "12.3 k", "123 k", "1.00 M", "1.00 M", "1.00 M", "12.3", "–"]);
  expect([0, 512, 248_988, 12_300_000].map(bytes)).toEqual(["0 B", "512 B", "249 kB", "12.3 MB"]);
});

test("rates and durations", () => {
  expect([rate(1_000_000, 2), rate(10, 2), rate(10, 0)]).toEqual(["500 k/s", "5/s", "–"]);
  expect([0, 0.41, 9.96, 59.6, 75, 3599.9, 7500].map(duration)).toEqual([
    "0.0 s",
    "0.4 s",
    "10 s",
    "1 min 00 s",
    "1 min 15 s",
    "1 h 00 min",
    "2 h 05 min",
  ]);
});
