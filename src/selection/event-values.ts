/** What selections and weights accept: one value for each event, in any of the forms that a processor has at hand. */
import { CortadoError } from "../errors.ts";
import {
  type Column,
  type ColumnSource,
  isValid,
  type PrimitiveColumn,
  typeName,
  type Values,
} from "../jagged/index.ts";

/** One number for each event: a typed or plain array, a flat column, or a lazy column over events. */
export type EventNumbers = Values | readonly number[] | Column | ColumnSource;

/** One truth value for each event: a plain array of booleans, a flat column of booleans, or a lazy one over events. */
export type EventMask = readonly boolean[] | Column | ColumnSource;

/** Which events values belong to, as far as they say so: those of two lazy columns must be the same. */
export interface SameEvents {
  length: number | null;
  alignment: object | null;
}

/**
 * The numbers as a new array; `missing` stands for missing ones, unless they are to be refused. Adapts `events` to what it learns.
 * Throws ShapeError: `LengthMismatch`, `OtherEvents`, `NotFlat` for lists and records, `TypeMismatch` for strings; MissingValueError.
 */
export function readNumbers(
  values: EventNumbers,
  title: string,
  events: SameEvents,
  missing: number | "refuse",
): Float64Array {
  if (isSource(values)) requireSameEvents(values, title, events);
  const given = isSource(values) ? values.toColumn() : values;
  requireLength(given, title, events);
  if (Array.isArray(given)) return fromArray(given, title);
  if (ArrayBuffer.isView(given)) return float64(given as Values);
  const column = flat(given as Column, title);
  const numbers = float64(column.values.subarray(0, column.length) as Values);
  if (missing !== "refuse") return filled(numbers, column, missing);
  for (let i = 0; i < column.length; i++)
    if (!isValid(column, i))
      throw new CortadoError("MissingValueError", `${title} has no value in event ${i}`, { column: title, event: i });
  return numbers;
}

/**
 * The truth values as a new array of 0 and 1; `missing` stands for missing ones. Adapts `events` to what it learns.
 * Throws ShapeError as `readNumbers`, `TypeMismatch` for what is not boolean.
 */
export function readMask(values: EventMask, title: string, events: SameEvents, missing: boolean): Uint8Array {
  if (isSource(values)) requireSameEvents(values, title, events);
  const given = isSource(values) ? values.toColumn() : values;
  requireLength(given, title, events);
  if (Array.isArray(given)) {
    const wrong = given.findIndex((value) => typeof value !== "boolean");
    if (wrong >= 0) throw notBoolean(title, `${String(given[wrong])} at ${wrong}`);
    return Uint8Array.from(given, Number);
  }
  if (ArrayBuffer.isView(given)) throw notBoolean(title, `a ${given.constructor.name}`);
  // Of no events nothing says that it is boolean.
  if (given.length === 0) return new Uint8Array(0);
  const column = flat(given as Column, title);
  if (column.dtype !== "bool") throw notBoolean(title, typeName(column));
  return filled((column.values as Uint8Array).slice(0, column.length), column, Number(missing));
}

export function isSource(values: EventNumbers | EventMask): values is ColumnSource {
  const object = (typeof values === "object" && values !== null) || typeof values === "function";
  return object && "toColumn" in values && typeof values.toColumn === "function";
}

function requireSameEvents(source: ColumnSource, title: string, events: SameEvents): void {
  if (events.alignment !== null && events.alignment !== source.alignment)
    throw new CortadoError("ShapeError", `${title} is of other events than what was added before (another filter?)`, {
      code: "OtherEvents",
    });
  events.alignment = source.alignment;
}

function requireLength(given: { readonly length: number }, title: string, events: SameEvents): void {
  if (typeof given !== "object" || given === null || typeof given.length !== "number")
    throw mismatch(`${title} is ${String(given)}, not one value for each event`);
  if (events.length !== null && events.length !== given.length)
    throw new CortadoError("ShapeError", `${title} has ${given.length} values for ${events.length} events`, {
      code: "LengthMismatch",
    });
  events.length = given.length;
}

function fromArray(given: readonly number[], title: string): Float64Array {
  const wrong = (given as readonly unknown[]).findIndex((v) => typeof v !== "number" && typeof v !== "bigint");
  if (wrong >= 0) throw mismatch(`${title} has ${String(given[wrong])} at ${wrong}, not a number`);
  return Float64Array.from(given, Number);
}

function float64(values: Values): Float64Array {
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) return Float64Array.from(values, Number);
  return new Float64Array(values);
}

function flat(column: Column, title: string): PrimitiveColumn {
  if (column.kind === "primitive") return column;
  const code = column.kind === "string" ? "TypeMismatch" : "NotFlat";
  throw new CortadoError("ShapeError", `${title} is ${typeName(column)}, not one value for each event`, { code });
}

function filled<T extends Float64Array | Uint8Array>(values: T, column: PrimitiveColumn, missing: number): T {
  if (column.validity !== undefined)
    for (let i = 0; i < values.length; i++) if (!isValid(column, i)) values[i] = missing;
  return values;
}

const notBoolean = (title: string, what: string): CortadoError => mismatch(`${title} must be boolean, not ${what}`);

function mismatch(message: string): CortadoError {
  return new CortadoError("ShapeError", message, { code: "TypeMismatch" });
}

/** Flags of 0 and 1 as a column of booleans that owns them. */
export function maskColumn(values: Uint8Array): PrimitiveColumn<"bool"> {
  return { kind: "primitive", dtype: "bool", values, length: values.length };
}
