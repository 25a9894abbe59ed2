import { availableParallelism } from "node:os";
import { basename } from "node:path";
import { CortadoError, type ErrorData, errorToData } from "../errors.ts";
import type { RunResult } from "../executor/index.ts";
import type { Fileset } from "../fileset/index.ts";
import type { Arguments, CommandForm, commonOptions } from "./arguments.ts";
import { carriesRunResult, errorText } from "./error-text.ts";
import { exitCodeOf, exitCodes } from "./exit-code.ts";
import { onInterrupt } from "./interrupt.ts";
import { type ProgressDisplay, showProgress } from "./progress.ts";
import { type SavedRun, saveRun } from "./save-run.ts";
import { howToGoOn, runSummary } from "./summary.ts";

const options = {
  fileset: { type: "text", value: "FILE", help: "JSON file {dataset: [files]} instead of inputs" },
  options: { type: "text", value: "JSON", help: "the processor's options, e.g. '{\"minPt\": 30}'" },
  workers: {
    type: "integer",
    value: "N",
    min: 0,
    help: "worker threads; default all cores, 0 one chunk after another",
  },
  "chunk-size": { type: "integer", value: "N", min: 1, help: "events per chunk aimed at; default 100000" },
  schema: {
    type: "text",
    value: "FILE",
    help: "JSON that says how columns appear as events, where not by NanoAOD's names",
  },
  "max-chunks": { type: "integer", value: "N", min: 1, help: "at most N chunks of each dataset, to try something out" },
  out: {
    type: "text",
    value: "DIR",
    help: "write result.json, report.json, figures, report.html and the files of toParquet there",
  },
  json: { type: "flag", help: "what happened as JSON on standard output, nothing else there" },
  memory: { type: "integer", value: "MB", min: 8, help: "memory limit of each worker" },
  "skip-bad-files": {
    type: "flag",
    help: "go on without files that cannot be read; they are named, the exit code is 1",
  },
} as const;

export const form: CommandForm<typeof options> = {
  name: "run",
  operands: "PROCESSOR INPUT...",
  takes: [1, Number.POSITIVE_INFINITY],
  summary: "Runs a processor over events and merges what its chunks return.",
  examples: [
    ["cortado run processors/dimuon.ts events.parquet", "a file: print what comes out"],
    ["cortado run processors/dimuon.ts data/ --out out/dimuon", "a folder: leave results, figures and a report there"],
    [
      "cortado run processors/dimuon.ts 'data/Run2012*.parquet' --max-chunks 1",
      "a pattern: try the first chunk of each",
    ],
    ["cortado run analysis.ts --fileset datasets.json --workers 4 --out out/all", "named datasets, four threads"],
    [`cortado run analysis.ts events.parquet --options '{"minPt": 30}' --json | jq .metrics`, "options; for machines"],
  ],
  options,
  notes: [
    "A PROCESSOR is a module whose default export is a Processor class or a function (events, options) => result.\nAn INPUT is a file, a folder or a pattern; a file belongs to the dataset named after its stem.",
    "Ctrl-C keeps what is finished and names what is not; pressed again it ends at once.\nExit codes: 0 complete, 1 failed or incomplete, 2 wrong usage or input, 130 interrupted.",
  ],
};

type RunArguments = Arguments<typeof options & typeof commonOptions>;

/** A run that ended, well or not, with what it leaves; `error` says why it did not finish. */
interface Ended {
  readonly run: RunResult;
  readonly error?: unknown;
}

export async function command(args: RunArguments): Promise<number> {
  try {
    return await runAndReport(args);
  } catch (error) {
    if (args.options.json) printJson({ status: "failed", error: errorToData(error) });
    throw error;
  }
}

async function runAndReport(args: RunArguments): Promise<number> {
  const { out, json, verbose } = args.options;
  const title = basename(args.operands[0]!).replace(/\.[cm]?[jt]s$/, "");
  const progress = showProgress({ title });
  const interruption = onInterrupt(() => progress.say("interrupted: keeping what is finished (again to end at once)"));
  let ended: Ended;
  let saved: SavedRun | undefined;
  try {
    ended = await runToItsEnd(args, interruption.signal, progress);
    if (out !== undefined) saved = await saveRun(out, ended.run, { title, signal: interruption.signal });
  } finally {
    progress.close();
    interruption.release();
  }
  const { run, error } = ended;
  if (json) printJson(await machineReport(ended, saved));
  else if (run.metrics.chunks > 0 || error === undefined) process.stdout.write(`${runSummary(run, saved)}\n`);
  for (const problem of saved?.problems ?? []) process.stderr.write(`cortado: ${problem}\n`);
  if (run.status === "cancelled") process.stderr.write(`${howToGoOn(run, saved)}\n`);
  else if (error !== undefined) process.stderr.write(`cortado: ${errorText(error, verbose)}\n`);
  return exitCodeAfter(ended, saved);
}

async function runToItsEnd(args: RunArguments, signal: AbortSignal, progress: ProgressDisplay): Promise<Ended> {
  const o = args.options;
  const processorOptions = readOptions(o.options);
  const fileset = await filesetOf(args.operands.slice(1), o.fileset);
  const { run, workers, isolated } = await import("../executor/index.ts");
  const memory = o.memory === undefined ? {} : { memoryMB: o.memory };
  const executor = o.workers === 0 ? isolated(memory) : workers(o.workers ?? availableParallelism(), memory);
  try {
    const settings = {
      executor,
      signal,
      onProgress: progress.onProgress,
      ...(processorOptions !== undefined && { options: processorOptions }),
      ...(o["chunk-size"] !== undefined && { chunkSize: o["chunk-size"] }),
      ...(o.schema !== undefined && { schema: o.schema }),
      ...(o.out !== undefined && { out: o.out }),
      ...(o["max-chunks"] !== undefined && { maxChunks: o["max-chunks"] }),
      ...(o["skip-bad-files"] && { skipBadFiles: true }),
    };
    return { run: await run(fileset, args.operands[0]!, settings) };
  } catch (error) {
    if (carriesRunResult<RunResult>(error)) return { run: error.runResult, error };
    throw error;
  } finally {
    await executor.close();
  }
}

function exitCodeAfter({ run, error }: Ended, saved: SavedRun | undefined): number {
  if (run.status === "cancelled") return exitCodes.interrupted;
  if (error !== undefined) return exitCodeOf(error);
  return run.status === "complete" && (saved?.problems ?? []).length === 0 ? exitCodes.complete : exitCodes.failed;
}

async function filesetOf(inputs: readonly string[], file: string | undefined): Promise<Fileset> {
  if (file !== undefined && inputs.length > 0)
    throw usage(`give files or --fileset, not both: "${inputs[0]}" would not belong to any dataset of ${file}`);
  if (file === undefined && inputs.length === 0)
    throw usage("nothing to read: give a file, a folder, a pattern or --fileset FILE\nSee: cortado run --help");
  const { filesetOfInputs, readFileset } = await import("../fileset/index.ts");
  return file === undefined ? filesetOfInputs(inputs) : readFileset(file);
}

function readOptions(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CortadoError(
      "UsageError",
      `--options is not JSON: ${(cause as Error).message}\n  ${text}\nWrite for example --options '{"minPt": 30}'`,
      { code: "BadOptions" },
      { cause },
    );
  }
}

function usage(message: string): CortadoError<"UsageError"> {
  return new CortadoError("UsageError", message, { code: "BadArgument" });
}

async function machineReport({ run, error }: Ended, saved: SavedRun | undefined): Promise<object> {
  const { resultJson } = await import("../executor/index.ts");
  return {
    status: run.status,
    ...(error !== undefined && { error: errorToData(error) satisfies ErrorData }),
    ...(saved === undefined ? { result: JSON.parse(resultJson(run)) as unknown } : { paths: saved.paths }),
    report: run.report,
    metrics: run.metrics,
  };
}

function printJson(value: object): void {
  process.stdout.write(`${JSON.stringify(value, null, 1)}\n`);
}
