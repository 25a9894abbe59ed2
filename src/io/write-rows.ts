import { CortadoError } from "../errors.ts";
import { type Column, isValid, typeName, type Values, valuesOf } from "../jagged/index.ts";
import { leafTypeName, valueSize, type WriteLeaf } from "./write-schema.ts";

/** The rows of one column that wait to be written as a row group: copies, so that the caller's arrays may be reused. */
export interface WriteRows {
  readonly leaf: WriteLeaf;
  rowCount: number;
  /** Places for values: those of all rows, or of all lists. */
  slotCount: number;
  /** Values that are there: one for each slot unless some are missing. */
  valueCount: number;
  /** Numbers; empty for strings. */
  values: Values;
  /** For strings, where each value ends in `stringBytes`: `valueCount + 1` offsets. */
  strings: Int32Array | undefined;
  stringBytes: Uint8Array;
  /** For lists, `rowCount + 1` offsets into the slots. */
  offsets: Int32Array | undefined;
  /** Where values may be missing, for every slot 1 if it has one, else 0. */
  present: Uint8Array | undefined;
  /** Where lists may be missing, the same for every row. */
  presentLists: Uint8Array | undefined;
}

export function emptyRows(leaf: WriteLeaf): WriteRows {
  const isString = leaf.type === "utf8" || leaf.type === "binary";
  return {
    leaf,
    rowCount: 0,
    slotCount: 0,
    valueCount: 0,
    values: isString ? new Uint8Array(0) : new valuesOf[leaf.type as keyof typeof valuesOf](0),
    strings: isString ? new Int32Array(1) : undefined,
    stringBytes: new Uint8Array(0),
    offsets: leaf.isList ? new Int32Array(1) : undefined,
    present: leaf.optionalValues ? new Uint8Array(0) : undefined,
    presentLists: leaf.optionalLists ? new Uint8Array(0) : undefined,
  };
}

/** Forgets the rows, keeps the memory. */
export function clearRows(rows: WriteRows): void {
  rows.rowCount = 0;
  rows.slotCount = 0;
  rows.valueCount = 0;
}

/** Number of values in rows `start..stop`. */
export function valuesIn({ offsets, present }: WriteRows, start: number, stop: number): number {
  const from = offsets === undefined ? start : offsets[start]!;
  const to = offsets === undefined ? stop : offsets[stop]!;
  if (present === undefined) return to - from;
  let count = 0;
  for (let i = from; i < to; i++) count += present[i]!;
  return count;
}

/**
 * Throws unless the column is what the leaf says: ShapeError `TypeMismatch`, MissingValueError for a missing value that the leaf
 * does not allow, FormatError `CorruptOffsets` for offsets that fall or point beyond the content, or a missing list with elements.
 */
export function checkColumn(leaf: WriteLeaf, column: Column): void {
  const { name } = leaf;
  const content = column.kind === "list" ? column.content : column;
  const type = content.kind === "primitive" ? content.dtype : content.kind === "string" ? content.encoding : undefined;
  if ((column.kind === "list") !== leaf.isList || type !== leaf.type)
    throw new CortadoError(
      "ShapeError",
      `column "${name}" is ${typeName(column)}, but the file has it as ${leafTypeName(leaf)}`,
      { code: "TypeMismatch", column: name },
    );
  if (column.validity !== undefined && !(leaf.isList ? leaf.optionalLists : leaf.optionalValues))
    for (let i = 0; i < column.length; i++) if (!isValid(column, i)) throw missing(leaf, i, "");
  if (column.kind !== "list") return;
  const { offsets, length } = column;
  const fault = (event: number, what: string): CortadoError =>
    new CortadoError("FormatError", `column "${name}": ${what} ${event}`, { code: "CorruptOffsets", column: name });
  for (let i = 0; i < length; i++) {
    if (offsets[i + 1]! < offsets[i]! || offsets[i + 1]! > content.length)
      throw fault(i, "the offsets are not in order, first those of event");
    if (offsets[i + 1]! > offsets[i]! && !isValid(column, i))
      throw fault(i, "a list that is missing has elements, in event");
  }
  if (content.validity === undefined || leaf.optionalValues) return;
  for (let i = 0; i < length; i++)
    for (let j = offsets[i]!; j < offsets[i + 1]!; j++)
      if (!isValid(content, j)) throw missing(leaf, i, `element ${j - offsets[i]!} of `);
}

function missing(leaf: WriteLeaf, event: number, where: string): CortadoError {
  return new CortadoError(
    "MissingValueError",
    `column "${leaf.name}" has a missing value in ${where}event ${event}, but the file has it as ${leafTypeName(leaf)}, ` +
      "without missing values",
    { column: leaf.name, event },
  );
}

/** Bytes that rows `start..stop` of a column take, levels apart, missing values like others. */
export function rowBytes(leaf: WriteLeaf, column: Column, start: number, stop: number): number {
  const from = column.kind === "list" ? column.offsets[start]! : start;
  const to = column.kind === "list" ? column.offsets[stop]! : stop;
  const content = column.kind === "list" ? column.content : column;
  if (content.kind === "string") return content.offsets[to]! - content.offsets[from]! + 4 * (to - from);
  return (to - from) * valueSize(leaf.type);
}

/** Copies rows `start..stop` of a checked column to the end. */
export function appendRows(rows: WriteRows, column: Column, start: number, stop: number): void {
  const { rowCount, slotCount } = rows;
  rows.rowCount += stop - start;
  if (column.kind !== "list") {
    appendSlots(rows, column, start, stop);
    return;
  }
  const offsets = (rows.offsets = roomFor(rows.offsets!, rows.rowCount + 1, rowCount + 1));
  const shift = slotCount - column.offsets[start]!;
  for (let i = start, at = rowCount + 1; i < stop; i++, at++) offsets[at] = column.offsets[i + 1]! + shift;
  if (rows.presentLists !== undefined) {
    const presentLists = (rows.presentLists = roomFor(rows.presentLists, rows.rowCount, rowCount));
    for (let i = start, at = rowCount; i < stop; i++, at++) presentLists[at] = isValid(column, i) ? 1 : 0;
  }
  appendSlots(rows, column.content, column.offsets[start]!, column.offsets[stop]!);
}

/** Copies entries `from..to` of what the lists hold, or of the column itself. */
function appendSlots(rows: WriteRows, content: Column, from: number, to: number): void {
  const { slotCount } = rows;
  rows.slotCount += to - from;
  const present = (rows.present &&= roomFor(rows.present, rows.slotCount, slotCount));
  present?.fill(1, slotCount, rows.slotCount);
  if (present === undefined || content.validity === undefined) {
    appendValues(rows, content, from, to);
    return;
  }
  for (let i = from; i < to; ) {
    let end = i;
    while (end < to && isValid(content, end)) end++;
    if (end > i) appendValues(rows, content, i, end);
    if (end < to) present[slotCount + end - from] = 0;
    i = end + 1;
  }
}

/** Copies entries `from..to`, all of which are values. */
function appendValues(rows: WriteRows, content: Column, from: number, to: number): void {
  const count = to - from;
  if (content.kind === "string") {
    const used = rows.strings![rows.valueCount]!;
    const added = content.bytes.subarray(content.offsets[from]!, content.offsets[to]!);
    const strings = (rows.strings = roomFor(rows.strings!, rows.valueCount + count + 1, rows.valueCount + 1));
    const shift = used - content.offsets[from]!;
    for (let i = from, at = rows.valueCount + 1; i < to; i++, at++) strings[at] = content.offsets[i + 1]! + shift;
    rows.stringBytes = roomFor(rows.stringBytes, used + added.length, used);
    rows.stringBytes.set(added, used);
  } else if (content.kind === "primitive") {
    rows.values = roomFor(rows.values, rows.valueCount + count, rows.valueCount);
    rows.values.set(content.values.subarray(from, to) as never, rows.valueCount);
  }
  rows.valueCount += count;
}

/** The array, or a longer one with its first `used` values, if it has fewer than `needed`. */
function roomFor<A extends Values>(array: A, needed: number, used: number): A {
  if (needed <= array.length) return array;
  const longer = new (array.constructor as new (length: number) => A)(Math.max(needed, array.length * 2, 64));
  longer.set(array.subarray(0, used) as never);
  return longer;
}
