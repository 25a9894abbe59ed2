/** Arrow validity bitmaps: bit `i` (least significant first) is 1 where entry `i` is present. */

/** A bitmap of `length` bits, all set. */
export function allPresent(length: number): Uint8Array {
  const bitmap = new Uint8Array((length + 7) >> 3).fill(255);
  if (length & 7) bitmap[bitmap.length - 1] = (1 << (length & 7)) - 1;
  return bitmap;
}

export function isSet(bitmap: Uint8Array | undefined, i: number): boolean {
  return bitmap === undefined || ((bitmap[i >> 3]! >> (i & 7)) & 1) === 1;
}

/** Present in both; undefined where nothing is missing in either. Never one of the inputs changed. */
export function presentInBoth(
  a: Uint8Array | undefined,
  b: Uint8Array | undefined,
  length: number,
): Uint8Array | undefined {
  if (a === undefined || a === b) return b;
  if (b === undefined) return a;
  const both = new Uint8Array((length + 7) >> 3);
  for (let i = 0; i < both.length; i++) both[i] = a[i]! & b[i]!;
  return both;
}

/** The bitmap of `index.map((i) => present(i))`, undefined if nothing is missing; negative indices are missing. */
export function gatherPresent(bitmap: Uint8Array | undefined, index: Int32Array): Uint8Array | undefined {
  if (bitmap === undefined) return presentIndices(index);
  let result: Uint8Array | undefined;
  for (let i = 0; i < index.length; i++) {
    const from = index[i]!;
    if (from >= 0 && ((bitmap[from >> 3]! >> (from & 7)) & 1) === 1) continue;
    result ??= allPresent(index.length);
    result[i >> 3]! &= ~(1 << (i & 7));
  }
  return result;
}

/** The bitmap of the indices that are not negative, undefined if none is. */
function presentIndices(index: Int32Array): Uint8Array | undefined {
  const { length } = index;
  let signs = 0;
  for (let i = 0; i < length; i++) signs |= index[i]!;
  if (signs >= 0) return undefined;
  const bitmap = new Uint8Array((length + 7) >> 3);
  for (let b = 0, i = 0; b < bitmap.length; b++) {
    let byte = 0;
    for (let bit = 0; bit < 8 && i < length; bit++, i++) byte |= (~index[i]! >>> 31) << bit;
    bitmap[b] = byte;
  }
  return bitmap;
}

/** Bits `start` to `stop` as a bitmap of their own, undefined if they are all set. */
export function slicePresent(bitmap: Uint8Array | undefined, start: number, stop: number): Uint8Array | undefined {
  if (bitmap === undefined) return undefined;
  let result: Uint8Array | undefined;
  for (let i = start; i < stop; i++) {
    if ((bitmap[i >> 3]! >> (i & 7)) & 1) continue;
    result ??= allPresent(stop - start);
    result[(i - start) >> 3]! &= ~(1 << ((i - start) & 7));
  }
  return result;
}

/** The bitmap of flags that are `wanted`, undefined if they all are. Cost: one pass over bytes. */
export function presentFlags(flags: Uint8Array, length: number, wanted: 0 | 1): Uint8Array | undefined {
  const turned = 1 - wanted;
  const bitmap = new Uint8Array((length + 7) >> 3);
  let kept = 0;
  for (let b = 0, i = 0; b < bitmap.length; b++) {
    let byte = 0;
    for (let bit = 0; bit < 8 && i < length; bit++, i++) {
      const flag = flags[i]! ^ turned;
      byte |= flag << bit;
      kept += flag;
    }
    bitmap[b] = byte;
  }
  return kept === length ? undefined : bitmap;
}

/** The bitmap of a condition on the entry, undefined if it holds for all. */
export function presentWhere(length: number, present: (i: number) => boolean): Uint8Array | undefined {
  let result: Uint8Array | undefined;
  for (let i = 0; i < length; i++) {
    if (present(i)) continue;
    result ??= allPresent(length);
    result[i >> 3]! &= ~(1 << (i & 7));
  }
  return result;
}

/** For each value of a byte the eight bits as eight bytes. */
const spread = new Uint8Array(8 * 256).map((_, i) => ((i >> 3) >> (i & 7)) & 1);
const spreadWords = new Int32Array(spread.buffer);

/** The bits as bytes, 0 or 1: 1 where the bit is `wanted`. Cost: one byte an entry. */
export function flagsOf(bitmap: Uint8Array, length: number, wanted: 0 | 1 = 1): Uint8Array {
  const turned = wanted === 1 ? 0 : 255;
  const words = new Int32Array(2 * ((length + 7) >> 3));
  for (let i = 0; 2 * i < words.length; i++) {
    const byte = bitmap[i]! ^ turned;
    words[2 * i] = spreadWords[2 * byte]!;
    words[2 * i + 1] = spreadWords[2 * byte + 1]!;
  }
  return new Uint8Array(words.buffer, 0, length);
}
