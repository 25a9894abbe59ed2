import fc from "fast-check";
import { expect, test } from "vitest";
import { linearTicks, logTicks, shortNumber } from "../../src/plot/ticks.ts";

test("round numbers with the digits they need", () => {
  expect(linearTicks(0, 2000, 5)).toMatchObject({
    major: [0, 500, 1000, 1500, 2000],
    labels: ["0", "500", "1000", "1500", "2000"],
  });
  expect(linearTicks(15, 60, 5).major).toEqual([20, 30, 40, 50, 60]);
  expect(linearTicks(0, 1, 5).labels).toEqual(["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
  expect(linearTicks(-4, 4, 5).labels).toEqual(["−4", "−2", "0", "2", "4"]);
  expect(linearTicks(0, 0.12, 5).labels).toEqual(["0.000", "0.025", "0.050", "0.075", "0.100"]);
});

test("large and small numbers share a power of ten", () => {
  expect(linearTicks(0, 7.5e8)).toMatchObject({ exponent: 6, labels: ["0", "200", "400", "600"] });
  expect(linearTicks(0, 4e-5)).toMatchObject({ exponent: -6, labels: ["0", "10", "20", "30", "40"] });
});

test("ticks lie inside, in order, minors between majors", () => {
  fc.assert(
    fc.property(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
      (low, width) => {
        const high = low + width;
        const { major, minor, labels } = linearTicks(low, high, 5);
        const slack = 1e-6 * width + 1e-9 * Math.abs(low);
        for (const v of [...major, ...minor]) expect(v >= low - slack && v <= high + slack).toBe(true);
        expect(major.length).toBeGreaterThan(1);
        expect(major.length).toBeLessThan(12);
        expect(labels).toHaveLength(major.length);
        expect(new Set(labels).size).toBe(labels.length);
        expect([...major].sort((a, b) => a - b)).toEqual(major);
        for (const m of minor) expect(major).not.toContain(m);
      },
    ),
  );
});

test("decades on a logarithmic axis", () => {
  const ticks = logTicks(0.5, 2000);
  expect(ticks.major).toEqual([1, 10, 100, 1000]);
  expect(ticks.labels).toEqual(["1", "10", "10^{2}", "10^{3}"]);
  expect(ticks.minor.slice(0, 6)).toEqual([0.5, 0.6000000000000001, 0.7000000000000001, 0.8, 0.9, 2]);
  const wide = logTicks(1e-10, 1e10);
  expect(wide.labels.filter((l) => l !== "").length).toBeLessThanOrEqual(8);
});

test("numbers as a person writes them", () => {
  expect([20, 0.45, 19.8, 1 / 3, 0, -2].map((v) => shortNumber(v))).toEqual([
    "20",
    "0.45",
    "19.8",
    "0.3333",
    "0",
    "−2",
  ]);
  expect(shortNumber(1e6)).toBe("10^{6}");
  expect(shortNumber(1234567, 10)).toBe("1234567");
  expect(shortNumber(2.5e-7)).toBe("2.5×10^{−7}");
});
