import { gammaQuantile } from "./gamma-quantile.ts";
import { type Interval, oneSigma } from "./interval.ts";

/**
 * The central (Garwood) interval of a Poisson mean after `count` was observed: each limit leaves (1 - coverage) / 2 of
 * the probability beyond it. `count` 0 gives a lower limit of 0.
 *
 * With `variance` (the sum of squared weights) the content is taken as variance / count times a Poisson number; no
 * scale is known where the content is 0, and the upper limit is NaN. Formula: F. Garwood, Biometrika 28 (1936) 437, by way of
 * quantiles of the gamma distribution as in the Review of Particle Physics, section "Statistics".
 */
export function poissonInterval(count: number, variance?: number, coverage: number = oneSigma): Interval {
  if (!Number.isFinite(count)) return { low: Number.NaN, high: Number.NaN };
  if (count === 0 && variance !== undefined) return { low: 0, high: Number.NaN };
  const tail = (1 - coverage) / 2;
  const scale = variance === undefined ? 1 : variance / count;
  const effective = count / scale;
  const low = count === 0 ? 0 : scale * gammaQuantile(effective, tail);
  return { low, high: scale * gammaQuantile(effective + 1, 1 - tail) };
}
