import { axisError, mapAxis } from "./axis.ts";
import type { Column } from "./column.ts";
import { type Entry, entryAt } from "./entry.ts";
import { dropMissing } from "./flatten.ts";
import { gather } from "./gather.ts";
import { isSet } from "./validity.ts";

/**
 * The first element of each list along `axis`, missing where the list is empty or missing: the safe form of `[:, 0]`.
 * For axis 0 the first entry itself: a value, a column if it is a list, null if there is none.
 * Throws UsageError if the column is not that deep. Cost: one copy of the first elements.
 */
export function firsts(column: Column, options: { readonly axis: 0 }): Column | Entry;
export function firsts(column: Column, options?: { readonly axis?: number }): Column;
export function firsts(column: Column, { axis = 1 }: { readonly axis?: number } = {}): Column | Entry {
  if (axis === 0) return column.length === 0 ? null : entryAt(column, 0);
  return mapAxis("firsts", column, axis, "lists", (lists) => {
    if (lists.kind !== "list") throw axisError("firsts", axis, column);
    const { offsets, length } = lists;
    const index = new Int32Array(length);
    for (let i = 0; i < length; i++) index[i] = offsets[i] === offsets[i + 1] ? -1 : offsets[i]!;
    return gather(lists.content, index);
  });
}

/**
 * Each entry along `axis` as a list of one, a missing one as an empty list: the inverse of {@link firsts}.
 * Throws UsageError if the column is not that deep. Cost: none but offsets where nothing is missing.
 */
export function singletons(column: Column, { axis = 0 }: { readonly axis?: number } = {}): Column {
  return mapAxis("singletons", column, axis, "entries", (entries) => {
    const offsets = new Int32Array(entries.length + 1);
    for (let i = 0; i < entries.length; i++) offsets[i + 1] = offsets[i]! + (isSet(entries.validity, i) ? 1 : 0);
    return { kind: "list", length: entries.length, offsets, content: dropMissing(entries) };
  });
}
