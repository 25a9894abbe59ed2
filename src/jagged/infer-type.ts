import { CortadoError } from "../errors.ts";
import type { ColumnType } from "./column-type.ts";
import {
  childOf,
  describeEntry,
  describePath,
  type EntryKind,
  type EntryPath,
  entryKind,
  flattenEntries,
} from "./nested-entries.ts";

/**
 * The type of nested data. Numbers are float64 (JavaScript cannot tell 1 from 1.0), bigints int64, booleans bool,
 * strings UTF-8, a `Uint8Array` bytes, arrays and other typed arrays lists, plain objects records with the fields of
 * all of them in order of first appearance (a field an object lacks is missing there). `null` and `undefined` are
 * missing. Where there is nothing to see, float64. Throws ShapeError `TypeMismatch` where kinds are mixed.
 */
export function inferType(entries: readonly unknown[], pathOf: EntryPath): ColumnType {
  let nullable = false;
  let kind: Exclude<EntryKind, "missing" | "other"> | undefined;
  let first = 0;
  for (let i = 0; i < entries.length; i++) {
    const here = entryKind(entries[i]);
    if (here === "missing") nullable = true;
    else if (here === "other")
      throw mismatch(pathOf(i), `${describePath(pathOf(i))} is ${describeEntry(entries[i])}, which no column can hold`);
    else if (kind === undefined) {
      kind = here;
      first = i;
    } else if (kind !== here)
      throw mismatch(
        pathOf(i),
        `${describePath(pathOf(i))} is ${describeEntry(entries[i])} but ${describePath(pathOf(first))} is ` +
          `${describeEntry(entries[first])}: the entries of a column are all of one kind`,
      );
  }
  switch (kind) {
    case undefined:
    case "number":
      return { kind: "primitive", dtype: "float64", nullable };
    case "bigint":
      return { kind: "primitive", dtype: "int64", nullable };
    case "boolean":
      return { kind: "primitive", dtype: "bool", nullable };
    case "string":
      return { kind: "string", encoding: "utf8", nullable };
    case "bytes":
      return { kind: "string", encoding: "binary", nullable };
    case "list": {
      const { offsets, children } = flattenEntries(entries);
      return { kind: "list", element: inferType(children, childOf(pathOf, offsets)), nullable };
    }
    case "record": {
      const names = new Set<string>();
      for (const entry of entries) for (const name of Object.keys(entry ?? {})) names.add(name);
      const present = entries.flatMap((entry, i) => (entryKind(entry) === "record" ? [i] : []));
      const fields = [...names].map((name): [string, ColumnType] => [
        name,
        inferType(
          present.map((i) => fieldOf(entries[i], name)),
          (j) => [...pathOf(present[j]!), name],
        ),
      ]);
      return { kind: "record", tuple: false, nullable, fields };
    }
  }
}

/** An object's own field, undefined if it has none of that name. */
export function fieldOf(record: unknown, name: string): unknown {
  return Object.hasOwn(record as object, name) ? (record as Record<string, unknown>)[name] : undefined;
}

export function mismatch(path: readonly (string | number)[], message: string): CortadoError {
  return new CortadoError("ShapeError", message, {
    code: "TypeMismatch",
    ...(typeof path[0] === "number" && { event: path[0] }),
  });
}
