import { type Kernel, type Reducer, reducer } from "./reduce.ts";
import { type GroupLoop, groupLoop } from "./segment-loop.ts";
import { columnOf } from "./slot-values.ts";

const nonzeros: GroupLoop<Int32Array> = groupLoop(`
  let n = 0;
  if (end - s > 64) {
    let a = 0, b = 0, c = 0;
    for (; s + 4 <= end; s += 4) {
      const t = s + 1, u = s + 2, v = s + 3;
      n += (@(s) !== 0) | 0; a += (@(t) !== 0) | 0; b += (@(u) !== 0) | 0; c += (@(v) !== 0) | 0;
    }
    n += a + b + c;
  }
  for (; s < end; s++) n += (@(s) !== 0) | 0;
  out[g] = n;`);

/** The length of each list. */
export function lengthsOf(offsets: Int32Array): Int32Array {
  const lengths = new Int32Array(offsets.length - 1);
  let start = offsets[0]!;
  for (let i = 0; i < lengths.length; i++) {
    const end = offsets[i + 1]!;
    lengths[i] = end - start;
    start = end;
  }
  return lengths;
}

const kernel: Kernel = (_, { offsets }) => {
  return columnOf("int32", lengthsOf(offsets));
};

/**
 * Number of values that are not missing, NaN included, as int32 (a number for `axis` null). `num` counts missing ones
 * as well. Cost: one subtraction a list where nothing is missing.
 */
export const count: Reducer<number> = reducer<number>({ operation: "count", kernel, maskIdentity: false });

/** Number of values that are not missing and not 0 or false; NaN is not 0. As int32. Cost: one pass. */
export const countNonzero: Reducer<number> = reducer<number>({
  operation: "countNonzero",
  maskIdentity: false,
  kernel: ([leaf], segments) =>
    columnOf("int32", nonzeros(leaf!, segments, new Int32Array(segments.offsets.length - 1))),
});
