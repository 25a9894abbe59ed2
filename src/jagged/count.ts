import { type Kernel, type Reducer, reducer } from "./reduce.ts";
import { foldLoop, type GroupLoop, groupLoop } from "./segment-loop.ts";
import { columnOf } from "./slot-values.ts";

const nonzeros: GroupLoop<Int32Array> = foldLoop({
  before: "let n = 0;",
  each: "n += ((@(i) !== 0) | 0) & inside;",
  long: `
    let a = 0, b = 0, c = 0;
    for (; s + 4 <= end; s += 4) {
      const t = s + 1, u = s + 2, v = s + 3;
      n += (@(s) !== 0) | 0; a += (@(t) !== 0) | 0; b += (@(u) !== 0) | 0; c += (@(v) !== 0) | 0;
    }
    n += a + b + c;
    for (; s < end; s++) n += (@(s) !== 0) | 0;`,
  after: "out[g] = n;",
});

const lengths: GroupLoop<Int32Array> = groupLoop(`
  out[g] = end - s;
  s = end;`);

const kernel: Kernel = ([leaf], segments) =>
  columnOf("int32", lengths(leaf!, segments, new Int32Array(segments.offsets.length - 1)));

/**
 * Number of values that are not missing, NaN included, as int32 (a number for `axis` null). `num` counts missing ones
 * as well. Cost: one subtraction a list where nothing is missing.
 */
export const count: Reducer<number> = reducer<number>({ operation: "count", kernel, maskIdentity: false });

/** The ones of so many booleans are counted in one call. */
const block = 2 ** 13;

/** How many booleans from `start` to `stop` are true: four bytes at a time, whose sums do not reach one another. */
export function trueCount(values: Uint8Array, start: number, stop: number): number {
  let [total, at] = [0, start];
  for (; at < stop && (values.byteOffset + at) % 4 !== 0; at++) total += values[at]!;
  if (at === stop) return total;
  const words = new Int32Array(values.buffer, values.byteOffset + at, (stop - at) >> 2);
  for (let from = 0; from < words.length; from += block)
    total += wordCount(words, from, Math.min(from + block, words.length));
  for (at += 4 * words.length; at < stop; at++) total += values[at]!;
  return total;
}

function wordCount(words: Int32Array, from: number, to: number): number {
  let total = 0;
  for (let at = from; at < to; ) {
    let lanes = 0;
    for (const stop = Math.min(at + 255, to); at < stop; at++) lanes = (lanes + words[at]!) | 0;
    const pairs = (lanes & 0xff00ff) + ((lanes >>> 8) & 0xff00ff);
    total += (pairs & 0xffff) + (pairs >>> 16);
  }
  return total;
}

/** Number of values that are not missing and not 0 or false; NaN is not 0. As int32. Cost: one pass. */
export const countNonzero: Reducer<number> = reducer<number>({
  operation: "countNonzero",
  maskIdentity: false,
  kernel: ([leaf], segments) => {
    const { offsets, order } = segments;
    const { dtype, values } = leaf!;
    if (dtype === "bool" && offsets.length === 2 && order === undefined)
      return columnOf("int32", Int32Array.of(trueCount(values as Uint8Array, offsets[0]!, offsets[1]!)));
    return columnOf("int32", nonzeros(leaf!, segments, new Int32Array(offsets.length - 1)));
  },
});
