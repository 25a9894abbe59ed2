import { CortadoError } from "../errors.ts";
import type { Column, ListColumn } from "./column.ts";
import { copyPieces, gather, sizeOf, sliceColumn, withValidity } from "./gather.ts";

/** Python's `start:stop:step`: negative counts from the end, null is the end on that side. */
export interface Slice {
  readonly start: number | null;
  readonly stop: number | null;
  readonly step: number;
}

/**
 * A range of entries for {@link at}: `slice()` all, `slice(0, 2)` the first two, `slice(-1)` the last, `slice(null, null, -1)`
 * in reverse. What reaches beyond the end is cut off, so a slice of short lists is always safe.
 */
export function slice(start: number | null = null, stop: number | null = null, step: number | null = null): Slice {
  for (const bound of [start, stop, step])
    if ((bound !== null && !Number.isInteger(bound)) || step === 0)
      throw new CortadoError(
        "UsageError",
        `slice(${start}, ${stop}, ${step}): bounds are integers or null, a step is not 0`,
        { code: "BadArgument" },
      );
  return { start, stop, step: step ?? 1 };
}

export const isSlice = (item: unknown): item is Slice => typeof item === "object" && item !== null && "step" in item;

/** The entries that a slice takes of `length`: `first`, `first + step`, …, `count` of them. */
export function sliceIndices(
  { start, stop, step }: Slice,
  length: number,
): { readonly first: number; readonly count: number; readonly step: number } {
  const low = step > 0 ? 0 : -1;
  const high = step > 0 ? length : length - 1;
  const first = bounded(start, step > 0 ? low : high, low, high, length);
  const end = bounded(stop, step > 0 ? high : low, low, high, length);
  return { first, count: Math.max(0, Math.ceil((end - first) / step)), step };
}

function bounded(value: number | null, otherwise: number, low: number, high: number, length: number): number {
  return value === null ? otherwise : Math.min(high, Math.max(low, value < 0 ? value + length : value));
}

/** Entries of a column; they share its values where the step is 1. */
export function sliceEntries(column: Column, part: Slice): Column {
  const { first, count, step } = sliceIndices(part, column.length);
  if (step === 1) return count === 0 ? sliceColumn(column, 0, 0) : sliceColumn(column, first, first + count);
  const index = new Int32Array(count);
  for (let i = 0, at = first; i < count; i++, at += step) index[i] = at;
  return gather(column, index);
}

/** The same slice of every list. Cost: one copy of what is taken, none for `slice()`. */
export function sliceLists(column: ListColumn, part: Slice): ListColumn {
  if (part.start === null && part.stop === null && part.step === 1) return column;
  const { offsets: from, length } = column;
  const offsets = new Int32Array(length + 1);
  const starts = new Int32Array(length);
  for (let i = 0, at = 0; i < length; i++) {
    const { first, count } = sliceIndices(part, from[i + 1]! - from[i]!);
    starts[i] = from[i]! + first;
    offsets[i + 1] = at += count;
  }
  const size = column.size === undefined ? {} : { size: sliceIndices(part, column.size).count };
  const content = copyPieces(column.content, starts, offsets, part.step);
  return { kind: "list", offsets, content, ...sizeOf(column), ...size, ...withValidity(length, column.validity) };
}
