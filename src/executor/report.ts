import type { ErrorData } from "../errors.ts";

/** A range of events of one file of one dataset, `start` inclusive, `stop` exclusive, counted from the start of the file. */
export interface Range {
  readonly dataset: string;
  readonly filename: string;
  readonly start: number;
  readonly stop: number;
}

export interface Failure {
  readonly range: Range;
  readonly attempts: number;
  readonly error: ErrorData;
}

export interface FileReport {
  readonly dataset: string;
  readonly filename: string;
  readonly state: "complete" | "incomplete" | "failed" | "skipped" | "pending";
  /** Events in the file; absent if it could not be opened. */
  readonly entries?: number;
  readonly reason?: string;
}

export interface DatasetReport {
  readonly expected: number;
  readonly processed: number;
  readonly skipped: number;
  readonly failed: number;
}

/** completed + skipped + failed + pending are all events of the fileset, without overlap. */
export interface Report {
  readonly completed: readonly Range[];
  readonly failed: readonly Failure[];
  readonly skipped: readonly (Failure & { readonly entries: number })[];
  readonly pending: readonly Range[];
  readonly files: readonly FileReport[];
  readonly byDataset: Readonly<Record<string, DatasetReport>>;
  /** Files that the run was to write, if any. */
  readonly outputs?: readonly OutputReport[];
}

/** A file that `process` named in `toParquet`. */
export interface OutputReport {
  /** Its path. */
  readonly file: string;
  /** `"not written"`: the run did not complete, and an older file of that name is as it was. */
  readonly state: "written" | "not written";
  readonly events?: number;
  readonly bytes?: number;
}

export interface Metrics {
  /** Events processed and merged. */
  readonly entries: number;
  /** Chunks processed and merged. */
  readonly chunks: number;
  /** Canonical names of the columns read for full chunks, sorted. */
  readonly columns: readonly string[];
  /** What was read in the file's own words (`Muon.list.element.pt`), sorted. */
  readonly buffers: readonly string[];
  /** Compressed bytes requested from the sources for full chunks, footers apart. */
  readonly bytesread: number;
  /** `bytesread` by canonical column name. */
  readonly bytesByColumn: Readonly<Record<string, number>>;
  /** Bytes of decoded columns. */
  readonly bytesDecoded: number;
  /** Largest number of bytes alive in the columns of one chunk. */
  readonly peakBytes: number;
  /** Seconds inside `process`, summed over chunks. */
  readonly processtime: number;
  /** Seconds fetching bytes, summed over chunks. */
  readonly readtime: number;
  /** Seconds decoding, summed over chunks. */
  readonly decodetime: number;
  readonly mergetime: number;
  /** Seconds from the call of `run` to its end. */
  readonly walltime: number;
  readonly workers: number;
  /** Chunks run again after an engine fault. */
  readonly retries: number;
  readonly skipped: number;
  /** What column discovery cost; not counted anywhere else. */
  readonly probe: { readonly entries: number; readonly replays: number; readonly bytesread: number };
  /** Chunks run again because a column was first touched there. */
  readonly chunkReplays: number;
}

export type RunStatus = "complete" | "incomplete" | "cancelled";

export interface RunResult<T = unknown> {
  readonly status: RunStatus;
  /** What `postprocess` made of the merged chunks; without it, or when incomplete, the merge itself; `undefined` if no chunk finished. */
  readonly result: T | undefined;
  readonly report: Report;
  readonly metrics: Metrics;
}

/** What `onProgress` is told, by the driver only. */
export type Progress =
  | { readonly kind: "open"; readonly done: number; readonly files: number }
  | { readonly kind: "probe"; readonly replays: number; readonly columns: readonly string[] }
  | { readonly kind: "start"; readonly chunks: number; readonly events: number; readonly workers: number }
  | {
      readonly kind: "chunk";
      readonly range: Range;
      readonly chunksDone: number;
      readonly chunks: number;
      readonly eventsDone: number;
      readonly events: number;
      readonly bytesread: number;
      readonly retries: number;
      readonly failures: number;
    }
  | { readonly kind: "retry" | "skip" | "fail"; readonly range: Range; readonly error: ErrorData }
  | { readonly kind: "end"; readonly status: RunStatus };
