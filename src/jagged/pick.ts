import { CortadoError } from "../errors.ts";
import { eventOf, type Trail } from "./axis.ts";
import { type Column, type ListColumn, type PrimitiveColumn, typeName } from "./column.ts";
import { gather } from "./gather.ts";
import { isBig, isFloat } from "./promote.ts";
import { isSet } from "./validity.ts";

/**
 * One element of each list, by a flat column of one index for each (negative: from the end), as `argmax(pt, {axis: 1})`
 * gives them; a missing index or list is a missing element.
 * Throws ShapeError for another length, for values that are not integers and for an index out of range, naming the event.
 */
export function pick(column: Column, index: Column): Column {
  if (column.kind !== "list" || index.kind !== "primitive" || isFloat(index.dtype) || index.dtype === "bool")
    throw new CortadoError(
      "ShapeError",
      `pick: takes lists and an integer for each of them, not ${typeName(column)} and ${typeName(index)}`,
      { code: "TypeMismatch" },
    );
  if (column.length !== index.length)
    throw new CortadoError(
      "ShapeError",
      `pick: ${typeName(column)} has ${column.length} lists, ${typeName(index)} has ${index.length} entries`,
      { code: "LengthMismatch", event: Math.min(column.length, index.length) },
    );
  const indices = integersOf(index);
  const places = new Int32Array(indices.length);
  for (let i = 0; i < places.length; i++)
    places[i] =
      isSet(index.validity, i) && isSet(column.validity, i) ? elementIndex("pick", column, i, indices[i]!, []) : -1;
  return gather(column.content, places);
}

/** The element `k` of every list that is not missing. */
export function pickFromLists(operation: string, column: ListColumn, k: number, trail: Trail): Column {
  const index = new Int32Array(column.length);
  const { offsets, validity } = column;
  const whole = Number.isInteger(k);
  for (let i = 0; i < index.length; i++) {
    const start = offsets[i]!;
    const stop = offsets[i + 1]!;
    const j = k < 0 ? stop + k : start + k;
    index[i] =
      whole && j >= start && j < stop ? j : isSet(validity, i) ? elementIndex(operation, column, i, k, trail) : -1;
  }
  return gather(column.content, index);
}

/** Where element `k` of list `i` lies in the content. Throws ShapeError `IndexOutOfRange` naming event and index. */
export function elementIndex(operation: string, column: ListColumn, i: number, k: number, trail: Trail): number {
  const start = column.offsets[i]!;
  const stop = column.offsets[i + 1]!;
  const j = k < 0 ? stop + k : start + k;
  if (Number.isInteger(j) && j >= start && j < stop) return j;
  const event = eventOf(trail, i);
  throw outOfRange(
    `${operation}: index ${k} is out of range at event ${event}, whose list in ${typeName(column)} holds ${stop - start} ` +
      "elements (firsts and padNone are safe for short lists)",
    event,
  );
}

export function outOfRange(message: string, event?: number): CortadoError {
  return new CortadoError("ShapeError", message, {
    code: "IndexOutOfRange",
    ...(event !== undefined && { event }),
  });
}

/** Integers of a column as numbers. */
export function integersOf(column: PrimitiveColumn): ArrayLike<number> {
  const values = column.values.subarray(0, column.length);
  return isBig(column.dtype) ? Array.from(values as BigInt64Array, Number) : (values as Int32Array);
}
