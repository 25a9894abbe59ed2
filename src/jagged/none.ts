import { CortadoError } from "../errors.ts";
import { mapAxis } from "./axis.ts";
import { castValues } from "./cast.ts";
import { type Column, type PrimitiveColumn, typeName } from "./column.ts";
import { columnOf } from "./column-of.ts";
import { dropMissing } from "./flatten.ts";
import { contentOf, gather, mapFields, primitive, sizeOf, withValidity } from "./gather.ts";
import { promote } from "./promote.ts";
import { stack } from "./stack.ts";
import { isSet } from "./validity.ts";

/**
 * For each entry along `axis` whether it is missing, as bool; missing lists above the axis stay missing.
 * Throws UsageError if the column is not that deep. Cost: one pass over the entries.
 */
export function isNone(column: Column, { axis = 0 }: { readonly axis?: number } = {}): Column {
  return mapAxis("isNone", column, axis, "entries", ({ length, validity }) => {
    const flags = new Uint8Array(length);
    if (validity !== undefined) for (let i = 0; i < length; i++) flags[i] = isSet(validity, i) ? 0 : 1;
    return primitive("bool", flags);
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

/**
 * Missing entries along `axis` (-1: the innermost values; `null`: at every level) become `value`: a number, bigint,
 * boolean or string, or `[]` for missing lists. The dtype is the common one of the values and of `value` (an integer
 * is an int32, another number a float64), whether or not anything is missing.
 * Throws ShapeError `TypeMismatch` naming both types where they have no common type. Cost: one pass where it fills.
 */
export function fillNone(
  column: Column,
  value: number | bigint | boolean | string | readonly [],
  { axis = -1 }: { readonly axis?: number | null } = {},
): Column {
  if (axis === null) return fillEverywhere(column, value);
  return mapAxis("fillNone", column, axis, "entries", (entries) => fillEntries(entries, value));
}

function fillEverywhere(column: Column, value: FillValue): Column {
  if (column.kind === "list") return fillEntries({ ...column, content: fillEverywhere(column.content, value) }, value);
  return fillEntries(column, value);
}

type FillValue = Parameters<typeof fillNone>[1];

function fillEntries(column: Column, value: FillValue): Column {
  if (column.kind === "record" && column.validity === undefined)
    return { ...column, fields: mapFields(column, (field) => fillEntries(field, value)) };
  if (Array.isArray(value)) {
    if (column.validity === undefined) return column;
    if (column.kind !== "list" || value.length > 0) throw cannotFill(column, value);
    if (column.size !== undefined && column.size > 0) throw cannotFill(column, value);
    return { ...column, ...withValidity(column.length, undefined) } as Column;
  }
  const filler = columnOf(value as number);
  const fits =
    column.kind === filler.kind &&
    (column.kind !== "primitive" ||
      filler.kind !== "primitive" ||
      (column.dtype === "bool") === (filler.dtype === "bool"));
  if (!fits) {
    if (column.validity === undefined) return column;
    throw cannotFill(column, value);
  }
  if (column.kind === "primitive" && filler.kind === "primitive") return filled(column, filler);
  const both = stack("fillNone", [column, filler]);
  const index = new Int32Array(column.length);
  for (let i = 0; i < index.length; i++) index[i] = isSet(column.validity, i) ? i : column.length;
  return gather(both, index);
}

function filled(column: PrimitiveColumn, filler: PrimitiveColumn): Column {
  const dtype = promote(column.dtype, filler.dtype);
  const values = castValues(column.values, column.dtype, dtype, column.length) as Float64Array;
  if (column.validity === undefined) return primitive(dtype, values);
  const result = values.buffer === column.values.buffer ? values.slice() : values;
  const value = castValues(filler.values, filler.dtype, dtype, 1)[0] as number;
  for (let i = 0; i < result.length; i++) if (!((column.validity[i >> 3]! >> (i & 7)) & 1)) result[i] = value;
  return primitive(dtype, result);
}

function cannotFill(column: Column, value: FillValue): CortadoError {
  const given = Array.isArray(value) ? "lists" : typeName(columnOf(value as number));
  let event = 0;
  while (isSet(column.validity, event)) event++;
  return new CortadoError(
    "ShapeError",
    `fillNone: no column can hold both ${typeName({ ...column, ...withValidity(column.length, undefined) } as Column)} and ${given} ` +
      `(entry ${event} is missing)${column.kind === "list" ? ": fill missing lists with [] (axis: 0), or drop them with dropNone" : ""}`,
    { code: "TypeMismatch" },
  );
}

/**
 * At least `target` entries along `axis` (1: objects), missing ones appended; with `clip` exactly `target`, as a
 * regular list. A missing list stays missing. Throws UsageError if the column is not that deep.
 * Cost: one copy of the elements.
 */
export function padNone(
  column: Column,
  target: number,
  { axis = 1, clip = false }: { readonly axis?: number; readonly clip?: boolean } = {},
): Column {
  if (!Number.isInteger(target) || target < 0)
    throw new CortadoError("UsageError", `padNone: the target is a whole number, not ${target}`, {
      code: "BadArgument",
    });
  if (axis === 0) return gather(column, padded(Int32Array.of(0, column.length), undefined, target, clip).index);
  return mapAxis("padNone", column, axis, "lists", (lists) => {
    if (lists.kind !== "list") return lists;
    const { index, offsets } = padded(lists.offsets, lists.validity, target, clip);
    const size = clip ? { size: target } : (lists.size ?? -1) >= target ? sizeOf(lists) : {};
    return {
      kind: "list",
      offsets,
      content: gather(lists.content, index),
      ...size,
      ...withValidity(lists.length, lists.validity),
    };
  });
}

function padded(
  from: Int32Array,
  validity: Uint8Array | undefined,
  target: number,
  clip: boolean,
): { readonly index: Int32Array; readonly offsets: Int32Array } {
  const length = from.length - 1;
  const offsets = new Int32Array(length + 1);
  for (let i = 0; i < length; i++) {
    const count = from[i + 1]! - from[i]!;
    offsets[i + 1] = offsets[i]! + (isSet(validity, i) ? (clip ? target : Math.max(count, target)) : 0);
  }
  const index = new Int32Array(offsets[length]!).fill(-1);
  for (let i = 0; i < length; i++) {
    const stop = Math.min(offsets[i + 1]!, offsets[i]! + from[i + 1]! - from[i]!);
    for (let j = offsets[i]!, k = from[i]!; j < stop; j++, k++) index[j] = k;
  }
  return { index, offsets };
}
