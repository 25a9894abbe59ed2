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

/** Number of values that are not missing and not 0 or false; NaN is not 0. As int32. Cost: one pass. */
export const countNonzero: Reducer<number> = reducer<number>({
  operation: "countNonzero",
  maskIdentity: false,
  kernel: ([leaf], segments) =>
    columnOf("int32", nonzeros(leaf!, segments, new Int32Array(segments.offsets.length - 1))),
});
