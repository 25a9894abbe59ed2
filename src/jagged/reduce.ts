import { CortadoError } from "../errors.ts";
import { alignColumns } from "./align.ts";
import { type Column, isValid, type PrimitiveColumn, typeName } from "./column.ts";
import {
  depthOf,
  type Grouped,
  groupAlong,
  positiveAxis,
  presentOnly,
  type Segments,
  withValidity,
} from "./segments.ts";
import { isBig } from "./slot-values.ts";
import { allPresent } from "./validity.ts";

/** What every reduction takes; awkward's keywords. */
export interface ReduceOptions {
  /** 0 = events, 1 = the objects of an event, -1 = innermost; null (the default) = everything, giving one scalar. */
  readonly axis?: number | null;
  /** True leaves lists of fixed length 1 where the axis was, so that the result indexes or broadcasts with the input. */
  readonly keepdims?: boolean;
  /** True makes the result of an empty group missing, false the identity of the operation. */
  readonly maskIdentity?: boolean;
}

/** A reduction: a scalar of everything (`axis` null), a column along an axis. */
export interface Reducer<S, O = object> {
  (column: Column, options?: ReduceOptions & O & { readonly axis?: null; readonly keepdims?: false }): S;
  (column: Column, options: ReduceOptions & O & ({ readonly axis: number } | { readonly keepdims: true })): Column;
}

/** One entry for each group, from the present values of the leaves; `whole` where no list is left, but one group of all. */
export type Kernel = (leaves: readonly PrimitiveColumn[], segments: Segments, whole: boolean) => Column;

interface Recipe {
  readonly operation: string;
  readonly kernel: Kernel;
  readonly maskIdentity: boolean;
  /** Leaves out NaN as if it were missing. */
  readonly withoutNaN?: boolean;
  /** Takes strings as lists of bytes, as awkward does. */
  readonly strings?: boolean;
}

/**
 * Runs a reduction over one column, or several of the same lists. Missing values take no part; the result of a missing
 * list is missing. Throws UsageError for an axis that is not there or that leaves one value of a flat column, ShapeError
 * for records, strings, and lists of different lengths.
 */
export function reduce(recipe: Recipe, columns: readonly Column[], options: ReduceOptions): unknown {
  const { operation, kernel } = recipe;
  const { axis = null, keepdims = false, maskIdentity = recipe.maskIdentity } = options;
  const given = columns.length === 1 ? columns : alignColumns(operation, columns);
  const first = given[0]!;
  const depth = axis === null ? undefined : positiveAxis(operation, first, axis);
  if (depth === 0 && !keepdims && first.kind === "primitive")
    throw new CortadoError(
      "UsageError",
      `${operation}: axis ${axis} of ${typeName(first)} leaves one value: write axis: null for a scalar, keepdims: true for a column`,
      { code: "BadArgument" },
    );
  const inputs = recipe.strings === true ? given.map(bytesOf) : given;
  const grouped = depth === undefined ? groupAll(inputs[0]!) : groupAlong(inputs[0]!, depth);
  const leaves = inputs.map((column) => numbersOf(operation, column));
  const present = presentOnly(grouped.segments, leaves, recipe.withoutNaN);
  let reduced = kernel(leaves, present, depth === undefined || (depth === 0 && first.kind === "primitive"));
  if (maskIdentity) reduced = withoutEmpty(reduced, present.offsets);
  if (axis === null && !keepdims) return scalarOf(reduced);
  return grouped.rebuild(reduced, keepdims);
}

/** A {@link Reducer} of one column. */
export function reducer<S>(recipe: Recipe): Reducer<S> {
  return ((column: Column, options: ReduceOptions = {}) => reduce(recipe, [column], options)) as Reducer<S>;
}

/** Everything in one group. */
function groupAll(column: Column): Grouped {
  let end = column.length;
  let leaf = column;
  for (; leaf.kind === "list"; leaf = leaf.content) end = leaf.offsets[end]!;
  const offsets = Int32Array.of(0, end);
  return {
    leaf,
    segments: { offsets, starts: offsets },
    rebuild: (reduced) => {
      let whole = reduced;
      for (let level = depthOf(column); level > 1; level--)
        whole = { kind: "list", length: 1, offsets: Int32Array.of(0, 1), content: whole, size: 1 };
      return whole;
    },
  };
}

/** Strings as lists of bytes. */
function bytesOf(column: Column): Column {
  if (column.kind === "list") return { ...column, content: bytesOf(column.content) };
  if (column.kind !== "string") return column;
  const { length, offsets, bytes, validity } = column;
  const content: Column = { kind: "primitive", dtype: "uint8", length: bytes.length, values: bytes };
  return { kind: "list", length, offsets, content, ...(validity !== undefined && { validity }) };
}

/** The innermost values. Throws ShapeError for anything but numbers and booleans. */
export function numbersOf(operation: string, column: Column): PrimitiveColumn {
  let leaf = column;
  while (leaf.kind === "list") leaf = leaf.content;
  if (leaf.kind === "primitive") return leaf;
  const hint = leaf.kind === "record" ? `; name one of the fields ${[...leaf.fields.keys()].join(", ")}` : "";
  throw new CortadoError("ShapeError", `${operation} of ${typeName(column)} is not defined${hint}`, {
    code: "TypeMismatch",
  });
}

/** So many groups are looked at in one call. */
const block = 2 ** 10;

/** The empty groups of a block. */
const empty = new Int32Array(block);

/** What a kernel made, missing for the groups that hold nothing: its buffer is new, so that it may be written to. */
function withoutEmpty(reduced: Column, offsets: Int32Array): Column {
  const groups = offsets.length - 1;
  let validity: Uint8Array | undefined;
  for (let from = 0; from < groups; from += block) {
    const count = findEmpty(offsets, from, Math.min(from + block, groups));
    if (count === 0) continue;
    validity ??= allPresent(groups);
    clearEmpty(validity, count);
    if (reduced.kind === "primitive") fillEmpty(reduced, count);
  }
  if (validity === undefined) return reduced;
  return reduced.kind === "primitive" ? { ...reduced, validity } : withValidity(reduced, validity);
}

function findEmpty(offsets: Int32Array, from: number, to: number): number {
  let count = 0;
  for (let g = from; g < to; g++) {
    if (offsets[g] === offsets[g + 1]) empty[count++] = g;
  }
  return count;
}

function clearEmpty(validity: Uint8Array, count: number): void {
  for (let k = 0; k < count; k++) validity[empty[k]! >> 3]! &= ~(1 << (empty[k]! & 7));
}

function fillEmpty({ dtype, values }: PrimitiveColumn, count: number): void {
  const filler = (isBig(values) ? 0n : dtype.startsWith("float") ? Number.NaN : 0) as number;
  for (let k = 0; k < count; k++) values[empty[k]!] = filler;
}

/** The only entry of a column as a value; of records, an object. */
function scalarOf(column: Column): unknown {
  if (column.kind === "record")
    return Object.fromEntries([...column.fields].map(([name, field]) => [name, scalarOf(field)]));
  if (!isValid(column, 0)) return null;
  const { dtype, values } = column as PrimitiveColumn;
  return dtype === "bool" ? values[0] === 1 : values[0];
}
