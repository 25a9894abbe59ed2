import { CortadoError } from "../errors.ts";
import { type Column, type PrimitiveColumn, type Values, valuesOf } from "./column.ts";
import { firstBest } from "./first-best.ts";
import { type Kernel, type ReduceOptions, type Reducer, reduce, reducer } from "./reduce.ts";
import { type GroupLoop, groupLoop } from "./segment-loop.ts";
import type { Segments } from "./segments.ts";
import { columnOf, integerLimits, isBig, wordsOf } from "./slot-values.ts";

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
    const { dtype } = leaf!;
    if (dtype === "bool")
      throw new CortadoError("ShapeError", "ptp of booleans is not defined: max and min, or any and all, answer it", {
        code: "TypeMismatch",
      });
    const high = bestValues(leaf!, segments, true, whole);
    const low = bestValues(leaf!, segments, false, whole);
    const distances = new valuesOf[dtype](high.length) as Float64Array;
    for (let g = 0; g < high.length; g++)
      if (segments.offsets[g] !== segments.offsets[g + 1]) distances[g] = (high[g]! as number) - (low[g]! as number);
    return columnOf(dtype, distances);
  },
});

function extreme(
  operation: string,
  upwards: boolean,
  withoutNaN = false,
): Reducer<number | bigint | boolean | null, ExtremeOptions> {
  const run = (column: Column, options: ReduceOptions & ExtremeOptions = {}): unknown => {
    const kernel: Kernel = ([leaf], segments, whole) => {
      const initial = initialOf(operation, leaf!, options.initial);
      return columnOf(leaf!.dtype, bestValues(leaf!, segments, upwards, whole, initial));
    };
    return reduce({ operation, kernel, maskIdentity: true, withoutNaN }, [column], options);
  };
  return run as Reducer<number | bigint | boolean | null, ExtremeOptions>;
}

/** `initial` as the dtype holds it. */
function initialOf(
  operation: string,
  { dtype }: PrimitiveColumn,
  initial: number | bigint | undefined,
): number | bigint | undefined {
  const limits = integerLimits[dtype];
  if (initial === undefined) return undefined;
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

/** NaN that comes first is never overtaken: then the other values decide. */
const search = (comparison: ">" | "<"): GroupLoop<Values> =>
  groupLoop(`
  if (s === end) { out[g] = start; continue; }
  let best = s++;
  for (; s < end; s++) best += (s - best) & -(@(s) ${comparison} @(best));
  let found = @(best);
  if (found !== found) {
    found = start;
    while (++best < end) if (@(best) ${comparison} found) found = @(best);
  } else if (start ${comparison} found) found = start;
  out[g] = found;`);
const [highest, lowest] = [search(">"), search("<")];

/** One long group: the best value so far is seldom beaten, which can be predicted. NaN ends the search. */
const searchWhole = (comparison: ">" | "<"): GroupLoop<Values> =>
  groupLoop(`
  let found = start;
  for (; s < end; s++) {
    const value = @(s);
    if (value ${comparison} found) found = value;
    else if (value !== value) { found = value; break; }
  }
  out[g] = found;`);
const [wholeHighest, wholeLowest] = [searchWhole(">"), searchWhole("<")];

/** The best value of each group in the dtype of the leaf; NaN is skipped, but passed on where the group is everything. */
function bestValues(
  leaf: PrimitiveColumn,
  segments: Segments,
  upwards: boolean,
  whole: boolean,
  initial?: number | bigint,
): Values {
  const { offsets } = segments;
  const { dtype, values } = leaf;
  const infinite = upwards ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const start = initial ?? integerLimits[dtype]?.[upwards ? 0 : 1] ?? infinite;
  const out = new valuesOf[dtype](offsets.length - 1);
  if (!isBig(values)) {
    const [up, down] = whole ? [wholeHighest, wholeLowest] : [highest, lowest];
    return (upwards ? up : down)(leaf, segments, out, start as number);
  }
  const { order } = segments;
  const slots = firstBest(leaf, segments, upwards);
  const big = out as BigInt64Array;
  const [from, to] = [wordsOf(values), wordsOf(big)];
  for (let g = 0; g < slots.length; g++) {
    const slot = slots[g]!;
    if (slot < 0) {
      big[g] = start as bigint;
      continue;
    }
    const i = order === undefined ? slot : order[slot]!;
    to[2 * g] = from[2 * i]!;
    to[2 * g + 1] = from[2 * i + 1]!;
  }
  if (initial !== undefined)
    for (let g = 0; g < big.length; g++) if (upwards ? big[g]! < initial : big[g]! > initial) big[g] = start as bigint;
  return out;
}
