import { errorFromData, isCortadoError } from "../errors.ts";
import { type ColumnUse, joinUse, nothingUsed } from "../processor/index.ts";
import type { Executor, Job } from "./executor.ts";
import type { ParquetOutputs } from "./parquet-outputs.ts";
import { metadataOf, type PlannedChunk } from "./plan.ts";
import type { ChunkOfFile, ProbeOutcome } from "./protocol.ts";
import type { Progress } from "./report.ts";
import { isBadFile } from "./retry.ts";
import type { Tally } from "./tally.ts";

/** Events the processor is run on to find its columns. */
const probeEvents = 1000;

/**
 * Finds the columns a processor uses, by running it on the first events of the first file that has any and can be read.
 * An error of the processor ends the probe early without being reported: the first chunk meets it with its own range.
 * Throws `UserError` (`NotPure`), `RunCancelled`.
 */
export async function findColumns(
  plan: readonly PlannedChunk[],
  executor: Executor,
  job: Job,
  tally: Tally,
  outputs: ParquetOutputs,
  tell: (progress: Progress) => void,
): Promise<ColumnUse> {
  let use = nothingUsed;
  const tried = new Set<number>();
  for (const { opened, range } of plan) {
    const stop = Math.min(range.start + probeEvents, opened.file.entries);
    if (range.start >= stop || tried.has(opened.index)) continue;
    tried.add(opened.index);
    const chunk = { file: opened.index, start: range.start, stop, metadata: metadataOf(opened, range.start, stop) };
    const outcome = await probe(executor, job, chunk);
    if (outcome === undefined) break;
    outputs.expect(
      outcome.files,
      plan.map(({ range: { filename } }) => filename),
    );
    const { entries, replays, bytesread } = tally.probe;
    tally.probe = {
      entries: entries + stop - range.start,
      replays: replays + outcome.replays,
      bytesread: bytesread + outcome.bytesread,
    };
    use = joinUse(use, outcome.use);
    tell({ kind: "probe", replays: tally.probe.replays, columns: use.columns });
    if (outcome.error === undefined || !isBadFile(errorFromData(outcome.error))) break;
  }
  return use;
}

/** `undefined` if the thread that ran it was lost: the first chunk will meet what did it. */
async function probe(executor: Executor, job: Job, chunk: ChunkOfFile): Promise<ProbeOutcome | undefined> {
  try {
    return await executor.submit(job, { kind: "probe", chunk });
  } catch (error) {
    const fatal = !isCortadoError(error) || error.kind === "InternalError";
    if (fatal || (isCortadoError(error, "UserError") && error.fields.code === "NotPure")) throw error;
    return undefined;
  }
}
