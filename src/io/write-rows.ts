import { CortadoError } from "../errors.ts";
import { type Column, isValid, typeName, type Values, valuesOf } from "../jagged/index.ts";
import { valueSize, type WriteLeaf } from "./write-schema.ts";

/** The rows of one column that wait to be written as a row group: copies, so that the caller's arrays may be reused. */
export interface WriteRows {
  readonly leaf: WriteLeaf;
  rowCount: number;
  valueCount: number;
  /** Numbers; empty for strings. */
  values: Values;
  /** For strings, where each value ends in `stringBytes`: `valueCount + 1` offsets. */
  strings: Int32Array | undefined;
  stringBytes: Uint8Array;
  /** For lists, `rowCount + 1` offsets into the values. */
  offsets: Int32Array | undefined;
}

export function emptyRows(leaf: WriteLeaf): WriteRows {
  const isString = leaf.type === "utf8" || leaf.type === "binary";
  return {
    leaf,
    rowCount: 0,
    valueCount: 0,
    values: isString ? new Uint8Array(0) : new valuesOf[leaf.type as keyof typeof valuesOf](0),
    strings: isString ? new Int32Array(1) : undefined,
    stringBytes: new Uint8Array(0),
    offsets: leaf.isList ? new Int32Array(1) : undefined,
  };
}

/** Forgets the rows, keeps the memory. */
export function clearRows(rows: WriteRows): void {
  rows.rowCount = 0;
  rows.valueCount = 0;
}

/**
 * Throws unless the column is what the leaf says and nothing in it is missing: ShapeError `TypeMismatch`,
 * MissingValueError, FormatError `CorruptOffsets` for offsets that fall or point beyond the content.
 */
export function checkColumn(leaf: WriteLeaf, column: Column): void {
  const { name } = leaf;
  const content = column.kind === "list" ? column.content : column;
  const type = content.kind === "primitive" ? content.dtype : content.kind === "string" ? content.encoding : undefined;
  if ((column.kind === "list") !== leaf.isList || type !== leaf.type)
    throw new CortadoError(
      "ShapeError",
      `column "${name}" is ${typeName(column)}, but the file has it as ${leaf.isList ? "var * " : ""}${leaf.type}`,
      { code: "TypeMismatch", column: name },
    );
  if (column.validity !== undefined)
    for (let i = 0; i < column.length; i++) if (!isValid(column, i)) throw missing(name, i, "");
  if (column.kind !== "list") return;
  const { offsets, length } = column;
  for (let i = 0; i < length; i++)
    if (offsets[i + 1]! < offsets[i]! || offsets[i + 1]! > content.length)
      throw new CortadoError("FormatError", `column "${name}": the offsets of event ${i} are not in order`, {
        code: "CorruptOffsets",
        column: name,
      });
  if (content.validity === undefined) return;
  for (let i = 0; i < length; i++)
    for (let j = offsets[i]!; j < offsets[i + 1]!; j++)
      if (!isValid(content, j)) throw missing(name, i, `element ${j - offsets[i]!} of `);
}

function missing(name: string, event: number, where: string): CortadoError {
  return new CortadoError(
    "MissingValueError",
    `column "${name}" has a missing value in ${where}event ${event}; the writer writes required columns only. ` +
      "Fill it with a value first.",
    { column: name, event },
  );
}

/** Bytes that rows `start..stop` of a column take, levels apart. */
export function rowBytes(leaf: WriteLeaf, column: Column, start: number, stop: number): number {
  const from = column.kind === "list" ? column.offsets[start]! : start;
  const to = column.kind === "list" ? column.offsets[stop]! : stop;
  const content = column.kind === "list" ? column.content : column;
  if (content.kind === "string") return content.offsets[to]! - content.offsets[from]! + 4 * (to - from);
  return (to - from) * valueSize(leaf.type);
}

/** Copies rows `start..stop` of a checked column to the end. */
export function appendRows(rows: WriteRows, column: Column, start: number, stop: number): void {
  let from = start;
  let to = stop;
  let content = column;
  if (column.kind === "list") {
    from = column.offsets[start]!;
    to = column.offsets[stop]!;
    content = column.content;
    const offsets = (rows.offsets = roomFor(rows.offsets!, rows.rowCount + stop - start + 1, rows.rowCount + 1));
    const shift = rows.valueCount - from;
    for (let i = start, at = rows.rowCount + 1; i < stop; i++, at++) offsets[at] = column.offsets[i + 1]! + shift;
  }
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
  rows.rowCount += stop - start;
}

/** The array, or a longer one with its first `used` values, if it has fewer than `needed`. */
function roomFor<A extends Values>(array: A, needed: number, used: number): A {
  if (needed <= array.length) return array;
  const longer = new (array.constructor as new (length: number) => A)(Math.max(needed, array.length * 2, 64));
  longer.set(array.subarray(0, used) as never);
  return longer;
}
