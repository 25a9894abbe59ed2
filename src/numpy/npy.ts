/** One array as a `.npy` file: a header that is a Python dictionary, padded to 64 bytes, then the elements. */
import { CortadoError } from "../errors.ts";
import type { DType, Values, ValuesOf } from "../jagged/index.ts";
import { descrs, numbersOf, storedAs, textBytes, textsOf } from "./npy-types.ts";

/** Elements in C order, where the last index runs fastest; a shape without dimensions has one. */
export type NpyArray = { readonly shape: readonly number[] } & (
  | { readonly [D in DType]: { readonly dtype: D; readonly values: ValuesOf[D] } }[DType]
  | { readonly dtype: "string"; readonly values: readonly string[] }
);

const magic = "\u0093NUMPY";

/** The bytes of a `.npy` file, format 1.0, little-endian, C order. The same array always gives the same bytes. */
export function writeNpy({ dtype, shape, values }: NpyArray): Uint8Array {
  const { descr, bytes } =
    dtype === "string"
      ? textBytes(values)
      : { descr: descrs[dtype], bytes: new Uint8Array(values.buffer, values.byteOffset, values.byteLength) };
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const dictionary = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${tuple}), }`;
  const start = Math.ceil((dictionary.length + 11) / 64) * 64;
  const file = new Uint8Array(start + bytes.length);
  const header = `${magic}\u0001\u0000__${dictionary.padEnd(start - 11)}\n`;
  for (let i = 0; i < start; i++) file[i] = header.charCodeAt(i);
  new DataView(file.buffer).setUint16(8, start - 10, true);
  file.set(bytes, start);
  return file;
}

/**
 * The array of a `.npy` file of any format, byte order and element order.
 *
 * @param name what the file is called in an error message
 * @throws FormatError: `NotNumpy` for bytes that are no such file or too few or many, `UnsupportedType` for elements that
 * are neither numbers, booleans nor text.
 */
export function readNpy(bytes: Uint8Array, name: string): NpyArray {
  const { descr, fortran, shape, start } = readHeader(bytes, name);
  const stored = storedAs(descr);
  if (stored === undefined) {
    const message = `${name} holds ${descr === "" ? "records" : `elements of type ${descr}`}: only numbers, booleans and text can be read`;
    throw new CortadoError("FormatError", message, { code: "UnsupportedType" });
  }
  const count = shape.reduce((product, n) => product * n, 1);
  const data = bytes.subarray(start);
  if (data.length !== count * stored.size)
    throw notNumpy(`${name} has ${data.length} bytes for ${count} elements of ${stored.size}`);
  const order = <V extends Values | readonly string[]>(values: V): V =>
    fortran && shape.length > 1 ? inOrder(values, fortranPlaces(shape)) : values;
  if (stored.dtype === "string") return { dtype: "string", shape, values: order(textsOf(data, stored, count)) };
  return { dtype: stored.dtype, shape, values: order(numbersOf(data, stored, count)) } as NpyArray;
}

interface Header {
  readonly descr: string;
  readonly fortran: boolean;
  readonly shape: readonly number[];
  /** Where the elements begin. */
  readonly start: number;
}

function readHeader(bytes: Uint8Array, name: string): Header {
  if (bytes.length < 12 || !String.fromCharCode(...bytes.subarray(0, 6)).startsWith(magic))
    throw notNumpy(`${name} is no .npy file`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [begin, length] = bytes[6]! > 1 ? [12, view.getUint32(8, true)] : [10, view.getUint16(8, true)];
  const start = begin + length;
  const header = new TextDecoder("latin1").decode(bytes.subarray(begin, start));
  const shape = /'shape':\s*\(([\d\s,]*)\)/.exec(header)?.[1];
  const fortran = /'fortran_order':\s*(True|False)/.exec(header)?.[1];
  if (shape === undefined || fortran === undefined || start > bytes.length)
    throw notNumpy(`${name} has a header that cannot be read`);
  const sizes = shape.split(",").filter((size) => size.trim() !== "");
  const descr = /'descr':\s*'([^']*)'/.exec(header)?.[1] ?? "";
  return { descr, fortran: fortran === "True", shape: sizes.map(Number), start };
}

/** Where each element in C order stands in Fortran order, where the first index runs fastest. */
function fortranPlaces(shape: readonly number[]): Int32Array {
  let places = Int32Array.of(0);
  let step = 1;
  for (const size of shape) {
    const next = new Int32Array(places.length * size);
    for (let i = 0; i < next.length; i++) next[i] = places[Math.floor(i / size)]! + (i % size) * step;
    places = next;
    step *= size;
  }
  return places;
}

/** The elements at these places. */
function inOrder<V extends Values | readonly string[]>(values: V, places: Int32Array): V {
  const found = values.slice() as unknown as { [i: number]: unknown };
  for (let i = 0; i < places.length; i++) found[i] = values[places[i]!];
  return found as unknown as V;
}

export function notNumpy(what: string, cause?: unknown): CortadoError {
  return new CortadoError("FormatError", `Not an array of NumPy: ${what}.`, { code: "NotNumpy" }, { cause });
}
