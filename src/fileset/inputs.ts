import { globSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { CortadoError, whatExists } from "../errors.ts";

/** True if `path` has the form of a pattern (`*`, `?`, `[…]`, `{…}`) and is not the name of something that exists. */
function isPattern(path: string): boolean {
  return /[*?[\]{}]/.test(path) && statSync(path, { throwIfNoEntry: false }) === undefined;
}

/**
 * The files an input stands for: a file itself, the `*.parquet` of a folder, or what a pattern matches, in the order of
 * their names. A file is not opened or looked for here. Throws `UsageError` for a remote address, `NotFoundError` for a
 * folder or pattern that gives no file.
 */
export function expandInput(input: string): string[] {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(input))
    throw new CortadoError("UsageError", `${input} is a remote address; only files on this machine can be read`, {
      code: "BadFileset",
    });
  if (isPattern(input)) {
    const found = globSync(input)
      .filter((f) => statSync(f).isFile())
      .sort();
    if (found.length > 0) return found;
    throw new CortadoError("NotFoundError", `no file matches ${input}`, { code: "NoMatch", file: input });
  }
  if (statSync(input, { throwIfNoEntry: false })?.isDirectory() !== true) return [input];
  const names = readdirSync(input);
  const found = names.filter((name) => extname(name) === ".parquet").sort();
  if (found.length > 0) return found.map((name) => join(input, name));
  const others = names.length === 0 ? "It is empty." : whatExists(".parquet", names);
  throw new CortadoError("NotFoundError", `no *.parquet file in folder ${input}. ${others}`, {
    code: "NoMatch",
    file: input,
  });
}

/** The dataset a file belongs to when no fileset says otherwise: its name without folder and extension. */
export function stemOf(filename: string): string {
  return basename(filename, extname(filename));
}

/** The names beside `filename` that are most like it, for an error about a file that does not exist. */
export function neighbours(filename: string): string[] {
  try {
    return readdirSync(dirname(filename));
  } catch {
    return [];
  }
}
