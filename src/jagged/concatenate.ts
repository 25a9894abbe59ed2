import { CortadoError } from "../errors.ts";
import { axisError, eventOf, type Trail } from "./axis.ts";
import { type Column, type ListColumn, typeName } from "./column.ts";
import { contentOf, gather, withValidity } from "./gather.ts";
import { stack } from "./stack.ts";
import { presentInBoth } from "./validity.ts";

/**
 * Columns one after the other: their events (axis 0), or the lists of each event (axis 1), where a missing list counts
 * as empty. Dtypes promote.
 * Throws ShapeError where types have nothing in common (naming both; records need the same fields) and where lengths
 * differ, UsageError where a column is not that deep. Cost: one copy for axis 0, two for deeper ones.
 */
export function concatenate(columns: readonly Column[], { axis = 0 }: { readonly axis?: number } = {}): Column {
  if (axis === 0 || columns.length === 0) return stack("concatenate", columns);
  if (!Number.isInteger(axis) || axis < 0) throw axisError("concatenate", axis, columns[0]!);
  return inLists(columns, axis, columns, []);
}

function inLists(columns: readonly Column[], axis: number, whole: readonly Column[], trail: Trail): ListColumn {
  const first = columns[0]!;
  for (const [k, column] of columns.entries()) {
    if (column.kind !== "list") throw axisError("concatenate", axis + trail.length, whole[k]!);
    if (column.length !== first.length)
      throw new CortadoError(
        "ShapeError",
        `concatenate: ${first.length} * ${typeName(first)} and ${column.length} * ${typeName(column)} have different lengths`,
        { code: "LengthMismatch", event: Math.min(first.length, column.length) },
      );
  }
  const lists = columns as readonly ListColumn[];
  const { length } = first;
  if (axis > 1) return deeper(lists, axis, whole, trail);
  const starts: number[] = [];
  let start = 0;
  for (const list of lists) {
    starts.push(start);
    start += list.offsets[length]!;
  }
  const offsets = new Int32Array(length + 1);
  const index = new Int32Array(start);
  let count = 0;
  for (let i = 0; i < length; i++) {
    for (let k = 0; k < lists.length; k++) {
      const from = lists[k]!.offsets;
      for (let j = from[i]!; j < from[i + 1]!; j++) index[count++] = starts[k]! + j;
    }
    offsets[i + 1] = count;
  }
  const content = gather(stack("concatenate", lists.map(contentOf)), index);
  const regular = lists.every((list) => list.size !== undefined && list.validity === undefined);
  const size = regular ? { size: lists.reduce((sum, list) => sum + list.size!, 0) } : {};
  return { kind: "list", length, offsets, content, ...size };
}

function deeper(lists: readonly ListColumn[], axis: number, whole: readonly Column[], trail: Trail): ListColumn {
  const first = lists[0]!;
  const { offsets, length } = first;
  for (const list of lists)
    for (let i = 0; i < length; i++)
      if (list.offsets[i + 1]! - list.offsets[i]! !== offsets[i + 1]! - offsets[i]!)
        throw new CortadoError(
          "ShapeError",
          `concatenate: the lists around axis ${axis + trail.length} differ: at event ${eventOf(trail, i)} ${typeName(first)} ` +
            `holds ${offsets[i + 1]! - offsets[i]!} and ${typeName(list)} ${list.offsets[i + 1]! - list.offsets[i]!}`,
          { code: "OffsetsMismatch", event: eventOf(trail, i) },
        );
  const validity = lists.reduce<Uint8Array | undefined>(
    (both, list) => presentInBoth(both, list.validity, length),
    undefined,
  );
  const content = inLists(lists.map(contentOf), axis - 1, whole, [...trail, offsets]);
  return { kind: "list", offsets, content, ...withValidity(length, validity) };
}
