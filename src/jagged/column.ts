/**
 * Columns in Arrow layout: typed values, int32 offsets, optional validity bitmaps. Plain data; operations are functions.
 * Columns are immutable by agreement: an operation never writes into its inputs.
 */

/** Element types of a primitive column, named as NumPy names them. */
export type DType =
  | "bool"
  | "int8"
  | "int16"
  | "int32"
  | "int64"
  | "uint8"
  | "uint16"
  | "uint32"
  | "uint64"
  | "float32"
  | "float64";

/** The typed array that holds each dtype (`bool` is 0/1 in a `Uint8Array`). */
export interface ValuesOf {
  readonly bool: Uint8Array;
  readonly int8: Int8Array;
  readonly int16: Int16Array;
  readonly int32: Int32Array;
  readonly int64: BigInt64Array;
  readonly uint8: Uint8Array;
  readonly uint16: Uint16Array;
  readonly uint32: Uint32Array;
  readonly uint64: BigUint64Array;
  readonly float32: Float32Array;
  readonly float64: Float64Array;
}

export type Values = ValuesOf[DType];

interface Shape {
  /** Number of entries. */
  readonly length: number;
  /** Arrow bitmap, least significant bit first, 1 = valid; absent when nothing is missing. */
  readonly validity?: Uint8Array;
  /** Set where all entries are missing because the file lacks the column: what takes no missing values can say so. */
  readonly lacking?: Lacking;
}

/** A column that a file lacks and other files of its dataset have. */
export interface Lacking {
  readonly column: string;
  readonly file: string;
}

/** `length` numbers, booleans or 64-bit integers. A missing slot holds 0 (integers, booleans) or NaN (floats). */
export interface PrimitiveColumn<D extends DType = DType> extends Shape {
  readonly kind: "primitive";
  readonly dtype: D;
  readonly values: ValuesOf[D];
}

/** Strings or byte strings: entry `i` is `bytes[offsets[i]..offsets[i+1])`, `offsets.length === length + 1`. */
export interface StringColumn extends Shape {
  readonly kind: "string";
  readonly encoding: "utf8" | "binary";
  readonly offsets: Int32Array;
  readonly bytes: Uint8Array;
}

/** Lists: entry `i` is `content[offsets[i]..offsets[i+1])`; offsets start at 0; a missing list is empty as well. */
export interface ListColumn<C extends Column = Column> extends Shape {
  readonly kind: "list";
  /** Shared (the same object) between the columns of one collection. */
  readonly offsets: Int32Array;
  readonly content: C;
  /**
   * Set for regular lists (`3 * float64`): every present list has this length. Offsets are there all the same, and a
   * missing list is empty here too. A regular dimension of size 1 broadcasts, a list that happens to hold one does not.
   */
  readonly size?: number;
}

/** Records: one column of `length` entries for each field. */
export interface RecordColumn extends Shape {
  readonly kind: "record";
  readonly fields: ReadonlyMap<string, Column>;
  /** A name for the type of the records, as in `Muon[pt: float32]`. */
  readonly name?: string;
}

export type Column = PrimitiveColumn | StringColumn | ListColumn | RecordColumn;

/** Something that becomes a column when asked: a lazy chain over events, for instance. */
export interface ColumnSource {
  /** Materialises the column. Cost: one pass over the events. */
  toColumn(): Column;
  /** Two sources may be used together only if their `alignment` is the same object: the same events in the same order. */
  readonly alignment: object;
}

/** Typed array constructors by dtype. */
export const valuesOf: {
  readonly [D in DType]: { new (length: number): ValuesOf[D]; readonly BYTES_PER_ELEMENT: number };
} = {
  bool: Uint8Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: BigInt64Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  uint64: BigUint64Array,
  float32: Float32Array,
  float64: Float64Array,
};

/** True if entry `i` is present. */
export function isValid(column: Column, i: number): boolean {
  return column.validity === undefined || ((column.validity[i >> 3]! >> (i & 7)) & 1) === 1;
}

/** The type in awkward's words, without the length: `var * float32`, `?int64`, `{pt: float32, eta: float32}`. */
export function typeName(column: Column): string {
  const name = bareTypeName(column);
  if (column.validity === undefined) return name;
  return column.kind === "list" ? `option[${name}]` : `?${name}`;
}

function bareTypeName(column: Column): string {
  switch (column.kind) {
    case "primitive":
      return column.dtype;
    case "string":
      return column.encoding === "utf8" ? "string" : "bytes";
    case "list":
      return `${column.size ?? "var"} * ${typeName(column.content)}`;
    case "record": {
      const fields = [...column.fields].map(([name, field]) => `${name}: ${typeName(field)}`).join(", ");
      return column.name === undefined ? `{${fields}}` : `${column.name}[${fields}]`;
    }
  }
}
