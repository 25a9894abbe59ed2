import type { DType } from "../jagged/index.ts";
import type { Field } from "./field.ts";

/** What a Parquet file's footer says: plain data, made once for each file and sent to workers instead of the footer. */
export interface ParquetFile {
  /** Path or URL. */
  readonly name: string;
  /** Bytes in the file. */
  readonly size: number;
  /** Rows (events) in the file. */
  readonly rows: number;
  /** The program that wrote the file, in its own words. */
  readonly createdBy?: string;
  readonly keyValues: readonly (readonly [key: string, value: string])[];
  readonly rowGroups: readonly RowGroup[];
  /** The columns as they read: list wrappers dissolved. */
  readonly fields: readonly Field[];
  /** The stored columns, in the order of the file. */
  readonly leaves: readonly Leaf[];
  /** The same tree as `fields`, with levels and leaves: what the decoder follows. */
  readonly schema: readonly SchemaNode[];
}

export interface RowGroup {
  /** Number of the group's first row, counted from the start of the file. */
  readonly firstRow: number;
  readonly rows: number;
  /** The chunk of each leaf, in the order of {@link ParquetFile.leaves}. */
  readonly chunks: readonly Chunk[];
}

/** The bytes of one leaf in one row group. */
export interface Chunk {
  /** First byte in the file. */
  readonly start: number;
  /** One past the last byte. */
  readonly stop: number;
  readonly codec: string;
  /** Level pairs: values, missing values and empty lists. */
  readonly values: number;
  /** Bytes of all pages when uncompressed. */
  readonly uncompressed: number;
  readonly encodings: readonly string[];
  readonly encrypted: boolean;
}

export type Physical =
  | "BOOLEAN"
  | "INT32"
  | "INT64"
  | "INT96"
  | "FLOAT"
  | "DOUBLE"
  | "BYTE_ARRAY"
  | "FIXED_LEN_BYTE_ARRAY";

/** How stored values become the values of a column. */
export type LeafValue =
  /** Bits as stored. */
  | { readonly kind: "same"; readonly dtype: DType }
  /** 32-bit integers that fit a narrower type. */
  | { readonly kind: "narrow"; readonly dtype: "int8" | "int16" | "uint8" | "uint16" }
  /** float16 in two bytes, read as float32. */
  | { readonly kind: "half"; readonly dtype: "float32" }
  /** Nanoseconds and Julian day in twelve bytes, read as nanoseconds since 1970. */
  | { readonly kind: "int96"; readonly dtype: "int64" }
  /** An integer of any width with a decimal point, read as text. */
  | { readonly kind: "decimal"; readonly scale: number }
  | { readonly kind: "bytes"; readonly encoding: "utf8" | "binary" };

/** One stored column. */
export interface Leaf {
  /** Names from the root of the file's own tree, list wrappers included. */
  readonly path: readonly string[];
  readonly physical: Physical;
  /** Bytes of one value of a FIXED_LEN_BYTE_ARRAY. */
  readonly typeLength: number;
  readonly value: LeafValue;
  readonly maxDefinition: number;
  readonly maxRepetition: number;
  /** Names the outermost list it is in: leaves with the same name have the same lists. */
  readonly list?: string;
}

interface NodeBase {
  readonly name: string;
  /** Definition level from which the value is there (for a list: the list, perhaps empty). */
  readonly presentAt: number;
  readonly nullable: boolean;
}

/** A node of the logical tree. */
export type SchemaNode = LeafNode | ListNode | RecordNode;

export interface LeafNode extends NodeBase {
  readonly kind: "leaf";
  /** Position in {@link ParquetFile.leaves}. */
  readonly leaf: number;
}

export interface ListNode extends NodeBase {
  readonly kind: "list";
  /** Definition level from which the list has an element here. */
  readonly elementAt: number;
  readonly element: SchemaNode;
}

export interface RecordNode extends NodeBase {
  readonly kind: "record";
  readonly fields: readonly SchemaNode[];
}
