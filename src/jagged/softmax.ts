import { CortadoError } from "../errors.ts";
import { type Column, type PrimitiveColumn, typeName, valuesOf } from "./column.ts";
import { decay } from "./decay.ts";
import { numbersOf } from "./reduce.ts";
import { type GroupLoop, groupLoop } from "./segment-loop.ts";
import { depthOf, groupAlong, positiveAxis, presentOnly, withLeaf } from "./segments.ts";
import { columnOf } from "./slot-values.ts";

/** `start` is room for the exponentials of one list. */
const powersOf: GroupLoop<Float32Array | Float64Array> = groupLoop(
  `
  let most = -Infinity;
  for (let i = s; i < end; i++) {
    const value = @(i);
    if (value > most) most = value;
  }
  let total = 0;
  for (let i = s; i < end; i++) {
    const power = tools.decay(@(i) - most);
    total += power;
    start[i - s] = power;
  }
  for (let i = s; i < end; i++) out[entry(i)] = start[i - s] / total;
  s = end;`,
  { decay },
);

function longest(offsets: Int32Array): number {
  let most = 0;
  for (let g = 0; g + 1 < offsets.length; g++) most = Math.max(most, offsets[g + 1]! - offsets[g]!);
  return most;
}

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
  const dtype = leaf.dtype === "float32" ? "float32" : "float64";
  const out = new valuesOf[dtype](leaf.length);
  if (leaf.validity !== undefined) out.fill(Number.NaN);
  powersOf(leaf, segments, out, new Float64Array(longest(segments.offsets)));
  return withLeaf(column, {
    ...(columnOf(dtype, out) as PrimitiveColumn),
    ...(leaf.validity && { validity: leaf.validity }),
  });
}
