import type { Column } from "./column.ts";
import { sliceColumn } from "./gather.ts";
import { toList } from "./to-list.ts";
import { isSet } from "./validity.ts";

/** One entry that is not a list: a value, a record as a plain object (a tuple as an array), null if missing. */
export type Entry = number | bigint | boolean | string | Uint8Array | { readonly [field: string]: unknown } | null;

/** Entry `i`: a column if it is a list (sharing its values), a plain value otherwise. */
export function entryAt(column: Column, i: number): Column | Entry {
  if (!isSet(column.validity, i)) return null;
  if (column.kind === "list") return sliceColumn(column.content, column.offsets[i]!, column.offsets[i + 1]!);
  return toList(sliceColumn(column, i, i + 1))[0] as Entry;
}
