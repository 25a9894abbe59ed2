import { fileURLToPath } from "node:url";
import { revive } from "../accumulator/index.ts";
import { CortadoError, errorToData, nearest } from "../errors.ts";
import { type FilesetInput, toFileset } from "../fileset/index.ts";
import { additions, checkOptions, type EventFile, type ProcessorRef } from "../processor/index.ts";
import { checkSchema, readSchema, type Schema } from "../schema/index.ts";
import { type ChunkRuns, losingWhatDoesNotAdd, runChunks } from "./chunk-runs.ts";
import { type Executor, type Job, RunCancelled } from "./executor.ts";
import { iterative } from "./iterative.ts";
import { Ledger } from "./ledger.ts";
import { mergeTree } from "./merge-tree.ts";
import { type OpenedFileset, openFiles } from "./open-files.ts";
import { type ParquetOutputs, parquetOutputs } from "./parquet-outputs.ts";
import { planChunks } from "./plan.ts";
import { findColumns } from "./probe.ts";
import type { Progress, RunResult, RunStatus } from "./report.ts";
import type { RetryRules } from "./retry.ts";
import { RunError } from "./run-error.ts";
import { asCortadoError } from "./session.ts";
import { Tally } from "./tally.ts";

export interface RunOptions {
  /** Who runs the chunks; default `iterative()`. It is not closed. */
  readonly executor?: Executor;
  /** Events of a chunk aimed at, 100,000 unless given; the chunks of a file are made equal. */
  readonly chunkSize?: number;
  /** Cut files at row group boundaries only. */
  readonly alignClusters?: boolean;
  /** At most so many chunks of each dataset; only as many files as that takes are opened. */
  readonly maxChunks?: number;
  /** The processor's options: a JSON object. */
  readonly options?: unknown;
  /** How columns appear as events, where not by NanoAOD's names: a schema, or the path or URL of its JSON file. */
  readonly schema?: Schema | string | URL;
  /** Folder for files of `events.toParquet` with relative names, made if need be; the working directory unless given. */
  readonly out?: string;
  /** Stops the run: it resolves with status "cancelled" and the sum of what was finished. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** After a failure finish the chunks that run and reject ("stop", the default), or run all that can run and resolve. */
  readonly onFailure?: "stop" | "report";
  /** Go on without files, or chunks of files, that cannot be read; the report names them. */
  readonly skipBadFiles?: boolean;
  /** A run in which something was skipped may count as complete. */
  readonly acceptSkips?: boolean;
  /** Attempts at what the operating system fails to read: 4 unless given, 0.5 s, 1 s and 2 s apart. */
  readonly retry?: RetryRules;
}

const known = [
  "executor",
  "chunkSize",
  "alignClusters",
  "maxChunks",
  "options",
  "schema",
  "out",
  "signal",
  "onProgress",
  "onFailure",
  "skipBadFiles",
  "acceptSkips",
  "retry",
];

/**
 * Runs a processor over a fileset and adds up what its chunks return.
 *
 * The processor is named by the URL or path of its module, whose default export is a class or a function; with
 * `iterative()` it may be the class or function itself. The result does not depend on the executor, to the last bit.
 *
 * Resolves with status "complete"; "cancelled" if `signal` was aborted; "incomplete" if something was skipped, or failed
 * with `onFailure: "report"`. Rejects with a `RunError`, which carries the `runResult` so far, if something failed, if
 * nothing could be read, or if the processor is not pure; with `UsageError`, `NotFoundError` or `FormatError` if the
 * fileset, the options or the processor's module cannot be used.
 */
export async function run<T = unknown>(
  fileset: FilesetInput,
  processor: ProcessorRef,
  options: RunOptions = {},
): Promise<RunResult<T>> {
  checkRunOptions(options);
  const { executor = iterative(), signal } = options;
  const datasets = toFileset(fileset);
  const schema = schemaOf(options.schema);
  const files: EventFile[] = [];
  const outputs = parquetOutputs(options.out ?? ".");
  const job: Job = { processor, options: checkOptions(options.options ?? {}), output: outputs.output, files };
  const cancel = (): void => executor.cancel(job);
  signal?.addEventListener("abort", cancel);
  if (signal?.aborted === true) cancel();
  try {
    await executor.submit(job, { kind: "load" }).catch(unlessCancelled);
    const tally = new Tally();
    const opened = await openFiles(datasets, {
      chunkSize: options.chunkSize ?? 100_000,
      alignClusters: options.alignClusters ?? false,
      maxChunks: options.maxChunks ?? Number.POSITIVE_INFINITY,
      retry: options.retry ?? retryRules,
      schema,
      signal,
      onRetry: () => tally.retries++,
      onOpen: (done, all) => options.onProgress?.({ kind: "open", done, files: all }),
    });
    files.push(...opened.opened.map((file) => file.file));
    return await runOpened<T>(opened, executor, job, tally, outputs, options);
  } finally {
    signal?.removeEventListener("abort", cancel);
    await executor.end(job).finally(outputs.remove);
  }
}

function schemaOf(schema: RunOptions["schema"]): Schema | undefined {
  if (schema === undefined) return undefined;
  if (typeof schema === "string") return readSchema(schema);
  return schema instanceof URL ? readSchema(fileURLToPath(schema)) : checkSchema(schema);
}

const retryRules: RetryRules = { attempts: 4, delay: 0.5 };

async function runOpened<T>(
  opened: OpenedFileset,
  executor: Executor,
  job: Job,
  tally: Tally,
  outputs: ParquetOutputs,
  options: RunOptions,
): Promise<RunResult<T>> {
  const { signal, skipBadFiles = false, acceptSkips = false } = options;
  const stopOnFailure = options.onFailure !== "report";
  const tell = (progress: Progress): void => options.onProgress?.(progress);
  const plan = planChunks(opened.opened, options.maxChunks);
  const ledger = new Ledger(plan, opened, skipBadFiles);
  const tree = mergeTree(plan.length, additions);
  const runs = { plan, executor, job, ledger, tree, tally, outputs, tell, signal, skipBadFiles, stopOnFailure };

  function end(status: RunStatus, result: unknown): RunResult<T> {
    const metrics = tally.metrics({
      entries: ledger.completedEvents,
      chunks: ledger.completedChunks,
      skipped: ledger.skipped.length,
      workers: executor.workers,
      mergetime: tree.seconds,
    });
    tell({ kind: "end", status });
    const files = outputs.report();
    const report = { ...ledger.report(), ...(files.length > 0 && { outputs: files }) };
    return { status, result: outputs.unwritten(result) as T, report, metrics };
  }
  const rejection = (error: CortadoError, sum: unknown): RunError => new RunError(error, end("incomplete", sum));

  for (const { range, error } of ledger.skipped) tell({ kind: "skip", range, error: errorToData(error) });
  for (const { range, error } of ledger.failed) tell({ kind: "fail", range, error: errorToData(error) });
  const hopeless = plan.length === 0 || (stopOnFailure && ledger.failed.length > 0);
  if (signal?.aborted !== true && !hopeless) {
    try {
      const use = await findColumns(plan, executor, job, tally, outputs, tell);
      await runChunks({ ...runs, use, retry: options.retry ?? retryRules });
    } catch (error) {
      if (!(error instanceof RunCancelled)) throw rejection(asCortadoError(error), undefined);
    }
  }
  const sum = sumOf(runs);
  if (signal?.aborted === true) return end("cancelled", sum);
  const failure = ledger.firstFailure;
  if (failure !== undefined && (stopOnFailure || ledger.completedChunks === 0)) throw rejection(failure, sum);
  if (ledger.completedChunks === 0) throw rejection(nothingSurvived(ledger), undefined);
  if (!(ledger.whole || (acceptSkips && ledger.wholeButSkipped))) return end("incomplete", sum);
  try {
    const written = await outputs.write(sum, opened.opened[0]!.file.layout, signal);
    const { result } = await executor.submit(job, { kind: "postprocess", result: written });
    await outputs.keep();
    return end("complete", revive(result, additions));
  } catch (error) {
    if (error instanceof RunCancelled) return end("cancelled", sum);
    throw rejection(asCortadoError(error), sum);
  }
}

/** The sum of what was finished; what does not add is a failure. */
function sumOf(runs: Pick<ChunkRuns, "plan" | "ledger" | "tell" | "tree">): unknown {
  for (;;) {
    let sum: unknown;
    if (losingWhatDoesNotAdd(runs, 0, () => (sum = runs.tree.sum()))) return sum;
  }
}

function nothingSurvived(ledger: Ledger): CortadoError {
  const reasons = ledger.skipped.map(({ range, error }) => `  ${range.filename}: ${error.message}`);
  return new CortadoError(
    "UsageError",
    `no chunk survived, everything was skipped:\n${[...new Set(reasons)].join("\n")}`,
    { code: "NothingToDo" },
    { cause: ledger.skipped[0]?.error },
  );
}

function unlessCancelled(error: unknown): void {
  if (!(error instanceof RunCancelled)) throw error;
}

function checkRunOptions(options: RunOptions): void {
  const bad = (message: string, near: readonly string[] = []): CortadoError =>
    new CortadoError("UsageError", message, { code: "BadArgument", nearest: near });
  for (const key of Object.keys(options))
    if (!known.includes(key))
      throw bad(`run has no option ${key}. Nearest: ${nearest(key, known).join(", ")}`, nearest(key, known));
  const { chunkSize = 1, maxChunks = 1, onFailure = "stop" } = options;
  if (!Number.isSafeInteger(chunkSize) || chunkSize < 1)
    throw bad(`chunkSize is a whole number of events above 0, not ${chunkSize}`);
  if (maxChunks !== Infinity && (!Number.isSafeInteger(maxChunks) || maxChunks < 1))
    throw bad(`maxChunks is a whole number above 0, not ${maxChunks}`);
  if (onFailure !== "stop" && onFailure !== "report")
    throw bad(`onFailure is "stop" or "report", not ${JSON.stringify(onFailure)}`);
}
