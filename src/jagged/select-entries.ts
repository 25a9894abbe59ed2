import { CortadoError } from "../errors.ts";
import { eventOf, type Trail } from "./axis.ts";
import { isColumn } from "./broadcast.ts";
import { type Column, type ListColumn, type PrimitiveColumn, typeName } from "./column.ts";
import { contentOf, gather, gatherKept, lackingOf, withValidity } from "./gather.ts";
import { elementIndex, integersOf, outOfRange } from "./pick.ts";
import { isFloat } from "./promote.ts";
import { isSlice, type Slice, sliceEntries } from "./slice.ts";
import { isSet, presentInBoth } from "./validity.ts";

/** Entries of a column: a slice of them, those at indices, those a mask keeps, or inside each list by jagged masks and indices. */
export function selectEntries(column: Column, item: unknown): Column {
  if (isSlice(item)) return sliceEntries(column, item as Slice);
  if (isColumn(item)) return byColumn(column, item);
  if (Array.isArray(item) || item instanceof Int32Array) return byIndices(column, item);
  throw new CortadoError(
    "UsageError",
    `at: cannot take ${String(item)}: give integers, slice(…), masks, indices, field names, newaxis or ellipsis`,
    { code: "BadArgument" },
  );
}

function byIndices(column: Column, indices: ArrayLike<number>): Column {
  if (indices instanceof Int32Array && allWithin(indices, column.length)) return gather(column, indices);
  const places = new Int32Array(indices.length);
  for (let i = 0; i < places.length; i++) {
    const index = indices[i]!;
    const k = index < 0 ? index + column.length : index;
    if (!(Number.isInteger(k) && k >= 0 && k < column.length))
      throw outOfRange(`at: index ${index} (number ${i}) is out of range of ${column.length} * ${typeName(column)}`);
    places[i] = k;
  }
  return gather(column, places);
}

function byColumn(column: Column, index: Column): Column {
  if (index.kind === "list") {
    if (column.kind !== "list") throw notThatDeep(column, index);
    return inLists(column, index, column, []);
  }
  if (index.kind !== "primitive" || isFloat(index.dtype))
    throw new CortadoError("ShapeError", `at: ${typeName(index)} is neither a mask nor indices`, {
      code: "TypeMismatch",
    });
  if (index.dtype === "bool") {
    if (index.length !== column.length)
      throw new CortadoError(
        "ShapeError",
        `at: the mask has ${index.length} entries, ${typeName(column)} has ${column.length}`,
        { code: "LengthMismatch", event: Math.min(index.length, column.length) },
      );
    const kept =
      index.validity === undefined
        ? gatherKept(column, index.values as Uint8Array, "bytes")
        : gather(column, maskIndex(index));
    return { ...kept, ...lackingOf(column, index) };
  }
  if (column.kind === "list")
    throw new CortadoError(
      "ShapeError",
      `at: one integer an entry (${typeName(index)}) would take whole events of ${typeName(column)}. ` +
        "For one object of each event use argmax(…, { axis: 1, keepdims: true }) or pick(column, index); " +
        "for events give the integers as an array.",
      { code: "TypeMismatch" },
    );
  const indices = integersOf(index);
  const missing = index.validity;
  if (missing === undefined) return byIndices(column, indices);
  const present = Array.from(indices, (k, i) => (isSet(missing, i) ? k : 0));
  const checked = byIndices(column, present.length > 0 && column.length === 0 ? [] : present);
  return gather(
    checked,
    Int32Array.from(present, (_, i) => (isSet(missing, i) ? i : -1)),
  );
}

function allWithin(indices: Int32Array, length: number): boolean {
  let outside = 0;
  for (let i = 0; i < indices.length; i++) outside |= indices[i]! | (length - 1 - indices[i]!);
  return outside >= 0;
}

/** What a mask keeps; a missing entry of the mask keeps a missing one. */
function maskIndex(mask: PrimitiveColumn): Int32Array {
  const { validity } = mask;
  const values = mask.values as Uint8Array;
  const kept = new Int32Array(mask.length);
  let count = 0;
  for (let i = 0; i < mask.length; i++)
    if (!isSet(validity, i)) kept[count++] = -1;
    else if (values[i] !== 0) kept[count++] = i;
  return kept.subarray(0, count);
}

function inLists(column: ListColumn, index: ListColumn, whole: Column, trail: Trail): ListColumn {
  const { length } = column;
  if (index.length !== length)
    throw new CortadoError(
      "ShapeError",
      `at: ${typeName(index)} has ${index.length} lists, ${typeName(column)} has ${length}`,
      { code: "LengthMismatch", event: Math.min(length, index.length) },
    );
  const validity = presentInBoth(column.validity, index.validity, length);
  const inner = index.content;
  if (inner.kind === "list") {
    if (column.content.kind !== "list") throw notThatDeep(whole, index);
    equalLengths(column, index, validity, trail);
    const content = inLists(contentOf(column) as ListColumn, contentOf(index) as ListColumn, whole, [
      ...trail,
      index.offsets,
    ]);
    return { kind: "list", offsets: index.offsets, content, ...withValidity(length, validity) };
  }
  if (inner.kind !== "primitive" || isFloat(inner.dtype))
    throw new CortadoError("ShapeError", `at: ${typeName(index)} holds neither masks nor indices`, {
      code: "TypeMismatch",
    });
  if (inner.dtype === "bool") return byMask(column, index, inner, validity, trail);
  const indices = integersOf(inner);
  const offsets = new Int32Array(length + 1);
  const elements = new Int32Array(index.offsets[length]!);
  let count = 0;
  for (let i = 0; i < length; i++) {
    if (isSet(validity, i))
      for (let j = index.offsets[i]!; j < index.offsets[i + 1]!; j++)
        elements[count++] = isSet(inner.validity, j) ? elementIndex("at", column, i, indices[j]!, trail) : -1;
    offsets[i + 1] = count;
  }
  const content = gather(column.content, elements.subarray(0, count));
  return { kind: "list", offsets, content, ...withValidity(length, validity) };
}

function byMask(
  column: ListColumn,
  index: ListColumn,
  mask: PrimitiveColumn,
  validity: Uint8Array | undefined,
  trail: Trail,
): ListColumn {
  const { length } = column;
  if (column.offsets !== index.offsets) equalLengths(column, index, validity, trail);
  const values = mask.values as Uint8Array;
  const offsets = new Int32Array(length + 1);
  const elements = new Int32Array(index.offsets[length]!);
  let count = 0;
  for (let i = 0; i < length; i++) {
    const shift = column.offsets[i]! - index.offsets[i]!;
    if (isSet(validity, i))
      for (let j = index.offsets[i]!; j < index.offsets[i + 1]!; j++) {
        if (!isSet(mask.validity, j)) elements[count++] = -1;
        else if (values[j] !== 0) elements[count++] = j + shift;
      }
    offsets[i + 1] = count;
  }
  const content = gather(column.content, elements.subarray(0, count));
  return { kind: "list", offsets, content, ...withValidity(length, validity) };
}

function equalLengths(column: ListColumn, index: ListColumn, validity: Uint8Array | undefined, trail: Trail): void {
  const [a, b] = [column.offsets, index.offsets];
  for (let i = 0; i < column.length; i++) {
    if (a[i + 1]! - a[i]! === b[i + 1]! - b[i]! || !isSet(validity, i)) continue;
    const event = eventOf(trail, i);
    throw new CortadoError(
      "ShapeError",
      `at: the lists of ${typeName(index)} and ${typeName(column)} differ: at event ${event} they hold ` +
        `${b[i + 1]! - b[i]!} and ${a[i + 1]! - a[i]!} elements`,
      { code: "OffsetsMismatch", event },
    );
  }
}

function notThatDeep(column: Column, index: Column): CortadoError {
  return new CortadoError("ShapeError", `at: ${typeName(index)} is deeper than ${typeName(column)}`, {
    code: "TypeMismatch",
  });
}
