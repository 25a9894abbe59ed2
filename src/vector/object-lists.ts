import { CortadoError } from "../errors.ts";
import { type Column, type ListColumn, type RecordColumn, typeName } from "../jagged/index.ts";
import { openLists } from "./nesting.ts";
import { readVectors, type Vectors } from "./vectors.ts";

/** Lists of vectors, one list an event. */
export interface ObjectLists {
  readonly list: ListColumn;
  readonly record: RecordColumn;
  readonly vectors: Vectors;
}

/** Reads a column of one list of vectors an event. Throws ShapeError for any other nesting. */
export function readObjectLists(operation: string, column: Column): ObjectLists {
  const vectors = readVectors(operation, column);
  if (vectors.lists.length !== 1)
    throw new CortadoError("ShapeError", `${operation} takes lists of vectors, not ${typeName(column)}`, {
      code: "NotFlat",
    });
  return { list: vectors.lists[0]!, record: openLists(column).content as RecordColumn, vectors };
}

/** Reads two collections of the same events. */
export function readCollections(operation: string, a: Column, b: Column): readonly [ObjectLists, ObjectLists] {
  const pair = [readObjectLists(operation, a), readObjectLists(operation, b)] as const;
  if (a.length !== b.length)
    throw new CortadoError(
      "ShapeError",
      `${operation}: ${a.length} events of ${typeName(a)} and ${b.length} of ${typeName(b)}`,
      { code: "LengthMismatch" },
    );
  return pair;
}
