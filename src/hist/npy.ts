/** Arrays as files of numpy, format 1.0: a header that is a Python dictionary, then little-endian numbers. Written in C order. */
import { CortadoError } from "../errors.ts";

export interface NpyArray {
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

const magic = "\u0093NUMPY";

const readers: { readonly [descr: string]: readonly [bytes: number, read: (view: DataView, at: number) => number] } = {
  "<f8": [8, (view, at) => view.getFloat64(at, true)],
  "<f4": [4, (view, at) => view.getFloat32(at, true)],
  "<i8": [8, (view, at) => exact(view.getBigInt64(at, true))],
  "<u8": [8, (view, at) => exact(view.getBigUint64(at, true))],
  "<i4": [4, (view, at) => view.getInt32(at, true)],
  "<u4": [4, (view, at) => view.getUint32(at, true)],
};

function exact(integer: bigint): number {
  if (integer === BigInt.asIntN(54, integer)) return Number(integer);
  throw notNpy(`${integer} is not exact in float64`);
}

/** @param integers written as int64 and not as float64 */
export function writeNpy({ shape, values }: NpyArray, integers: boolean): Uint8Array {
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const dictionary = `{'descr': '${integers ? "<i8" : "<f8"}', 'fortran_order': False, 'shape': (${tuple}), }`;
  const padded = Math.ceil((dictionary.length + 11) / 64) * 64;
  const bytes = new Uint8Array(padded + 8 * values.length);
  const header = `${magic}\u0001\u0000__${dictionary.padEnd(padded - 11)}\n`;
  for (let i = 0; i < padded; i++) bytes[i] = header.charCodeAt(i);
  const view = new DataView(bytes.buffer);
  view.setUint16(8, padded - 10, true);
  for (let i = 0; i < values.length; i++) {
    if (integers) view.setBigInt64(padded + 8 * i, BigInt(values[i]!), true);
    else view.setFloat64(padded + 8 * i, values[i]!, true);
  }
  return bytes;
}

/** @throws FormatError (`NotUhi`) for bytes that are no array of numbers. */
export function readNpy(bytes: Uint8Array, name: string): NpyArray {
  const text = String.fromCharCode(...bytes.subarray(0, 10));
  if (bytes.length < 10 || !text.startsWith(magic)) throw notNpy(`${name} is no .npy file`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const long = bytes[6]! > 1;
  const start = long ? 12 : 10;
  const end = start + (long ? view.getUint32(8, true) : view.getUint16(8, true));
  const header = new TextDecoder("latin1").decode(bytes.subarray(start, end));
  const descr = /'descr':\s*'([^']*)'/.exec(header)?.[1] ?? "";
  const reader = readers[descr];
  if (reader === undefined)
    throw notNpy(`${name} holds ${descr || "no numbers"}, not one of ${Object.keys(readers).join(", ")}`);
  const shape = (/'shape':\s*\(([^)]*)\)/.exec(header)?.[1] ?? "")
    .split(",")
    .filter((n) => n.trim() !== "")
    .map(Number);
  const length = shape.reduce((product, n) => product * n, 1);
  const [size, read] = reader;
  if (bytes.length - end !== size * length)
    throw notNpy(`${name} has ${bytes.length - end} bytes for ${length} numbers of ${size}`);
  const stored = /'fortran_order':\s*True/.test(header) ? fortranPlaces(shape) : undefined;
  return { shape, values: Float64Array.from({ length }, (_, i) => read(view, end + size * (stored?.[i] ?? i))) };
}

/** Where each entry in C order stands in Fortran order, where the first index runs fastest. */
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

function notNpy(what: string): CortadoError {
  return new CortadoError("FormatError", `Not an array of a UHI ZIP: ${what}.`, { code: "NotUhi" });
}
