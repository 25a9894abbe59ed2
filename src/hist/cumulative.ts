import { binCount, cellCount } from "./axis.ts";
import type { FlowChoice, HistData } from "./hist-data.ts";

/**
 * Running sums over the bins, or all cells with flow: each number is the sum of all that come before it on every axis, and
 * its own. Row-major, shaped as `values`.
 */
export function cumulative(hist: HistData, values: Float64Array, choice: FlowChoice): Float64Array {
  const found = values.slice();
  const shape = hist.axes.map(choice.flow === true ? cellCount : binCount);
  let step = 1;
  for (const size of shape.toReversed()) {
    for (let i = 0; i < found.length; i++) if (Math.floor(i / step) % size > 0) found[i]! += found[i - step]!;
    step *= size;
  }
  return found;
}
