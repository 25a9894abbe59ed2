import { CortadoError } from "../errors.ts";
import type { Column, PrimitiveColumn } from "./column.ts";
import { type Kernel, type ReduceOptions, type Reducer, reduce, reducer } from "./reduce.ts";
import type { Segments } from "./segments.ts";
import { asBigs, asFloats, columnOf, integerLimits, isBig } from "./slot-values.ts";

export interface ExtremeOptions {
  /** A value that takes part in every list; an empty list stays missing unless `maskIdentity` is false. */
  readonly initial?: number | bigint;
}

/**
 * Largest value; the dtype stays. Missing values are skipped. NaN is skipped along an axis of lists, but propagates to the
 * one value of everything (`axis` null), as in awkward. An empty list is missing; with `maskIdentity:
 * false` it is -Infinity or the lowest integer. A list of nothing but NaN is -Infinity ({@link nanmax}: missing).
 * Throws UsageError for an `initial` that the dtype does not hold. Cost: one pass.
 */
export const max: Reducer<number | bigint | boolean | null, ExtremeOptions> = extreme("max", true);

/** Smallest value; rules as {@link max}, with +Infinity or the highest integer. */
export const min: Reducer<number | bigint | boolean | null, ExtremeOptions> = extreme("min", false);

/** {@link max} without NaN: a list of nothing but NaN is missing. */
export const nanmax: Reducer<number | bigint | boolean | null, ExtremeOptions> = extreme("nanmax", true, true);

/** {@link min} without NaN: a list of nothing but NaN is missing. */
export const nanmin: Reducer<number | bigint | boolean | null, ExtremeOptions> = extreme("nanmin", false, true);

/**
 * Largest minus smallest value, in the dtype of the column. An empty list is missing, with `maskIdentity: false` 0.
 * Throws ShapeError for booleans. Cost: two passes.
 */
export const ptp: Reducer<number | bigint | null> = reducer({
  operation: "ptp",
  maskIdentity: true,
  kernel: ([leaf], segments, whole) => {
    const { dtype, values } = leaf!;
    if (dtype === "bool")
      throw new CortadoError("ShapeError", "ptp of booleans is not defined: max and min, or any and all, answer it", {
        code: "TypeMismatch",
      });
    const { offsets } = segments;
    if (isBig(values)) {
      const [high, low] = [bigExtremes(leaf!, segments, true), bigExtremes(leaf!, segments, false)];
      for (let g = 0; g < high.length; g++) high[g] = offsets[g] === offsets[g + 1] ? 0n : high[g]! - low[g]!;
      return columnOf(dtype, high as BigInt64Array);
    }
    const floats = asFloats(leaf!, segments);
    const [high, low] = [
      highest(floats, offsets, Number.NEGATIVE_INFINITY),
      lowest(floats, offsets, Number.POSITIVE_INFINITY),
    ];
    for (let g = 0; g < high.length; g++) high[g] = offsets[g] === offsets[g + 1] ? 0 : high[g]! - low[g]!;
    if (whole && hasNaN(floats, offsets)) high[0] = Number.NaN;
    return columnOf(dtype, high);
  },
});

function extreme(
  operation: string,
  upwards: boolean,
  withoutNaN = false,
): Reducer<number | bigint | boolean | null, ExtremeOptions> {
  const run = (column: Column, options: ReduceOptions & ExtremeOptions = {}): unknown => {
    const kernel: Kernel = ([leaf], segments, whole) => {
      const { dtype, values } = leaf!;
      const start = startOf(operation, leaf!, upwards, options.initial);
      if (isBig(values))
        return columnOf(dtype, bigExtremes(leaf!, segments, upwards, start as bigint) as BigInt64Array);
      const floats = asFloats(leaf!, segments);
      const best = (upwards ? highest : lowest)(floats, segments.offsets, start as number);
      if (whole && hasNaN(floats, segments.offsets)) best[0] = Number.NaN;
      return columnOf(dtype, best);
    };
    return reduce({ operation, kernel, maskIdentity: true, withoutNaN }, [column], options);
  };
  return run as Reducer<number | bigint | boolean | null, ExtremeOptions>;
}

/** What the search starts from: the identity of the dtype, or `initial`. */
function startOf(
  operation: string,
  { dtype }: PrimitiveColumn,
  upwards: boolean,
  initial: number | bigint | undefined,
): number | bigint {
  const limits = integerLimits[dtype];
  if (initial === undefined)
    return limits?.[upwards ? 0 : 1] ?? (upwards ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY);
  if (limits === undefined) return Number(initial);
  const whole = typeof initial === "bigint" || Number.isInteger(initial) ? BigInt(initial) : undefined;
  if (whole === undefined || whole < BigInt(limits[0]) || whole > BigInt(limits[1]))
    throw new CortadoError(
      "UsageError",
      `${operation}: initial ${initial} is not a value of ${dtype}, the type of the column`,
      {
        code: "BadArgument",
      },
    );
  return typeof limits[0] === "bigint" ? whole : Number(whole);
}

function hasNaN(values: Float64Array, offsets: Int32Array): boolean {
  for (let s = 0; s < offsets[1]!; s++) if (Number.isNaN(values[s]!)) return true;
  return false;
}

function highest(values: Float64Array, offsets: Int32Array, start: number): Float64Array {
  const out = new Float64Array(offsets.length - 1);
  let s = 0;
  for (let g = 0; g < out.length; g++) {
    const end = offsets[g + 1]!;
    let best = start;
    for (; s < end; s++) if (values[s]! > best) best = values[s]!;
    out[g] = best;
  }
  return out;
}

function lowest(values: Float64Array, offsets: Int32Array, start: number): Float64Array {
  const out = new Float64Array(offsets.length - 1);
  let s = 0;
  for (let g = 0; g < out.length; g++) {
    const end = offsets[g + 1]!;
    let best = start;
    for (; s < end; s++) if (values[s]! < best) best = values[s]!;
    out[g] = best;
  }
  return out;
}

function bigExtremes(
  leaf: PrimitiveColumn,
  segments: Segments,
  upwards: boolean,
  start?: bigint,
): BigInt64Array | BigUint64Array {
  const values = asBigs(leaf.values as BigInt64Array, segments);
  const { offsets } = segments;
  const out = new (values.constructor as BigInt64ArrayConstructor)(offsets.length - 1);
  const identity = start ?? (integerLimits[leaf.dtype]![upwards ? 0 : 1] as bigint);
  for (let g = 0; g < out.length; g++) {
    let best = identity;
    for (let s = offsets[g]!; s < offsets[g + 1]!; s++) {
      const value = values[s]!;
      if (upwards ? value > best : value < best) best = value;
    }
    out[g] = best;
  }
  return out;
}
