import { CortadoError } from "../errors.ts";
import { betaQuantile } from "./beta-quantile.ts";
import { type Interval, oneSigma } from "./interval.ts";

/**
 * The central interval of an efficiency after `passed` of `total` were observed: it covers at least `coverage`, whatever
 * the efficiency. 0 to 1 where nothing was observed. Formula: C. Clopper and E. Pearson, Biometrika 26 (1934) 404, by
 * way of quantiles of the beta distribution.
 *
 * @throws UsageError if more passed than there are, or either is negative.
 */
export function clopperPearsonInterval(passed: number, total: number, coverage: number = oneSigma): Interval {
  if (passed > total || passed < 0)
    throw new CortadoError("UsageError", `An efficiency of ${passed} out of ${total} is not between 0 and 1.`, {
      code: "BadArgument",
    });
  const tail = (1 - coverage) / 2;
  return {
    low: passed === 0 ? 0 : betaQuantile(passed, total - passed + 1, tail),
    high: passed === total ? 1 : betaQuantile(passed + 1, total - passed, 1 - tail),
  };
}
