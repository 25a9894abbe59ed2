import { CortadoError } from "../errors.ts";
import { type Column, type PrimitiveColumn, typeName } from "./column.ts";
import { numbersOf } from "./reduce.ts";
import { depthOf, groupAlong, positiveAxis, presentOnly, withLeaf } from "./segments.ts";
import { asFloats, columnOf } from "./slot-values.ts";

/**
 * exp(x) / sum(exp(x)) within each innermost list: same lists, float32 for float32, float64 otherwise. The largest value
 * is subtracted first, so that large values do not overflow. Missing values stay missing. Throws UsageError for any
 * other axis, as awkward does. Cost: three passes.
 */
export function softmax(column: Column, options: { readonly axis?: number } = {}): Column {
  const { axis = -1 } = options;
  const depth = positiveAxis("softmax", column, axis);
  if (depth !== depthOf(column) - 1)
    throw new CortadoError(
      "UsageError",
      `softmax: axis ${axis} of ${typeName(column)} is not the innermost: only axis -1 is defined`,
      { code: "BadArgument" },
    );
  const leaf = numbersOf("softmax", column);
  const segments = presentOnly(groupAlong(column, depth).segments, [leaf]);
  const { offsets, order } = segments;
  const values = asFloats(leaf, segments);
  const out = new Float64Array(leaf.length).fill(Number.NaN);
  for (let g = 0; g + 1 < offsets.length; g++) {
    const [start, end] = [offsets[g]!, offsets[g + 1]!];
    let most = Number.NEGATIVE_INFINITY;
    for (let s = start; s < end; s++) if (values[s]! > most) most = values[s]!;
    let total = 0;
    for (let s = start; s < end; s++) {
      const power = Math.exp(values[s]! - most);
      total += power;
      out[order === undefined ? s : order[s]!] = power;
    }
    for (let s = start; s < end; s++) out[order === undefined ? s : order[s]!]! /= total;
  }
  const dtype = leaf.dtype === "float32" ? "float32" : "float64";
  return withLeaf(column, {
    ...(columnOf(dtype, out) as PrimitiveColumn),
    ...(leaf.validity && { validity: leaf.validity }),
  });
}
