import { CortadoError, nearest, whatExists } from "../errors.ts";
import type { ColumnPath, Field } from "./field.ts";
import type { ParquetFile, SchemaNode } from "./parquet-file.ts";
import { fieldOf } from "./schema-tree.ts";

/**
 * The part of a file's tree that a path names: lists on the way stay, records on the way are passed through, and a
 * value is missing where a record above it is.
 * Throws `MissingColumnError` with the nearest names and the file.
 */
export function selectNode(file: ParquetFile, path: ColumnPath): SchemaNode {
  const [first, ...rest] = path;
  const top = file.schema.find((node) => node.name === first);
  if (first === undefined || top === undefined)
    throw missing(
      file,
      path,
      file.schema.map((node) => node.name),
    );
  return member(file, top, rest, path);
}

function member(file: ParquetFile, node: SchemaNode, rest: ColumnPath, path: ColumnPath): SchemaNode {
  const [first, ...deeper] = rest;
  if (first === undefined) return node;
  if (node.kind === "list") return { ...node, element: member(file, node.element, rest, path) };
  const fields = node.kind === "record" ? node.fields : [];
  const field = fields.find((candidate) => candidate.name === first);
  if (field === undefined) {
    const above = path.slice(0, path.length - rest.length);
    throw missing(
      file,
      path,
      fields.map((candidate) => [...above, candidate.name].join(".")),
    );
  }
  const found = member(file, field, deeper, path);
  return { ...found, nullable: found.nullable || node.nullable };
}

function missing(file: ParquetFile, path: ColumnPath, candidates: readonly string[]): CortadoError {
  const column = path.join(".");
  return new CortadoError(
    "MissingColumnError",
    `${file.name} has no column ${column}. ${whatExists(column, candidates)}`,
    {
      code: "UnknownColumn",
      file: file.name,
      column,
      nearest: nearest(column, candidates),
    },
  );
}

/** The type that reading `path` gives. Throws `MissingColumnError`. */
export function fieldAt(file: ParquetFile, path: ColumnPath): Field {
  return fieldOf(selectNode(file, path), file.leaves);
}

/** The leaves below a node, in the order of the file. */
export function leavesBelow(node: SchemaNode): number[] {
  if (node.kind === "leaf") return [node.leaf];
  return node.kind === "list" ? leavesBelow(node.element) : node.fields.flatMap(leavesBelow);
}

/** The name of a stored column as the file has it, dotted. */
export function leafName(file: ParquetFile, leaf: number): string {
  return file.leaves[leaf]!.path.join(".");
}
