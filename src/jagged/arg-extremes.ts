import { firstBest } from "./first-best.ts";
import { type Kernel, type Reducer, reducer } from "./reduce.ts";
import { columnOf } from "./slot-values.ts";

/**
 * Index, along the axis, of the largest value as int32: the first of equal ones. Missing values are skipped but keep
 * their index; the search starts at the first value that is there and moves only to strictly larger ones, so a list
 * that begins with NaN answers 0 ({@link nanargmax} skips NaN). An empty list is missing, with `maskIdentity: false` -1.
 * Indexing needs `keepdims: true` (or `pick`): without it the result has one entry a list. With `axis` null the index
 * is that of the flattened column. Cost: one pass.
 */
export const argmax: Reducer<number | null> = argExtreme("argmax", true, false);

/** Index of the smallest value; rules as {@link argmax}. */
export const argmin: Reducer<number | null> = argExtreme("argmin", false, false);

/** {@link argmax} without NaN. */
export const nanargmax: Reducer<number | null> = argExtreme("nanargmax", true, true);

/** {@link argmin} without NaN. */
export const nanargmin: Reducer<number | null> = argExtreme("nanargmin", false, true);

function argExtreme(operation: string, upwards: boolean, withoutNaN: boolean): Reducer<number | null> {
  const kernel: Kernel = ([leaf], segments) => {
    const { offsets, order, positions, starts } = segments;
    const places = firstBest(leaf!, segments, upwards);
    if (order !== undefined)
      for (let g = 0; g < places.length; g++) {
        if (places[g]! < 0) continue;
        const slot = offsets[g]! + places[g]!;
        places[g] = positions === undefined ? order[slot]! - starts[g]! : positions[slot]!;
      }
    return columnOf("int32", places);
  };
  return reducer<number | null>({ operation, kernel, maskIdentity: true, withoutNaN });
}
