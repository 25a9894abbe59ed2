import { expect } from "vitest";
import type { Field, ParquetFile } from "../../src/io/index.ts";
import { pagesOf } from "../../src/io/pages.ts";
import type { Column } from "../../src/jagged/index.ts";
import { checkColumn, exactText, oracleValues, plainValues } from "./plain-values.ts";

/** Values of every column of a file. */
export type Content = Readonly<Record<string, readonly unknown[]>>;

/** What has occurred, by kind. */
export type Seen = Map<string, Set<string>>;

function add(seen: Seen, kind: string, what: string): void {
  seen.set(kind, (seen.get(kind) ?? new Set()).add(what));
}

/** What must have occurred before anybody may say that the reader reads Parquet. */
export const required: Readonly<Record<string, readonly string[]>> = {
  page: ["data", "data v2", "dictionary"],
  encoding: [
    "PLAIN",
    "PLAIN_DICTIONARY",
    "RLE_DICTIONARY",
    "RLE",
    "DELTA_BINARY_PACKED",
    "DELTA_LENGTH_BYTE_ARRAY",
    "DELTA_BYTE_ARRAY",
    "BYTE_STREAM_SPLIT",
  ],
  chunk: ["dictionary and plain pages in one", "many pages", "no pages", "checksums"],
  codec: ["UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD", "LZ4_RAW", "BROTLI"],
  physical: ["BOOLEAN", "INT32", "INT64", "INT96", "FLOAT", "DOUBLE", "BYTE_ARRAY", "FIXED_LEN_BYTE_ARRAY"],
  type: "bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 float32 float64 utf8 binary".split(" "),
  value: ["same", "narrow", "half", "int96", "decimal", "bytes"],
  nesting: ["x", "[x]", "[[x]]", "[[[x]]]", "{x}", "{[x]x}", "[{x}]", "[[{x}]]", "[{[x]x}]", "{{{x}}}"],
  levels: ["required", "optional", "list of required", "list of optional", "optional list of required"].concat(
    "optional list of optional",
  ),
};

/** Where chunks of work are cut: both ends, around row groups, and a seeded choice. */
export function ranges(file: ParquetFile): [number, number][] {
  const { rows } = file;
  const found: [number, number][] = [];
  if (rows <= 13) {
    for (let start = 0; start <= rows; start++) for (let stop = start; stop <= rows; stop++) found.push([start, stop]);
    return found;
  }
  const edges = file.rowGroups.flatMap(({ firstRow }) => [firstRow - 1, firstRow, firstRow + 1]);
  const cuts = [...new Set([0, 1, 7, rows - 1, rows, ...edges])].filter((cut) => cut >= 0 && cut <= rows);
  for (const start of cuts) for (const stop of cuts) if (start <= stop) found.push([start, stop]);
  let state = 20260801;
  const random = (): number => (state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff) % (rows + 1);
  for (let i = 0; i < 20; i++) {
    const [a, b] = [random(), random()];
    found.push([Math.min(a, b), Math.max(a, b)]);
  }
  return found;
}

/** A column that was read without an error. */
export function good(column: Column | Error | undefined): Column {
  if (column === undefined || column instanceof Error) throw column ?? new Error("no column");
  return column;
}

/** Columns must hold the events `start` to `stop` of the content, to the last bit. */
export function expectContent(
  columns: readonly (Column | Error)[],
  content: Content,
  start: number,
  stop: number,
): void {
  for (const [i, [name, values]] of Object.entries(content).entries()) {
    const column = good(columns[i]);
    checkColumn(column, stop - start);
    const wanted = values.slice(start, stop).map((value) => oracleValues(value, column));
    const [got, want] = [exactText(plainValues(column)), exactText(wanted)];
    if (got !== want) expect.fail(`${name} of events ${start} to ${stop}: ${got} instead of ${want}`);
  }
}

/** Notes which pages, encodings, codecs, types and nestings a file has. */
export function noteFile(seen: Seen, bytes: Uint8Array, file: ParquetFile): void {
  const note = (kind: string, what: string): void => add(seen, kind, what);
  for (const leaf of file.leaves) {
    note("physical", leaf.physical);
    note("value", leaf.value.kind);
  }
  for (const field of file.fields) noteField(note, field);
  for (const group of file.rowGroups)
    for (const chunk of group.chunks) {
      const pages = pagesOf(bytes.subarray(chunk.start, chunk.stop), chunk);
      note("codec", chunk.codec);
      const kinds = new Set<string>();
      for (const { header } of pages) {
        note("page", header.kind);
        note("encoding", header.encoding);
        if (header.kind !== "dictionary") kinds.add(header.encoding);
        if (header.checksum !== undefined) note("chunk", "checksums");
      }
      if (kinds.has("RLE_DICTIONARY") && kinds.has("PLAIN")) note("chunk", "dictionary and plain pages in one");
      if (pages.length > 3) note("chunk", "many pages");
      if (pages.length === 0) note("chunk", "no pages");
    }
}

function noteField(note: (kind: string, what: string) => void, field: Field): void {
  const nesting = (type: Field["type"]): string => {
    if (type.kind === "list") return `[${nesting(type.element.type)}]`;
    if (type.kind === "record")
      return `{${[...new Set(type.fields.map((member) => nesting(member.type)))].sort().join("")}}`;
    note("type", type.kind === "primitive" ? type.dtype : type.encoding);
    return "x";
  };
  note("nesting", nesting(field.type));
  const word = field.nullable ? "optional" : "required";
  if (field.type.kind === "list")
    note(
      "levels",
      `${field.nullable ? "optional " : ""}list of ${field.type.element.nullable ? "optional" : "required"}`,
    );
  else note("levels", word);
}

/** One line for each kind of thing that occurred. */
export function seenText(seen: Seen): string {
  return [...seen].map(([kind, all]) => `  ${kind}: ${[...all].sort().join(", ")}`).join("\n");
}

/** Everything required must have occurred. */
export function expectRequired(seen: Seen): void {
  for (const [kind, all] of Object.entries(required))
    for (const what of all) expect([...(seen.get(kind) ?? [])], `${kind} ${what} never occurred`).toContain(what);
}
