import { mapAxis } from "./axis.ts";
import type { Column } from "./column.ts";
import { dropMissing } from "./flatten.ts";
import { contentOf, mapFields, primitive, withValidity } from "./gather.ts";
import { flagsOf, isSet } from "./validity.ts";

/**
 * For each entry along `axis` whether it is missing, as bool; missing lists above the axis stay missing.
 * Throws UsageError if the column is not that deep. Cost: one pass over the entries.
 */
export function isNone(column: Column, { axis = 0 }: { readonly axis?: number } = {}): Column {
  return mapAxis("isNone", column, axis, "entries", ({ length, validity }) => {
    if (validity === undefined) return primitive("bool", new Uint8Array(length));
    return primitive("bool", flagsOf(validity, length, 0));
  });
}

/**
 * Leaves out what is missing along `axis` (0: missing events, which changes the number of events), or at all levels
 * (`null`, the default). A missing field of a record stays: only the record as a whole can be left out.
 * Throws UsageError if the column is not that deep. Cost: none where nothing is missing.
 */
export function dropNone(column: Column, { axis = null }: { readonly axis?: number | null } = {}): Column {
  if (axis === null) return dropEverywhere(dropMissing(column));
  if (axis === 0) return dropMissing(column);
  return mapAxis("dropNone", column, axis, "lists", (lists) =>
    lists.kind === "list" ? dropElements(lists, contentOf(lists)) : lists,
  );
}

function dropEverywhere(column: Column): Column {
  if (column.kind === "record") return { ...column, fields: mapFields(column, dropEverywhere) };
  if (column.kind !== "list") return column;
  const dropped = dropElements(column, contentOf(column));
  return { ...dropped, content: dropEverywhere(dropped.content) };
}

function dropElements(lists: Column & { kind: "list" }, elements: Column): Column & { kind: "list" } {
  const { validity } = elements;
  if (validity === undefined) return lists;
  const kept = dropMissing(elements);
  if (kept.length === elements.length) return { ...lists, content: kept };
  const offsets = new Int32Array(lists.length + 1);
  for (let i = 0, at = 0; i < lists.length; i++) {
    for (let j = lists.offsets[i]!; j < lists.offsets[i + 1]!; j++) if (isSet(validity, j)) at++;
    offsets[i + 1] = at;
  }
  return { kind: "list", offsets, content: kept, ...withValidity(lists.length, lists.validity) };
}
