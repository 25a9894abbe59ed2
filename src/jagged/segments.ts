import { CortadoError } from "../errors.ts";
import { type Column, isValid, type ListColumn, type PrimitiveColumn, typeName } from "./column.ts";
import { elementLoop } from "./element-loop.ts";
import { flagsOf } from "./validity.ts";

/**
 * Which values are reduced (or sorted) together along an axis: group `g` holds the slots `offsets[g]..offsets[g+1]`,
 * slot `s` is the value `order[s]` of the leaf (`s` itself without `order`). A value's place along the axis, which is
 * what `argmax` answers, is `positions[s]`, or without `positions` its distance from `starts[g]` in the leaf.
 */
export interface Segments {
  readonly offsets: Int32Array;
  readonly order?: Int32Array;
  readonly positions?: Int32Array;
  readonly starts: Int32Array;
}

/** The groups of a column along one axis, its values, and the way back from one value a group to a column. */
export interface Grouped {
  readonly leaf: Column;
  readonly segments: Segments;
  /** A column of one entry for each group as the reduction of the whole column. */
  readonly rebuild: (reduced: Column, keepdims: boolean) => Column;
}

/** Number of dimensions: 1 for a flat column, one more for each level of lists. Records and strings end the count. */
export function depthOf(column: Column): number {
  let depth = 1;
  for (let inner = column; inner.kind === "list"; inner = inner.content) depth++;
  return depth;
}

/** The axis counted from the outside. Throws UsageError if the column is not that deep. */
export function positiveAxis(operation: string, column: Column, axis: number): number {
  const depth = depthOf(column);
  const positive = axis < 0 ? axis + depth : axis;
  if (Number.isInteger(axis) && positive >= 0 && positive < depth) return positive;
  throw new CortadoError(
    "UsageError",
    `${operation}: axis ${axis} does not exist in ${typeName(column)}, whose axes are 0 to ${depth - 1} ` +
      `(or ${-depth} to -1, counted from the innermost)`,
    { code: "BadArgument" },
  );
}

/** The whole column as the only list of a column of one entry, so that axis 0 is an axis of lists like the others. */
export function enclose(column: Column): ListColumn {
  return { kind: "list", length: 1, offsets: Int32Array.of(0, column.length), content: column };
}

/**
 * Groups the values of `column` along `axis` (0 or more, counted from the outside).
 *
 * Along the innermost axis the groups are the lists as they lie. Along any other, the k-th elements of the lists inside
 * a list form a group, for every k up to the longest of them; missing lists take no part and have no place. Cost: nothing for the innermost axis, two passes over the
 * values for every level below the axis otherwise.
 */
export function groupAlong(column: Column, axis: number): Grouped {
  if (axis === 0) {
    const enclosed = groupAlong(enclose(column), 1);
    return {
      ...enclosed,
      rebuild: (reduced, keepdims) => {
        const whole = enclosed.rebuild(reduced, keepdims) as ListColumn;
        return whole.content;
      },
    };
  }
  const list = column as ListColumn;
  if (axis > 1) {
    const inner = groupAlong(list.content, axis - 1);
    return { ...inner, rebuild: (reduced, keepdims) => ({ ...list, content: inner.rebuild(reduced, keepdims) }) };
  }
  let segments: Segments = { offsets: list.offsets, starts: list.offsets };
  let leaf = list.content;
  const levels: ListShape[] = [];
  while (leaf.kind === "list") {
    const step = transpose(segments, leaf, levels.length === 0 ? list.validity : undefined);
    levels.push(step.shape);
    segments = step.segments;
    leaf = leaf.content;
  }
  return {
    leaf,
    segments,
    rebuild: (reduced, keepdims) => {
      let entries = reduced;
      for (const shape of levels.toReversed()) entries = { kind: "list", ...shape, content: entries };
      if (keepdims) return ofSizeOne(entries, list.validity);
      return list.validity === undefined ? entries : withValidity(entries, list.validity);
    },
  };
}

type ListShape = { readonly length: number; readonly offsets: Int32Array; readonly size?: number };

/** From groups of lists to groups of the elements at equal places in those lists. */
function transpose(
  { offsets, order, positions, starts }: Segments,
  lists: ListColumn,
  validity: Uint8Array | undefined,
): { readonly shape: ListShape; readonly segments: Segments } {
  const count = offsets.length - 1;
  const { size } = lists;
  const longest = new Int32Array(count + 1);
  let elements = 0;
  for (let g = 0; g < count; g++) {
    let most = size === undefined || (validity !== undefined && ((validity[g >> 3]! >> (g & 7)) & 1) === 0) ? 0 : size;
    for (let s = offsets[g]!; s < offsets[g + 1]!; s++) {
      const entry = order === undefined ? s : order[s]!;
      const length = lists.offsets[entry + 1]! - lists.offsets[entry]!;
      elements += length;
      if (length > most) most = length;
    }
    longest[g + 1] = longest[g]! + most;
  }
  const inner = new Int32Array(longest[count]! + 1);
  const newOrder = new Int32Array(elements);
  const newPositions = new Int32Array(elements);
  let at = 0;
  for (let g = 0; g < count; g++) {
    const first = longest[g]!;
    const most = longest[g + 1]! - first;
    for (let s = offsets[g]!; s < offsets[g + 1]!; s++) {
      const entry = order === undefined ? s : order[s]!;
      const length = lists.offsets[entry + 1]! - lists.offsets[entry]!;
      for (let k = 0; k < length; k++) inner[first + k + 1]!++;
    }
    // inner[first + k + 1] counts; it becomes the end of group k, and serves as a cursor on the way there.
    for (let k = 0; k < most; k++) {
      const counted = inner[first + k + 1]!;
      inner[first + k + 1] = at;
      at += counted;
    }
    let missing = 0;
    for (let s = offsets[g]!; s < offsets[g + 1]!; s++) {
      const entry = order === undefined ? s : order[s]!;
      const from = lists.offsets[entry]!;
      const length = lists.offsets[entry + 1]! - from;
      if (lists.validity !== undefined && !isValid(lists, entry)) missing++;
      const position = positions === undefined ? s - starts[g]! - missing : positions[s]!;
      for (let k = 0; k < length; k++) {
        const slot = inner[first + k + 1]!++;
        newOrder[slot] = from + k;
        newPositions[slot] = position;
      }
    }
  }
  return {
    shape: { length: count, offsets: longest, ...(size !== undefined && { size }) },
    segments: { offsets: inner, order: newOrder, positions: newPositions, starts: inner },
  };
}

/** Without what is missing, and on request without NaN; the same object where nothing is. Cost: one pass over the values. */
export function presentOnly(segments: Segments, columns: readonly PrimitiveColumn[], withoutNaN = false): Segments {
  const kept = keptFlags(columns, withoutNaN);
  if (kept === undefined) return segments;
  const { offsets, order, positions, starts } = segments;
  const groups = offsets.length - 1;
  const newOffsets = new Int32Array(groups + 1);
  // Every entry is written, and overwritten by the next one if it is not kept: that needs no branch, but one entry more.
  const newOrder = new Int32Array(offsets[groups]! + 1);
  const newPositions = positions && new Int32Array(offsets[groups]! + 1);
  let at = 0;
  for (let g = 0, s = 0; g < groups; g++) {
    const end = offsets[g + 1]!;
    if (order === undefined)
      for (; s < end; s++) {
        newOrder[at] = s;
        at += kept[s]!;
      }
    else
      for (; s < end; s++) {
        const i = order[s]!;
        newOrder[at] = i;
        if (newPositions !== undefined) newPositions[at] = positions![s]!;
        at += kept[i]!;
      }
    newOffsets[g + 1] = at;
  }
  return {
    offsets: newOffsets,
    order: newOrder,
    starts,
    ...(newPositions !== undefined && { positions: newPositions }),
  };
}

/** 1 for each entry that is there in all columns (and is no NaN), else 0; undefined where nothing is left out. */
function keptFlags(columns: readonly PrimitiveColumn[], withoutNaN: boolean): Uint8Array | undefined {
  let kept: Uint8Array | undefined;
  for (const { validity, length } of columns) {
    if (validity === undefined) continue;
    const flags = flagsOf(validity, length);
    if (kept === undefined) kept = flags;
    else for (let i = 0; i < length; i++) kept[i]! &= flags[i]!;
  }
  if (!withoutNaN) return kept;
  for (const { dtype, values, length } of columns) {
    if (!dtype.startsWith("float")) continue;
    if (kept === undefined) elementLoop("(a === a) | 0", values, 0, (kept = new Uint8Array(length)), length);
    else elementLoop("b & ((a === a) | 0)", values, kept, kept, length);
  }
  return kept;
}

/** The entries as lists of fixed length 1; missing where `validity` says so, and then without an element. */
function ofSizeOne(entries: Column, validity: Uint8Array | undefined): Column {
  const { length } = entries;
  const offsets = new Int32Array(length + 1);
  if (validity === undefined) {
    for (let i = 0; i <= length; i++) offsets[i] = i;
    return { kind: "list", length, offsets, content: entries, size: 1 };
  }
  const kept: number[] = [];
  for (let i = 0; i < length; i++) {
    if ((validity[i >> 3]! >> (i & 7)) & 1) kept.push(i);
    offsets[i + 1] = kept.length;
  }
  return { kind: "list", length, offsets, content: pick(entries, kept), size: 1, validity };
}

/** Some entries of what a reduction yields: values, lists of values, or records of them. */
function pick(entries: Column, kept: readonly number[]): Column {
  let validity: Uint8Array | undefined;
  if (entries.validity !== undefined) {
    validity = new Uint8Array((kept.length + 7) >> 3);
    for (const [to, from] of kept.entries()) if (isValid(entries, from)) validity[to >> 3]! |= 1 << (to & 7);
  }
  const shape = { length: kept.length, ...(validity !== undefined && { validity }) };
  switch (entries.kind) {
    case "primitive": {
      const values = entries.values.slice(0, kept.length) as Float64Array;
      for (const [to, from] of kept.entries()) values[to] = entries.values[from] as number;
      return { ...entries, ...shape, values };
    }
    case "list": {
      const offsets = new Int32Array(kept.length + 1);
      const inner: number[] = [];
      for (const [to, from] of kept.entries()) {
        for (let i = entries.offsets[from]!; i < entries.offsets[from + 1]!; i++) inner.push(i);
        offsets[to + 1] = inner.length;
      }
      return { ...entries, ...shape, offsets, content: pick(entries.content, inner) };
    }
    case "record":
      return {
        kind: "record",
        ...shape,
        fields: new Map([...entries.fields].map(([name, field]) => [name, pick(field, kept)])),
      };
    case "string":
      throw new Error("a reduction yields no strings");
  }
}

/** `column` with the entries missing that `validity` says, besides its own; values there become 0 or NaN, lists empty. */
export function withValidity(column: Column, validity: Uint8Array): Column {
  const bytes = (column.length + 7) >> 3;
  const both = validity.slice(0, bytes);
  if (column.validity !== undefined) for (let b = 0; b < bytes; b++) both[b]! &= column.validity[b]!;
  if (column.kind === "record")
    return {
      ...column,
      fields: new Map([...column.fields].map(([name, field]) => [name, withValidity(field, validity)])),
    };
  if (column.kind !== "primitive") return { ...column, validity: both };
  const { dtype } = column;
  const values = column.values.slice(0, column.length);
  const filler =
    values instanceof BigInt64Array || values instanceof BigUint64Array
      ? 0n
      : dtype.startsWith("float")
        ? Number.NaN
        : 0;
  for (let i = 0; i < column.length; i++)
    if (((both[i >> 3]! >> (i & 7)) & 1) === 0) (values as Float64Array)[i] = filler as number;
  return { ...column, values, validity: both } as Column;
}

/** The same lists around other values. */
export function withLeaf(column: Column, leaf: Column): Column {
  return column.kind === "list" ? { ...column, content: withLeaf(column.content, leaf) } : leaf;
}
