import { CortadoError } from "../errors.ts";
import { axisError, depthOf, mapAxis } from "./axis.ts";
import { type Column, typeName } from "./column.ts";
import { contentOf, gatherKept, withValidity } from "./gather.ts";
import { stack } from "./stack.ts";

/**
 * Takes away the lists along `axis` (1: all objects of all events in one column). A missing list vanishes, missing
 * elements stay. Axis 0 takes away missing events; `axis: null` all lists and everything missing (the fields of a
 * record one after the other). Throws UsageError if the column is not that deep.
 * Cost: none for axis 1 (the content itself); one copy for `null` where something is missing.
 */
export function flatten(column: Column, { axis = 1 }: { readonly axis?: number | null } = {}): Column {
  if (axis === null) return ravelled("flatten", column, true);
  const depth = depthOf(column);
  const from0 = axis < 0 && depth !== undefined ? axis + depth : axis;
  if (from0 === 0) return dropMissing(column);
  if (from0 === 1 && column.kind === "list") return contentOf(column);
  if (from0 < 2 || from0 >= (depth ?? Infinity)) throw axisError("flatten", axis, column);
  // The lists around those along the axis take over their elements.
  return mapAxis("flatten", column, from0 - 1, "lists", (outer) => {
    const inner = outer.kind === "list" ? contentOf(outer) : outer;
    if (outer.kind !== "list" || inner.kind !== "list") throw axisError("flatten", axis, column);
    const offsets = outer.offsets.map((offset) => inner.offsets[offset]!);
    return { kind: "list", offsets, content: inner.content, ...withValidity(outer.length, outer.validity) };
  });
}

/**
 * All values of all lists in one column; missing lists vanish, missing values stay; the fields of a record follow one
 * another. Throws ShapeError `TypeMismatch` where they have no common type. Cost: none without records.
 */
export function ravel(column: Column): Column {
  return ravelled("ravel", column, false);
}

/** The entries that are present. Cost: none if all are. */
export function dropMissing(column: Column): Column {
  if (column.validity === undefined) return column;
  return gatherKept({ ...column, ...withValidity(column.length, undefined) } as Column, column.validity, "bits");
}

function ravelled(operation: string, column: Column, dropsMissing: boolean): Column {
  if (column.kind === "list") return ravelled(operation, contentOf(column), dropsMissing);
  const present = dropsMissing ? dropMissing(column) : column;
  if (present.kind !== "record") return present;
  const fields = [...present.fields];
  const nested = fields.find(([, field]) => field.kind === "record");
  if (nested !== undefined && fields.length > 1)
    throw new CortadoError(
      "ShapeError",
      `${operation}: the fields of ${typeName(column)} have no common type: "${nested[0]}" holds records. Take a field first.`,
      { code: "TypeMismatch", column: nested[0] },
    );
  return stack(
    operation,
    fields.map(([, field]) => ravelled(operation, field, dropsMissing)),
  );
}
