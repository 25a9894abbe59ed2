import { type Kernel, type Reducer, reducer } from "./reduce.ts";
import { type GroupLoop, groupLoop } from "./segment-loop.ts";
import { columnOf } from "./slot-values.ts";

const nonzeros: GroupLoop<Int32Array> = groupLoop(`
  let n = 0;
  for (; s < end; s++) n += (@(s) !== 0) | 0;
  out[g] = n;`);

const kernel: Kernel = (_, { offsets }) => {
  const out = new Int32Array(offsets.length - 1);
  for (let g = 0; g < out.length; g++) out[g] = offsets[g + 1]! - offsets[g]!;
  return columnOf("int32", out);
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
