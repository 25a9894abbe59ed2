export { type Executor, type Job, RunCancelled } from "./executor.ts";
export { iterative } from "./iterative.ts";
export type { ParquetOutput } from "./parquet-outputs.ts";
export type { FromThread, Replies, ReplyTo, Request, ToThread } from "./protocol.ts";
export type {
  DatasetReport,
  Failure,
  FileReport,
  Metrics,
  OutputReport,
  Progress,
  Range,
  Report,
  RunResult,
  RunStatus,
} from "./report.ts";
export { reportJson, resultJson } from "./result-json.ts";
export type { RetryRules } from "./retry.ts";
export { type RunOptions, run } from "./run.ts";
export { RunError } from "./run-error.ts";
export { isolated, type WorkerSettings, workers } from "./workers.ts";
