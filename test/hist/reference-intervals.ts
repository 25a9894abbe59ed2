/** The tables of intervals and quantiles in the form of oracles/hist.json. */
import { expect } from "vitest";
import { betaQuantile } from "../../src/hist/beta-quantile.ts";
import { gammaQuantile } from "../../src/hist/gamma-quantile.ts";
import {
  clopperPearsonInterval,
  type Interval,
  oneSigma,
  poissonInterval,
  type RatioKind,
  ratioUncertainty,
} from "../../src/hist/index.ts";
import { type Json, numbers } from "./reference-state.ts";

interface Table {
  readonly id: string;
  readonly interval?: string;
  readonly args?: { readonly [name: string]: Json };
  readonly result?: Json;
  readonly [name: string]: Json;
}

export function runIntervals(table: Table): number {
  if (table.id === "intervals-quantiles") return runQuantiles(table);
  const {
    values = [],
    variances,
    num = [],
    denom = [],
    coverage,
  } = table.args as Record<string, number[]> & { coverage?: number };
  const rows = Math.max(values.length, num.length);
  const interval = (i: number): Interval => {
    const [kind, what] = /^(poisson_interval|clopper_pearson_interval|ratio_uncertainty)-?(.*)$/
      .exec(table.interval!)!
      .slice(1);
    if (kind === "poisson_interval") return poissonInterval(values[i]!, variances?.[i], coverage);
    if (kind === "clopper_pearson_interval") return clopperPearsonInterval(num[i]!, denom[i]!, coverage);
    return ratioUncertainty(num[i]!, denom[i]!, what as RatioKind);
  };
  const result = table.result as { error?: string; data?: [Json[], Json[]] };
  const found = (): Interval[] => Array.from({ length: rows }, (_, i) => interval(i));
  if (result.error !== undefined) {
    expect(found).toThrow(expect.objectContaining({ kind: "UsageError" }));
    return 1;
  }
  for (const [i, { low, high }] of found().entries()) {
    near(low, result.data![0][i]);
    near(high, result.data![1][i]);
  }
  return 2 * rows;
}

function runQuantiles(table: Table): number {
  const chi2 = table["chi2"] as [number, number, number][];
  const beta = table["beta"] as [number, number, number, number][];
  for (const [p, freedom, x] of chi2) near(2 * gammaQuantile(freedom / 2, p), x);
  for (const [p, a, b, x] of beta) near(betaQuantile(a, b, p), x);
  near(oneSigma, table["coverage"]);
  return chi2.length + beta.length + 1;
}

/** To a relative 1e-9, as the oracles promise. */
function near(found: number, expected: Json): void {
  const want = numbers(expected) as number;
  if (!Number.isFinite(want) || want === 0) expect(found).toBe(want);
  else expect(Math.abs(found / want - 1)).toBeLessThan(1e-9);
}
