import { poissonInterval } from "../hist/index.ts";
import type { Binned } from "./binned.ts";
import { heights, heightVariances } from "./heights.ts";
import { misuse } from "./misuse.ts";

/** Lower and upper ends of the error bars of the bins, as they are drawn. */
export interface BinErrors {
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** "poisson": central intervals of counts; "weights": the root of the sum of squared weights. */
  readonly kind: "poisson" | "weights";
}

/**
 * Error bars at one standard deviation: central Poisson (Garwood) intervals for counts, that is where each variance
 * equals its content, or is not known and all contents are whole; otherwise the root of the variance.
 * Throws UsageError for weighted contents without variances.
 */
export function binErrors(bins: Binned, who: string): BinErrors {
  const { values, variances, factors } = bins;
  const counted = (v: number, i: number): boolean =>
    Number.isNaN(v) || (v >= 0 && (variances === undefined ? Number.isInteger(v) : variances[i] === v));
  if (values.every(counted)) {
    const intervals = values.map((v) => (Number.isNaN(v) ? { low: v, high: v } : poissonInterval(v)));
    return {
      low: intervals.map((interval, i) => interval.low * factors[i]!),
      high: intervals.map((interval, i) => interval.high * factors[i]!),
      kind: "poisson",
    };
  }
  if (variances === undefined)
    throw misuse(
      `${who} was filled with weights but does not know its variances, so it has no error bars: give it weight storage, or draw it without errors.`,
    );
  const drawn = heights(bins);
  const sigma = heightVariances(bins)!.map((v) => Math.sqrt(Math.max(0, v)));
  return { low: drawn.map((v, i) => v - sigma[i]!), high: drawn.map((v, i) => v + sigma[i]!), kind: "weights" };
}
