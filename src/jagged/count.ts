import { type Kernel, type Reducer, reducer } from "./reduce.ts";
import { asFloats, columnOf } from "./slot-values.ts";

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
  kernel: ([leaf], segments) => {
    const values = asFloats(leaf!, segments);
    const { offsets } = segments;
    const out = new Int32Array(offsets.length - 1);
    let s = 0;
    for (let g = 0; g < out.length; g++) {
      const end = offsets[g + 1]!;
      let n = 0;
      for (; s < end; s++) if (values[s] !== 0) n++;
      out[g] = n;
    }
    return columnOf("int32", out);
  },
});
