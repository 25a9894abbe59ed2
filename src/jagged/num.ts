import { axisError, mapAxis } from "./axis.ts";
import type { Column } from "./column.ts";
import { primitive } from "./gather.ts";

/**
 * Lengths of the lists whose elements lie along `axis` (1: objects in each event), missing elements counted, as int32;
 * a missing list has a missing length. For axis 0 the length of the column, a number.
 * Throws UsageError if the column is not that deep. Cost: one pass over the offsets.
 */
export function num(column: Column, options: { readonly axis: 0 }): number;
export function num(column: Column, options?: { readonly axis?: number }): Column;
export function num(column: Column, { axis = 1 }: { readonly axis?: number } = {}): Column | number {
  if (axis === 0) return column.length;
  return mapAxis("num", column, axis, "lists", (lists) => {
    if (lists.kind !== "list") throw axisError("num", axis, column);
    const { offsets, length, validity } = lists;
    const counts = new Int32Array(length);
    // A missing list is empty as well.
    for (let i = 0, start = offsets[0]!; i < length; i++) {
      const stop = offsets[i + 1]!;
      counts[i] = stop - start;
      start = stop;
    }
    return primitive("int32", counts, validity);
  });
}
