import { CortadoError } from "../errors.ts";
import { mapAxis } from "./axis.ts";
import type { Column } from "./column.ts";
import { gather, sizeOf, withValidity } from "./gather.ts";
import { isSet } from "./validity.ts";

/**
 * At least `target` entries along `axis` (1: objects), missing ones appended; with `clip` exactly `target`, as a
 * regular list. A missing list stays missing. Throws UsageError if the column is not that deep.
 * Cost: one copy of the elements.
 */
export function padNone(
  column: Column,
  target: number,
  { axis = 1, clip = false }: { readonly axis?: number; readonly clip?: boolean } = {},
): Column {
  if (!Number.isInteger(target) || target < 0)
    throw new CortadoError("UsageError", `padNone: the target is a whole number, not ${target}`, {
      code: "BadArgument",
    });
  if (axis === 0) return gather(column, padded(Int32Array.of(0, column.length), undefined, target, clip).index);
  return mapAxis("padNone", column, axis, "lists", (lists) => {
    if (lists.kind !== "list") return lists;
    const { index, offsets } = padded(lists.offsets, lists.validity, target, clip);
    const size = clip ? { size: target } : (lists.size ?? -1) >= target ? sizeOf(lists) : {};
    return {
      kind: "list",
      offsets,
      content: gather(lists.content, index),
      ...size,
      ...withValidity(lists.length, lists.validity),
    };
  });
}

function padded(
  from: Int32Array,
  validity: Uint8Array | undefined,
  target: number,
  clip: boolean,
): { readonly index: Int32Array; readonly offsets: Int32Array } {
  const length = from.length - 1;
  const offsets = new Int32Array(length + 1);
  for (let i = 0; i < length; i++) {
    const count = from[i + 1]! - from[i]!;
    offsets[i + 1] = offsets[i]! + (isSet(validity, i) ? (clip ? target : Math.max(count, target)) : 0);
  }
  const index = new Int32Array(offsets[length]!).fill(-1);
  for (let i = 0; i < length; i++) {
    const stop = Math.min(offsets[i + 1]!, offsets[i]! + from[i + 1]! - from[i]!);
    for (let j = offsets[i]!, k = from[i]!; j < stop; j++, k++) index[j] = k;
  }
  return { index, offsets };
}
