import { type Column, isValid, type ListColumn, type RecordColumn } from "../jagged/index.ts";
import { pairFunction, pairType } from "./metric.ts";
import type { TableOptions } from "./metric-table.ts";
import { type ObjectLists, readCollections } from "./object-lists.ts";
import { takeRows } from "./rows.ts";
import { rowIsValid } from "./vectors.ts";

export interface MatchOptions extends TableOptions {
  /** Partners with a metric above it do not count. */
  readonly threshold?: number;
}

/** For each vector of `a` its partner in `b`: three columns with the lists of `a`. */
export interface Match {
  /** Local index of the partner in the list of `b`, int32; missing where there is none. */
  readonly index: Column;
  /** The metric to the partner. */
  readonly metric: Column;
  /** The partner itself, with all its fields; missing where there is none. Gathered when asked for. */
  readonly object: Column;
}

/**
 * For each vector of `a` the vector of `b` in the same event with the smallest metric (ΔR unless another is given); the
 * first of equal ones; NaN is never nearest. Missing if `b` has none. A `threshold` makes object and index missing where
 * the metric is above it, not the metric: that is the smallest there is. Throws as `between`. Cost: one metric a pair.
 */
export function nearest(a: Column, b: Column, options: MatchOptions = {}): Match {
  const [left, right] = readCollections("nearest", a, b);
  const f = pairFunction("nearest", left.vectors, right.vectors, options.metric ?? "deltaR", options);
  const rows = new Int32Array(left.vectors.rows).fill(-1);
  const smallest = new Float64Array(left.vectors.rows).fill(Number.NaN);
  const { list } = left;
  for (let i = 0; i < list.length; i++) {
    if (!isValid(right.list, i)) continue;
    const [start, stop] = [right.list.offsets[i]!, right.list.offsets[i + 1]!];
    for (let row = list.offsets[i]!; row < list.offsets[i + 1]!; row++) {
      if (!rowIsValid(left.vectors, row)) continue;
      let best = Number.POSITIVE_INFINITY;
      for (let other = start; other < stop; other++) {
        const value = f(row, other);
        if ((value < best || (rows[row]! < 0 && value === best)) && rowIsValid(right.vectors, other)) {
          best = value;
          rows[row] = other;
        }
      }
      if (rows[row]! >= 0) smallest[row] = best;
    }
  }
  return matchOf(left, right, rows, smallest, options.threshold);
}

/**
 * Pairs `a` with `b` one to one, event by event: the pair of smallest metric first (ΔR unless another is given; of equal
 * ones the first), then the smallest among those left, until none is left or the metric exceeds `threshold`. Index,
 * metric and object are missing for a vector of `a` without partner. Throws as `between`. Cost: sorting the pairs.
 */
export function matchUnique(a: Column, b: Column, options: MatchOptions = {}): Match {
  const [left, right] = readCollections("matchUnique", a, b);
  const f = pairFunction("matchUnique", left.vectors, right.vectors, options.metric ?? "deltaR", options);
  const { threshold = Number.POSITIVE_INFINITY } = options;
  const rows = new Int32Array(left.vectors.rows).fill(-1);
  const metrics = new Float64Array(left.vectors.rows).fill(Number.NaN);
  const { list } = left;
  for (let i = 0; i < list.length; i++) {
    const pairs: { readonly row: number; readonly other: number; readonly metric: number }[] = [];
    for (let row = list.offsets[i]!; row < list.offsets[i + 1]!; row++)
      for (let other = right.list.offsets[i]!; other < right.list.offsets[i + 1]!; other++) {
        if (!rowIsValid(left.vectors, row) || !rowIsValid(right.vectors, other)) continue;
        const metric = f(row, other);
        if (metric <= threshold) pairs.push({ row, other, metric });
      }
    pairs.sort((one, two) => (one.metric < two.metric ? -1 : Number(one.metric > two.metric)));
    const taken = new Set<number>();
    for (const { row, other, metric } of pairs) {
      if (rows[row]! >= 0 || taken.has(other)) continue;
      taken.add(other);
      rows[row] = other;
      metrics[row] = metric;
    }
  }
  return matchOf(left, right, rows, metrics, undefined);
}

/** The three columns of a match, from the row of the partner of each row of `a` (−1: none). */
function matchOf(
  { list, vectors: a }: ObjectLists,
  { list: others, vectors: b, record }: ObjectLists,
  rows: Int32Array,
  metrics: Float64Array,
  threshold: number | undefined,
): Match {
  const nest = (content: Column): ListColumn => ({ ...list, content });
  const kept = threshold === undefined ? rows : rows.map((row, i) => (metrics[i]! <= threshold ? row : -1));
  const local = new Int32Array(rows.length);
  for (let i = 0; i < list.length; i++)
    for (let row = list.offsets[i]!; row < list.offsets[i + 1]!; row++) local[row] = kept[row]! - others.offsets[i]!;
  const dtype = pairType(a, b);
  const length = rows.length;
  const values = dtype === "float32" ? Float32Array.from(metrics) : metrics;
  const validityOf = (partners: Int32Array): { readonly validity?: Uint8Array } => {
    if (!partners.includes(-1)) return {};
    const validity = new Uint8Array((length + 7) >> 3);
    for (let i = 0; i < length; i++) if (partners[i]! >= 0) validity[i >> 3]! |= 1 << (i & 7);
    return { validity };
  };
  const indices = local.map((index, row) => (kept[row]! < 0 ? 0 : index));
  let object: Column | undefined;
  return {
    index: nest({ kind: "primitive", dtype: "int32", values: indices, length, ...validityOf(kept) }),
    metric: nest({ kind: "primitive", dtype, values: values as never, length, ...validityOf(rows) }),
    get object(): Column {
      object ??= nest(takeRows(record, kept) as RecordColumn);
      return object;
    },
  };
}
