import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import { CortadoError, whatExists } from "../errors.ts";
import type { EventRange } from "./chunks.ts";
import { expandInput, stemOf } from "./inputs.ts";

/** What a user says about a dataset or file; handed to the processor as `events.metadata`. Plain JSON. */
export type Metadata = Readonly<Record<string, unknown>>;

/** Normalised: what is to be processed, in order. Plain data. */
export interface Fileset {
  readonly datasets: readonly Dataset[];
}

export interface Dataset {
  readonly name: string;
  readonly files: readonly DatasetFile[];
}

export interface DatasetFile {
  /** The path it is opened with. */
  readonly filename: string;
  readonly treename: string;
  /** Metadata of the dataset with those of the file on top. */
  readonly metadata: Metadata;
  /** Ranges to process; absent: all events, cut by the chunk size. */
  readonly steps?: readonly EventRange[];
}

/** A file of a fileset as a user may write it: a tree name, or what is known about the file. */
export interface FileEntry {
  readonly object_path?: string;
  readonly treename?: string;
  readonly steps?: readonly (readonly [number, number])[] | null;
  readonly num_entries?: number | null;
  readonly uuid?: string | null;
  readonly metadata?: Metadata | null;
}

export interface DatasetEntry {
  readonly files: readonly string[] | Readonly<Record<string, string | FileEntry | null>>;
  readonly treename?: string;
  readonly metadata?: Metadata | null;
  readonly form?: string | null;
}

/** A fileset as a user may write it. */
export type FilesetForm = Readonly<
  Record<string, readonly string[] | DatasetEntry | Readonly<Record<string, string | FileEntry | null>>>
>;

/** Words that `events.metadata` fills in itself. */
export const reservedMetadata: readonly string[] = [
  "dataset",
  "filename",
  "treename",
  "metadata",
  "entrystart",
  "entrystop",
  "fileuuid",
  "numentries",
  "uuid",
  "clusters",
  "preload",
];

const datasetKeys = ["files", "treename", "metadata", "form", "preload"];
const fileKeys = ["object_path", "treename", "steps", "num_entries", "uuid", "metadata"];

/**
 * Files, folders and patterns as a fileset: each file belongs to the dataset named after its stem.
 * Throws `NotFoundError` for a folder or pattern without files, `UsageError` if a file comes twice.
 */
export function filesetOfInputs(inputs: readonly string[]): Fileset {
  const form: Record<string, string[]> = Object.create(null);
  if (inputs.length === 0)
    throw new CortadoError("UsageError", "there is nothing to read: no file was given", { code: "NothingToDo" });
  for (const file of inputs.flatMap(expandInput)) (form[stemOf(file)] ??= []).push(file);
  return normaliseFileset(form);
}

/**
 * A fileset in one of its forms as plain, checked data. A file name may be a folder or a pattern; `locate` turns a name
 * as written into the path to open (default: as it is).
 *
 * Throws `UsageError` for a form that is not a fileset, a reserved word in metadata, or the same file twice in a dataset.
 */
export function normaliseFileset(form: unknown, locate: (name: string) => string = (name) => name): Fileset {
  if (!isRecord(form)) throw bad(`a fileset is an object {dataset: [files]}, not ${kindOf(form)}`);
  const names = Object.keys(form);
  if (names.length === 0) throw bad("the fileset has no dataset");
  return { datasets: names.map((name) => normaliseDataset(name, form[name], locate)) };
}

function normaliseDataset(name: string, entry: unknown, locate: (name: string) => string): Dataset {
  const described = isRecord(entry) && "files" in entry ? entry : { files: entry };
  checkKeys(described, datasetKeys, `dataset "${name}"`);
  const metadata = readMetadata(described["metadata"], `dataset "${name}"`);
  const treename = readTreename(described["treename"], `dataset "${name}"`) ?? "Events";
  const files: DatasetFile[] = [];
  for (const [written, file] of fileEntries(described["files"], name)) {
    const what = `file ${written} of dataset "${name}"`;
    const details = typeof file === "string" ? { object_path: file } : (file ?? {});
    if (!isRecord(details)) throw bad(`${what} is described by an object or a tree name, not ${kindOf(file)}`);
    checkKeys(details, fileKeys, what);
    const own = readMetadata(details["metadata"], what);
    const tree = readTreename(details["object_path"] ?? details["treename"], what);
    const steps = readSteps(details["steps"], what);
    const paths = expandInput(locate(written));
    if (steps !== undefined && paths.length > 1) throw bad(`${what} has steps but stands for ${paths.length} files`);
    for (const filename of paths)
      files.push({
        filename,
        treename: tree ?? treename,
        metadata: { ...metadata, ...own },
        ...(steps !== undefined && { steps }),
      });
  }
  if (files.length === 0)
    throw new CortadoError("UsageError", `dataset "${name}" has no files`, { code: "NothingToDo", dataset: name });
  checkDuplicates(name, files);
  return { name, files };
}

function fileEntries(files: unknown, dataset: string): [string, unknown][] {
  if (Array.isArray(files))
    return files.map((file) => {
      if (typeof file === "string") return [file, null];
      throw bad(`the files of dataset "${dataset}" are strings, one of them is ${kindOf(file)}`);
    });
  if (typeof files === "string") return [[files, null]];
  if (isRecord(files)) return Object.entries(files);
  throw bad(`dataset "${dataset}" needs a list of files or {files: …}, not ${kindOf(files)}`);
}

function checkDuplicates(dataset: string, files: readonly DatasetFile[]): void {
  const seen = new Map<string, string>();
  for (const { filename } of files) {
    const path = realPath(filename);
    const before = seen.get(path);
    if (before !== undefined) {
      const names = before === filename ? filename : `${before} and ${filename} are the same file, which`;
      throw new CortadoError("UsageError", `${names} is twice in dataset "${dataset}": its events would count twice`, {
        code: "DuplicateFile",
        dataset,
        file: filename,
      });
    }
    seen.set(path, filename);
  }
}

function realPath(filename: string): string {
  try {
    return realpathSync(filename);
  } catch {
    return resolve(filename);
  }
}

function readMetadata(metadata: unknown, what: string): Metadata {
  if (metadata === undefined || metadata === null) return {};
  if (!isRecord(metadata)) throw bad(`the metadata of ${what} is an object, not ${kindOf(metadata)}`);
  for (const word of Object.keys(metadata))
    if (reservedMetadata.includes(word)) throw bad(`Reserved word '${word}' in metadata of ${what}`);
  return metadata;
}

function readTreename(treename: unknown, what: string): string | undefined {
  if (treename === undefined || treename === null) return undefined;
  if (typeof treename !== "string") throw bad(`the tree name of ${what} is a string, not ${kindOf(treename)}`);
  return treename;
}

function readSteps(steps: unknown, what: string): EventRange[] | undefined {
  if (steps === undefined || steps === null) return undefined;
  if (!Array.isArray(steps)) throw bad(`the steps of ${what} are a list of [start, stop], not ${kindOf(steps)}`);
  let before = 0;
  return steps.map((step: unknown) => {
    const [start, stop] = Array.isArray(step) ? (step as unknown[]) : [];
    if (!Number.isSafeInteger(start) || !Number.isSafeInteger(stop) || !((start as number) <= (stop as number)))
      throw bad(`a step of ${what} is [start, stop], not ${JSON.stringify(step)}`);
    if ((start as number) < before) throw bad(`the steps of ${what} overlap or are not ascending at ${start}`);
    before = stop as number;
    return [start as number, stop as number];
  });
}

function checkKeys(entry: Record<string, unknown>, known: readonly string[], what: string): void {
  for (const key of Object.keys(entry))
    if (!known.includes(key)) throw bad(`${what} has an unknown entry "${key}". ${whatExists(key, known)}`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `${typeof value} ${String(value)}`;
}

function bad(message: string): CortadoError<"UsageError"> {
  return new CortadoError("UsageError", message, { code: "BadFileset" });
}
