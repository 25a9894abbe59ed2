import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { CortadoError, type Place, withPlace } from "../errors.ts";
import { type EventLayout, fieldToWrite, hasValues, listDepth, type ParquetRows, storedType } from "../events/index.ts";
import { writeParquet } from "../io/index.ts";
import type { ParquetParts, PartColumn } from "./parquet-parts.ts";
import { replaceParquet } from "./replace-parquet.ts";

/** Where a run writes the files that its processor makes. */
export interface OutputFolder {
  /** Absolute path of what relative names stand in. */
  readonly folder: string;
  /** Names what belongs to this run alone. */
  readonly run: string;
}

/** The path of a file that a processor names. */
export function outputPath(output: OutputFolder, file: string): string {
  return resolve(output.folder, file);
}

/** The folder for the parts of a file: within that of the run, or beside a file that is elsewhere. */
export function partsFolder(output: OutputFolder, path: string): string {
  const within = relative(output.folder, path);
  const elsewhere = within.startsWith("..") || isAbsolute(within);
  return join(elsewhere ? dirname(path) : output.folder, `.cortado-${output.run}`);
}

/**
 * Writes the rows in a chunk's result, each to a part file of its own that only depends on the chunk, so that running it again writes the
 * same file again; in the result stand the parts instead. `files` are the paths of the files that these are parts of. Memory: one row group.
 * Throws UserError (`BadResult`) if two rows are for the same file, and what `openWriter` throws.
 */
export async function writeParts(
  result: unknown,
  output: OutputFolder,
  layout: EventLayout,
  place: Place,
): Promise<{ readonly result: unknown; readonly files: readonly string[] }> {
  const rows: ParquetRows[] = [];
  replaceParquet(result, (found) => rows.push(found as ParquetRows));
  if (rows.length === 0) return { result, files: [] };
  const files = rows.map(({ file }) => outputPath(output, file));
  const twice = files.find((path, i) => files.indexOf(path) !== i);
  if (twice !== undefined) throw withPlace(writtenTwice(rows[files.indexOf(twice)]!.file), place);
  const written = new Map<unknown, ParquetParts>();
  for (const [i, found] of rows.entries()) written.set(found, await writePart(found, files[i]!, output, layout, place));
  return { result: replaceParquet(result, (found) => written.get(found)), files };
}

/** The error for two results that go into one file. */
export function writtenTwice(file: string): CortadoError<"UserError"> {
  return new CortadoError("UserError", `process returned two results to be written to "${file}"; each needs a file`, {
    code: "BadResult",
  });
}

async function writePart(
  { file, events, columns }: ParquetRows,
  path: string,
  output: OutputFolder,
  layout: EventLayout,
  place: Place,
): Promise<ParquetParts> {
  const described = Object.entries(columns).map(([name, column]): [string, PartColumn] => {
    const field = fieldToWrite(layout, name, column);
    const stored = storedType(layout, name, listDepth(column)) !== undefined;
    return [name, { field, typed: hasValues(column), stored }];
  });
  const about = { tag: "parquet", file, events, columns: Object.fromEntries(described) } as const;
  if (events === 0) return { ...about, parts: [] };
  const folder = partsFolder(output, path);
  makeFolder(folder, path, dirname(folder) === output.folder);
  const name = createHash("sha256")
    .update(JSON.stringify([path, place.dataset, place.file]))
    .digest("hex")
    .slice(0, 16);
  // Not `.parquet`: what a run that was killed leaves must not match `*.parquet`.
  const part = join(folder, `${name}-${place.start}-${place.stop}.part`);
  await writeParquet(part, columns, { level: 1, dictionaryBytes: 0 });
  return { ...about, parts: [part] };
}

/**
 * Makes a folder that the file `path` needs, unless it is there. Throws IoError (`WriteFailed`), and UsageError if the one above it does not
 * exist and is not to be made: `NotFoundError` is of inputs, which a run may skip.
 */
export function makeFolder(folder: string, path: string, recursive: boolean): void {
  try {
    if (recursive) mkdirSync(folder, { recursive });
    else mkdirSync(folder);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "EEXIST") return;
    if (code === "ENOENT")
      throw new CortadoError("UsageError", `cannot write ${path}: there is no folder ${dirname(path)}`, {
        code: "BadArgument",
      });
    throw new CortadoError(
      "IoError",
      `cannot write ${path}: ${(cause as Error).message}`,
      { code: "WriteFailed", file: path },
      { cause },
    );
  }
}
