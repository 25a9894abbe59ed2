import type { Addition } from "../accumulator/index.ts";

/** Sums and range of the weights of one name. Plain data that adds up: return it from `process`. */
export interface WeightStatistics {
  readonly tag: "weightStatistics";
  readonly sumw: number;
  readonly sumw2: number;
  /** Smallest weight; infinity where there is none. */
  readonly minw: number;
  /** Largest weight; minus infinity where there is none. */
  readonly maxw: number;
  /** Number of events. */
  readonly n: number;
}

/** Statistics of one weight for each event; NaN where any weight is NaN. */
export function weightStatistics(weights: Float64Array): WeightStatistics {
  let [sumw, sumw2, minw, maxw] = [0, 0, Infinity, -Infinity];
  for (let i = 0; i < weights.length; i++) {
    const w = weights[i]!;
    sumw += w;
    sumw2 += w * w;
    minw = Math.min(minw, w);
    maxw = Math.max(maxw, w);
  }
  return { tag: "weightStatistics", sumw, sumw2, minw, maxw, n: weights.length };
}

/** How statistics of chunks add up: sums add, ranges unite. */
export const weightStatisticsAddition: Addition<WeightStatistics> = {
  add: (a, b) => ({
    tag: "weightStatistics",
    sumw: a.sumw + b.sumw,
    sumw2: a.sumw2 + b.sumw2,
    minw: Math.min(a.minw, b.minw),
    maxw: Math.max(a.maxw, b.maxw),
    n: a.n + b.n,
  }),
};
