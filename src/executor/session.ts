import { revive } from "../accumulator/index.ts";
import { CortadoError, errorToData, isCortadoError } from "../errors.ts";
import { makeEvents as makeEventsOf, type ParquetRows } from "../events/index.ts";
import {
  additions,
  ChunkLoader,
  type EventFile,
  type EventReader,
  loadProcessor,
  type MakeEvents,
  type Options,
  type OutputFolder,
  openReader,
  outputPath,
  type ProcessorRef,
  type Program,
  postprocess,
  probeChunk,
  processChunk,
  replaceParquet,
  useOf,
  type Work,
  writeParts,
} from "../processor/index.ts";
import type { ChunkOfFile, ProbeOutcome, Replies, ReplyTo, Request } from "./protocol.ts";

/** Files kept open between requests. */
const openFiles = 4;

/** Everything the user code of one job runs in, in the thread that runs it. */
export interface Session {
  /** Answers a request; one at a time. Rejects with `CortadoError`. */
  handle<R extends Request>(request: R): Promise<ReplyTo<R>>;
  addFile(index: number, file: EventFile): void;
  close(): Promise<void>;
}

/** What a session needs to know of its job. */
export interface SessionSettings {
  readonly processor: ProcessorRef;
  readonly options: Options;
  readonly output: OutputFolder;
}

/** A session for a processor; it is loaded when the first request needs it. */
export function createSession(
  { processor, options, output }: SessionSettings,
  columnBytes: number = Number.POSITIVE_INFINITY,
  makeEvents: MakeEvents = makeEventsOf,
): Session {
  const files: EventFile[] = [];
  const readers = new Map<number, EventReader>();
  let loaded: Promise<Program> | undefined;
  const program = (): Promise<Program> => (loaded ??= loadProcessor(processor));

  async function readerOf(index: number): Promise<EventReader> {
    const reader = readers.get(index) ?? (await openReader(files[index]!));
    readers.delete(index);
    readers.set(index, reader);
    for (const [oldest, other] of readers) {
      if (readers.size <= openFiles) break;
      readers.delete(oldest);
      await other.close();
    }
    return reader;
  }

  async function open({ file, start, stop, metadata }: ChunkOfFile): Promise<{ work: Work; loader: ChunkLoader }> {
    const loader = new ChunkLoader(await readerOf(file), start, stop, columnBytes);
    const place = { dataset: metadata.dataset, file: metadata.filename, start, stop };
    return { work: { program: await program(), options, metadata, place, makeEvents }, loader };
  }

  async function probe(chunk: ChunkOfFile): Promise<ProbeOutcome> {
    const { work, loader } = await open(chunk);
    try {
      const { use, replays, result } = await probeChunk(work, loader);
      const files: string[] = [];
      replaceParquet(result, ({ file }: ParquetRows) => files.push(outputPath(output, file)));
      return { use, replays, bytesread: loader.read.bytes, files };
    } catch (error) {
      if (isCortadoError(error, "UserError") && error.fields.code === "NotPure") throw error;
      return {
        use: useOf(loader.columns),
        replays: loader.replays,
        bytesread: loader.read.bytes,
        files: [],
        error: errorToData(error),
      };
    }
  }

  const handlers: { [K in Request["kind"]]: (request: Extract<Request, { kind: K }>) => Promise<Replies[K]> } = {
    load: async () => ({ name: (await program()).name }),
    probe: ({ chunk }) => probe(chunk),
    chunk: async ({ chunk, use }) => {
      const { work, loader } = await open(chunk);
      const outcome = await processChunk(work, loader, use);
      return { ...outcome, ...(await writeParts(outcome.result, output, loader.file.layout, work.place)) };
    },
    postprocess: async ({ result }) => ({
      result: await postprocess(await program(), options, revive(result, additions)),
    }),
  };

  return {
    handle: (request) => handlers[request.kind](request as never) as never,
    addFile: (index, file) => {
      files[index] = file;
    },
    close: async () => {
      for (const reader of readers.values()) await reader.close();
      readers.clear();
    },
  };
}

/** What a session may reject with, as a `CortadoError`: anything else is a fault of cortado. */
export function asCortadoError(error: unknown): CortadoError {
  if (isCortadoError(error)) return error;
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new CortadoError("InternalError", message, { code: "Protocol" }, { cause: error });
}
