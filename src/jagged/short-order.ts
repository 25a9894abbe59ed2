import type { PrimitiveColumn, Values } from "./column.ts";
import { type GroupLoop, groupLoop } from "./segment-loop.ts";
import type { Segments } from "./segments.ts";

/** Up to this length a list is ordered by insertion. */
const short = 32;

/** True where insertion orders every list well: all short. Cost: one pass over the offsets. */
export function allShort({ offsets }: Segments): boolean {
  for (let g = 0; g + 1 < offsets.length; g++) if (offsets[g + 1]! - offsets[g]! > short) return false;
  return true;
}

/** `key` before `other`: NaN first whichever the direction; equal ones do not move, which keeps them in their order. */
const before = (comparison: "<" | ">"): string => `(key ${comparison} other || (key !== key && other === other))`;

const insertion = (comparison: "<" | ">"): GroupLoop<Values> =>
  groupLoop(`
  for (let i = s; i < end; i++) {
    const key = @(i);
    let at = i;
    for (; at > s; at--) {
      const other = out[at - 1];
      if (!${before(comparison)}) break;
      out[at] = other;
    }
    out[at] = key;
  }
  s = end;`);
const [ascending, descending] = [insertion("<"), insertion(">")];

const indexInsertion = (comparison: "<" | ">"): GroupLoop<Int32Array> =>
  groupLoop(`
  for (let i = s; i < end; i++) {
    const key = @(i);
    let at = i;
    for (; at > s; at--) {
      const j = s + out[at - 1];
      const other = @(j);
      if (!${before(comparison)}) break;
      out[at] = out[at - 1];
    }
    out[at] = i - s;
  }
  s = end;`);
const [indexAscending, indexDescending] = [indexInsertion("<"), indexInsertion(">")];

/** The values of short lists in order, NaN first, into `out`. Not for 64-bit integers. */
export function sortShort<V extends Values>(leaf: PrimitiveColumn, segments: Segments, ascends: boolean, out: V): V {
  return (ascends ? ascending : descending)(leaf, segments, out) as V;
}

/** The places, within short lists, of the values in order. Not for 64-bit integers. */
export function argsortShort(leaf: PrimitiveColumn, segments: Segments, ascends: boolean): Int32Array {
  const end = segments.offsets[segments.offsets.length - 1]!;
  return (ascends ? indexAscending : indexDescending)(leaf, segments, new Int32Array(end));
}
