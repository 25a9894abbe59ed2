import { radixOrder } from "./radix-order.ts";

/** True if entry `a` comes strictly before entry `b`. */
export type Before = (a: number, b: number) => boolean;

/** Up to this length a list is ordered by insertion, beyond it by merging. */
const short = 24;

/** Beyond this length a list is ordered by the digits of its values. */
const long = 2 ** 12;

/**
 * The slots of each group, ordered by their values: NaN first, equal values in their order, in both directions.
 * Cost: insertion for short lists, n log n for longer ones, some passes for those of thousands.
 */
export function orderFloats(values: Float64Array, offsets: Int32Array, ascending: boolean): Int32Array {
  const end = offsets[offsets.length - 1]!;
  const order = new Int32Array(end);
  // Descending is ascending of the negated values: -0 and 0 are equal either way.
  const keys = ascending ? values : new Float64Array(end);
  if (!ascending) for (let s = 0; s < end; s++) keys[s] = -values[s]!;
  let scratch = new Int32Array(0);
  for (let g = 0; g + 1 < offsets.length; g++) {
    const start = offsets[g]!;
    const stop = offsets[g + 1]!;
    if (stop - start <= short) {
      insertFloats(keys, order, start, stop);
      continue;
    }
    if (stop - start > long) {
      order.set(radixOrder(keys, start, stop), start);
      continue;
    }
    if (scratch.length < stop - start) scratch = new Int32Array(stop - start);
    for (let low = start; low < stop; low += short) insertFloats(keys, order, low, Math.min(stop, low + short));
    for (let width = short; width < stop - start; width *= 2)
      for (let low = start; low + width < stop; low += 2 * width)
        mergeFloats(keys, order, scratch, low, low + width, Math.min(stop, low + 2 * width));
  }
  return order;
}

function insertFloats(keys: Float64Array, order: Int32Array, start: number, stop: number): void {
  for (let s = start; s < stop; s++) {
    const key = keys[s]!;
    let at = s;
    for (; at > start; at--) {
      const other = keys[order[at - 1]!]!;
      // biome-ignore lint/suspicious/noSelfCompare: the fastest test for NaN, which comes first
      if (!(key < other || (key !== key && other === other))) break;
      order[at] = order[at - 1]!;
    }
    order[at] = s;
  }
}

function mergeFloats(
  keys: Float64Array,
  order: Int32Array,
  scratch: Int32Array,
  low: number,
  middle: number,
  high: number,
): void {
  const left = middle - low;
  for (let i = 0; i < left; i++) scratch[i] = order[low + i]!;
  let [i, j, at] = [0, middle, low];
  while (i < left && j < high) {
    const a = keys[scratch[i]!]!;
    const b = keys[order[j]!]!;
    // biome-ignore lint/suspicious/noSelfCompare: the fastest test for NaN, which comes first
    order[at++] = b < a || (b !== b && a === a) ? order[j++]! : scratch[i++]!;
  }
  while (i < left) order[at++] = scratch[i++]!;
}

/** The slots of each group in the order of `before`, equal ones as they stood. For values that are no floats. */
export function orderSlots(offsets: Int32Array, before: Before): Int32Array {
  const order = new Int32Array(offsets[offsets.length - 1]!);
  for (let s = 0; s < order.length; s++) order[s] = s;
  for (let g = 0; g + 1 < offsets.length; g++)
    order.subarray(offsets[g]!, offsets[g + 1]!).sort((a, b) => (before(a, b) ? -1 : before(b, a) ? 1 : 0));
  return order;
}
