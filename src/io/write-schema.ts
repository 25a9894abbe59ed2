import { CortadoError } from "../errors.ts";
import { type Column, type DType, valuesOf } from "../jagged/index.ts";
import type { Field, FieldType } from "./field.ts";
import { bool, i8, i32, struct, type ThriftFields, type ThriftValue, text } from "./write-thrift.ts";

/** What the values of a leaf are: a number type, UTF-8 strings or byte strings. */
export type LeafType = DType | "utf8" | "binary";

/** A column as the writer knows it: one value per event, or one list of values per event. */
export interface WriteLeaf {
  readonly name: string;
  readonly type: LeafType;
  readonly isList: boolean;
  /** Whether lists may be missing. */
  readonly optionalLists: boolean;
  /** Whether values may be missing, of events or in lists. */
  readonly optionalValues: boolean;
}

/** The type of a leaf in awkward's words: `var * ?float32`. */
export function leafTypeName({ type, isList, optionalLists, optionalValues }: WriteLeaf): string {
  const value = `${optionalValues ? "?" : ""}${type === "utf8" ? "string" : type === "binary" ? "bytes" : type}`;
  if (!isList) return value;
  return optionalLists ? `option[var * ${value}]` : `var * ${value}`;
}

/** Parquet's physical types. */
export const physicalType = { BOOLEAN: 0, INT32: 1, INT64: 2, FLOAT: 4, DOUBLE: 5, BYTE_ARRAY: 6 } as const;
export type PhysicalType = (typeof physicalType)[keyof typeof physicalType];

export function physicalTypeOf(type: LeafType): PhysicalType {
  switch (type) {
    case "bool":
      return physicalType.BOOLEAN;
    case "int64":
    case "uint64":
      return physicalType.INT64;
    case "float32":
      return physicalType.FLOAT;
    case "float64":
      return physicalType.DOUBLE;
    case "utf8":
    case "binary":
      return physicalType.BYTE_ARRAY;
    default:
      return physicalType.INT32;
  }
}

/** Bytes of a value in memory, 0 for strings. */
export function valueSize(type: LeafType): number {
  return type === "utf8" || type === "binary" ? 0 : valuesOf[type].BYTES_PER_ELEMENT;
}

/** Names from the top of the file down to the values. */
export function leafPath(leaf: WriteLeaf): string[] {
  return leaf.isList ? [leaf.name, "list", "element"] : [leaf.name];
}

/** The fields that columns of these types have: nullable where there is a validity, even if nothing is missing. */
export function fieldsOf(columns: Readonly<Record<string, Column>>): Field[] {
  return Object.entries(columns).map(([name, column]) => fieldOf(name, column));
}

function fieldOf(name: string, column: Column): Field {
  return { name, nullable: column.validity !== undefined, type: fieldTypeOf(column) };
}

function fieldTypeOf(column: Column): FieldType {
  switch (column.kind) {
    case "primitive":
      return { kind: "primitive", dtype: column.dtype };
    case "string":
      return { kind: "string", encoding: column.encoding };
    case "list":
      return { kind: "list", element: fieldOf("element", column.content) };
    case "record":
      return { kind: "record", fields: [...column.fields].map(([member, c]) => fieldOf(member, c)) };
  }
}

/**
 * The leaves of a flat schema (layout A): numbers and strings, and lists of them. Throws UsageError for anything
 * deeper and for a name that appears twice, FormatError never.
 */
export function leavesOf(fields: readonly Field[]): WriteLeaf[] {
  const seen = new Set<string>();
  return fields.map((field) => {
    const { name, type } = field;
    if (seen.has(name)) throw badSchema(`there are two columns named "${name}"`);
    seen.add(name);
    const isList = type.kind === "list";
    const value = isList ? type.element.type : type;
    if (value.kind === "list" || value.kind === "record")
      throw badSchema(
        `column "${name}" is a ${isList ? `list of ${value.kind}s` : value.kind}; the writer writes numbers, strings and lists of them ` +
          `(layout A: one column for each member, as in Jet_pt)`,
      );
    return {
      name,
      type: value.kind === "string" ? value.encoding : value.dtype,
      isList,
      optionalLists: isList && field.nullable,
      optionalValues: isList ? type.element.nullable : field.nullable,
    };
  });
}

function badSchema(message: string): CortadoError {
  return new CortadoError("UsageError", message, { code: "BadArgument" });
}

const REQUIRED = 0;
const OPTIONAL = 1;
const REPEATED = 2;
const CONVERTED_UTF8 = 0;
const CONVERTED_LIST = 3;
const CONVERTED_UINT_8 = 11;
const CONVERTED_INT_8 = 15;

/** The schema as the footer has it: a depth-first list of elements, the root first. */
export function schemaElements(leaves: readonly WriteLeaf[]): ThriftValue[] {
  const elements: ThriftValue[] = [struct({ 4: text("schema"), 5: i32(leaves.length) })];
  for (const leaf of leaves) {
    if (leaf.isList) {
      const list = struct({ 3: struct({}) });
      const repetition = leaf.optionalLists ? OPTIONAL : REQUIRED;
      elements.push(
        struct({ 3: i32(repetition), 4: text(leaf.name), 5: i32(1), 6: i32(CONVERTED_LIST), 10: list }),
        struct({ 3: i32(REPEATED), 4: text("list"), 5: i32(1) }),
      );
    }
    elements.push(
      struct({
        1: i32(physicalTypeOf(leaf.type)),
        3: i32(leaf.optionalValues ? OPTIONAL : REQUIRED),
        4: text(leaf.isList ? "element" : leaf.name),
        ...logicalType(leaf.type),
      }),
    );
  }
  return elements;
}

/** Converted and logical type, fields 6 and 10 of a schema element. */
function logicalType(type: LeafType): ThriftFields {
  if (type === "utf8") return { 6: i32(CONVERTED_UTF8), 10: struct({ 1: struct({}) }) };
  const integer = /^(u?)int(\d+)$/.exec(type);
  if (integer === null) return {};
  const signed = integer[1] === "";
  const bits = Number(integer[2]);
  const converted = (signed ? CONVERTED_INT_8 : CONVERTED_UINT_8) + Math.log2(bits / 8);
  return { 6: i32(converted), 10: struct({ 10: struct({ 1: i8(bits), 2: bool(signed) }) }) };
}
