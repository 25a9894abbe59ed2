import { CortadoError } from "../errors.ts";
import { castValues } from "./cast.ts";
import {
  type Column,
  type DType,
  type ListColumn,
  type PrimitiveColumn,
  type RecordColumn,
  type StringColumn,
  typeName,
  valuesOf,
} from "./column.ts";
import { contentOf, primitive, withValidity } from "./gather.ts";
import { promote } from "./promote.ts";
import { allPresent, isSet } from "./validity.ts";

/**
 * Columns one after the other as one column of their common type: dtypes promote, regular lists of different sizes
 * become lists, records need the same fields (in any order; those of the first are kept).
 * Throws ShapeError `TypeMismatch` naming both types where there is none (a list beside a number, say).
 * Cost: one copy; none for a single column.
 */
export function stack(operation: string, columns: readonly Column[]): Column {
  const first = columns[0];
  if (first === undefined)
    throw new CortadoError("UsageError", `${operation} needs at least one column`, { code: "BadArgument" });
  if (columns.length === 1) return first;
  for (const column of columns) if (column.kind !== first.kind) throw noCommonType(operation, first, column);
  const length = columns.reduce((sum, column) => sum + column.length, 0);
  const shape = withValidity(length, stackedPresent(columns, length));
  switch (first.kind) {
    case "primitive": {
      const parts = columns as readonly PrimitiveColumn[];
      const dtype = parts.map((part) => part.dtype).reduce((a, b) => promote(a, b)) as DType;
      const values = new valuesOf[dtype](length) as Float64Array;
      let at = 0;
      for (const part of parts) {
        values.set(castValues(part.values, part.dtype, dtype, part.length) as Float64Array, at);
        at += part.length;
      }
      return primitive(dtype, values, shape.validity);
    }
    case "string": {
      const parts = columns as readonly StringColumn[];
      const other = parts.find((part) => part.encoding !== first.encoding);
      if (other !== undefined) throw noCommonType(operation, first, other);
      const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.offsets[part.length]!, 0));
      let at = 0;
      for (const part of parts) {
        const used = part.bytes.subarray(0, part.offsets[part.length]);
        bytes.set(used, at);
        at += used.length;
      }
      return { kind: "string", encoding: first.encoding, offsets: stackedOffsets(parts, length), bytes, ...shape };
    }
    case "list": {
      const parts = columns as readonly ListColumn[];
      const content = stack(operation, parts.map(contentOf));
      const size = first.size !== undefined && parts.every((part) => part.size === first.size) ? first.size : undefined;
      const offsets = stackedOffsets(parts, length);
      return { kind: "list", offsets, content, ...(size !== undefined && { size }), ...shape };
    }
    case "record": {
      const parts = columns as readonly RecordColumn[];
      const names = [...first.fields.keys()];
      for (const part of parts) {
        const odd =
          [...part.fields.keys()].find((name) => !first.fields.has(name)) ??
          names.find((name) => !part.fields.has(name));
        if (odd !== undefined)
          throw new CortadoError(
            "ShapeError",
            `${operation}: ${typeName(first)} and ${typeName(part)} do not have the same fields: "${odd}" is in one only. ` +
              `Choose the fields of both, as in at(column, [${names
                .filter((name) => part.fields.has(name))
                .map((name) => JSON.stringify(name))
                .join(", ")}]).`,
            { code: "TypeMismatch", column: odd },
          );
      }
      const fields = new Map(
        names.map((name) => [
          name,
          stack(
            operation,
            parts.map((part) => part.fields.get(name)!),
          ),
        ]),
      );
      return { ...first, fields, ...shape };
    }
  }
}

/** The error for two types that no column can hold together. */
export function noCommonType(operation: string, a: Column, b: Column): CortadoError {
  return new CortadoError(
    "ShapeError",
    `${operation}: no column can hold both ${typeName(a)} and ${typeName(b)}: bring them to one type first`,
    { code: "TypeMismatch" },
  );
}

function stackedPresent(columns: readonly Column[], length: number): Uint8Array | undefined {
  if (columns.every((column) => column.validity === undefined)) return undefined;
  const bitmap = allPresent(length);
  let at = 0;
  for (const column of columns) {
    if (column.validity !== undefined)
      for (let i = 0; i < column.length; i++)
        if (!isSet(column.validity, i)) bitmap[(at + i) >> 3]! &= ~(1 << ((at + i) & 7));
    at += column.length;
  }
  return bitmap;
}

function stackedOffsets(
  parts: readonly { readonly offsets: Int32Array; readonly length: number }[],
  length: number,
): Int32Array {
  const offsets = new Int32Array(length + 1);
  let at = 0;
  let base = 0;
  for (const part of parts) {
    for (let i = 0; i < part.length; i++) offsets[++at] = base + part.offsets[i + 1]!;
    base = offsets[at]!;
  }
  return offsets;
}
