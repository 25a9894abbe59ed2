import { existsSync, readFileSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { CortadoError, isCortadoError, nearest, whatExists } from "../errors.ts";
import { type Fileset, normaliseFileset } from "./fileset.ts";
import { neighbours } from "./inputs.ts";

/**
 * The fileset of a JSON file. A relative file name in it is looked for beside the JSON file, then in the working folder.
 * Throws `NotFoundError`, `IoError`, `FormatError` (not JSON) or `UsageError` (not a fileset), each naming the JSON file.
 */
export function readFileset(path: string | URL): Fileset {
  const file = path instanceof URL ? fileURLToPath(path) : path;
  const form = parse(file, readText(file));
  const folder = dirname(file);
  try {
    return normaliseFileset(form, (name) => {
      if (isAbsolute(name) || name.includes("://")) return name;
      const beside = join(folder, name);
      return !existsSync(beside) && existsSync(name) ? name : beside;
    });
  } catch (error) {
    if (!isCortadoError(error, "UsageError")) throw error;
    throw new CortadoError("UsageError", `${error.message} (in ${file})`, { file, ...error.fields }, { cause: error });
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ENOENT")
      throw new CortadoError("IoError", `cannot read fileset ${file}`, { code: "ReadFailed", file }, { cause });
    const names = neighbours(file);
    throw new CortadoError(
      "NotFoundError",
      `there is no fileset ${file}. ${whatExists(file.split(/[\\/]/).at(-1)!, names)}`,
      { code: "NoSuchFile", file, nearest: nearest(file.split(/[\\/]/).at(-1)!, names) },
      { cause },
    );
  }
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CortadoError(
      "FormatError",
      `fileset ${file} is not JSON: ${(cause as Error).message}`,
      { code: "NotJson", file },
      { cause },
    );
  }
}
