import { CortadoError } from "../errors.ts";
import { axisError, eventOf, mapAxis } from "./axis.ts";
import { type Column, typeName } from "./column.ts";
import { isSet } from "./validity.ts";

/**
 * Lists along `axis` as regular ones (`3 * float64`): a dimension of size 1 then broadcasts.
 * Throws ShapeError where two lists have different lengths, naming the event and both. Cost: one pass over offsets.
 */
export function toRegular(column: Column, { axis = 1 }: { readonly axis?: number } = {}): Column {
  return mapAxis("toRegular", column, axis, "lists", (lists, trail) => {
    if (lists.kind !== "list") throw axisError("toRegular", axis, column);
    if (lists.size !== undefined) return lists;
    const { offsets, length, validity } = lists;
    let size: number | undefined;
    if (validity === undefined && length > 0 && allOf(offsets, offsets[1]!)) return { ...lists, size: offsets[1]! };
    for (let i = 0; i < length; i++) {
      if (!isSet(validity, i)) continue;
      const count = offsets[i + 1]! - offsets[i]!;
      size ??= count;
      if (count === size) continue;
      const event = eventOf(trail, i);
      throw new CortadoError(
        "ShapeError",
        `toRegular: the lists of ${typeName(column)} have different lengths: the first holds ${size}, that of event ${event} ` +
          `${count} elements. padNone(column, n, { clip: true }) makes them equal.`,
        { code: "OffsetsMismatch", event },
      );
    }
    return { ...lists, size: size ?? 0 };
  });
}

/** Whether all lists hold `size` elements. */
function allOf(offsets: Int32Array, size: number): boolean {
  let different = 0;
  for (let i = 1, at = size; i < offsets.length; i++, at = (at + size) | 0) different |= offsets[i]! ^ at;
  return different === 0;
}

/** Regular lists along `axis` as lists of any length. Cost: none. */
export function fromRegular(column: Column, { axis = 1 }: { readonly axis?: number } = {}): Column {
  return mapAxis("fromRegular", column, axis, "lists", (lists) => {
    if (lists.kind !== "list") throw axisError("fromRegular", axis, column);
    const { size: _, ...ragged } = lists;
    return ragged;
  });
}
