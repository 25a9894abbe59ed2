import { mergeAll } from "../accumulator/index.ts";
import { type CortadoError, errorToData, isCortadoError, withPlace } from "../errors.ts";
import { additions, type ColumnUse, joinUse } from "../processor/index.ts";
import { checkTypes, explainMissing } from "./check-types.ts";
import { type Executor, type Job, RunCancelled } from "./executor.ts";
import type { Ledger } from "./ledger.ts";
import { MergeFailed, type MergeTree } from "./merge-tree.ts";
import type { ParquetOutputs } from "./parquet-outputs.ts";
import { metadataOf, type OpenedFile, type PlannedChunk } from "./plan.ts";
import type { Progress, Range } from "./report.ts";
import { backOff, isBadFile, mayPass, type RetryRules } from "./retry.ts";
import { asCortadoError } from "./session.ts";
import type { Tally } from "./tally.ts";

/** A run under way. */
export interface ChunkRuns {
  readonly plan: readonly PlannedChunk[];
  readonly executor: Executor;
  readonly job: Job;
  readonly ledger: Ledger;
  readonly tree: MergeTree;
  readonly tally: Tally;
  readonly outputs: ParquetOutputs;
  /** What the probe found. */
  readonly use: ColumnUse;
  readonly tell: (progress: Progress) => void;
  readonly retry: RetryRules;
  readonly signal: AbortSignal | undefined;
  readonly skipBadFiles: boolean;
  /** Begin nothing new after a failure. */
  readonly stopOnFailure: boolean;
}

/** How often a chunk that needs too much memory is cut in two. */
const mostCuts = 3;

/**
 * Runs all chunks, as many at a time as the executor takes, and puts their results into the tree. Whatever happens to a
 * chunk is in the ledger afterwards; nothing is thrown but `InternalError`.
 */
export async function runChunks(run: ChunkRuns): Promise<void> {
  const { plan, executor, job, ledger, tree, tally, outputs, tell, retry, signal } = run;
  const uses = new Map<string, ColumnUse>();
  const unlike = new Map<OpenedFile, CortadoError>();
  const events = plan.reduce((sum, { range }) => sum + range.stop - range.start, 0);
  let next = 0;

  const files = [...new Set(plan.map((chunk) => chunk.opened))];
  const inputs = files.map((file) => file.entry.filename);
  const filesOf = Map.groupBy(files, (file) => file.dataset.name);
  const stopping = (): boolean => signal?.aborted === true || (run.stopOnFailure && ledger.failed.length > 0);

  /** Adds to what is known to be used in a dataset, and compares its files in that. */
  function learn(dataset: string, found: ColumnUse): void {
    const before = uses.get(dataset);
    const use = before === undefined ? found : joinUse(before, found);
    if (use === before) return;
    uses.set(dataset, use);
    for (const [file, error] of checkTypes(filesOf.get(dataset)!, use.columns))
      if (!unlike.has(file)) unlike.set(file, error);
  }

  function fail(range: Range, attempts: number, error: CortadoError): void {
    ledger.fail(range, attempts, error);
    tell({ kind: "fail", range, error: errorToData(error) });
  }

  /** The results of a range: one, or several if it had to be cut, none if it was not completed. */
  async function runRange(file: OpenedFile, range: Range, cuts: number): Promise<unknown[]> {
    const { start, stop } = range;
    const place = { dataset: range.dataset, file: range.filename, start, stop };
    for (let attempts = 1; ; attempts++) {
      const incompatible = unlike.get(file);
      if (incompatible !== undefined) {
        fail(range, Math.max(1, attempts - 1), withPlace(incompatible, place));
        return [];
      }
      try {
        const chunk = { file: file.index, start, stop, metadata: metadataOf(file, start, stop) };
        const outcome = await executor.submit(job, { kind: "chunk", chunk, use: uses.get(range.dataset)! });
        outputs.expect(outcome.files, inputs);
        learn(range.dataset, outcome.use);
        if (unlike.has(file)) continue;
        ledger.complete(range);
        tally.add(outcome);
        return [outcome.result];
      } catch (thrown) {
        if (thrown instanceof RunCancelled) return [];
        const error = withPlace(asCortadoError(thrown), place);
        const lost = isCortadoError(error, "ResourceError");
        if (lost ? attempts === 1 && cuts === 0 : mayPass(error) && attempts < retry.attempts) {
          tally.retries++;
          tell({ kind: "retry", range, error: errorToData(error) });
          if (!lost) await backOff(retry, attempts + 1, signal);
          if (signal?.aborted === true) return [];
          continue;
        }
        if (lost && error.fields.code === "OutOfMemory" && cuts < mostCuts && stop - start > 1) {
          const results: unknown[] = [];
          for (const half of ledger.split(range))
            if (!stopping()) results.push(...(await runRange(file, half, cuts + 1)));
          return results;
        }
        if (run.skipBadFiles && isBadFile(error)) {
          ledger.skip(range, attempts, error);
          tell({ kind: "skip", range, error: errorToData(error) });
        } else if (isCortadoError(error, "MissingColumnError"))
          fail(range, attempts, withPlace(explainMissing(error, file, filesOf.get(range.dataset)!), place));
        else fail(range, attempts, error);
        return [];
      }
    }
  }

  async function lane(): Promise<void> {
    while (next < plan.length && !stopping()) {
      const { leaf, opened, range } = plan[next++]!;
      const results = await runRange(opened, range, 0);
      if (results.length === 0 && signal?.aborted === true) return;
      losingWhatDoesNotAdd(run, leaf, () =>
        tree.put(leaf, results.length > 1 ? mergeAll(results, additions) : results[0]),
      );
      tell({
        kind: "chunk",
        range,
        chunksDone: ledger.completedChunks,
        chunks: plan.length,
        eventsDone: ledger.completedEvents,
        events,
        bytesread: tally.bytesread,
        retries: tally.retries,
        failures: ledger.failed.length,
      });
    }
  }

  for (const dataset of filesOf.keys()) learn(dataset, run.use);
  tell({ kind: "start", chunks: plan.length, events, workers: executor.workers });
  await Promise.all(Array.from({ length: Math.min(executor.concurrency, plan.length) }, lane));
}

/**
 * Does something with results; if they do not add, what is lost by it is entered as a failure of the chunk that does not
 * add to those before it. Returns whether it went well.
 */
export function losingWhatDoesNotAdd(
  { plan, ledger, tell }: Pick<ChunkRuns, "plan" | "ledger" | "tell">,
  leaf: number,
  action: () => void,
): boolean {
  try {
    action();
    return true;
  } catch (thrown) {
    const failure = thrown instanceof MergeFailed ? thrown : new MergeFailed(leaf, leaf + 1, leaf, thrown);
    const { range } = plan[failure.leaf]!;
    const { dataset, filename: file, start, stop } = range;
    const error = withPlace(asCortadoError(failure.cause), { dataset, file, start, stop });
    ledger.lose(
      plan.slice(failure.from, failure.to).map((chunk) => chunk.range),
      error,
    );
    tell({ kind: "fail", range, error: errorToData(error) });
    return false;
  }
}
