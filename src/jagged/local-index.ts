import { axisError, mapAxis } from "./axis.ts";
import type { Column } from "./column.ts";
import { primitive, sizeOf, withValidity } from "./gather.ts";

/**
 * For each element its place along `axis` (-1: the innermost), as int32, in lists of the same offsets; a missing list
 * stays missing. What lies inside the elements is left out. Throws UsageError if the column is not that deep.
 * Cost: one number an element.
 */
export function localIndex(column: Column, { axis = -1 }: { readonly axis?: number } = {}): Column {
  if (axis === 0 || (axis === -1 && column.kind !== "list")) return range(column.length);
  return mapAxis("localIndex", withoutFields(column), axis, "lists", (lists) => {
    if (lists.kind !== "list") throw axisError("localIndex", axis, column);
    const { offsets, length, validity } = lists;
    const index = new Int32Array(offsets[length]!);
    for (let i = 0; i < length; i++) for (let j = offsets[i]!, k = 0; j < offsets[i + 1]!; j++, k++) index[j] = k;
    const content = primitive("int32", index);
    return { kind: "list", offsets, content, ...sizeOf(lists), ...withValidity(length, validity) };
  });
}

/** Records count as one element each, whatever lists they hold. */
function withoutFields(column: Column): Column {
  if (column.kind === "record") return range(column.length);
  return column.kind === "list" ? { ...column, content: withoutFields(column.content) } : column;
}

const range = (length: number): Column =>
  primitive(
    "int32",
    new Int32Array(length).map((_, i) => i),
  );
