import { CortadoError } from "../errors.ts";
import { axisError, eventOf, type Trail } from "./axis.ts";
import { castValues } from "./cast.ts";
import { type Column, type ListColumn, type PrimitiveColumn, type RecordColumn, typeName, valuesOf } from "./column.ts";
import { scatterLoop } from "./copy-loops.ts";
import { contentOf, gather, primitive, withValidity } from "./gather.ts";
import { promote } from "./promote.ts";
import { stack } from "./stack.ts";
import { presentInBoth } from "./validity.ts";

/**
 * Columns one after the other: their events (axis 0), or the lists of each event (axis 1), where a missing list counts
 * as empty. Dtypes promote.
 * Throws ShapeError where types have nothing in common (naming both; records need the same fields) and where lengths
 * differ, UsageError where a column is not that deep. Cost: one copy, two where elements are missing or lists.
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
  const offsets = new Int32Array(length + 1);
  const places = new Int32Array(length);
  let count = 0;
  for (let i = 0; i < length; i++) {
    places[i] = count;
    for (let k = 0; k < lists.length; k++) count += lists[k]!.offsets[i + 1]! - lists[k]!.offsets[i]!;
    offsets[i + 1] = count;
  }
  const contents = lists.map((list) => list.content);
  const content = interleave(contents, lists, places, count);
  const regular = lists.every((list) => list.size !== undefined && list.validity === undefined);
  const size = regular ? { size: lists.reduce((sum, list) => sum + list.size!, 0) } : {};
  return { kind: "list", length, offsets, content, ...size };
}

/** The elements of the lists of each entry after one another: `places` says where those of each begin. */
function interleave(
  contents: readonly Column[],
  lists: readonly ListColumn[],
  places: Int32Array,
  length: number,
): Column {
  const first = contents[0]!;
  const plain = contents.every(
    ({ kind, validity, lacking }) => kind === first.kind && validity === undefined && lacking === undefined,
  );
  const next = places.slice();
  if (plain && first.kind === "primitive") {
    const parts = contents as readonly PrimitiveColumn[];
    const dtype = parts.map((part) => part.dtype).reduce((a, b) => promote(a, b));
    const values = new valuesOf[dtype](length);
    for (const [k, part] of parts.entries()) {
      const { offsets, length: events } = lists[k]!;
      scatterLoop(castValues(part.values, part.dtype, dtype, offsets[events]!), offsets, next, values);
    }
    return primitive(dtype, values);
  }
  if (plain && first.kind === "record") {
    const records = contents as readonly RecordColumn[];
    const names = [...first.fields.keys()];
    if (records.every(({ fields }) => fields.size === names.length && names.every((name) => fields.has(name)))) {
      const members = names.map((name) => {
        const parts = records.map(({ fields }) => fields.get(name)!);
        return [name, interleave(parts, lists, places, length)] as const;
      });
      return { ...first, length, fields: new Map(members) };
    }
  }
  const index = new Int32Array(length);
  let shift = 0;
  for (const { offsets, length: events } of lists) {
    scatterLoop(undefined, offsets, next, index, shift);
    shift += offsets[events]!;
  }
  const parts = lists.map((list, k) => contentOf({ ...list, content: contents[k]! }));
  return gather(stack("concatenate", parts), index);
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
