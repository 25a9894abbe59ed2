/** A buffer that grows as bytes are put at its end. The bytes are `data.subarray(0, length)`. */
export interface GrowingBytes {
  data: Uint8Array<ArrayBuffer>;
  length: number;
}

export function growingBytes(capacity = 256): GrowingBytes {
  return { data: new Uint8Array(capacity), length: 0 };
}

/** Makes room for `count` more bytes. */
export function reserve(out: GrowingBytes, count: number): void {
  const needed = out.length + count;
  if (needed <= out.data.length) return;
  const grown = new Uint8Array(Math.max(needed, out.data.length * 2));
  grown.set(out.data.subarray(0, out.length));
  out.data = grown;
}

export function putByte(out: GrowingBytes, byte: number): void {
  if (out.length === out.data.length) reserve(out, 1);
  out.data[out.length++] = byte;
}

export function putBytes(out: GrowingBytes, bytes: Uint8Array): void {
  reserve(out, bytes.length);
  out.data.set(bytes, out.length);
  out.length += bytes.length;
}

/** A non-negative integer below 2^53, seven bits a byte, the lowest first. */
export function putVarint(out: GrowingBytes, value: number): void {
  let rest = value;
  while (rest >= 0x80) {
    putByte(out, (rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  putByte(out, rest);
}

export function putUint32(out: GrowingBytes, value: number): void {
  setUint32(out, out.length, value);
  out.length += 4;
}

/** Writes over four bytes at `at`, little-endian; the buffer grows if they lie at its end. */
export function setUint32(out: GrowingBytes, at: number, value: number): void {
  reserve(out, Math.max(0, at + 4 - out.length));
  for (let i = 0; i < 4; i++) out.data[at + i] = value >>> (8 * i);
}

/** The bytes written so far, a view. */
export function written(out: GrowingBytes): Uint8Array<ArrayBuffer> {
  return out.data.subarray(0, out.length);
}
