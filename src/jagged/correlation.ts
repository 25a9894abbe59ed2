import type { Column, RecordColumn } from "./column.ts";
import type { WeightOptions } from "./moments.ts";
import { type Kernel, type ReduceOptions, reduce } from "./reduce.ts";
import { asFloats, columnOf } from "./slot-values.ts";

/** A statistic of pairs of values. */
export interface PairReducer<S> {
  (
    x: Column,
    y: Column,
    options?: ReduceOptions & WeightOptions & { readonly axis?: null; readonly keepdims?: false },
  ): S;
  (
    x: Column,
    y: Column,
    options: ReduceOptions & WeightOptions & ({ readonly axis: number } | { readonly keepdims: true }),
  ): Column;
}

/**
 * (Weighted) covariance of `x` and `y`, float64: sum(w (x - mean x)(y - mean y)) / sum(w). A pair of which either (or its weight) is
 * missing takes no part; an empty list is NaN, with `maskIdentity` missing. Throws ShapeError where lists differ in
 * length. Cost: two passes.
 */
export const covar: PairReducer<number | null> = pairs("covar", (c) => c.xy / c.norm);

/** (Weighted) Pearson correlation of `x` and `y`, float64; rules as {@link covar}, NaN where either does not vary. */
export const corr: PairReducer<number | null> = pairs("corr", (c) => c.xy / Math.sqrt(c.xx * c.yy));

/** The straight line through points: y = intercept + slope x, with the errors of unit uncertainties (or weights 1/σ²) in y. */
export interface LinearFit {
  readonly intercept: number | null;
  readonly slope: number | null;
  readonly intercept_error: number | null;
  readonly slope_error: number | null;
}

/**
 * (Weighted) least-squares line through the points (x, y): records of `intercept`, `slope`, `intercept_error`,
 * `slope_error`, float64. Fewer than two different x give NaN or infinity. Rules for missing values as {@link covar}.
 * Cost: one pass.
 */
export const linearFit: PairReducer<LinearFit> = ((
  x: Column,
  y: Column,
  options: ReduceOptions & WeightOptions = {},
) => {
  const { weight } = options;
  return reduce(
    { operation: "linearFit", kernel: fit, maskIdentity: false },
    weight ? [x, y, weight] : [x, y],
    options,
  );
}) as PairReducer<LinearFit>;

interface Comoments {
  norm: number;
  xx: number;
  xy: number;
  yy: number;
}

function pairs(operation: string, statistic: (comoments: Comoments) => number): PairReducer<number | null> {
  const kernel: Kernel = ([x, y, w], segments) => {
    const { offsets } = segments;
    const [xs, ys] = [asFloats(x!, segments), asFloats(y!, segments)];
    const weights = w && asFloats(w, segments);
    const out = new Float64Array(offsets.length - 1);
    const sums = { norm: 0, xx: 0, xy: 0, yy: 0 };
    for (let g = 0; g < out.length; g++) {
      const [start, end] = [offsets[g]!, offsets[g + 1]!];
      let [norm, meanX, meanY] = [0, 0, 0];
      for (let s = start; s < end; s++) {
        const weight = weights === undefined ? 1 : weights[s]!;
        norm += weight;
        meanX += weight * xs[s]!;
        meanY += weight * ys[s]!;
      }
      meanX /= norm;
      meanY /= norm;
      sums.norm = norm;
      sums.xx = sums.xy = sums.yy = 0;
      for (let s = start; s < end; s++) {
        const weight = weights === undefined ? 1 : weights[s]!;
        const [dx, dy] = [xs[s]! - meanX, ys[s]! - meanY];
        sums.xx += weight * dx * dx;
        sums.xy += weight * dx * dy;
        sums.yy += weight * dy * dy;
      }
      out[g] = statistic(sums);
    }
    return columnOf("float64", out);
  };
  const run = (x: Column, y: Column, options: ReduceOptions & WeightOptions = {}): unknown => {
    const { weight } = options;
    return reduce({ operation, kernel, maskIdentity: false }, weight === undefined ? [x, y] : [x, y, weight], options);
  };
  return run as PairReducer<number | null>;
}

const fit: Kernel = ([x, y, w], segments): RecordColumn => {
  const { offsets } = segments;
  const [xs, ys] = [asFloats(x!, segments), asFloats(y!, segments)];
  const weights = w && asFloats(w, segments);
  const length = offsets.length - 1;
  const [intercept, slope] = [new Float64Array(length), new Float64Array(length)];
  const [interceptError, slopeError] = [new Float64Array(length), new Float64Array(length)];
  for (let g = 0; g < length; g++) {
    let [norm, sx, sy, sxx, sxy] = [0, 0, 0, 0, 0];
    for (let s = offsets[g]!; s < offsets[g + 1]!; s++) {
      const weight = weights === undefined ? 1 : weights[s]!;
      norm += weight;
      sx += weight * xs[s]!;
      sy += weight * ys[s]!;
      sxx += weight * xs[s]! * xs[s]!;
      sxy += weight * xs[s]! * ys[s]!;
    }
    const determinant = norm * sxx - sx * sx;
    intercept[g] = (sxx * sy - sx * sxy) / determinant;
    slope[g] = (norm * sxy - sx * sy) / determinant;
    interceptError[g] = Math.sqrt(sxx / determinant);
    slopeError[g] = Math.sqrt(norm / determinant);
  }
  const fields = { intercept, slope, intercept_error: interceptError, slope_error: slopeError };
  return {
    kind: "record",
    length,
    fields: new Map(Object.entries(fields).map(([name, values]) => [name, columnOf("float64", values)])),
  };
};
