import { type CortadoError, isCortadoError, withPlace } from "../errors.ts";
import type { Dataset, DatasetFile, Fileset } from "../fileset/index.ts";
import { type EventFile, openEventFile } from "../processor/index.ts";
import type { Schema } from "../schema/index.ts";
import { alikeNumbers } from "./check-types.ts";
import { withMissingColumns } from "./missing-columns.ts";
import { type ChunkRules, type OpenedFile, rangesOf } from "./plan.ts";
import { backOff, mayPass, type RetryRules } from "./retry.ts";

/** A file that could not be opened. */
export interface BadFile {
  readonly dataset: Dataset;
  readonly entry: DatasetFile;
  readonly error: CortadoError;
  readonly attempts: number;
}

/** The files of a fileset, each list in the order of the fileset. */
export interface OpenedFileset {
  readonly datasets: readonly Dataset[];
  readonly opened: readonly OpenedFile[];
  readonly bad: readonly BadFile[];
  /** Not opened: `maxChunks` was reached before, or the run was cancelled. */
  readonly left: readonly { readonly dataset: Dataset; readonly entry: DatasetFile }[];
}

export interface OpenSettings extends ChunkRules {
  readonly maxChunks: number;
  readonly retry: RetryRules;
  /** NanoAOD's unless given. */
  readonly schema?: Schema | undefined;
  readonly signal: AbortSignal | undefined;
  readonly onRetry: () => void;
  /** Told after each file. */
  readonly onOpen: (done: number, files: number) => void;
}

type Footer = { readonly file: EventFile } | { readonly error: CortadoError; readonly attempts: number };

/** Footers read at the same time. */
const atOnce = 8;

/**
 * Reads what each file says of itself, each file once, also if it is in several datasets. With `maxChunks` a dataset's
 * files are opened only until there are enough chunks. Throws `UsageError` for steps a file does not have.
 */
export async function openFiles(fileset: Fileset, settings: OpenSettings): Promise<OpenedFileset> {
  const all = fileset.datasets.flatMap((dataset) => dataset.files.map((entry) => ({ dataset, entry })));
  const footers = new Map<string, Promise<Footer>>();
  const results = new Map<DatasetFile, Omit<OpenedFile, "index"> | BadFile>();
  const chunks = new Map<Dataset, number>();
  let next = 0;

  async function open(dataset: Dataset, entry: DatasetFile): Promise<void> {
    const known = footers.get(entry.filename);
    const reading = known ?? readFooter(entry.filename, settings);
    if (known === undefined) footers.set(entry.filename, reading);
    const footer = await reading;
    if ("error" in footer) {
      const error = withPlace(footer.error, { dataset: dataset.name, file: entry.filename });
      results.set(entry, { dataset, entry, error, attempts: footer.attempts });
    } else {
      const ranges = rangesOf(dataset, entry, footer.file, settings);
      chunks.set(dataset, (chunks.get(dataset) ?? 0) + ranges.length);
      results.set(entry, { dataset, entry, file: footer.file, ranges });
    }
    settings.onOpen(results.size, all.length);
  }

  async function lane(): Promise<void> {
    while (next < all.length && settings.signal?.aborted !== true) {
      const { dataset, entry } = all[next++]!;
      if ((chunks.get(dataset) ?? 0) < settings.maxChunks) await open(dataset, entry);
    }
  }
  const lanes = Number.isFinite(settings.maxChunks) ? 1 : atOnce;
  await Promise.all(Array.from({ length: lanes }, lane));

  const opened: OpenedFile[] = [];
  const bad: BadFile[] = [];
  const left: { dataset: Dataset; entry: DatasetFile }[] = [];
  for (const item of all) {
    const result = results.get(item.entry);
    if (result === undefined) left.push(item);
    else if ("error" in result) bad.push(result);
    else opened.push({ ...result, index: opened.length });
  }
  return { datasets: fileset.datasets, opened: withMissingColumns(alikeNumbers(opened)), bad, left };
}

async function readFooter(filename: string, { retry, schema, signal, onRetry }: OpenSettings): Promise<Footer> {
  for (let attempts = 1; ; attempts++)
    try {
      return { file: await openEventFile(filename, schema) };
    } catch (error) {
      if (!isCortadoError(error)) throw error;
      if (!mayPass(error) || attempts >= retry.attempts || signal?.aborted === true) return { error, attempts };
      onRetry();
      await backOff(retry, attempts + 1, signal);
    }
}
