/**
 * Bitmaps as Arrow has them, least significant bit first: the values of `bool` columns there, and what is present in both.
 * Every function allocates its answer; cost: one pass.
 */

/** Bytes 0 and 1 as bits. */
export function packBits(bytes: Uint8Array, length: number): Uint8Array {
  const bits = new Uint8Array((length + 7) >> 3);
  for (let i = 0; i < length; i++) if (bytes[i] !== 0) bits[i >> 3]! |= 1 << (i & 7);
  return bits;
}

/** `length` bits from bit `start` on as bytes 0 and 1. */
export function unpackBits(bits: Uint8Array, start: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let i = 0, from = start; i < length; i++, from++) bytes[i] = (bits[from >> 3]! >> (from & 7)) & 1;
  return bytes;
}

/** A bitmap of `length` entries, all set. */
export function allSet(length: number): Uint8Array {
  const bits = new Uint8Array((length + 7) >> 3).fill(255);
  if ((length & 7) !== 0) bits[bits.length - 1] = (1 << (length & 7)) - 1;
  return bits;
}

export function clearBit(bits: Uint8Array, i: number): void {
  bits[i >> 3]! &= ~(1 << (i & 7));
}
