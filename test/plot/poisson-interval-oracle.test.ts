import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { poissonInterval } from "../../src/plot/index.ts";

const folder = process.env["CORTADO_ORACLES"] ?? resolve(import.meta.dirname, "../../../shared/oracles");
const file = join(folder, "hist.json");
const there = existsSync(file);
if (!there) console.log(`skipped: Poisson intervals of Python hist, ${file} is missing`);

interface IntervalCase {
  readonly interval: string;
  readonly args: { readonly values: number[]; readonly variances?: number[]; readonly coverage?: number };
  readonly result: { readonly data: [(number | string)[], (number | string)[]] };
}

test.skipIf(!there)("Poisson intervals equal those of Python hist", () => {
  const { cases } = JSON.parse(readFileSync(file, "utf8")) as { cases: Partial<IntervalCase>[] };
  const intervals = cases.filter((c): c is IntervalCase => c.interval?.startsWith("poisson_interval") ?? false);
  expect(intervals.length).toBeGreaterThan(0);
  let compared = 0;
  for (const { args, result } of intervals) {
    args.values.forEach((value, i) => {
      const mine = poissonInterval(value, args.variances?.[i], args.coverage);
      for (const [limit, expected] of [
        [mine.low, result.data[0][i]!],
        [mine.high, result.data[1][i]!],
      ] as const) {
        if (expected === "nan") expect(limit).toBeNaN();
        else if (expected === 0) expect(limit).toBe(0);
        else expect(Math.abs(limit / Number(expected) - 1)).toBeLessThan(1e-10);
        compared++;
      }
    });
  }
  console.log(`Poisson intervals: ${intervals.length} tables, ${compared} limits`);
});
