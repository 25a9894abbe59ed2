import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { type Fileset, type FilesetForm, filesetOfInputs, normaliseFileset } from "./fileset.ts";
import { readFileset } from "./read-fileset.ts";

/** Everything a run takes as its fileset: JSON file, input (file, folder, pattern), several inputs, or a fileset itself. */
export type FilesetInput = string | URL | readonly (string | URL)[] | FilesetForm | Fileset;

/** The fileset an argument stands for. Throws as `readFileset`, `filesetOfInputs` and `normaliseFileset` do. */
export function toFileset(input: FilesetInput): Fileset {
  if (typeof input === "string" || input instanceof URL) {
    const path = pathOf(input);
    return extname(path) === ".json" ? readFileset(path) : filesetOfInputs([path]);
  }
  if (Array.isArray(input)) return filesetOfInputs(input.map(pathOf));
  return isNormalised(input) ? input : normaliseFileset(input);
}

function isNormalised(input: object): input is Fileset {
  const datasets = (input as { datasets?: unknown }).datasets;
  return Array.isArray(datasets) && datasets.every((d) => typeof d === "object" && d !== null && "name" in d);
}

function pathOf(input: string | URL): string {
  return input instanceof URL ? fileURLToPath(input) : input;
}
