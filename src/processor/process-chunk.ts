import { isDeepStrictEqual } from "node:util";
import { CortadoError, describePlace } from "../errors.ts";
import { attempt, type Work } from "./attempt.ts";
import type { ChunkLoader } from "./chunk-loader.ts";
import { type ColumnUse, useOf } from "./column-use.ts";
import type { ReadTotals } from "./event-file.ts";

/** What came of one chunk. */
export interface ChunkOutcome {
  readonly result: unknown;
  /** What the processor used of the chunk. */
  readonly use: ColumnUse;
  /** How often the chunk was run again because a column was missing. */
  readonly replays: number;
  /** Seconds in the processor, in the attempt that counts. */
  readonly seconds: number;
  readonly read: ReadTotals;
}

/**
 * Runs the processor on a chunk of which `use` is expected. A column that was not expected is read when it is asked for,
 * and the chunk is run again from the beginning with a new instance, until nothing is missing.
 * Throws as `attempt` does, and what reading the file throws.
 */
export async function processChunk(work: Work, loader: ChunkLoader, use: ColumnUse): Promise<ChunkOutcome> {
  await loader.expect(use);
  for (;;) {
    const outcome = await attempt(work, loader);
    if (outcome.kind === "done") {
      const { result, seconds } = outcome;
      return { result, seconds, use: useOf(loader.columns), replays: loader.replays, read: loader.read };
    }
    // Every turn reads a column that was not read before, or throws: there are at most as many as columns.
    await loader.loadMissed();
  }
}

/**
 * Runs the processor on a chunk of which nothing is known, to learn what it uses, and once more to see that it gives the
 * same again. The result is not for use. Throws `UserError` (`NotPure`) if it differs.
 */
export async function probeChunk(work: Work, loader: ChunkLoader): Promise<ChunkOutcome> {
  const first = await processChunk(work, loader, { columns: [], offsets: [] });
  const before = structuredClone(first.result);
  const second = await attempt(work, loader);
  if (second.kind === "done" && isDeepStrictEqual(before, structuredClone(second.result))) return first;
  throw new CortadoError(
    "UserError",
    `process is not pure: run twice on ${describePlace(work.place)} it gave two different results. ` +
      "It must depend on nothing but the events and options: no counters, no random numbers, no clock, no changes to what it shares between calls.",
    { ...work.place, code: "NotPure", columns: first.use.columns },
  );
}
