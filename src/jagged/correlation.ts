import type { Column, PrimitiveColumn, RecordColumn } from "./column.ts";
import type { WeightOptions } from "./moments.ts";
import { type Kernel, type ReduceOptions, reduce } from "./reduce.ts";
import { type GroupLoop, groupLoop, inPieces } from "./segment-loop.ts";
import type { Segments } from "./segments.ts";
import { columnOf } from "./slot-values.ts";

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

/** Sums over the pairs of a group. */
interface Comoments {
  readonly norm: number;
  readonly xx: number;
  readonly xy: number;
  readonly yy: number;
}

/** A loop without and one with weights. */
type PairLoops = readonly [GroupLoop<Float64Array>, GroupLoop<Float64Array>];

const pairLoops = (body: string): PairLoops => [
  groupLoop(body.replaceAll("WEIGHT", "1")),
  groupLoop(body.replaceAll("WEIGHT", "@3(s)")),
];

const plainSums = pairLoops(`
  let norm = 0, x = 0, y = 0;
  for (; s < end; s++) {
    const weight = WEIGHT;
    norm += weight;
    x += weight * @(s);
    y += weight * @2(s);
  }
  out[3 * g] = norm; out[3 * g + 1] = x; out[3 * g + 2] = y;`);

/** Around the means of x and y, which lie in `start`. */
const centralSums = pairLoops(`
  const meanX = start[2 * g], meanY = start[2 * g + 1];
  let xx = 0, xy = 0, yy = 0;
  for (; s < end; s++) {
    const weight = WEIGHT, dx = @(s) - meanX, dy = @2(s) - meanY;
    xx += weight * dx * dx;
    xy += weight * dx * dy;
    yy += weight * dy * dy;
  }
  out[3 * g] = xx; out[3 * g + 1] = xy; out[3 * g + 2] = yy;`);

const fitSums = pairLoops(`
  let norm = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
  for (; s < end; s++) {
    const x = @(s), y = @2(s), weight = WEIGHT;
    norm += weight;
    sx += weight * x;
    sy += weight * y;
    sxx += weight * x * x;
    sxy += weight * x * y;
  }
  out[5 * g] = norm; out[5 * g + 1] = sx; out[5 * g + 2] = sy; out[5 * g + 3] = sxx; out[5 * g + 4] = sxy;`);

/** The `width` sums of each group: those of one long group piece by piece, which have the means in common. */
function sumsOf(
  loops: PairLoops,
  width: number,
  leaves: readonly PrimitiveColumn[],
  segments: Segments,
  means?: Float64Array,
): Float64Array {
  const pieces = inPieces(segments);
  const count = pieces.offsets.length - 1;
  const shared = pieces !== segments && means ? new Float64Array(2 * count).map((_, i) => means[i % 2]!) : means;
  const parts = loops[leaves.length - 2]!(leaves, pieces, new Float64Array(width * count), shared);
  if (pieces === segments) return parts;
  const total = new Float64Array(width);
  for (let i = 0; i < parts.length; i++) total[i % width]! += parts[i]!;
  return total;
}

function pairs(operation: string, statistic: (comoments: Comoments) => number): PairReducer<number | null> {
  const kernel: Kernel = (leaves, segments) => {
    const groups = segments.offsets.length - 1;
    const sums = sumsOf(plainSums, 3, leaves, segments);
    const means = new Float64Array(2 * groups);
    for (let i = 0; i < means.length; i++) {
      const g = i >> 1;
      means[i] = sums[3 * g + 1 + (i & 1)]! / sums[3 * g]!;
    }
    const central = sumsOf(centralSums, 3, leaves, segments, means);
    const out = new Float64Array(groups);
    for (let g = 0; g < groups; g++)
      out[g] = statistic({ norm: sums[3 * g]!, xx: central[3 * g]!, xy: central[3 * g + 1]!, yy: central[3 * g + 2]! });
    return columnOf("float64", out);
  };
  const run = (x: Column, y: Column, options: ReduceOptions & WeightOptions = {}): unknown => {
    const { weight } = options;
    return reduce({ operation, kernel, maskIdentity: false }, weight === undefined ? [x, y] : [x, y, weight], options);
  };
  return run as PairReducer<number | null>;
}

const fit: Kernel = (leaves, segments): RecordColumn => {
  const length = segments.offsets.length - 1;
  const sums = sumsOf(fitSums, 5, leaves, segments);
  const [intercept, slope] = [new Float64Array(length), new Float64Array(length)];
  const [interceptError, slopeError] = [new Float64Array(length), new Float64Array(length)];
  for (let g = 0; g < length; g++) {
    const norm = sums[5 * g]!;
    const [sx, sy] = [sums[5 * g + 1]!, sums[5 * g + 2]!];
    const [sxx, sxy] = [sums[5 * g + 3]!, sums[5 * g + 4]!];
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
