/** UHI JSON (schema 1) to histograms. Every refusal names the field. */
import { CortadoError } from "../errors.ts";
import { cellCount } from "./axis.ts";
import { Hist } from "./hist.ts";
import { flatValues, sparseValues } from "./uhi-arrays.ts";
import { readAxis } from "./uhi-axis.ts";
import { bad, type Fields, fieldsOf, readMetadata, readNames, readWriterInfo } from "./uhi-fields.ts";
import { nanWeightRows, varianceKnown } from "./uhi-schema.ts";
import { readStorage, storageArrays, storageKinds } from "./uhi-storage.ts";

/**
 * A histogram from parsed UHI JSON with dense, sparse or empty storage. Whole numbers above 2^53, which parsing has rounded,
 * are reported as a warning on the console.
 *
 * @param name the histogram's name in an error message
 * @throws FormatError (`NotUhi`) naming the field that is wrong.
 */
export function fromUhi(json: unknown, name = "histogram"): Hist {
  const fields = fieldsOf(json, name, ["axes", "storage"], ["uhi_schema", "metadata", "writer_info"]);
  const { uhi_schema: schema = 1, axes } = fields;
  if (schema !== 1) throw bad(`${name}.uhi_schema`, `is ${JSON.stringify(schema)}; only schema 1 can be read`);
  readWriterInfo(fields["writer_info"], `${name}.writer_info`);
  const metadata = readMetadata(fields["metadata"], `${name}.metadata`);
  const names = readNames(metadata, `${name}.metadata`, [varianceKnown, nanWeightRows]);
  if (!Array.isArray(axes)) throw bad(`${name}.axes`, "is not a list");
  const own = axes.map((axis, i) => readAxis(axis, `${name}.axes[${i}]`));

  const path = `${name}.storage`;
  const storage = fieldsOf(fields["storage"], path, ["type"], ["index", ...allArrays]);
  const kind = storageKinds[storage["type"] as keyof typeof storageKinds];
  if (kind === undefined)
    throw bad(`${path}.type`, `is ${JSON.stringify(storage["type"])}, which is no kind of storage`);
  const arrays = readArrays(storage, storageArrays[kind], own.map(cellCount), path);
  if (kind === "int64" && !(arrays["values"]?.every(Number.isInteger) ?? true))
    throw bad(`${path}.values`, "holds numbers that are not whole");
  if (kind === "int64") warnOfInexact(arrays["values"] ?? [], name);
  const weighted = metadata[varianceKnown] === false || !(arrays["values"]?.every(isCount) ?? true);
  const hist = Hist.of(...own, { storage: kind, ...names });
  hist.storage = readStorage(kind, hist.storage.values.length, arrays, weighted);
  const nanWeights = Number(metadata[nanWeightRows] ?? 0);
  if (nanWeights > 0) hist.storage.nanWeights = nanWeights;
  return hist;
}

/** Parsing has rounded them already. */
function warnOfInexact(values: ArrayLike<number>, name: string): void {
  const large = Array.from(values).filter((value) => !Number.isSafeInteger(value)).length;
  if (large === 0) return;
  const text =
    large === 1
      ? "1 cell of an int storage holds more than 2^53: it is"
      : `${large} cells of an int storage hold more than 2^53: they are`;
  console.warn(`${name}: ${text} exact to 53 bits only`);
}

const allArrays = [...new Set(Object.values(storageArrays).flat())];

/** All of the arrays a storage has, or none where it is empty. */
function readArrays(
  storage: Fields,
  names: readonly string[],
  shape: readonly number[],
  path: string,
): Record<string, Float64Array> {
  const { index } = storage;
  if (index === undefined && !names.some((name) => name in storage)) return {};
  const read = (name: string): Float64Array => {
    if (!(name in storage)) throw bad(path, `must contain ${name}`);
    if (index !== undefined) return sparseValues(index, storage[name], shape, path, name);
    return flatValues(storage[name], shape, `${path}.${name}`);
  };
  return Object.fromEntries(names.map((name) => [name, read(name)]));
}

/** True for what a fill without weights can leave in a cell. */
const isCount = (value: number): boolean => Number.isInteger(value) && value >= 0;

/**
 * The histograms of a UHI JSON file, by name. Accepts the tokens `NaN`, `Infinity` and `-Infinity`, which Python writes
 * though JSON has none.
 *
 * @throws FormatError (`NotJson`, or as {@link fromUhi}).
 */
export function parseUhi(json: string): Map<string, Hist> {
  const file = parseJson(json);
  if (typeof file !== "object" || file === null || Array.isArray(file))
    throw bad("the file", "must be an object of histograms by name");
  return new Map(Object.entries(file).map(([name, hist]) => [name, fromUhi(hist, name)]));
}

const mark = "\u0000number:";

/** JSON with the tokens `NaN`, `Infinity` and `-Infinity`. */
export function parseJson(json: string): unknown {
  const strict = json.replace(/"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g, (token) =>
    token.startsWith('"') ? token : `"\\u0000number:${token}"`,
  );
  try {
    return JSON.parse(strict, (_, value) =>
      typeof value === "string" && value.startsWith(mark) ? Number(value.slice(mark.length)) : value,
    );
  } catch (cause) {
    throw new CortadoError(
      "FormatError",
      `The text is not JSON: ${(cause as Error).message}`,
      { code: "NotJson" },
      { cause },
    );
  }
}
