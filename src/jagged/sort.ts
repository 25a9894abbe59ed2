import { CortadoError } from "../errors.ts";
import {
  type Column,
  type DType,
  isValid,
  type ListColumn,
  type PrimitiveColumn,
  type StringColumn,
  typeName,
  valuesOf,
} from "./column.ts";
import { depthOf, enclose, groupAlong, positiveAxis, presentOnly, type Segments, withLeaf } from "./segments.ts";
import { allShort, argsortShort, sortShort } from "./short-order.ts";
import { asFloats, isBig, narrowed, widened } from "./slot-values.ts";
import { type Before, orderFloats, orderSlots } from "./stable-order.ts";

export interface SortOptions {
  /** The axis sorted along, the innermost by default; along another one the k-th elements of the lists change places. */
  readonly axis?: number;
  readonly ascending?: boolean;
}

/**
 * The values in order, in lists of the same lengths. NaN comes first, ascending or descending; missing values (and missing
 * lists, along their axis) last; equal values keep their order in both directions; strings by their bytes.
 * Throws ShapeError for records: index with {@link argsort} of one of their fields. Cost: n log n within each list.
 */
export function sort(column: Column, options: SortOptions = {}): Column {
  const quick = inShortLists("sort", column, options);
  if (quick !== undefined) {
    const { leaf, segments, ascending } = quick;
    const values = sortShort(leaf, segments, ascending, new valuesOf[leaf.dtype](leaf.length));
    const { dtype } = quick;
    const stored = dtype === "int64" || dtype === "uint64" ? widened(values as Int32Array, dtype) : values;
    return withLeaf(column, { ...leaf, dtype, values: stored } as Column);
  }
  const { arranged, leaf, sources, targets } = arrange("sort", column, options);
  const validity = leaf.validity && new Uint8Array(leaf.validity.length);
  if (validity !== undefined)
    for (let s = 0; s < sources.length; s++)
      if (isValid(leaf, sources[s]!)) {
        const to = targets === undefined ? s : targets[s]!;
        validity[to >> 3]! |= 1 << (to & 7);
      }
  const shape = { length: leaf.length, ...(validity !== undefined && { validity }) };
  if (leaf.kind === "primitive") {
    const from = leaf.values as Float64Array;
    const values = new (leaf.values.constructor as Float64ArrayConstructor)(leaf.length);
    for (let s = 0; s < sources.length; s++) values[targets === undefined ? s : targets[s]!] = from[sources[s]!]!;
    return withLeaf(arranged, { ...leaf, ...shape, values } as Column);
  }
  const from = new Int32Array(leaf.length);
  for (let s = 0; s < sources.length; s++) from[targets === undefined ? s : targets[s]!] = sources[s]!;
  const offsets = new Int32Array(leaf.length + 1);
  for (let i = 0; i < leaf.length; i++)
    offsets[i + 1] = offsets[i]! + leaf.offsets[from[i]! + 1]! - leaf.offsets[from[i]!]!;
  const bytes = new Uint8Array(offsets[leaf.length]!);
  for (let i = 0; i < leaf.length; i++)
    bytes.set(leaf.bytes.subarray(leaf.offsets[from[i]!]!, leaf.offsets[from[i]! + 1]!), offsets[i]!);
  return withLeaf(arranged, { ...leaf, ...shape, offsets, bytes });
}

/**
 * The indices, along the axis, that would sort: int32 in lists of the same lengths, with the rules of {@link sort};
 * missing values have the last ones. `jets[argsort(jets.pt, { ascending: false })]` orders records by a field.
 * Cost: n log n within each list.
 */
export function argsort(column: Column, options: SortOptions = {}): Column {
  const quick = inShortLists("argsort", column, options);
  if (quick !== undefined) {
    const values = argsortShort(quick.leaf, quick.segments, quick.ascending);
    return withLeaf(column, { kind: "primitive", dtype: "int32", length: values.length, values });
  }
  const { arranged, leaf, sources, targets, places } = arrange("argsort", column, options);
  const values = new Int32Array(leaf.length);
  for (let s = 0; s < sources.length; s++) values[targets === undefined ? s : targets[s]!] = places[s]!;
  return withLeaf(arranged, { kind: "primitive", dtype: "int32", length: leaf.length, values });
}

/** What the common case needs: floats and integers that fit into 32 bits, nothing missing, in short innermost lists. */
function inShortLists(
  operation: string,
  column: Column,
  { axis = -1, ascending = true }: SortOptions,
):
  | { readonly leaf: PrimitiveColumn; readonly dtype: DType; readonly segments: Segments; readonly ascending: boolean }
  | undefined {
  const depth = positiveAxis(operation, column, axis);
  if (depth === 0 || depth < depthOf(column) - 1) return undefined;
  const { leaf, segments } = groupAlong(column, depth);
  if (leaf.kind !== "primitive" || leaf.validity !== undefined || !allShort(segments)) return undefined;
  const small = isBig(leaf.values) ? narrowed(leaf) : leaf;
  return small && { leaf: small, dtype: leaf.dtype, segments, ascending };
}

interface Arranged {
  /** The column, its missing lists last along the axis. */
  readonly arranged: Column;
  readonly leaf: PrimitiveColumn | StringColumn;
  /** The leaf entry that comes to slot `s`, its place along the axis, and the leaf entry that slot `s` is. */
  readonly sources: Int32Array;
  readonly places: Int32Array;
  readonly targets: Int32Array | undefined;
}

function arrange(operation: string, column: Column, options: SortOptions): Arranged {
  const { axis = -1, ascending = true } = options;
  const depth = positiveAxis(operation, column, axis);
  const arranged = depth < depthOf(column) - 1 ? missingListsLast(column, depth) : column;
  const { leaf, segments } = groupAlong(arranged, depth);
  if (leaf.kind === "list" || leaf.kind === "record")
    throw new CortadoError(
      "ShapeError",
      `${operation} of ${typeName(column)} is not defined: take argsort of one field and index with it`,
      { code: "TypeMismatch" },
    );
  const { offsets, order: targets } = segments;
  const present = presentOnly(segments, leaf.validity === undefined ? [] : [leaf as PrimitiveColumn]);
  const slots = slotOrder(leaf, present, ascending);

  const end = offsets[offsets.length - 1]!;
  const sources = new Int32Array(end);
  const places = new Int32Array(end);
  const { order, positions, starts } = present;
  for (let g = 0; g + 1 < offsets.length; g++) {
    let at = offsets[g]!;
    for (let s = present.offsets[g]!; s < present.offsets[g + 1]!; s++, at++) {
      const slot = slots[s]!;
      sources[at] = order === undefined ? slot : order[slot]!;
      places[at] = positions === undefined ? sources[at]! - starts[g]! : positions[slot]!;
    }
    if (at === offsets[g + 1]) continue;
    for (let s = offsets[g]!; s < offsets[g + 1]!; s++) {
      const i = targets === undefined ? s : targets[s]!;
      if (isValid(leaf, i)) continue;
      sources[at] = i;
      places[at++] = segments.positions === undefined ? i - segments.starts[g]! : segments.positions[s]!;
    }
  }
  return { arranged, leaf, sources, places, targets };
}

/** The slots of each group in order. */
function slotOrder(leaf: PrimitiveColumn | StringColumn, segments: Segments, ascending: boolean): Int32Array {
  const { offsets, order } = segments;
  if (leaf.kind === "primitive") {
    const floats = asFloats(leaf, segments);
    if (!isBig(leaf.values) || allExact(floats, offsets)) return orderFloats(floats, offsets, ascending);
  }
  const ascends: Before = leaf.kind === "string" ? bytesBefore(leaf) : bigBefore(leaf.values as BigInt64Array);
  const at = order === undefined ? (s: number): number => s : (s: number): number => order[s]!;
  return orderSlots(offsets, ascending ? (a, b) => ascends(at(a), at(b)) : (a, b) => ascends(at(b), at(a)));
}

/** Whether integers came through float64 unchanged. */
function allExact(floats: Float64Array, offsets: Int32Array): boolean {
  const end = offsets[offsets.length - 1]!;
  for (let s = 0; s < end; s++) if (Math.abs(floats[s]!) >= 2 ** 53) return false;
  return true;
}

const bigBefore =
  (values: BigInt64Array): Before =>
  (a, b) =>
    values[a]! < values[b]!;

function bytesBefore({ offsets, bytes }: StringColumn): Before {
  return (a, b) => {
    let [i, j] = [offsets[a]!, offsets[b]!];
    const [endA, endB] = [offsets[a + 1]!, offsets[b + 1]!];
    while (i < endA && j < endB && bytes[i] === bytes[j]) {
      i++;
      j++;
    }
    return j < endB && (i === endA || bytes[i]! < bytes[j]!);
  };
}

/** The lists at `depth` + 1 with the missing ones of each group last. They are empty, so their content stays as it is. */
function missingListsLast(column: Column, depth: number): Column {
  if (depth > 0) {
    const list = column as ListColumn;
    if (depth > 1) return { ...list, content: missingListsLast(list.content, depth - 1) };
    return { ...list, content: pushMissing(list.content as ListColumn, list.offsets) };
  }
  return pushMissing(column as ListColumn, enclose(column).offsets);
}

function pushMissing(lists: ListColumn, groups: Int32Array): ListColumn {
  if (lists.validity === undefined) return lists;
  const offsets = new Int32Array(lists.length + 1);
  const validity = new Uint8Array(lists.validity.length);
  for (let g = 0; g + 1 < groups.length; g++) {
    let at = groups[g]!;
    for (let i = groups[g]!; i < groups[g + 1]!; i++) {
      if (!isValid(lists, i)) continue;
      offsets[at + 1] = lists.offsets[i + 1]!;
      validity[at >> 3]! |= 1 << (at & 7);
      at++;
    }
    for (; at < groups[g + 1]!; at++) offsets[at + 1] = offsets[at]!;
  }
  return { ...lists, offsets, validity };
}
