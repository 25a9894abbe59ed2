/** NumPy's names of element types (`descr`) and how their bytes become numbers. */
import { type DType, type Values, valuesOf } from "../jagged/index.ts";

/** The `descr` of each dtype, little-endian. */
export const descrs: { readonly [D in DType]: string } = {
  bool: "|b1",
  int8: "|i1",
  int16: "<i2",
  int32: "<i4",
  int64: "<i8",
  uint8: "|u1",
  uint16: "<u2",
  uint32: "<u4",
  uint64: "<u8",
  float32: "<f4",
  float64: "<f8",
};

/** Bytes of one element as they are stored, and the dtype they are read as. */
export interface Stored {
  readonly dtype: DType | "string";
  readonly size: number;
  readonly bigEndian: boolean;
  /** Half precision is widened to float32, which is exact. */
  readonly half: boolean;
  /** Of text: bytes of one character, 4 for Unicode (`U`) and 1 for bytes (`S`). */
  readonly character?: 1 | 4;
}

const dtypes = new Map(Object.entries(descrs).map(([dtype, descr]) => [descr.slice(1), dtype as DType]));

/** What a `descr` such as `<f8`, `>i4` or `<U7` means; undefined for what is neither number, boolean nor text. */
export function storedAs(descr: string): Stored | undefined {
  const [, order, code, count] = /^([<>|=])([a-zA-Z])(\d+)$/.exec(descr) ?? [];
  if (code === undefined || count === undefined) return undefined;
  const bigEndian = order === ">";
  if (code === "U" || code === "S") {
    const character = code === "U" ? 4 : 1;
    return { dtype: "string", size: character * Number(count), bigEndian, half: false, character };
  }
  if (code === "f" && count === "2") return { dtype: "float32", size: 2, bigEndian, half: true };
  const dtype = dtypes.get(`${code}${count}`);
  return dtype && { dtype, size: valuesOf[dtype].BYTES_PER_ELEMENT, bigEndian, half: false };
}

/** `count` numbers of `bytes`, which are as many as that takes, as a new typed array. */
export function numbersOf(bytes: Uint8Array, { dtype, size, bigEndian, half }: Stored, count: number): Values {
  const copy = bytes.slice();
  if (bigEndian) for (let at = 0; at < copy.length; at += size) copy.subarray(at, at + size).reverse();
  if (!half) return new valuesOf[dtype as DType](copy.buffer as never);
  const view = new DataView(copy.buffer);
  return Float32Array.from({ length: count }, (_, i) => view.getFloat16(2 * i, true));
}

/** Texts of `count` elements of `size` bytes each, without the zeros that fill them up. */
export function textsOf(bytes: Uint8Array, { size, bigEndian, character }: Stored, count: number): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: count }, (_, k) => {
    const codes: number[] = [];
    for (let at = k * size; at < (k + 1) * size; at += character!)
      codes.push(character === 4 ? view.getUint32(at, !bigEndian) : view.getUint8(at));
    while (codes.at(-1) === 0) codes.pop();
    return codes.map((code) => String.fromCodePoint(code)).join("");
  });
}

/** Texts as Unicode elements of the length of the longest, at least 1: their bytes and the `descr`. */
export function textBytes(texts: readonly string[]): { readonly descr: string; readonly bytes: Uint8Array } {
  const characters = texts.map((text) => [...text]);
  const widest = characters.reduce((most, text) => Math.max(most, text.length), 1);
  const view = new DataView(new ArrayBuffer(4 * widest * texts.length));
  for (const [k, text] of characters.entries())
    for (const [i, character] of text.entries()) view.setUint32(4 * (k * widest + i), character.codePointAt(0)!, true);
  return { descr: `<U${widest}`, bytes: new Uint8Array(view.buffer) };
}
