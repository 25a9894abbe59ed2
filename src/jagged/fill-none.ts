import { CortadoError } from "../errors.ts";
import { mapAxis } from "./axis.ts";
import { castValues } from "./cast.ts";
import { type Column, type PrimitiveColumn, typeName } from "./column.ts";
import { columnOf } from "./column-of.ts";
import { blankLoop } from "./copy-loops.ts";
import { gather, mapFields, primitive, withValidity } from "./gather.ts";
import { promote } from "./promote.ts";
import { stack } from "./stack.ts";
import { isSet } from "./validity.ts";

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
    const { lacking: _, ...filled } = column;
    return { ...filled, ...withValidity(column.length, undefined) } as Column;
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
  blankLoop(result, column.validity, value);
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
