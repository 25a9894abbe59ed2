/** What the driver and a thread that runs user code say to each other. Everything here is plain, cloneable data. */
import type { ErrorData } from "../errors.ts";
import type { Metadata } from "../events/index.ts";
import type { ChunkOutcome, ColumnUse, EventFile, Options, OutputFolder } from "../processor/index.ts";

/** Events of a file, and what the processor is told about them. */
export interface ChunkOfFile {
  /** Position in the files of the job. */
  readonly file: number;
  readonly start: number;
  readonly stop: number;
  readonly metadata: Metadata;
}

/** What user code is run for. */
export type Request =
  /** Load the processor and make one instance, to see that it can be done. */
  | { readonly kind: "load" }
  /** Find the columns it uses. */
  | { readonly kind: "probe"; readonly chunk: ChunkOfFile }
  | { readonly kind: "chunk"; readonly chunk: ChunkOfFile; readonly use: ColumnUse }
  | { readonly kind: "postprocess"; readonly result: unknown };

/** The probe's findings; `error` says why it ended early, the next chunk will say it again with its own place. */
export interface ProbeOutcome {
  readonly use: ColumnUse;
  readonly replays: number;
  readonly bytesread: number;
  /** Paths of files that the processor names for its rows. */
  readonly files: readonly string[];
  readonly error?: ErrorData;
}

export interface Replies {
  readonly load: { readonly name: string };
  readonly probe: ProbeOutcome;
  /** `files` are the paths of files of which parts were written. */
  readonly chunk: ChunkOutcome & { readonly files: readonly string[] };
  readonly postprocess: { readonly result: unknown };
}

export type ReplyTo<R extends Request> = Replies[R["kind"]];

/** Driver to thread. A job is one run; a file is sent once to each thread that needs it. */
export type ToThread =
  | {
      readonly kind: "begin";
      readonly job: number;
      readonly processor: string;
      readonly options: Options;
      readonly output: OutputFolder;
    }
  | { readonly kind: "file"; readonly job: number; readonly index: number; readonly file: EventFile }
  | { readonly kind: "request"; readonly job: number; readonly request: Request }
  | { readonly kind: "end"; readonly job: number };

/** Thread to driver: the answer to the one request it has. */
export type FromThread =
  | { readonly kind: "reply"; readonly reply: Replies[Request["kind"]] }
  | { readonly kind: "error"; readonly error: ErrorData };

/** Given to a thread when it starts. */
export interface ThreadSettings {
  /** Most bytes the columns of one chunk may take. */
  readonly columnBytes?: number;
}
