import { readFileSync } from "node:fs";
import { CortadoError, nearest, whatExists } from "../errors.ts";
import { fromUhi, fromUhiZip, parseJson } from "../hist/index.ts";
import type { FoundHist } from "./histograms-in.ts";

export interface StoredHists {
  readonly file: string;
  /** At least one. */
  readonly found: readonly FoundHist[];
}

/**
 * The histograms of a file: `result.json` of a run, UHI JSON, or a UHI ZIP. `FILE:KEY` is the one of this key, or those
 * below it; keys are joined with dots.
 *
 * @throws NotFoundError, FormatError, UsageError for a file without histograms or a key that does not exist.
 */
export function storedHists(input: string): StoredHists {
  const [, file = input, wanted] = /^(.*\.(?:json|zip))(?::(.+))?$/.exec(input) ?? [];
  const all = file.endsWith(".zip") ? inZip(bytesOf(file)) : inJson(parseJson(bytesOf(file).toString()), []);
  if (all.length === 0) throw usage(`${file} holds no histograms`);
  if (wanted === undefined) return { file, found: all };
  const one = all.find(({ key }) => key === wanted);
  const found = one === undefined ? all.filter(({ key }) => key.startsWith(`${wanted}.`)) : [one];
  if (found.length > 0) return { file, found };
  const keys = all.map(({ key }) => key);
  throw usage(`${file} has no histogram "${wanted}". ${whatExists(wanted, keys)}`, nearest(wanted, keys));
}

const inZip = (bytes: Uint8Array): FoundHist[] => [...fromUhiZip(bytes)].map(([key, hist]) => ({ key, hist }));

/** Every histogram of a value: what has axes and a storage. A value that is one itself is called `hist`. */
function inJson(value: unknown, path: readonly string[]): FoundHist[] {
  if (typeof value !== "object" || value === null) return [];
  const key = path.join(".") || "hist";
  if ("axes" in value && "storage" in value) return [{ key, hist: fromUhi(value, key) }];
  return Object.entries(value).flatMap(([name, inner]) => inJson(inner, [...path, name]));
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new CortadoError("NotFoundError", `There is no file ${file}.`, { code: "NoSuchFile", file }, { cause });
  }
}

function usage(message: string, near?: readonly string[]): CortadoError {
  return new CortadoError("UsageError", message, { code: "BadArgument", ...(near !== undefined && { nearest: near }) });
}
