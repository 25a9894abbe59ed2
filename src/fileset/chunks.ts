import { CortadoError } from "../errors.ts";

/** A range of events of one file: first event, one past the last. */
export type EventRange = readonly [start: number, stop: number];

/** The nearest integer; halves go to the even neighbour, as in Python and NumPy. */
export function roundHalfEven(x: number): number {
  const below = Math.floor(x);
  const rest = x - below;
  if (rest !== 0.5) return Math.round(x);
  return below % 2 === 0 ? below : below + 1;
}

/**
 * Cuts `entries` events into ranges of nearly equal size. `target` is aimed at, not a maximum: 44 events with a target
 * of 30 are one range. A file without events gives exactly one empty range, so that its dataset still has an output.
 */
export function chunkRanges(entries: number, target: number): EventRange[] {
  checkTarget(target);
  if (entries === 0) return [[0, 0]];
  const size = Math.ceil(entries / Math.max(roundHalfEven(entries / target), 1));
  const ranges: EventRange[] = [];
  for (let start = 0; start < entries; start += size) ranges.push([start, Math.min(start + size, entries)]);
  return ranges;
}

/**
 * Cuts only at cluster boundaries (row groups of a Parquet file): consecutive clusters are joined until they hold at
 * least `target` events. `boundaries` are ascending, from 0 to the number of events.
 */
export function alignedRanges(boundaries: readonly number[], target: number): EventRange[] {
  checkTarget(target);
  const ranges: EventRange[] = [];
  let start = 0;
  const end = boundaries.at(-1) ?? 0;
  for (const boundary of boundaries)
    if (boundary > start && (boundary - start >= target || boundary === end)) {
      ranges.push([start, boundary]);
      start = boundary;
    }
  return ranges.length === 0 ? [[0, 0]] : ranges;
}

function checkTarget(target: number): void {
  if (!Number.isSafeInteger(target) || target < 1)
    throw new CortadoError("UsageError", `the chunk size must be a whole number of events above 0, not ${target}`, {
      code: "BadArgument",
    });
}
