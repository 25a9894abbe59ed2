import { CortadoError } from "../errors.ts";
import { axisError, eventOf, mapAxis, type Trail } from "./axis.ts";
import { isColumn } from "./broadcast.ts";
import { type Column, type ListColumn, typeName } from "./column.ts";
import { contentOf, withValidity } from "./gather.ts";
import { integersOf } from "./pick.ts";
import { isFloat } from "./promote.ts";
import { isSet, presentWhere, slicePresent } from "./validity.ts";

/**
 * Lists of the given lengths over the same values: of the entries (axis 0), or of the elements inside each list
 * (axis 1). One number makes regular lists; a missing count is a missing list; counts in lists (`num`, `runLengths`) are
 * taken one after the other.
 * Throws ShapeError where the counts are negative or do not add up, or cross the end of a list, naming the first place.
 * Cost: one pass over the counts, the values are shared.
 */
export function unflatten(
  column: Column,
  counts: number | readonly (number | null)[] | Column,
  { axis = 0 }: { readonly axis?: number } = {},
): Column {
  if (axis === 0) return split(column, counts, column.length);
  return mapAxis("unflatten", column, axis, "lists", (lists, trail) => {
    if (lists.kind !== "list") throw axisError("unflatten", axis, column);
    if (typeof counts === "number")
      for (let i = 0; i < lists.length; i++)
        if (counts === 0 || (lists.offsets[i + 1]! - lists.offsets[i]!) % counts !== 0)
          throw crossing(lists, i, trail, `is not a multiple of ${counts}`);
    const inner = split(contentOf(lists), counts, lists.offsets[lists.length]!);
    const offsets = new Int32Array(lists.length + 1);
    let list = 0;
    for (let i = 1; i <= lists.length; i++) {
      const end = lists.offsets[i]!;
      // Empty lists at the end of one list belong to it.
      while (list < inner.length && inner.offsets[list + 1]! <= end) list++;
      if (inner.offsets[list] !== end) throw crossing(lists, i - 1, trail, "ends inside a list of the counts");
      offsets[i] = list;
    }
    return { kind: "list", offsets, content: inner, ...withValidity(lists.length, lists.validity) };
  });
}

function split(column: Column, counts: number | readonly (number | null)[] | Column, length: number): ListColumn {
  if (typeof counts === "number") return regular(column, counts);
  const { lengths, validity } = isColumn(counts) ? fromColumn(counts) : fromArray(counts);
  const summed = validity === undefined && lengths instanceof Int32Array ? summedTo(lengths, length) : undefined;
  if (summed !== undefined) return { kind: "list", offsets: summed, content: column, length: lengths.length };
  const offsets = new Int32Array(lengths.length + 1);
  let sum = 0;
  for (let i = 0; i < lengths.length; i++) {
    const count = isSet(validity, i) ? lengths[i]! : 0;
    if (!Number.isInteger(count) || count < 0)
      throw new CortadoError("ShapeError", `unflatten: count ${i} is ${count}, not a whole number of at least 0`, {
        code: "LengthMismatch",
        event: i,
      });
    sum += count;
    if (sum > length) throw doNotAddUp(column, sum, `with count ${i}`, i);
    offsets[i + 1] = sum;
  }
  if (sum !== length) throw doNotAddUp(column, sum, "in all", lengths.length);
  return { kind: "list", offsets, content: column, ...withValidity(lengths.length, validity) };
}

/** Offsets of lists of these lengths; undefined if one is negative or they do not add up to `length`. */
function summedTo(lengths: Int32Array, length: number): Int32Array | undefined {
  const offsets = new Int32Array(lengths.length + 1);
  let sum = 0;
  let signs = 0;
  for (let i = 0; i < lengths.length; i++) {
    signs |= lengths[i]!;
    sum += lengths[i]!;
    offsets[i + 1] = sum;
  }
  return signs < 0 || sum !== length ? undefined : offsets;
}

function regular(column: Column, size: number): ListColumn {
  if (!Number.isInteger(size) || size < 1 || column.length % size !== 0)
    throw new CortadoError(
      "ShapeError",
      `unflatten: ${column.length} * ${typeName(column)} cannot be cut into lists of ${size}: ` +
        (size >= 1 ? `${column.length % size} entries would be left over` : "a size is a whole number of at least 1"),
      { code: "LengthMismatch" },
    );
  const offsets = new Int32Array(column.length / size + 1).map((_, i) => i * size);
  return { kind: "list", size, offsets, content: column, length: offsets.length - 1 };
}

interface Counts {
  readonly lengths: ArrayLike<number>;
  readonly validity: Uint8Array | undefined;
}

function fromColumn(counts: Column): Counts {
  if (counts.kind === "list") return fromColumn(contentOf(counts));
  if (counts.kind !== "primitive" || isFloat(counts.dtype) || counts.dtype === "bool")
    throw new CortadoError("ShapeError", `unflatten: the counts are ${typeName(counts)}, not integers`, {
      code: "TypeMismatch",
    });
  return { lengths: integersOf(counts), validity: slicePresent(counts.validity, 0, counts.length) };
}

function fromArray(counts: readonly (number | null)[]): Counts {
  return {
    lengths: Array.from(counts, (count) => count ?? 0),
    validity: presentWhere(counts.length, (i) => counts[i] !== null),
  };
}

function doNotAddUp(column: Column, sum: number, where: string, event: number): CortadoError {
  return new CortadoError(
    "ShapeError",
    `unflatten: the counts add up to ${sum} ${where}, ${typeName(column)} has ${column.length} entries`,
    { code: "LengthMismatch", event },
  );
}

function crossing(lists: ListColumn, i: number, trail: Trail, what: string): CortadoError {
  const event = eventOf(trail, i);
  const length = lists.offsets[i + 1]! - lists.offsets[i]!;
  return new CortadoError("ShapeError", `unflatten: the list of event ${event} (${length} elements) ${what}`, {
    code: "LengthMismatch",
    event,
  });
}
