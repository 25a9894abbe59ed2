import { type Hist, isCategorical } from "../hist/index.ts";

/**
 * True if a figure of the histogram says more with a logarithmic axis: nine tenths of what is in range lie in less than a
 * tenth of the bins, and nothing is negative. A missing transverse momentum drawn to 2 TeV, for instance.
 */
export function wantsLogScale(hist: Hist): boolean {
  if (hist.axes.some((axis) => isCategorical(axis)) && hist.axes.length === 1) return false;
  const values = hist.values().toSorted((a, b) => b - a);
  const total = values.reduce((sum, value) => sum + value, 0);
  if (total <= 0 || values.some((value) => value < 0)) return false;
  const few = values.subarray(0, Math.floor(values.length / 10)).reduce((sum, value) => sum + value, 0);
  return few > 0.9 * total;
}
