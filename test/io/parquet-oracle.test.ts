import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { CortadoError } from "../../src/errors.ts";
import {
  type Field,
  fieldAt,
  memorySource,
  openParquet,
  type ParquetFile,
  type ReadResult,
  readColumns,
} from "../../src/io/index.ts";
import { pagesOf } from "../../src/io/pages.ts";
import type { Column, ListColumn } from "../../src/jagged/index.ts";
import { checkColumn, exactText, oracleValues, plainValues } from "./plain-values.ts";
import { hasOracles, oracles } from "./shared.ts";

type Content = Readonly<Record<string, unknown[]>>;

interface Index {
  readonly files: Readonly<
    Record<string, { readonly content: string; readonly rows: number; readonly leaves: unknown[] }>
  >;
  readonly damaged: Readonly<
    Record<string, { readonly expect: string; readonly why: string; readonly content?: Content }>
  >;
}

const read = (name: string): Uint8Array => readFileSync(join(oracles, name));
const json = <T>(name: string): T => JSON.parse(readFileSync(join(oracles, name), "utf8")) as T;
const index: Index = hasOracles ? json("index.json") : { files: {}, damaged: {} };
const contents: Readonly<Record<string, Content>> = hasOracles ? json("content.json") : {};

/** What has occurred, by kind; and what must occur in the files that are sound. */
const seen = new Map<string, Set<string>>();
const note = (kind: string, what: string): void => {
  seen.set(kind, (seen.get(kind) ?? new Set()).add(what));
};
const required: Readonly<Record<string, readonly string[]>> = {
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
function ranges(file: ParquetFile): [number, number][] {
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

async function open(name: string): Promise<{ file: ParquetFile; source: ReturnType<typeof memorySource> }> {
  const source = memorySource(read(name), name);
  return { source, file: await openParquet(source) };
}

async function readAll(name: string, names?: readonly string[]): Promise<{ file: ParquetFile; result: ReadResult }> {
  const { file, source } = await open(name);
  const requests = (names ?? file.fields.map((field) => field.name)).map((top) => ({ path: [top] }));
  return { file, result: await readColumns(source, file, requests, 0, file.rows) };
}

/** A column that was read without an error. */
function good(column: Column | Error | undefined): Column {
  if (column === undefined || column instanceof Error) throw column ?? new Error("no column");
  return column;
}

function expectContent(columns: readonly (Column | Error)[], content: Content, start: number, stop: number): void {
  for (const [i, [name, values]] of Object.entries(content).entries()) {
    const column = good(columns[i]);
    checkColumn(column, stop - start);
    const wanted = values.slice(start, stop).map((value) => oracleValues(value, column));
    const [got, want] = [exactText(plainValues(column)), exactText(wanted)];
    if (got !== want) expect.fail(`${name} of events ${start} to ${stop}: ${got} instead of ${want}`);
  }
}

function noteFile(name: string, file: ParquetFile): void {
  const bytes = read(name);
  for (const leaf of file.leaves) {
    note("physical", leaf.physical);
    note("value", leaf.value.kind);
  }
  for (const field of file.fields) noteField(field);
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

function noteField(field: Field): void {
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

const ran = { files: 0, columns: 0, ranges: 0, damaged: 0 };

if (hasOracles)
  describe("Parquet oracles", () => {
    for (const [name, { content, rows, leaves }] of Object.entries(index.files))
      test(`${name} reads as ${content}`, async () => {
        const wanted = contents[content]!;
        const { file, source } = await open(name);
        expect(file.rows).toBe(rows);
        expect(file.leaves.length).toBe(leaves.length);
        expect(file.fields.map((field) => field.name).sort()).toEqual(Object.keys(wanted).sort());
        const requests = Object.keys(wanted).map((top) => ({ path: [top] }));
        for (const [start, stop] of [[0, rows] as const, ...ranges(file)]) {
          const { columns } = await readColumns(source, file, requests, start, stop);
          expectContent(columns, wanted, start, stop);
          ran.ranges++;
        }
        noteFile(name, file);
        ran.files++;
        ran.columns += requests.length;
      });

    for (const [name, { expect: expected, content }] of Object.entries(index.damaged))
      test(`damaged/${name}: ${expected}`, async () => {
        await damaged[expected]!(`damaged/${name}`, content);
        ran.damaged++;
      });

    test("every file and case ran, and everything that is required occurred", () => {
      const lines = [...seen].map(([kind, all]) => `  ${kind}: ${[...all].sort().join(", ")}`);
      console.log(
        `Parquet oracles: ${ran.files} of ${Object.keys(index.files).length} files (${ran.columns} columns, ` +
          `${ran.ranges} ranges), ${ran.damaged} of ${Object.keys(index.damaged).length} damaged files\n${lines.join("\n")}`,
      );
      expect(ran.files).toBe(Object.keys(index.files).length);
      expect(ran.damaged).toBe(Object.keys(index.damaged).length);
      for (const [kind, all] of Object.entries(required))
        for (const what of all) expect([...(seen.get(kind) ?? [])], `${kind} ${what} never occurred`).toContain(what);
    });
  });

if (!hasOracles) test("Parquet oracles", (context) => context.skip(`${oracles} is not there`));

afterAll(() => seen.clear());

const events60 = (): Content => contents["events60"]!;

/** What must happen to a damaged file, by the index's word for it. */
const damaged: Readonly<Record<string, (name: string, content?: Content) => Promise<void>>> = {
  open: async (name) => {
    const error = await open(name).then(
      () => undefined,
      (e: unknown) => e,
    );
    expectFormatError(error, name);
  },
  read: async (name) => {
    const { result } = await readAll(name);
    const errors = result.columns.filter((column) => column instanceof Error);
    expect(errors.length).toBeGreaterThan(0);
    for (const error of errors) expectFormatError(error, name);
  },
  "open-or-read": async (name) => {
    const errors = await failures(name);
    expect(errors.length).toBeGreaterThan(0);
  },
  "open-or-accept": async (name) => {
    const errors = await failures(name);
    if (errors.length === 0) await expectEvents60(name);
  },
  "read-or-silent": async (name) => void (await failures(name)),
  silent: async (name) => expect(await failures(name)).toEqual([]),
  "accept-last": expectEvents60,
  collection: async (name, content) => {
    const names = Object.keys(content!);
    const { result } = await readAll(name, names);
    expectContent(result.columns, content!, 0, content![names[0]!]!.length);
    await expectNoCollection(name, content!);
  },
};

async function expectEvents60(name: string): Promise<void> {
  const { file, result } = await readAll(name, Object.keys(events60()));
  expectContent(result.columns, events60(), 0, file.rows);
}

/** Opens and reads everything; what went wrong, which must be errors that name the file. */
async function failures(name: string): Promise<unknown[]> {
  const errors = await readAll(name).then(
    ({ result }) => result.columns.filter((column) => column instanceof Error),
    (error: unknown) => [error],
  );
  for (const error of errors) expectFormatError(error, name);
  return errors;
}

function expectFormatError(error: unknown, name: string): void {
  expect(error).toBeInstanceOf(CortadoError);
  expect((error as CortadoError).kind).toBe("FormatError");
  expect((error as CortadoError).fields.file).toBe(name);
  expect((error as CortadoError).message).toContain(name);
}

/** Reads nMuon and Muon_* as one collection: one column must be refused, naming another, the file and the event. */
async function expectNoCollection(name: string, content: Content): Promise<void> {
  const names = Object.keys(content).filter((column) => column === "nMuon" || column.startsWith("Muon_"));
  const { file, source } = await open(name);
  const requests = names.map((column) => ({ path: [column], group: "Muon" }));
  const { columns } = await readColumns(source, file, requests, 0, file.rows);
  const wrong = columns.flatMap((column, i) => (column instanceof Error ? [{ error: column, name: names[i]! }] : []));
  expect(wrong).toHaveLength(1);
  const { error, name: column } = wrong[0]!;
  expectFormatError(error, name);
  const { type } = fieldAt(file, [column]);
  const isScalar = type.kind === "primitive" && type.dtype.startsWith("float");
  const first = isScalar ? 0 : firstDifferent(content, names, column);
  expect((error as CortadoError).fields).toMatchObject({ code: "CorruptOffsets", column, start: first });
  expect(error.message).toContain(`event ${first}`);
  expect(names.filter((other) => error.message.includes(other)).length).toBe(2);
  const lists = columns.filter((c): c is ListColumn => !(c instanceof Error) && c.kind === "list");
  expect(new Set(lists.map((list) => list.offsets)).size).toBe(1);
}

/** The first event in which a column does not have the lists (or their number) of the first list column. */
function firstDifferent(content: Content, names: readonly string[], column: string): number {
  const lists = content[names.find((name) => name !== column && Array.isArray(content[name]![0]))!] as unknown[][];
  const shape = (value: unknown): unknown => (Array.isArray(value) ? value.length : value);
  return content[column]!.findIndex((value, i) => shape(value) !== lists[i]!.length);
}
