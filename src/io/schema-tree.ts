import type { SchemaElement } from "hyparquet";
import type { DType } from "../jagged/index.ts";
import { DecodeFailure } from "./decode-failure.ts";
import type { Field, FieldType } from "./field.ts";
import type { Leaf, LeafValue, Physical, SchemaNode } from "./parquet-file.ts";

/** The logical tree of a file and its leaves. */
export interface SchemaTree {
  readonly nodes: readonly SchemaNode[];
  readonly leaves: readonly Leaf[];
}

/**
 * The logical tree of the elements of a footer. Lists are found by structure and never by the names of their wrappers:
 * a group whose only child is repeated is a list, and if that child is a group with one child, which is not repeated,
 * it is a wrapper too. Any other repeated field is a list that is always there.
 */
export function schemaTree(elements: readonly SchemaElement[]): SchemaTree {
  const leaves: Leaf[] = [];
  const root = rawTree(elements);
  const nodes = root.children.map((child) => convert(child, { path: [], definition: 0, repetition: 0 }, leaves));
  return { nodes, leaves };
}

/** The tree as types, for those who look at a file. */
export function fieldOf(node: SchemaNode, leaves: readonly Leaf[], name: string = node.name): Field {
  return { name, nullable: node.nullable, type: typeOf(node, leaves) };
}

function typeOf(node: SchemaNode, leaves: readonly Leaf[]): FieldType {
  if (node.kind === "list") return { kind: "list", element: fieldOf(node.element, leaves, "element") };
  if (node.kind === "record") return { kind: "record", fields: node.fields.map((field) => fieldOf(field, leaves)) };
  const value = leaves[node.leaf]!.value;
  if (value.kind === "bytes") return { kind: "string", encoding: value.encoding };
  if (value.kind === "decimal") return { kind: "string", encoding: "utf8" };
  return { kind: "primitive", dtype: value.dtype };
}

interface RawNode {
  readonly element: SchemaElement;
  readonly children: readonly RawNode[];
}

const maxDepth = 64;

function rawTree(elements: readonly SchemaElement[]): RawNode {
  let next = 0;
  const take = (depth: number): RawNode => {
    const element = elements[next++];
    if (element === undefined || depth > maxDepth) throw new DecodeFailure("CorruptFooter", "the schema is not a tree");
    const children: RawNode[] = [];
    for (let i = 0; i < (element.num_children ?? 0); i++) children.push(take(depth + 1));
    return { element, children };
  };
  const root = take(0);
  if (next !== elements.length) throw new DecodeFailure("CorruptFooter", "the schema is not one tree");
  return root;
}

interface Above {
  readonly path: readonly string[];
  readonly definition: number;
  readonly repetition: number;
  /** Path of the outermost repeated field. */
  readonly list?: readonly string[];
}

function convert(raw: RawNode, above: Above, leaves: Leaf[]): SchemaNode {
  if (raw.element.repetition_type !== "REPEATED") return convertValue(raw, above, leaves, raw.element.name);
  const path = [...above.path, raw.element.name];
  const inside = {
    path: above.path,
    definition: above.definition + 1,
    repetition: above.repetition + 1,
    list: above.list ?? path,
  };
  return {
    kind: "list",
    name: raw.element.name,
    nullable: false,
    presentAt: above.definition,
    elementAt: above.definition + 1,
    element: inner(raw, inside, leaves, path),
  };
}

/** The value of a field that is not repeated. */
function convertValue(raw: RawNode, above: Above, leaves: Leaf[], name: string): SchemaNode {
  const nullable = raw.element.repetition_type === "OPTIONAL";
  const presentAt = above.definition + (nullable ? 1 : 0);
  return valueNode(raw, { ...above, definition: presentAt }, leaves, name, nullable, [...above.path, raw.element.name]);
}

/** The repeated field itself as a value: what an element of a two-level list is. */
function inner(raw: RawNode, above: Above, leaves: Leaf[], path: readonly string[]): SchemaNode {
  return valueNode(raw, above, leaves, raw.element.name, false, path);
}

function valueNode(
  raw: RawNode,
  here: Above,
  leaves: Leaf[],
  name: string,
  nullable: boolean,
  path: readonly string[],
): SchemaNode {
  const base = { name, nullable, presentAt: here.definition };
  if (raw.children.length === 0) {
    leaves.push(leafOf(raw.element, path, here));
    return { ...base, kind: "leaf", leaf: leaves.length - 1 };
  }
  const below = { ...here, path };
  const only = raw.children.length === 1 ? raw.children[0]! : undefined;
  if (only === undefined || only.element.repetition_type !== "REPEATED")
    return { ...base, kind: "record", fields: raw.children.map((child) => convert(child, below, leaves)) };
  const repeatedPath = [...path, only.element.name];
  const inside = {
    path,
    definition: here.definition + 1,
    repetition: here.repetition + 1,
    list: here.list ?? repeatedPath,
  };
  const wrapped = only.children.length === 1 ? only.children[0]! : undefined;
  const element =
    wrapped !== undefined && wrapped.element.repetition_type !== "REPEATED"
      ? convertValue(wrapped, { ...inside, path: repeatedPath }, leaves, wrapped.element.name)
      : inner(only, inside, leaves, repeatedPath);
  return { ...base, kind: "list", elementAt: inside.definition, element };
}

function leafOf(element: SchemaElement, path: readonly string[], here: Above): Leaf {
  const physical = element.type as Physical | undefined;
  if (physical === undefined)
    throw new DecodeFailure("CorruptFooter", `column ${path.join(".")} has neither a type nor members`);
  return {
    path,
    physical,
    typeLength: element.type_length ?? 0,
    value: leafValue(element, physical),
    maxDefinition: here.definition,
    maxRepetition: here.repetition,
    ...(here.list !== undefined && { list: here.list.join("\0") }),
  };
}

function leafValue(element: SchemaElement, physical: Physical): LeafValue {
  const logical = element.logical_type;
  const converted = element.converted_type;
  if (logical?.type === "DECIMAL" || converted === "DECIMAL")
    return { kind: "decimal", scale: element.scale ?? (logical?.type === "DECIMAL" ? logical.scale : 0) ?? 0 };
  switch (physical) {
    case "BOOLEAN":
      return { kind: "same", dtype: "bool" };
    case "FLOAT":
      return { kind: "same", dtype: "float32" };
    case "DOUBLE":
      return { kind: "same", dtype: "float64" };
    case "INT96":
      return { kind: "int96", dtype: "int64" };
    case "INT32":
    case "INT64":
      return integer(element, physical);
    case "FIXED_LEN_BYTE_ARRAY":
      if (logical?.type === "FLOAT16") return { kind: "half", dtype: "float32" };
      return { kind: "bytes", encoding: "binary" };
    case "BYTE_ARRAY": {
      const text = new Set(["STRING", "ENUM", "JSON", "UTF8"]);
      const isText = text.has(logical?.type ?? "") || text.has(converted ?? "");
      return { kind: "bytes", encoding: isText ? "utf8" : "binary" };
    }
  }
}

function integer(element: SchemaElement, physical: "INT32" | "INT64"): LeafValue {
  const logical = element.logical_type;
  const name = /^(U?)INT_(\d+)$/.exec(element.converted_type ?? "");
  const annotated = logical?.type === "INTEGER";
  const bits = annotated ? logical.bitWidth : Number(name?.[2] ?? (physical === "INT32" ? 32 : 64));
  const unsigned = annotated ? !logical.isSigned : name?.[1] === "U";
  if (physical === "INT64") return { kind: "same", dtype: unsigned ? "uint64" : "int64" };
  const dtype = `${unsigned ? "u" : ""}int${bits}` as DType;
  if (dtype === "int8" || dtype === "int16" || dtype === "uint8" || dtype === "uint16")
    return { kind: "narrow", dtype };
  return { kind: "same", dtype: unsigned ? "uint32" : "int32" };
}
