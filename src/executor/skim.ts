import { CortadoError } from "../errors.ts";
import { makeEvents } from "../events/index.ts";
import { type FilesetInput, toFileset } from "../fileset/index.ts";
import {
  type Columns,
  fieldsOf,
  openWriter,
  type ParquetWriter,
  type WriteOptions,
  type Written,
} from "../io/index.ts";
import type { Column } from "../jagged/index.ts";
import {
  ChunkLoader,
  checkOptions,
  joinUse,
  loadProcessor,
  nothingUsed,
  openReader,
  type ProcessorRef,
  type Program,
  probeChunk,
  processChunk,
  type Work,
} from "../processor/index.ts";
import { openFiles } from "./open-files.ts";
import { metadataOf, type PlannedChunk, planChunks } from "./plan.ts";
import { hasValues, skimColumns, withCounters } from "./skim-columns.ts";
import { emptyAs, inTypesOf } from "./skim-types.ts";

export interface SkimSettings {
  /** The processor's options: a JSON object. */
  readonly options?: unknown;
  /** Events of a chunk aimed at, 100,000 unless given. */
  readonly chunkSize?: number;
  /** How the file is written: zstd unless told otherwise. */
  readonly write?: WriteOptions;
  /** Told after each chunk: events read and written so far, and events in all. */
  readonly onProgress?: (done: { readonly read: number; readonly kept: number; readonly events: number }) => void;
}

export interface Skimmed extends Written {
  /** Events that were read; `events` is how many were written. */
  readonly read: number;
  /** Canonical names of the columns read, sorted. */
  readonly columns: readonly string[];
}

/**
 * Writes chosen columns of selected events to one Parquet file (layout A), in the order of the fileset.
 *
 * `process(events)` of the processor returns the columns by the names they get: `{ run: s.run, Muon_pt: s.muons.pt }`, all
 * of the same events. Columns that have the name of one in the first file get its type; `nMuon` is written with the lists `Muon_…`.
 * As in `run`, no columns are declared, and `process` must be pure.
 *
 * Throws what reading, the processor and `openWriter` throw: nothing is skipped, and after an error no file is left behind.
 * Cost: one pass, on this thread; memory for the columns of one chunk and one row group.
 */
export async function skim(
  fileset: FilesetInput,
  processor: ProcessorRef,
  out: string,
  settings: SkimSettings = {},
): Promise<Skimmed> {
  const { chunkSize = 100_000 } = settings;
  if (!Number.isSafeInteger(chunkSize) || chunkSize < 1)
    throw new CortadoError("UsageError", `chunkSize is a whole number of events above 0, not ${chunkSize}`, {
      code: "BadArgument",
    });
  const options = checkOptions(settings.options ?? {});
  const program = columnsProgram(await loadProcessor(processor));
  const opened = await openFiles(toFileset(fileset), {
    chunkSize,
    alignClusters: false,
    maxChunks: Number.POSITIVE_INFINITY,
    retry: { attempts: 4, delay: 0.5 },
    signal: undefined,
    onRetry: () => {},
    onOpen: () => {},
  });
  if (opened.bad.length > 0) throw opened.bad[0]!.error;
  const plan = planChunks(opened.opened);
  const events = plan.reduce((sum, { range }) => sum + range.stop - range.start, 0);
  if (events === 0) throw new CortadoError("UsageError", "there are no events to skim", { code: "NothingToDo" });

  const sink = growingFile(out, settings.write ?? {});
  let [use, read, kept] = [nothingUsed, 0, 0];
  try {
    for (const chunk of plan) {
      const { start, stop } = chunk.range;
      if (stop === start) continue;
      const run = async (from: number, to: number, probe: boolean): Promise<Columns> => {
        const reader = await openReader(chunk.opened.file);
        try {
          const work = workOf(chunk, from, to, program, options);
          const loader = new ChunkLoader(reader, from, to);
          const outcome = await (probe ? probeChunk(work, loader) : processChunk(work, loader, use));
          use = joinUse(use, outcome.use);
          return outcome.result as Columns;
        } finally {
          await reader.close();
        }
      };
      if (read === 0) await run(start, Math.min(stop, start + 1000), true);
      const columns = inTypesOf(opened.opened[0]!.file.layout, await run(start, stop, false));
      await sink.append(withCounters(columns));
      read += stop - start;
      kept += Object.values(columns)[0]!.length;
      settings.onProgress?.({ read, kept, events });
    }
    return { ...(await sink.close()), read, columns: [...use.columns].sort() };
  } catch (error) {
    await sink.abort();
    throw error;
  }
}

/** The program, answering with columns as plain data. */
function columnsProgram(program: Program): Program {
  const create: Program["create"] = (options) => {
    const instance = program.create(options);
    return { process: async (events) => skimColumns(await instance.process(events)) };
  };
  return { ...program, create };
}

function workOf(chunk: PlannedChunk, start: number, stop: number, program: Program, options: Work["options"]): Work {
  const place = { dataset: chunk.range.dataset, file: chunk.range.filename, start, stop };
  return { program, options, metadata: metadataOf(chunk.opened, start, stop), place, makeEvents };
}

/** Chunks that are kept back while a list column has no value yet and so no type. */
const mostWaiting = 32;

/** A writer whose schema is that of the first columns that have values. */
function growingFile(out: string, options: WriteOptions): Pick<ParquetWriter, "append" | "close" | "abort"> {
  let waiting: Columns[] = [];
  let writer: { readonly into: ParquetWriter; readonly types: Columns } | undefined;

  async function open(): Promise<ParquetWriter> {
    const types = Object.fromEntries(
      Object.keys(waiting[0]!).map((name) => {
        const typed = waiting.find((columns) => columns[name] !== undefined && hasValues(columns[name]));
        return [name, (typed ?? waiting[0]!)[name]!];
      }),
    );
    writer = { into: await openWriter(out, fieldsOf(types), options), types };
    for (const columns of waiting) await writer.into.append(asIn(types, columns));
    waiting = [];
    return writer.into;
  }

  return {
    async append(columns) {
      if (writer !== undefined) return writer.into.append(asIn(writer.types, columns));
      waiting.push(columns);
      const typed = Object.keys(columns).every((name) =>
        waiting.some((c) => c[name] !== undefined && hasValues(c[name])),
      );
      if (typed || waiting.length === mostWaiting) await open();
    },
    close: async () => (writer?.into ?? (await open())).close(),
    abort: async () => writer?.into.abort(),
  };
}

/** Columns without a value take the type that the file has. */
function asIn(types: Columns, columns: Columns): Columns {
  const typed = (name: string, column: Column): Column => {
    const known = types[name];
    return known === undefined || hasValues(column) ? column : emptyAs(column, known);
  };
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, typed(name, column)]));
}
