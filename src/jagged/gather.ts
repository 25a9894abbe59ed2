import {
  type Column,
  type DType,
  type Lacking,
  type ListColumn,
  type PrimitiveColumn,
  type RecordColumn,
  type Values,
  valuesOf,
} from "./column.ts";
import { compressLoop, countBits, countFlags, gatherLoop, piecesLoop, presentLoop } from "./copy-loops.ts";
import { gatherPresent, isSet, slicePresent } from "./validity.ts";

/**
 * Entries `index[0]`, `index[1]`, … of a column; a negative index is a missing entry. Lists keep being regular.
 * Indices are trusted to be below `column.length`. Cost: one copy of what is gathered, whole lists with their contents.
 */
export function gather(column: Column, index: Int32Array): Column {
  return take(column, index, { bitmap: undefined, made: false });
}

/** What an index does not take from anywhere, found once for all columns without missing entries of their own. */
interface Taken {
  bitmap: Uint8Array | undefined;
  made: boolean;
}

function present(column: Column, index: Int32Array, taken: Taken): Uint8Array | undefined {
  if (column.validity !== undefined) return gatherPresent(column.validity, index);
  if (!taken.made) {
    taken.bitmap = gatherPresent(undefined, index);
    taken.made = true;
  }
  return taken.bitmap;
}

function take(column: Column, index: Int32Array, taken: Taken): Column {
  if (column.kind === "primitive") return takePrimitive(column, index, taken);
  const shape = withValidity(index.length, present(column, index, taken));
  switch (column.kind) {
    case "string": {
      const offsets = gatheredOffsets(column.offsets, index);
      const bytes = new Uint8Array(offsets[index.length]!);
      for (let i = 0; i < index.length; i++)
        if (index[i]! >= 0)
          bytes.set(column.bytes.subarray(column.offsets[index[i]!]!, column.offsets[index[i]! + 1]!), offsets[i]!);
      return { kind: "string", encoding: column.encoding, offsets, bytes, ...shape, ...lackingOf(column) };
    }
    case "list": {
      const starts = new Int32Array(index.length);
      const offsets = gatheredOffsets(column.offsets, index, starts);
      const content = copyPieces(column.content, starts, offsets);
      return { kind: "list", offsets, content, ...sizeOf(column), ...shape, ...lackingOf(column) };
    }
    case "record":
      return { ...bareRecord(column), ...shape, fields: mapFields(column, (field) => take(field, index, taken)) };
  }
}

/**
 * Columns of the given lengths made from entries of one column in orders that a loop knows: `copy` writes the values of
 * each, `index` says what {@link gather} takes where something is missing, or where entries are not plain values.
 * `byIndex` makes it serve all fields of records: for loops that spend more on their lists than on what lies within.
 */
export function copyEntries(
  column: Column,
  lengths: readonly number[],
  copy: (values: Values, outs: readonly Values[]) => void,
  index: () => readonly Int32Array[],
  { byIndex = false }: { readonly byIndex?: boolean } = {},
): Column[] {
  if (column.validity === undefined && column.lacking === undefined) {
    if (column.kind === "primitive") {
      const outs = lengths.map((length) => new valuesOf[column.dtype](length));
      copy(column.values, outs);
      return outs.map((values) => primitive(column.dtype, values));
    }
    if (column.kind === "record" && !byIndex) {
      const fields = [...column.fields].map(
        ([name, field]) => [name, copyEntries(field, lengths, copy, index)] as const,
      );
      return lengths.map((length, i) => ({
        ...bareRecord(column),
        length,
        fields: new Map(fields.map(([name, copies]) => [name, copies[i]!])),
      }));
    }
  }
  return index().map((each) => gather(column, each));
}

/** The entries from `starts[i]` on, `step` apart, as contents of list `i` of `offsets`. */
export function copyPieces(column: Column, starts: Int32Array, offsets: Int32Array, step = 1): Column {
  const length = offsets[starts.length]!;
  let index: Int32Array | undefined;
  const [content] = copyEntries(
    column,
    [length],
    (values, [out]) => piecesLoop(values, starts, offsets, out!, step),
    () => {
      if (index === undefined) piecesLoop(undefined, starts, offsets, (index = new Int32Array(length)), step);
      return [index!];
    },
  );
  return content!;
}

/** The entries whose flag is not 0, or whose bit is 1. Cost: one pass over the flags for each plain column within. */
export function gatherKept(column: Column, flags: Uint8Array, kind: "bytes" | "bits"): Column {
  const { length } = column;
  const count = kind === "bytes" ? countFlags(flags, length) : countBits(flags, length);
  if (count === length) return column;
  let index: Int32Array | undefined;
  const [kept] = copyEntries(
    column,
    [count],
    (values, [out]) => compressLoop(values, flags, kind, out!),
    () => {
      if (index === undefined) compressLoop(undefined, flags, kind, (index = new Int32Array(count)));
      return [index!];
    },
  );
  return kept!;
}

/** Entries `start` to `stop`, without copying values (offsets and bitmaps are made anew where they must be). */
export function sliceColumn(column: Column, start: number, stop: number): Column {
  if (start === 0 && stop === column.length) return column;
  const shape = withValidity(stop - start, slicePresent(column.validity, start, stop));
  switch (column.kind) {
    case "primitive":
      return { ...column, values: column.values.subarray(start, stop) as never, ...shape };
    case "string": {
      const offsets = rebased(column.offsets, start, stop);
      const bytes = column.bytes.subarray(column.offsets[start]!, column.offsets[stop]!);
      return { kind: "string", encoding: column.encoding, offsets, bytes, ...shape, ...lackingOf(column) };
    }
    case "list": {
      const content = sliceColumn(column.content, column.offsets[start]!, column.offsets[stop]!);
      const offsets = rebased(column.offsets, start, stop);
      return { kind: "list", offsets, content, ...sizeOf(column), ...shape, ...lackingOf(column) };
    }
    case "record":
      return { ...bareRecord(column), ...shape, fields: mapFields(column, (field) => sliceColumn(field, start, stop)) };
  }
}

/** The elements of all lists, one after the other. Cost: none. */
export function contentOf(list: ListColumn): Column {
  return sliceColumn(list.content, 0, list.offsets[list.length]!);
}

/** A record's column with another set of fields. */
export function mapFields(record: RecordColumn, change: (field: Column, name: string) => Column): Map<string, Column> {
  return new Map([...record.fields].map(([name, field]) => [name, change(field, name)]));
}

/** `{length, validity}` as a column has them; the bitmap is left out when there is none (a present `undefined` overrides). */
export function withValidity(
  length: number,
  validity: Uint8Array | undefined,
): { readonly length: number; readonly validity?: Uint8Array } {
  // An explicit undefined would break exactOptionalPropertyTypes, but must hide the bitmap of a spread column.
  return { length, validity } as { length: number };
}

/** The same column with another bitmap; the slots it hides become the fillers that a missing slot holds. */
export function withPresent(column: Column, validity: Uint8Array | undefined): Column {
  if (validity === column.validity) return column;
  if (validity === undefined || column.kind === "record")
    return { ...column, ...withValidity(column.length, validity) } as Column;
  if (column.kind === "primitive") {
    const values = new valuesOf[column.dtype](column.length);
    presentLoop(column.values, validity, fillerOf(column.dtype), values);
    return primitive(column.dtype, values, validity);
  }
  if (column.kind === "list") return hideLists(column, validity);
  const index = new Int32Array(column.length);
  for (let i = 0; i < index.length; i++) index[i] = isSet(validity, i) ? i : -1;
  return gather({ ...column, ...withValidity(column.length, undefined) } as Column, index);
}

/** Lists of which some are hidden, which are then empty. */
function hideLists(list: ListColumn, validity: Uint8Array): ListColumn {
  const { offsets, length } = list;
  const kept = new Int32Array(length + 1);
  for (let i = 0, at = 0; i < length; i++) {
    const shown = (validity[i >> 3]! >> (i & 7)) & 1;
    at += -shown & (offsets[i + 1]! - offsets[i]!);
    kept[i + 1] = at;
  }
  if (kept[length] === offsets[length]) return { ...list, validity };
  return { ...list, offsets: kept, content: copyPieces(list.content, offsets.subarray(0, length), kept), validity };
}

/** A column of plain values. */
export function primitive<D extends DType>(dtype: D, values: Values, validity?: Uint8Array): PrimitiveColumn<D> {
  return { kind: "primitive", dtype, values: values as never, ...withValidity(values.length, validity) };
}

/** `{size}` of a regular list, nothing of another. */
export function sizeOf(list: ListColumn): { readonly size?: number } {
  return list.size === undefined ? {} : { size: list.size };
}

/** `{lacking}` of the first of these columns that a file lacks, nothing if there is none. */
export function lackingOf(...columns: readonly unknown[]): { readonly lacking?: Lacking } {
  for (const column of columns) {
    const lacking = (column as Partial<Column>).lacking;
    if (lacking !== undefined) return { lacking };
  }
  return {};
}

/** Offsets of lists (or strings) taken in another order, empty where the index is negative; `starts` gets where each begins. */
function gatheredOffsets(offsets: Int32Array, index: Int32Array, starts?: Int32Array): Int32Array {
  const gathered = new Int32Array(index.length + 1);
  let at = 0;
  for (let i = 0; i < index.length; i++) {
    const from = index[i]!;
    if (from >= 0) {
      const start = offsets[from]!;
      at += offsets[from + 1]! - start;
      if (starts !== undefined) starts[i] = start;
    }
    gathered[i + 1] = at;
  }
  return gathered;
}

function rebased(offsets: Int32Array, start: number, stop: number): Int32Array {
  const part = offsets.subarray(start, stop + 1);
  const first = part[0]!;
  if (first === 0) return part;
  const moved = new Int32Array(part.length);
  for (let i = 0; i < moved.length; i++) moved[i] = part[i]! - first;
  return moved;
}

function takePrimitive(column: PrimitiveColumn, index: Int32Array, taken: Taken): PrimitiveColumn {
  const values = new valuesOf[column.dtype](index.length);
  const missing = gatherLoop(column.values, index, values, fillerOf(column.dtype));
  const validity = missing || column.validity !== undefined ? present(column, index, taken) : undefined;
  const gathered = primitive(column.dtype, values, validity);
  return column.lacking === undefined ? gathered : { ...gathered, lacking: column.lacking };
}

/** What a missing slot of a dtype holds. */
export function fillerOf(dtype: DType): number | bigint {
  if (dtype === "float32" || dtype === "float64") return Number.NaN;
  return dtype === "int64" || dtype === "uint64" ? 0n : 0;
}

function bareRecord(record: RecordColumn): Pick<RecordColumn, "kind"> {
  const { fields: _, validity: __, length: ___, ...bare } = record;
  return bare;
}
