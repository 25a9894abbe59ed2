import type { Column } from "./column.ts";
import { type Kernel, type ReduceOptions, type Reducer, reduce } from "./reduce.ts";
import { type GroupLoop, groupLoop } from "./segment-loop.ts";
import { asFloats, columnOf } from "./slot-values.ts";
import { sums } from "./sum.ts";

export interface WeightOptions {
  /** One weight for each value, or one for each list; a value whose weight is missing takes no part. */
  readonly weight?: Column;
}

export interface SpreadOptions extends WeightOptions {
  /** Subtracted from the number of values (or sum of weights) in the denominator; 0 by default, as in NumPy. */
  readonly ddof?: number;
}

/**
 * (Weighted) mean, float64 for every dtype. An empty list is NaN, with `maskIdentity` missing; missing values take no
 * part, NaN propagates. Throws ShapeError where the weights do not fit the values. Cost: one pass.
 */
export const mean: Reducer<number | null, WeightOptions> = moments("mean", means, false, sums);

/** (Weighted) variance around the mean, float64: sum(w (x - mean)^2) / (sum(w) - ddof). Rules as {@link mean}. Cost: two passes. */
export const variance: Reducer<number | null, SpreadOptions> = moments("var", variances, false);

/** Square root of {@link variance}. */
export const std: Reducer<number | null, SpreadOptions> = moments("std", deviations, false);

/** {@link mean} without NaN; a list of nothing else is missing. */
export const nanmean: Reducer<number | null, WeightOptions> = moments("nanmean", means, true, sums);

/** {@link variance} without NaN; a list of nothing else is missing. */
export const nanvar: Reducer<number | null, SpreadOptions> = moments("nanvar", variances, true);

/** {@link std} without NaN; a list of nothing else is missing. */
export const nanstd: Reducer<number | null, SpreadOptions> = moments("nanstd", deviations, true);

/** Power sum over count: sum(w x^n) / sum(w), float64, around 0 (not around the mean). */
export interface Moment {
  (
    column: Column,
    n: number,
    options?: ReduceOptions & WeightOptions & { readonly axis?: null; readonly keepdims?: false },
  ): number | null;
  (
    column: Column,
    n: number,
    options: ReduceOptions & WeightOptions & ({ readonly axis: number } | { readonly keepdims: true }),
  ): Column;
}

/** The `n`-th {@link Moment} of the values: `moment(x, 1)` is the mean. Rules as {@link mean}. Cost: one pass. */
export const moment: Moment = ((column: Column, n: number, options: ReduceOptions & WeightOptions = {}) =>
  moments(
    "moment",
    (values, weights, offsets) => powerMeans(values, weights, offsets, n),
    false,
    powerSums[n],
  )(column, options as ReduceOptions & { axis: number })) as Moment;

type Pass = (
  values: Float64Array,
  weights: Float64Array | undefined,
  offsets: Int32Array,
  ddof: number,
) => Float64Array;

function moments<O extends SpreadOptions>(
  operation: string,
  pass: Pass,
  withoutNaN: boolean,
  unweighted?: GroupLoop<Float64Array>,
): Reducer<number | null, O> {
  const run = (column: Column, options: ReduceOptions & SpreadOptions = {}): unknown => {
    const { weight, ddof = 0 } = options;
    const kernel: Kernel = ([leaf, weights], segments) => {
      const { offsets } = segments;
      if (unweighted !== undefined && weights === undefined) {
        const out = unweighted(leaf!, segments, new Float64Array(offsets.length - 1));
        for (let g = 0; g < out.length; g++) out[g]! /= offsets[g + 1]! - offsets[g]!;
        return columnOf("float64", out);
      }
      return columnOf(
        "float64",
        pass(asFloats(leaf!, segments), weights && asFloats(weights, segments), offsets, ddof),
      );
    };
    const columns = weight === undefined ? [column] : [column, weight];
    return reduce({ operation, kernel, maskIdentity: withoutNaN, withoutNaN }, columns, options);
  };
  return run as Reducer<number | null, O>;
}

function means(values: Float64Array, weights: Float64Array | undefined, offsets: Int32Array): Float64Array {
  const out = new Float64Array(offsets.length - 1);
  let s = 0;
  for (let g = 0; g < out.length; g++) {
    const end = offsets[g + 1]!;
    let total = 0;
    let norm = end - s;
    if (weights === undefined) for (; s < end; s++) total += values[s]!;
    else {
      norm = 0;
      for (; s < end; s++) {
        // A value that is not finite spoils the norm as well, as it does in the reference.
        norm += values[s]! * 0 + weights[s]!;
        total += values[s]! * weights[s]!;
      }
    }
    out[g] = total / norm;
  }
  return out;
}

function variances(
  values: Float64Array,
  weights: Float64Array | undefined,
  offsets: Int32Array,
  ddof: number,
): Float64Array {
  const out = means(values, weights, offsets);
  let s = 0;
  for (let g = 0; g < out.length; g++) {
    const end = offsets[g + 1]!;
    const center = out[g]!;
    let total = 0;
    let norm = end - s;
    if (weights !== undefined) norm = 0;
    for (; s < end; s++) {
      const distance = values[s]! - center;
      if (weights === undefined) total += distance * distance;
      else {
        norm += weights[s]!;
        total += weights[s]! * distance * distance;
      }
    }
    out[g] = ddof === 0 ? total / norm : (total / norm) * (norm / (norm - ddof));
  }
  return out;
}

function deviations(
  values: Float64Array,
  weights: Float64Array | undefined,
  offsets: Int32Array,
  ddof: number,
): Float64Array {
  const out = variances(values, weights, offsets, ddof);
  for (let g = 0; g < out.length; g++) out[g] = Math.sqrt(out[g]!);
  return out;
}

function powerMeans(
  values: Float64Array,
  weights: Float64Array | undefined,
  offsets: Int32Array,
  n: number,
): Float64Array {
  const powers = new Float64Array(offsets.at(-1)!);
  for (let s = 0; s < powers.length; s++) powers[s] = n === 2 ? values[s]! * values[s]! : values[s]! ** n;
  return means(powers, weights, offsets);
}

/** Sums of small whole powers. */
const powerSums: readonly (GroupLoop<Float64Array> | undefined)[] = [
  undefined,
  "x",
  "x * x",
  "x * x * x",
  "x * x * x * x",
].map((power) =>
  power === undefined
    ? undefined
    : groupLoop(`
  let total = 0;
  for (; s < end; s++) {
    const x = @(s);
    total += ${power};
  }
  out[g] = total;`),
);
