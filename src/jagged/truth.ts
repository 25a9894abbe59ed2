import { type Kernel, type Reducer, reducer } from "./reduce.ts";
import { asFloats, columnOf } from "./slot-values.ts";

/** Whether a list has a value that is (`wanted` true) or is not (`wanted` false) different from 0, as 0 or 1. */
const found =
  (wanted: boolean): Kernel =>
  ([leaf], segments) => {
    const values = asFloats(leaf!, segments);
    const { offsets } = segments;
    const out = new Uint8Array(offsets.length - 1);
    for (let g = 0; g < out.length; g++) {
      const end = offsets[g + 1]!;
      let s = offsets[g]!;
      while (s < end && (values[s] !== 0) !== wanted) s++;
      out[g] = Number(s < end === wanted);
    }
    return columnOf("bool", out);
  };

/**
 * True where a list holds something that is not 0 or false; NaN counts as true, missing values as nothing, strings are
 * lists of bytes. An empty list is false, unless `maskIdentity` makes it missing. Cost: one pass.
 */
export const any: Reducer<boolean | null> = reducer({
  operation: "any",
  kernel: found(true),
  maskIdentity: false,
  strings: true,
});

/** True where a list holds nothing that is 0 or false; rules as {@link any}, an empty list is true. */
export const all: Reducer<boolean | null> = reducer({
  operation: "all",
  kernel: found(false),
  maskIdentity: false,
  strings: true,
});
