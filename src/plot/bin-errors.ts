import { CortadoError } from "../errors.ts";
import { poissonInterval } from "../hist/index.ts";
import type { Binned } from "./binned.ts";

/** Lower and upper ends of the error bars of the bins. */
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
  const { values, variances } = bins;
  const counts = values.every((v, i) => v >= 0 && (variances === undefined ? Number.isInteger(v) : variances[i] === v));
  if (counts) {
    const intervals = values.map((v) => poissonInterval(v));
    return { low: intervals.map((i) => i.low), high: intervals.map((i) => i.high), kind: "poisson" };
  }
  if (variances === undefined)
    throw new CortadoError(
      "UsageError",
      `${who} was filled with weights but does not know its variances, so it has no error bars: give it weight storage, or draw it without errors.`,
      { code: "BadArgument" },
    );
  const sigma = variances.map((v) => Math.sqrt(Math.max(0, v)));
  return { low: values.map((v, i) => v - sigma[i]!), high: values.map((v, i) => v + sigma[i]!), kind: "weights" };
}
