import type { ListColumn } from "../jagged/index.ts";
import { type EventMask, readMask, type SameEvents } from "./event-values.ts";

/**
 * For each event the numbers of the masks that are true, as lists: `maskCategories([a, b, c])` has `[0, 2]` where `a` and `c` are. Missing
 * values count as false. What an axis of integers is filled with, one entry for each category that an event is in.
 * Throws `ShapeError` for masks that are not boolean or of other events than the first.
 */
export function maskCategories(masks: readonly EventMask[]): ListColumn {
  const events: SameEvents = { length: null, alignment: null };
  const flags = masks.map((mask, k) => readMask(mask, `mask ${k}`, events, false));
  const length = events.length ?? 0;
  const offsets = new Int32Array(length + 1);
  const found: number[] = [];
  for (let i = 0; i < length; i++) {
    for (let k = 0; k < flags.length; k++) if (flags[k]![i] === 1) found.push(k);
    offsets[i + 1] = found.length;
  }
  const values = Int32Array.from(found);
  return {
    kind: "list",
    offsets,
    length,
    content: { kind: "primitive", dtype: "int32", values, length: values.length },
  };
}
