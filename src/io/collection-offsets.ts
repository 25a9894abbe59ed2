import { CortadoError } from "../errors.ts";
import { type Column, isValid, type ListColumn, type PrimitiveColumn } from "../jagged/index.ts";
import { firstDifference } from "./assemble.ts";
import type { ColumnRequest } from "./plan.ts";

/** Where the lists of a collection begin and end, and the column from which that is known. */
export interface KnownOffsets {
  readonly offsets: Int32Array;
  /** Name of the column, for messages. */
  readonly column: string;
  /** Validity of the lists, where it is known: a missing list is not an empty one. `undefined` if none is missing. */
  readonly validity?: Uint8Array | undefined;
}

/**
 * Gives the list columns of each group one offsets array, the one that is known or that of the first of them; a column
 * that disagrees becomes an error naming both columns, the file and the first event. A column of integers in a group is
 * its counter and must say the length of each list.
 */
export function collectionOffsets(
  file: string,
  start: number,
  requests: readonly ColumnRequest[],
  columns: readonly (Column | Error)[],
  known: ReadonlyMap<string, KnownOffsets> = new Map(),
): (Column | Error)[] {
  const agreed = new Map(known);
  const result = [...columns];
  const each = (
    wanted: (column: Column) => boolean,
    action: (i: number, group: string, column: Column) => void,
  ): void => {
    for (const [i, { group }] of requests.entries()) {
      const column = result[i]!;
      if (group !== undefined && !(column instanceof Error) && wanted(column)) action(i, group, column);
    }
  };
  each(isList, (i, group, column) => {
    const list = column as ListColumn;
    const name = requests[i]!.path.join(".");
    const other = agreed.get(group);
    if (other === undefined) {
      agreed.set(group, { offsets: list.offsets, column: name, validity: list.validity });
      return;
    }
    const event = disagreement(list, other);
    result[i] =
      event === undefined ? { ...list, offsets: other.offsets } : unlike(file, start + event, name, other.column);
  });
  each(
    (column) => !isList(column),
    (i, group, column) => {
      const name = requests[i]!.path.join(".");
      const other = agreed.get(group);
      if (other === undefined) return;
      if (!isInteger(column)) result[i] = notLists(file, start, name, other.column);
      else {
        const event = wrongCount(column, other.offsets);
        if (event !== undefined) result[i] = unlike(file, start + event, name, other.column);
      }
    },
  );
  return result;
}

const isList = (column: Column): boolean => column.kind === "list";

function disagreement(list: ListColumn, other: KnownOffsets): number | undefined {
  const different = firstDifference(list.offsets, other.offsets);
  if (different !== undefined || !("validity" in other)) return different;
  if (list.validity === undefined && other.validity === undefined) return undefined;
  const reference: Column = { ...list, validity: other.validity! };
  if (other.validity === undefined) delete (reference as { validity?: Uint8Array }).validity;
  for (let i = 0; i < list.length; i++) if (isValid(list, i) !== isValid(reference, i)) return i;
  return undefined;
}

const isInteger = (column: Column): column is PrimitiveColumn =>
  column.kind === "primitive" && column.dtype !== "bool" && !column.dtype.startsWith("float");

/** The first event whose number is not the length of its list. */
function wrongCount(column: PrimitiveColumn, offsets: Int32Array): number | undefined {
  const { values } = column;
  for (let i = 0; i < column.length; i++)
    if (Number(values[i]) !== offsets[i + 1]! - offsets[i]! || !isValid(column, i)) return i;
  return undefined;
}

function notLists(file: string, event: number, column: string, other: string): Error {
  return new CortadoError(
    "FormatError",
    `${file}: column ${column} has one value an event, ${other} of the same collection has lists, from event ${event} on`,
    { code: "CorruptOffsets", file, column, start: event },
  );
}

function unlike(file: string, event: number, column: string, other: string): Error {
  return new CortadoError(
    "FormatError",
    `${file}: columns ${column} and ${other} are of one collection, but their lists differ, first in event ${event}`,
    { code: "CorruptOffsets", file, column, start: event },
  );
}
