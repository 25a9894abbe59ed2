import { type Column, isValid, type ListColumn } from "../jagged/index.ts";
import type { WrapOption } from "./four-vector.ts";
import { type Metric, pairFunction, pairType } from "./metric.ts";
import { readCollections } from "./object-lists.ts";
import { takeRows } from "./rows.ts";
import { both, rowIsValid } from "./vectors.ts";

export interface TableOptions extends WrapOption {
  /** ΔR unless another is given. */
  readonly metric?: Metric;
}

/** A {@link metricTable} with the vectors that stand at each place. */
export interface TableWithPairs {
  readonly metric: Column;
  readonly a: Column;
  readonly b: Column;
}

/**
 * The metric of every vector of `a` with every vector of `b` of the same event: `[event][a][b]`. A missing list on
 * either side makes a missing list, a missing vector missing numbers. With `pairs`, the vectors too, in the same shape.
 * Throws as `between`. Cost: one metric a pair.
 */
export function metricTable(a: Column, b: Column, options?: TableOptions & { readonly pairs?: false }): Column;
export function metricTable(a: Column, b: Column, options: TableOptions & { readonly pairs: true }): TableWithPairs;
export function metricTable(
  a: Column,
  b: Column,
  options: TableOptions & { readonly pairs?: boolean } = {},
): Column | TableWithPairs {
  const [left, right] = readCollections("metricTable", a, b);
  const f = pairFunction("metricTable", left.vectors, right.vectors, options.metric ?? "deltaR", options);
  const validity = both(left.list.validity, right.list.validity);
  const present = (i: number): boolean => isValid(left.list, i) && isValid(right.list, i);
  const { length } = left.list;
  const outer = new Int32Array(length + 1);
  let pairs = 0;
  for (let i = 0; i < length; i++) {
    const [n, m] = present(i) ? [sizeOf(left.list, i), sizeOf(right.list, i)] : [0, 0];
    outer[i + 1] = outer[i]! + n;
    pairs += n * m;
  }
  const inner = new Int32Array(outer[length]! + 1);
  const [rows, others] = [new Int32Array(pairs), new Int32Array(pairs)];
  const dtype = pairType(left.vectors, right.vectors);
  const values = dtype === "float32" ? new Float32Array(pairs) : new Float64Array(pairs);
  let at = 0;
  let place = 0;
  for (let i = 0; i < length; i++) {
    if (!present(i)) continue;
    const [start, stop] = [right.list.offsets[i]!, right.list.offsets[i + 1]!];
    for (let row = left.list.offsets[i]!; row < left.list.offsets[i + 1]!; row++) {
      for (let other = start; other < stop; other++) {
        rows[at] = row;
        others[at] = other;
        values[at++] = f(row, other);
      }
      inner[++place] = at;
    }
  }
  let missing: Uint8Array | undefined;
  if (left.vectors.validity !== undefined || right.vectors.validity !== undefined) {
    missing = new Uint8Array((pairs + 7) >> 3);
    for (let k = 0; k < pairs; k++)
      if (rowIsValid(left.vectors, rows[k]!) && rowIsValid(right.vectors, others[k]!)) missing[k >> 3]! |= 1 << (k & 7);
  }
  const nest = (content: Column): Column => ({
    kind: "list",
    length,
    offsets: outer,
    ...(validity !== undefined && { validity }),
    content: { kind: "list", length: inner.length - 1, offsets: inner, content },
  });
  const metric = nest({
    kind: "primitive",
    dtype,
    values: values as never,
    length: pairs,
    ...(missing !== undefined && { validity: missing }),
  });
  if (options.pairs !== true) return metric;
  return { metric, a: nest(takeRows(left.record, rows)), b: nest(takeRows(right.record, others)) };
}

function sizeOf({ offsets }: ListColumn, i: number): number {
  return offsets[i + 1]! - offsets[i]!;
}
