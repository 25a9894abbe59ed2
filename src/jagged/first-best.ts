import type { PrimitiveColumn } from "./column.ts";
import { type GroupLoop, groupLoop } from "./segment-loop.ts";
import type { Segments } from "./segments.ts";
import { isBig, narrowed } from "./slot-values.ts";

// The index moves without a branch: which element is the largest of a list cannot be predicted.
const search = (comparison: ">" | "<"): GroupLoop<Int32Array> =>
  groupLoop(`
  if (s === end) { out[g] = -1; continue; }
  let best = s++;
  for (; s < end; s++) best += (s - best) & -(@(s) ${comparison} @(best));
  out[g] = best;`);
const [highest, lowest] = [search(">"), search("<")];

/** 64-bit integers as float64: -2 where rounding may have hidden a difference. */
const searchInteger = (comparison: ">" | "<", better: "max" | "min"): GroupLoop<Int32Array> =>
  groupLoop(`
  if (s === end) { out[g] = -1; continue; }
  let best = s;
  let found = @(s);
  for (s++; s < end; s++) {
    const value = @(s);
    best += (s - best) & -(value ${comparison} found);
    found = Math.${better}(value, found);
  }
  out[g] = Math.abs(found) < 9007199254740992 ? best : -2;`);
const [highestInteger, lowestInteger] = [searchInteger(">", "max"), searchInteger("<", "min")];

/**
 * The slot of the first of the largest (smallest) values of each group, -1 for empty ones. The search starts at the
 * first value and moves to strictly larger ones: NaN stays best where it comes first and is never chosen later on.
 * Cost: one pass; a second one over lists of 64-bit integers beyond 2^53.
 */
export function firstBest(leaf: PrimitiveColumn, segments: Segments, upwards: boolean): Int32Array {
  const { values } = leaf;
  const { offsets, order } = segments;
  const slots = new Int32Array(offsets.length - 1);
  if (!isBig(values)) return (upwards ? highest : lowest)(leaf, segments, slots);
  const narrow = narrowed(leaf);
  if (narrow !== undefined) return (upwards ? highest : lowest)(narrow, segments, slots);
  (upwards ? highestInteger : lowestInteger)(leaf, segments, slots);
  const at = (s: number): bigint => values[order === undefined ? s : order[s]!]!;
  for (let g = 0; g < slots.length; g++) {
    if (slots[g] !== -2) continue;
    let best = offsets[g]!;
    for (let s = best + 1; s < offsets[g + 1]!; s++) if (upwards ? at(s) > at(best) : at(s) < at(best)) best = s;
    slots[g] = best;
  }
  return slots;
}
