import { CortadoError } from "../errors.ts";
import { type Column, fromList, type PrimitiveColumn } from "../jagged/index.ts";
import type { NpyArray } from "./npy.ts";
import { unzipNpy } from "./zip-npy.ts";

/**
 * The arrays of a `.npz` file as columns by name: arrays of several dimensions as regular lists, `NAME.values` and
 * `NAME.offsets` as the lists `NAME`, float16 as float32, a single number as a column of one entry. The way back of
 * `toNpz`, and of `numpy.savez` and `numpy.savez_compressed`.
 *
 * @throws FormatError: `NotNumpy` for bytes that are no such file, `UnsupportedType` for complex numbers, dates, records and
 * Python objects, `CorruptOffsets` for offsets that do not fit their values.
 */
export function fromNpz(bytes: Uint8Array): Record<string, Column> {
  const arrays = unzipNpy(bytes);
  const listOf = (name: string): string | undefined => {
    const base = /^(.+)\.(?:values|offsets)$/.exec(name)?.[1];
    return base !== undefined && arrays.has(`${base}.offsets`) && hasContent(arrays, base) ? base : undefined;
  };
  const names = [...arrays.keys()].map((name) => {
    let outer = name;
    for (let base = listOf(name); base !== undefined; base = listOf(base)) outer = base;
    return outer;
  });
  return Object.fromEntries([...new Set(names)].map((name) => [name, columnNamed(arrays, name)]));
}

function hasContent(arrays: ReadonlyMap<string, NpyArray>, base: string): boolean {
  return arrays.has(`${base}.values`) || (arrays.has(`${base}.values.offsets`) && hasContent(arrays, `${base}.values`));
}

/** The array of this name, or the lists. */
function columnNamed(arrays: ReadonlyMap<string, NpyArray>, name: string): Column {
  const array = arrays.get(name);
  if (array !== undefined) return columnOf(array);
  const content = columnNamed(arrays, `${name}.values`);
  const { shape, values } = arrays.get(`${name}.offsets`)!;
  const offsets = Int32Array.from(values as ArrayLike<number | bigint>, Number);
  const fits =
    shape.length === 1 &&
    offsets[0] === 0 &&
    offsets.at(-1) === content.length &&
    offsets.every((offset, i) => i === 0 || offset >= offsets[i - 1]!);
  if (fits) return { kind: "list", length: offsets.length - 1, offsets, content };
  throw new CortadoError(
    "FormatError",
    `"${name}.offsets" do not divide the ${content.length} entries of "${name}.values" into lists: they begin at 0, never fall and end at ${content.length}.`,
    { code: "CorruptOffsets", column: name },
  );
}

/** Every dimension but the first as regular lists. */
function columnOf(array: NpyArray): Column {
  const flat = array.dtype === "string" ? fromList(array.values, "string") : primitive(array);
  const [, ...inner] = array.shape;
  return inner.reduceRight((content: Column, size, d): Column => {
    const length = array.shape.slice(0, d + 1).reduce((product, n) => product * n, 1);
    return {
      kind: "list",
      length,
      size,
      offsets: Int32Array.from({ length: length + 1 }, (_, i) => i * size),
      content,
    };
  }, flat);
}

const primitive = ({ dtype, values }: Exclude<NpyArray, { dtype: "string" }>): Column =>
  ({ kind: "primitive", dtype, values, length: values.length }) as PrimitiveColumn;
