import { CortadoError } from "../errors.ts";
import type { Metadata } from "../events/index.ts";
import { alignedRanges, chunkRanges, type Dataset, type DatasetFile, type EventRange } from "../fileset/index.ts";
import type { EventFile } from "../processor/index.ts";
import type { Range } from "./report.ts";

/** A file of a dataset that could be opened. */
export interface OpenedFile {
  readonly dataset: Dataset;
  readonly entry: DatasetFile;
  /** Position in the files of the job. */
  readonly index: number;
  readonly file: EventFile;
  readonly ranges: readonly EventRange[];
}

/** One chunk of the run. Its position in the plan fixes its place in every sum. */
export interface PlannedChunk {
  readonly leaf: number;
  readonly opened: OpenedFile;
  readonly range: Range;
}

export interface ChunkRules {
  readonly chunkSize: number;
  /** Cut at row groups only. */
  readonly alignClusters: boolean;
}

/** The ranges a file is cut into: the steps its fileset gives, else by the chunk size. Throws `UsageError` for a step outside the file. */
export function rangesOf(
  dataset: Dataset,
  entry: DatasetFile,
  file: EventFile,
  rules: ChunkRules,
): readonly EventRange[] {
  if (entry.steps !== undefined) {
    const outside = entry.steps.find(([, stop]) => stop > file.entries);
    if (outside === undefined) return entry.steps;
    throw new CortadoError(
      "UsageError",
      `the fileset has step ${outside[0]} to ${outside[1]} for ${entry.filename}, which has ${file.entries} events`,
      { code: "BadFileset", dataset: dataset.name, file: entry.filename },
    );
  }
  return rules.alignClusters
    ? alignedRanges(file.boundaries, rules.chunkSize)
    : chunkRanges(file.entries, rules.chunkSize);
}

/** The chunks of all files, in order of dataset, file and event; at most `maxChunks` of each dataset. */
export function planChunks(
  opened: readonly OpenedFile[],
  maxChunks: number = Number.POSITIVE_INFINITY,
): PlannedChunk[] {
  const counts = new Map<Dataset, number>();
  const chunks: PlannedChunk[] = [];
  for (const file of opened)
    for (const [start, stop] of file.ranges) {
      const count = counts.get(file.dataset) ?? 0;
      if (count >= maxChunks) break;
      counts.set(file.dataset, count + 1);
      const range = { dataset: file.dataset.name, filename: file.entry.filename, start, stop };
      chunks.push({ leaf: chunks.length, opened: file, range });
    }
  return chunks;
}

/** What `events.metadata` holds for a range of a file. */
export function metadataOf({ dataset, entry, file }: OpenedFile, start: number, stop: number): Metadata {
  return {
    ...entry.metadata,
    dataset: dataset.name,
    filename: entry.filename,
    treename: entry.treename,
    entrystart: start,
    entrystop: stop,
    fileuuid: file.uuid,
  };
}
