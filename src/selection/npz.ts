import { type Zippable, zipSync } from "fflate";
import type { CutEvents } from "./cut-events.ts";

/** An array of an `.npz` file, written in C order; one dimension unless `shape` says others. */
export interface NpzArray {
  /** `integer` is written as int64, `number` as float64, `boolean` as bool, `text` as Unicode of the length of the longest. */
  readonly kind: "integer" | "number" | "boolean" | "text";
  readonly values: ArrayLike<number> | readonly string[];
  readonly shape?: readonly number[];
}

/** Arrays by name as the bytes of an `.npz` file, not compressed, which `numpy.load` reads. The same arrays always give the same bytes. */
export function npz(arrays: Readonly<Record<string, NpzArray>>): Uint8Array {
  const files: Zippable = {};
  for (const [name, array] of Object.entries(arrays)) files[`${name}.npy`] = npy(array);
  return zipSync(files, { level: 0, mtime: new Date(1980, 0, 1) });
}

/** NumPy's file format 1.0: a header that is a Python dictionary, padded to 64 bytes, then the values, little-endian. */
function npy({ kind, values, shape = [values.length] }: NpzArray): Uint8Array {
  const { descr, bytes } = content(kind, values);
  const dictionary = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape.join(", ")}${shape.length === 1 ? "," : ""}), }`;
  const length = Math.ceil((dictionary.length + 11) / 64) * 64;
  const file = new Uint8Array(length + bytes.length);
  file.set([0x93, ...new TextEncoder().encode(`NUMPY\u0001\u0000`)]);
  new DataView(file.buffer).setUint16(8, length - 10, true);
  file.set(new TextEncoder().encode(`${dictionary.padEnd(length - 11)}\n`), 10);
  file.set(bytes, length);
  return file;
}

function content(
  kind: NpzArray["kind"],
  values: NpzArray["values"],
): { readonly descr: string; readonly bytes: Uint8Array } {
  if (kind === "text") {
    const texts = Array.from(values as readonly string[], (text) => [...text]);
    const widest = Math.max(1, ...texts.map((text) => text.length));
    const view = new DataView(new ArrayBuffer(4 * widest * texts.length));
    for (const [k, text] of texts.entries())
      for (const [i, character] of text.entries())
        view.setUint32(4 * (k * widest + i), character.codePointAt(0)!, true);
    return { descr: `<U${widest}`, bytes: new Uint8Array(view.buffer) };
  }
  const numbers = values as ArrayLike<number>;
  if (kind === "boolean") return { descr: "|b1", bytes: Uint8Array.from(numbers) };
  const view = new DataView(new ArrayBuffer(8 * numbers.length));
  for (let i = 0; i < numbers.length; i++)
    if (kind === "integer") view.setBigInt64(8 * i, BigInt(numbers[i]!), true);
    else view.setFloat64(8 * i, numbers[i]!, true);
  return { descr: kind === "integer" ? "<i8" : "<f8", bytes: new Uint8Array(view.buffer) };
}

/** Masks of the same events as one array, a row for each. */
export function maskRows(masks: readonly Uint8Array[], events: number): NpzArray {
  const values = new Uint8Array(masks.length * events);
  for (const [k, mask] of masks.entries()) values.set(mask, k * events);
  return { kind: "boolean", values, shape: [masks.length, events] };
}

/** The common mask and the weights of events, as far as there are any. */
export function eventArrays({ common, weights }: CutEvents): Record<string, NpzArray> {
  return {
    ...(common !== null && { commonmask: { kind: "boolean" as const, values: common } }),
    ...(weights !== null && { weights: { kind: "number" as const, values: weights } }),
  };
}
