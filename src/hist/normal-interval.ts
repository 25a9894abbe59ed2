import { gammaQuantile } from "./gamma-quantile.ts";
import { type Interval, oneSigma } from "./interval.ts";

/** The interval of a value whose errors are normal: as many roots of the variance to both sides as `coverage` needs. */
export function normalInterval(value: number, variance: number, coverage: number = oneSigma): Interval {
  const deviations = coverage === oneSigma ? 1 : Math.sqrt(2 * gammaQuantile(0.5, coverage));
  const half = deviations * Math.sqrt(variance);
  return { low: value - half, high: value + half };
}
