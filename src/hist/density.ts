import { isCategorical, widths } from "./axis.ts";
import type { HistData } from "./hist-data.ts";

/**
 * Values of the bins divided by their sum and by the size of the bin, so that the integral is 1; row-major. A category has
 * the size 1. Where nothing was filled it is 0.
 */
export function density(hist: HistData, values: Float64Array): Float64Array {
  const total = values.reduce((sum, value) => sum + value, 0);
  const found = values.map((value) => (value === 0 ? 0 : value / total));
  let step = 1;
  for (const axis of hist.axes.toReversed()) {
    const sizes = isCategorical(axis) ? axis.categories.map(() => 1) : widths(axis);
    for (let i = 0; i < found.length; i++) found[i]! /= Math.abs(sizes[Math.floor(i / step) % sizes.length]!);
    step *= sizes.length;
  }
  return found;
}
