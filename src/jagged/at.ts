import { CortadoError } from "../errors.ts";
import { depthOf, type Trail } from "./axis.ts";
import { isColumn } from "./broadcast.ts";
import { type Column, type ListColumn, typeName } from "./column.ts";
import { type Entry, entryAt } from "./entry.ts";
import { project, projectAll } from "./fields.ts";
import { contentOf, gather, withValidity } from "./gather.ts";
import { elementIndex, outOfRange, pickFromLists } from "./pick.ts";
import { selectEntries } from "./select-entries.ts";
import { isSlice, type Slice, sliceLists } from "./slice.ts";
import { isSet } from "./validity.ts";

/** A new regular dimension of size 1 in front of what follows. */
export const newaxis: unique symbol = Symbol("newaxis");
/** As many whole dimensions as the rest leaves over. */
export const ellipsis: unique symbol = Symbol("ellipsis");

/**
 * What is taken along one axis: an integer (negative: from the end), a {@link slice}, a list of integers, a mask or
 * jagged indices (columns), a field name or a list of them, {@link newaxis} or {@link ellipsis}.
 */
export type Where =
  | number
  | string
  | Slice
  | Column
  | readonly number[]
  | readonly string[]
  | Int32Array
  | typeof newaxis
  | typeof ellipsis;

/**
 * Part of a column, awkward's `column[where, …]`, one argument an axis. `at(jets, mask)` filters events or objects,
 * `at(jets, slice(), slice(0, 2))` takes up to two of each event, `at(jets, slice(), 0)` the first of each (an error as
 * soon as one list is empty; `firsts` is the safe form), `at(jets, argmax(pt, {axis: 1, keepdims: true}))` the best of
 * each, `at(jets, "pt")` a field. Missing entries of a mask or an index are missing entries of the result.
 *
 * Throws ShapeError for lengths and lists that differ and for indices out of range, naming the first event;
 * MissingColumnError for a field that is not there; UsageError where the column is not that deep.
 * Cost: fields and slices of events share the column's values, everything else copies what it takes.
 */
export function at(column: Column, first: Exclude<Where, number>, ...rest: readonly Where[]): Column;
export function at(column: Column, ...where: readonly Where[]): Column | Entry;
export function at(column: Column, ...where: readonly Where[]): Column | Entry {
  let projected = column;
  const axes: Where[] = [];
  for (const item of where) {
    if (typeof item === "string") projected = project(projected, item);
    else if (isNames(item)) projected = projectAll(projected, item);
    else axes.push(item);
  }
  const [first, ...rest] = withoutEllipsis(projected, axes);
  if (first === undefined) return projected;
  if (typeof first === "number") {
    const entry = entryAt(projected, inRange(projected, first));
    if (rest.length === 0) return entry;
    if (isColumn(entry)) return at(entry, ...rest);
    throw tooDeep(projected, where.length);
  }
  if (first === newaxis) {
    const { length } = projected;
    const one: ListColumn = {
      kind: "list",
      length: 1,
      size: length,
      offsets: Int32Array.of(0, length),
      content: projected,
    };
    const inner = rest.length === 0 ? projected : at(projected, ...rest);
    return isColumn(inner) && inner.length === length
      ? { ...one, content: inner }
      : refuse("newaxis before an integer");
  }
  return below(selectEntries(projected, first), rest, [], where.length);
}

/** Applies the rest of the axes to the lists of each entry. */
function below(column: Column, axes: readonly Where[], trail: Trail, wanted: number): Column {
  const [first, ...rest] = axes;
  if (first === undefined) return column;
  if (first === newaxis) {
    const offsets = new Int32Array(column.length + 1).map((_, i) => i);
    return {
      kind: "list",
      length: column.length,
      size: 1,
      offsets,
      content: below(column, rest, [...trail, offsets], wanted),
    };
  }
  if (column.kind !== "list") throw tooDeep(column, wanted);
  if (typeof first === "number") return below(pickFromLists("at", column, first, trail), rest, trail, wanted);
  if (isColumn(first)) return refuse("a column after another axis: index with it first, then take from the result");
  const lists = isSlice(first) ? sliceLists(column, first) : pickSeveral(column, first as readonly number[], trail);
  return { ...lists, content: below(contentOf(lists), rest, [...trail, lists.offsets], wanted) };
}

/** The same few elements of every list, as regular lists. */
function pickSeveral(column: ListColumn, indices: readonly number[], trail: Trail): ListColumn {
  const offsets = new Int32Array(column.length + 1);
  const elements = new Int32Array(column.length * indices.length);
  let count = 0;
  const { offsets: from, validity } = column;
  const whole = indices.every(Number.isInteger);
  for (let i = 0; i < column.length; i++) {
    const start = from[i]!;
    const stop = from[i + 1]!;
    for (let m = 0; m < indices.length; m++) {
      const j = indices[m]! < 0 ? stop + indices[m]! : start + indices[m]!;
      if (whole && j >= start && j < stop) elements[count++] = j;
      else if (isSet(validity, i)) elementIndex("at", column, i, indices[m]!, trail);
    }
    offsets[i + 1] = count;
  }
  const content = gather(column.content, elements.subarray(0, count));
  return { kind: "list", size: indices.length, offsets, content, ...withValidity(column.length, column.validity) };
}

function withoutEllipsis(column: Column, axes: readonly Where[]): readonly Where[] {
  const position = axes.indexOf(ellipsis);
  if (position < 0) return axes;
  const taken = axes.filter((item) => item !== ellipsis && item !== newaxis).length;
  const spare = (depthOf(column) ?? 1) - taken;
  if (spare < 0 || axes.lastIndexOf(ellipsis) !== position) throw tooDeep(column, taken);
  const whole: Slice[] = Array.from({ length: spare }, () => ({ start: null, stop: null, step: 1 }));
  return [...axes.slice(0, position), ...whole, ...axes.slice(position + 1)];
}

function inRange(column: Column, index: number): number {
  const i = index < 0 ? index + column.length : index;
  if (Number.isInteger(i) && i >= 0 && i < column.length) return i;
  throw outOfRange(`at: index ${index} is out of range of ${column.length} * ${typeName(column)}`);
}

function tooDeep(column: Column, wanted: number): CortadoError {
  return new CortadoError("UsageError", `at: ${typeName(column)} has no lists for ${wanted} axes`, {
    code: "BadArgument",
  });
}

function refuse(what: string): never {
  throw new CortadoError("UsageError", `at: cannot take ${what}`, { code: "BadArgument" });
}

const isNames = (item: Where): item is readonly string[] =>
  Array.isArray(item) && item.length > 0 && item.every((name) => typeof name === "string");
