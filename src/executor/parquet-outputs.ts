import { randomBytes } from "node:crypto";
import { realpathSync, statSync } from "node:fs";
import { rm } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { CortadoError } from "../errors.ts";
import { asStored, type EventLayout, hasValues, listDepth, noValues, storedType } from "../events/index.ts";
import { type ByteSink, type Field, fileSink, openFile, openParquet, openWriter, readColumns } from "../io/index.ts";
import type { Column } from "../jagged/index.ts";
import {
  makeFolder,
  type OutputFolder,
  outputPath,
  type ParquetParts,
  partsFolder,
  replaceParquet,
  writtenTwice,
} from "../processor/index.ts";
import { RunCancelled } from "./executor.ts";
import type { OutputReport } from "./report.ts";

/** A file that was written by a run: what stands in its result for the rows of `events.toParquet`. */
export interface ParquetOutput {
  /** Its name as the processor gave it. */
  readonly file: string;
  readonly events: number;
  readonly bytes: number;
}

/** The files that one run writes: parts of them while it runs, and they themselves at its end, all together. */
export interface ParquetOutputs {
  /** Goes to the threads that write parts. */
  readonly output: OutputFolder;
  /** Told the paths of the files of which parts were written. Throws UsageError for one that cannot be: an input, a folder. */
  expect(files: readonly string[], inputs: readonly string[]): void;
  /**
   * Writes the files of a result, the first input's types in them, under temporary names, and gives the result with a `ParquetOutput` for
   * each. Memory: a row group of a part and one of the file. Throws RunCancelled once `signal` is aborted.
   */
  write(result: unknown, first: EventLayout, signal: AbortSignal | undefined): Promise<unknown>;
  /** Gives the files their names, over older ones. */
  keep(): Promise<void>;
  /** A result with name and number of events where parts are: what is left of files that were not written. */
  unwritten(result: unknown): unknown;
  /** What became of the files; empty if there are none. */
  report(): OutputReport[];
  /** Removes all parts, and what was written but not kept. */
  remove(): Promise<void>;
}

export function parquetOutputs(folder: string): ParquetOutputs {
  const output: OutputFolder = { folder: resolve(folder), run: nameOfRun() };
  const expected = new Set<string>();
  const sinks = new Map<string, ByteSink>();
  const written = new Map<string, ParquetOutput>();
  const kept = new Set<string>();

  return {
    output,
    expect(files, inputs) {
      for (const path of files)
        if (!expected.has(path)) {
          expected.add(path);
          refuseUnwritable(path, inputs);
        }
    },
    async write(result, first, signal) {
      const found: ParquetParts[] = [];
      replaceParquet(result, (parts: ParquetParts) => found.push(parts));
      for (const parts of found) {
        const path = outputPath(output, parts.file);
        if (written.has(path)) throw writtenTwice(parts.file);
        makeFolder(dirname(path), path, true);
        const sink = await fileSink(path, `cortado-${output.run}`);
        sinks.set(path, sink);
        const bytes = await joinParts(parts, { ...sink, close: async () => {} }, first, signal);
        written.set(path, { file: parts.file, events: parts.events, bytes });
      }
      return replaceParquet(result, (parts: ParquetParts) => written.get(outputPath(output, parts.file)));
    },
    async keep() {
      for (const [path, sink] of sinks) {
        await sink.close();
        kept.add(path);
      }
    },
    unwritten: (result) => replaceParquet(result, ({ file, events }: ParquetParts) => ({ file, events })),
    report: () =>
      [...expected].map((path) => {
        if (!kept.has(path)) return { file: path, state: "not written" };
        const { events, bytes } = written.get(path)!;
        return { file: path, state: "written", events, bytes };
      }),
    async remove() {
      for (const [path, sink] of sinks) if (!kept.has(path)) await sink.abort();
      const folders = [...expected].map((path) => partsFolder(output, path));
      for (const parts of new Set(folders)) await rm(parts, { recursive: true, force: true });
    },
  };
}

/** A name that no other run has, and that says when it began, in UTC: what a run that was killed leaves carries it. */
function nameOfRun(): string {
  const began = new Date()
    .toISOString()
    .replace(/\.\d+Z/, "")
    .replaceAll(/[-:]/g, "");
  return `${began}-${randomBytes(6).toString("hex")}`;
}

function refuseUnwritable(path: string, inputs: readonly string[]): void {
  const refuse = (why: string): CortadoError =>
    new CortadoError("UsageError", `toParquet cannot write ${path}: ${why}`, { code: "BadArgument" });
  const known = statSync(path, { throwIfNoEntry: false });
  if (known === undefined) return;
  if (known.isDirectory()) throw refuse("it is a folder");
  const real = realpathSync(path);
  if (inputs.some((input) => isAt(real, input))) throw refuse("it is an input of this run");
}

function isAt(real: string, input: string): boolean {
  try {
    return realpathSync(input) === real;
  } catch {
    return false;
  }
}

/** Streams parts into one file, and gives its size. After an error the sink is aborted. */
async function joinParts(
  { columns, parts }: ParquetParts,
  sink: ByteSink,
  first: EventLayout,
  signal: AbortSignal | undefined,
): Promise<number> {
  const fields = Object.values(columns).map(({ field }) => inTypeOf(first, field));
  const writer = await openWriter(sink, fields);
  try {
    for (const part of parts) {
      const source = await openFile(part);
      try {
        const file = await openParquet(source);
        const requests = fields.map(({ name }) => ({ path: [name] }));
        for (const { firstRow, rows } of file.rowGroups) {
          if (signal?.aborted === true) throw new RunCancelled();
          const read = await readColumns(source, file, requests, firstRow, firstRow + rows);
          await writer.append(
            Object.fromEntries(fields.map((field, i) => [field.name, asField(field, read.columns[i]!)])),
          );
        }
      } finally {
        await source.close();
      }
    }
    return (await writer.close()).bytes;
  } catch (error) {
    await writer.abort();
    throw error;
  }
}

/** The field with the type of a column of its name and depth in a file. */
function inTypeOf(layout: EventLayout, field: Field): Field {
  const { type } = field;
  const element = type.kind === "list" ? type.element.type : type;
  if (element.kind !== "primitive") return field;
  const dtype = storedType(layout, field.name, type.kind === "list" ? 1 : 0);
  if (dtype === undefined) return field;
  const stored = { kind: "primitive", dtype } as const;
  return { ...field, type: type.kind === "list" ? { ...type, element: { ...type.element, type: stored } } : stored };
}

/** A column of a part as the file has it: numbers of the width of the file, and one without values as missing ones of its type. */
function asField(field: Field, column: Column | Error): Column {
  if (column instanceof Error) throw column;
  const element = field.type.kind === "list" ? field.type.element.type : field.type;
  if (element.kind !== "primitive" && element.kind !== "string") return column;
  if (!hasValues(column))
    return column.kind === "list"
      ? { ...column, content: noValues(element, column.offsets[column.length]!) }
      : noValues(element, column.length);
  return element.kind === "primitive" && listDepth(column) < 2 ? asStored(field.name, column, element.dtype) : column;
}
