/** What may be filled, brought to one shape: a scalar, or leaves under some levels of lists. */
import { CortadoError } from "../errors.ts";
import type { Column, ColumnSource, Lacking, StringColumn } from "../jagged/index.ts";

export type NumberArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

/**
 * Values for one axis, or weights: one number or string for all rows, one for each event, or a column. A lazy chain over
 * events is a `ColumnSource`. 64-bit integers are binned as float64.
 */
export type FillValue =
  | number
  | bigint
  | boolean
  | string
  | NumberArray
  | readonly number[]
  | readonly bigint[]
  | readonly boolean[]
  | readonly string[]
  | Column
  | ColumnSource;

/** One value for every row. */
export interface ScalarInput {
  readonly title: string;
  readonly scalar: number | string;
}

/** Leaves, under lists or not. */
export interface ColumnInput {
  readonly title: string;
  /** Offsets of each level of lists, outermost first; none for a flat column. */
  readonly offsets: readonly Int32Array[];
  /** Number of events: entries of the outermost level. */
  readonly events: number;
  /** Number of leaves. */
  readonly length: number;
  readonly leaves: Leaves;
  /** Arrow bitmap over the leaves, absent when none is missing. */
  readonly validity?: Uint8Array;
}

export type Leaves =
  | { readonly kind: "numbers"; readonly values: Exclude<NumberArray, BigInt64Array | BigUint64Array> }
  | { readonly kind: "strings"; readonly at: (i: number) => string };

export type Input = ScalarInput | ColumnInput;

export function isSource(value: FillValue): value is ColumnSource {
  return typeof value === "object" && "toColumn" in value && typeof value.toColumn === "function";
}

/**
 * @param title what the value is for, in words: `axis "MET"`, `the weight`
 * @throws ShapeError (`NotFlat`, `TypeMismatch`) for records, nested plain arrays, and values of no use here;
 * MissingValueError for values of a column that a file lacks and other files of its dataset have.
 */
export function readInput(value: FillValue, title: string): Input {
  switch (typeof value) {
    case "number":
    case "string":
      return { title, scalar: value };
    case "bigint":
    case "boolean":
      return { title, scalar: Number(value) };
    case "object":
      break;
    default:
      throw unfit(title, `a ${typeof value}`);
  }
  if (value === null) throw unfit(title, "null");
  if (isSource(value)) return readColumn(value.toColumn(), title);
  if (Array.isArray(value)) return { title, offsets: [], events: value.length, ...readList(value, title) };
  if (ArrayBuffer.isView(value) && !((value as object) instanceof DataView))
    return { title, offsets: [], events: value.length, ...readNumbers(value) };
  if ("kind" in value && typeof value.length === "number") return readColumn(value, title);
  throw unfit(title, "an object that is no column");
}

type Read = Pick<ColumnInput, "length" | "leaves">;

function readNumbers(values: NumberArray): Read {
  return { length: values.length, leaves: { kind: "numbers", values: withoutBigints(values) } };
}

function withoutBigints(values: NumberArray): Exclude<NumberArray, BigInt64Array | BigUint64Array> {
  if (values instanceof BigInt64Array || values instanceof BigUint64Array)
    return Float64Array.from({ length: values.length }, (_, i) => Number(values[i]));
  return values;
}

function readList(values: readonly unknown[], title: string): Read {
  const kind = typeof values[0];
  for (let i = 0; i < values.length; i++)
    if (
      typeof values[i] !== kind ||
      (kind !== "number" && kind !== "string" && kind !== "boolean" && kind !== "bigint")
    )
      throw unfit(title, Array.isArray(values[i]) ? "a list in a list; use fromList" : `${String(values[i])} at ${i}`);
  if (kind === "string") return { length: values.length, leaves: { kind: "strings", at: (i) => values[i] as string } };
  return { length: values.length, leaves: { kind: "numbers", values: Float64Array.from(values, Number) } };
}

function readColumn(column: Column, title: string): ColumnInput {
  const offsets: Int32Array[] = [];
  let leaf = column;
  let length = column.length;
  for (;;) {
    if (leaf.lacking !== undefined && length > 0) throw lacks(title, leaf.lacking);
    if (leaf.kind !== "list") break;
    offsets.push(leaf.offsets);
    length = leaf.offsets[length]!;
    leaf = leaf.content;
  }
  if (leaf.kind === "record")
    throw new CortadoError(
      "ShapeError",
      `Cannot fill ${title} with records; choose one of their fields: ${[...leaf.fields.keys()].join(", ")}.`,
      { code: "NotFlat" },
    );
  const leaves: Leaves =
    leaf.kind === "string"
      ? { kind: "strings", at: stringAt(leaf) }
      : { kind: "numbers", values: withoutBigints(leaf.values.subarray(0, length)) };
  const validity = leaf.validity === undefined ? {} : { validity: leaf.validity };
  return { title, offsets, events: column.length, length, leaves, ...validity };
}

/** Leaving these rows out would leave out all events of a file, without a word. */
function lacks(title: string, { column, file }: Lacking): CortadoError<"MissingValueError"> {
  const message =
    `Cannot fill ${title} with ${column}: only other files of the dataset have it, ${file} does not. Fill only events ` +
    `for which has(…) says that it is there, or say with fillNone what it stands for.`;
  return new CortadoError("MissingValueError", message, { column, file });
}

const utf8 = new TextDecoder();

function stringAt(column: StringColumn): (i: number) => string {
  return (i) => utf8.decode(column.bytes.subarray(column.offsets[i]!, column.offsets[i + 1]!));
}

function unfit(title: string, what: string): CortadoError {
  return new CortadoError("ShapeError", `Cannot fill ${title} with ${what}.`, { code: "TypeMismatch" });
}
