import { badArgument } from "./axis-options.ts";
import { clopperPearsonInterval } from "./clopper-pearson-interval.ts";
import type { Interval } from "./interval.ts";
import { poissonInterval } from "./poisson-interval.ts";

/**
 * - `poisson`: the numerator is a Poisson number, the denominator exact (Garwood, scaled)
 * - `poisson-ratio`: both are independent Poisson numbers (Clopper-Pearson of the numerator's share of the two)
 * - `efficiency`: the numerator counts a part of the denominator (Clopper-Pearson)
 */
export type RatioKind = "poisson" | "poisson-ratio" | "efficiency";

/**
 * How far the ratio `numerator / denominator` reaches down and up at one standard deviation: distances from the ratio,
 * both positive. NaN where the denominator is 0.
 *
 * @throws UsageError for an efficiency whose numerator is larger than its denominator, or an unknown kind.
 */
export function ratioUncertainty(numerator: number, denominator: number, kind: RatioKind = "poisson"): Interval {
  const ratio = numerator / denominator;
  const { low, high } = limits(numerator, denominator, ratio, kind);
  return { low: Math.abs(low - ratio), high: Math.abs(high - ratio) };
}

function limits(numerator: number, denominator: number, ratio: number, kind: RatioKind): Interval {
  switch (kind) {
    case "poisson":
      return poissonInterval(ratio, ratio / denominator);
    case "poisson-ratio": {
      const share = clopperPearsonInterval(numerator, numerator + denominator);
      return { low: share.low / (1 - share.low), high: share.high / (1 - share.high) };
    }
    case "efficiency":
      return clopperPearsonInterval(numerator, denominator);
    default:
      throw badArgument(
        `There is no uncertainty ${JSON.stringify(kind)}: there are poisson, poisson-ratio and efficiency.`,
      );
  }
}
