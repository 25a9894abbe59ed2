import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { CortadoError } from "../../src/errors.ts";
import {
  fieldAt,
  memorySource,
  openParquet,
  type ParquetFile,
  type ReadResult,
  readColumns,
} from "../../src/io/index.ts";
import type { ListColumn } from "../../src/jagged/index.ts";
import {
  type Content,
  expectContent,
  expectRequired,
  noteFile,
  ranges,
  type Seen,
  seenText,
} from "./parquet-content.ts";
import { hasOracles, oracles } from "./shared.ts";

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

const seen: Seen = new Map();

async function open(name: string): Promise<{ file: ParquetFile; source: ReturnType<typeof memorySource> }> {
  const source = memorySource(read(name), name);
  return { source, file: await openParquet(source) };
}

async function readAll(name: string, names?: readonly string[]): Promise<{ file: ParquetFile; result: ReadResult }> {
  const { file, source } = await open(name);
  const requests = (names ?? file.fields.map((field) => field.name)).map((top) => ({ path: [top] }));
  return { file, result: await readColumns(source, file, requests, 0, file.rows) };
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
        noteFile(seen, read(name), file);
        ran.files++;
        ran.columns += requests.length;
      });

    for (const [name, { expect: expected, content }] of Object.entries(index.damaged))
      test(`damaged/${name}: ${expected}`, async () => {
        await damaged[expected]!(`damaged/${name}`, content);
        ran.damaged++;
      });

    test("every file and case ran, and everything that is required occurred", () => {
      console.log(
        `Parquet oracles: ${ran.files} of ${Object.keys(index.files).length} files (${ran.columns} columns, ` +
          `${ran.ranges} ranges), ${ran.damaged} of ${Object.keys(index.damaged).length} damaged files\n${seenText(seen)}`,
      );
      expect(ran.files).toBe(Object.keys(index.files).length);
      expect(ran.damaged).toBe(Object.keys(index.damaged).length);
      expectRequired(seen);
    });
  });

if (!hasOracles) test("Parquet oracles", (context) => context.skip(`${oracles} is not there`));

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
