/**
 * UHI in a ZIP, for many or large histograms: `NAME.json` holds everything but the arrays, in whose place stand the names
 * of `.npy` files. Python's `uhi.io.zip` reads and writes the same.
 */
import { strFromU8, strToU8, type Zippable, zipSync } from "fflate";
import { CortadoError } from "../errors.ts";
import { type NpyArray, readNpy, unzip, writeNpy } from "../numpy/index.ts";
import { cellCount } from "./axis.ts";
import type { Hist } from "./hist.ts";
import type { HistData } from "./hist-data.ts";
import { nest } from "./uhi-arrays.ts";
import { fromUhi, parseJson } from "./uhi-read.ts";
import { requireWritable, uhiOf } from "./uhi-write.ts";

/**
 * Histograms by name as the bytes of a ZIP. The same histograms always give the same bytes. Cells may be NaN or infinite
 * here.
 *
 * @throws UsageError for a cell of an `int64` storage beyond 2^53, naming it.
 */
export function toUhiZip(hists: Readonly<Record<string, HistData>> | ReadonlyMap<string, HistData>): Uint8Array {
  const files: Zippable = {};
  for (const [name, hist] of hists instanceof Map ? hists : Object.entries(hists as Record<string, HistData>)) {
    const shape = hist.axes.map(cellCount);
    const integers = hist.storage.kind === "int64";
    const json = uhiOf(hist, (values, array) => {
      const file = `${name}_storage_${array}.npy`;
      if (integers) requireWritable(values, array, hist, name, "a ZIP");
      files[file] = writeNpy(integers ? int64s(shape, values) : { dtype: "float64", shape, values });
      return file;
    });
    const axes = json.axes.map((axis, i) => {
      if (axis.type !== "variable") return axis;
      const file = `${name}_axis_${i}_edges.npy`;
      files[file] = writeNpy({ dtype: "float64", shape: [axis.edges.length], values: Float64Array.from(axis.edges) });
      return { ...axis, edges: file };
    });
    files[`${name}.json`] = strToU8(JSON.stringify({ ...json, axes }));
  }
  return zipSync(files, { mtime: new Date(1980, 0, 1) });
}

const int64s = (shape: readonly number[], values: Float64Array): NpyArray => ({
  dtype: "int64",
  shape,
  values: BigInt64Array.from(values, BigInt),
});

/**
 * The histograms of a UHI ZIP, by name.
 *
 * @throws FormatError: `NotUhi` for bytes that are no ZIP, an array that is not there, and as {@link fromUhi}; `NotNumpy` for a
 * file that should be an array and is none.
 */
export function fromUhiZip(bytes: Uint8Array): Map<string, Hist> {
  const files = unzipped(bytes);
  const names = Object.keys(files).filter((name) => name.endsWith(".json"));
  return new Map(
    names.map((file) => {
      const name = file.slice(0, -".json".length);
      return [name, fromUhi(withArrays(parseJson(strFromU8(files[file]!)), files), name)];
    }),
  );
}

function unzipped(bytes: Uint8Array): Record<string, Uint8Array> {
  try {
    return unzip(bytes);
  } catch (cause) {
    throw new CortadoError("FormatError", `Not a ZIP: ${(cause as Error).message}`, { code: "NotUhi" }, { cause });
  }
}

/** Arrays stand in the storage and in the axes, which hold no other file names. */
function withArrays(json: unknown, files: Record<string, Uint8Array>): unknown {
  if (typeof json !== "object" || json === null) return json;
  const { storage, axes } = json as { storage?: unknown; axes?: unknown };
  return {
    ...json,
    ...(storage !== undefined && { storage: read(storage, files) }),
    ...(Array.isArray(axes) && { axes: axes.map((axis) => read(axis, files)) }),
  };
}

function read(object: unknown, files: Record<string, Uint8Array>): unknown {
  if (typeof object !== "object" || object === null) return object;
  const entries = Object.entries(object).map(([field, value]) => {
    if (typeof value !== "string" || !value.endsWith(".npy")) return [field, value];
    const bytes = files[value];
    if (bytes === undefined) throw new CortadoError("FormatError", `The ZIP has no ${value}.`, { code: "NotUhi" });
    const array = readNpy(bytes, value);
    return [field, nest(exactNumbers(array, value), array.shape)];
  });
  return Object.fromEntries(entries);
}

/** The elements in float64, which holds all numbers but large 64-bit integers. */
function exactNumbers({ dtype, values }: NpyArray, file: string): Float64Array {
  if (dtype === "string") throw notUhi(`${file} holds text`);
  const inexact = [...values].find((value) => typeof value === "bigint" && BigInt(Number(value)) !== value);
  if (inexact !== undefined) throw notUhi(`${file} holds ${inexact}, which is not exact in float64`);
  return Float64Array.from(values as ArrayLike<number | bigint>, Number);
}

const notUhi = (what: string): CortadoError =>
  new CortadoError("FormatError", `Not an array of a UHI ZIP: ${what}.`, { code: "NotUhi" });
