import { type Column, isValid } from "../jagged/index.ts";
import { pairFunction } from "./metric.ts";
import type { TableOptions } from "./metric-table.ts";
import { relisted } from "./nesting.ts";
import { readCollections } from "./object-lists.ts";
import { takeRows } from "./rows.ts";
import { rowIsValid } from "./vectors.ts";

/**
 * The vectors of `a` with no vector of `b` of the same event within `threshold` (metric ≤ threshold, ΔR unless another
 * is given): jets cleaned of leptons. All fields of `a` stay. Throws as `between`. Cost: at most one metric a pair.
 */
export function clean(a: Column, b: Column, options: TableOptions & { readonly threshold: number }): Column {
  const [left, right] = readCollections("clean", a, b);
  const f = pairFunction("clean", left.vectors, right.vectors, options.metric ?? "deltaR", options);
  const { list } = left;
  const offsets = new Int32Array(list.length + 1);
  const rows: number[] = [];
  for (let i = 0; i < list.length; i++) {
    const [start, stop] = isValid(right.list, i) ? [right.list.offsets[i]!, right.list.offsets[i + 1]!] : [0, 0];
    for (let row = list.offsets[i]!; row < list.offsets[i + 1]!; row++) {
      let close = false;
      for (let other = start; other < stop && !close; other++)
        close = f(row, other) <= options.threshold && rowIsValid(right.vectors, other);
      if (!close || !rowIsValid(left.vectors, row)) rows.push(row);
    }
    offsets[i + 1] = rows.length;
  }
  return relisted(list, offsets, takeRows(left.record, Int32Array.from(rows)));
}
