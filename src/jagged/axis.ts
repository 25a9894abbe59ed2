import { CortadoError } from "../errors.ts";
import { type Column, typeName } from "./column.ts";
import { mapFields, sliceColumn } from "./gather.ts";

/** The levels of lists above a column, outermost first: how an index below becomes the event it belongs to. */
export type Trail = readonly Int32Array[];

/** What is done to the column at an axis. */
export type AtAxis = (column: Column, trail: Trail) => Column;

/** Number of dimensions: 1 for a flat column, one more for each level of lists; undefined where fields of records differ. */
export function depthOf(column: Column): number | undefined {
  if (column.kind === "list") {
    const inner = depthOf(column.content);
    return inner === undefined ? undefined : inner + 1;
  }
  if (column.kind !== "record" || column.fields.size === 0) return 1;
  const depths = new Set([...column.fields.values()].map(depthOf));
  return depths.size === 1 ? [...depths][0] : undefined;
}

/**
 * Applies `change` to the column at an axis: with `entries` to the column whose entries lie along it (axis 0 is the
 * column itself), with `lists` to the lists whose elements lie along it (axis 1 is the column itself). A negative axis
 * counts from the innermost, in each field of a record for itself. What lies above keeps its offsets.
 * Throws UsageError if the column is not that deep, or along the lists of axis 0.
 */
export function mapAxis(
  operation: string,
  column: Column,
  axis: number,
  along: "entries" | "lists",
  change: AtAxis,
): Column {
  if (!Number.isInteger(axis)) throw axisError(operation, axis, column);
  const visit = (here: Column, level: number, trail: Trail): Column => {
    const depth = depthOf(here);
    const positive = axis >= 0 ? axis : depth === undefined ? undefined : level + depth + axis;
    const target = positive === undefined ? undefined : along === "entries" ? positive : positive - 1;
    if (target === level && (along === "entries" || here.kind === "list")) return change(here, trail);
    if (target !== undefined && target < level) throw axisError(operation, axis, column);
    if (here.kind === "record" && here.fields.size > 0)
      return { ...here, fields: mapFields(here, (field) => visit(field, level, trail)) };
    if (here.kind !== "list") throw axisError(operation, axis, column);
    const elements = sliceColumn(here.content, 0, here.offsets[here.length]!);
    return { ...here, content: visit(elements, level + 1, [...trail, here.offsets]) };
  };
  return visit(column, 0, []);
}

export function axisError(operation: string, axis: number, column: Column): CortadoError {
  const depth = depthOf(column);
  return new CortadoError(
    "UsageError",
    `${operation}: axis ${axis} does not exist in ${column.length} * ${typeName(column)}` +
      (depth === undefined ? "" : `, which has ${depth === 1 ? "axis 0 only" : `the axes 0 to ${depth - 1}`}`),
    { code: "BadArgument" },
  );
}

/** The event that entry `i` below the lists of a trail belongs to. */
export function eventOf(trail: Trail, i: number): number {
  let entry = i;
  for (let level = trail.length - 1; level >= 0; level--) {
    const offsets = trail[level]!;
    let low = 0;
    let high = offsets.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (offsets[middle]! <= entry) low = middle;
      else high = middle;
    }
    entry = low;
  }
  return entry;
}
