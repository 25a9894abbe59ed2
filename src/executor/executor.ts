import type { EventFile, Options, OutputFolder, ProcessorRef } from "../processor/index.ts";
import type { ReplyTo, Request } from "./protocol.ts";

/** One run, as far as those who execute it need to know. */
export interface Job {
  readonly processor: ProcessorRef;
  readonly options: Options;
  /** Where rows for Parquet files go. */
  readonly output: OutputFolder;
  /** The files requests refer to by position; grows while files are opened. */
  readonly files: readonly EventFile[];
}

/** Who runs user code. `run` treats all alike; an executor may serve several runs, also at the same time. */
export interface Executor {
  /** Requests worth submitting at the same time. */
  readonly concurrency: number;
  /** Threads of its own, for the metrics; 0 if chunks run one after another. */
  readonly workers: number;
  /**
   * Runs one request. Rejects with what it threw (`CortadoError`), with `ResourceError` if the thread died or ran out of
   * memory, and with `RunCancelled` once the job is cancelled.
   */
  submit<R extends Request>(job: Job, request: R): Promise<ReplyTo<R>>;
  /** Ends at once what runs for this job, where user code runs in a thread of its own; what waits is rejected. */
  cancel(job: Job): void;
  /** The job is over: its files are closed and forgotten. */
  end(job: Job): Promise<void>;
  /** Ends all threads. A later `submit` starts new ones. */
  close(): Promise<void>;
}

/** What a request of a cancelled job rejects with. */
export class RunCancelled extends Error {
  override readonly name = "RunCancelled";
}
