import { corruptPage } from "./decode-failure.ts";

/** Reads an unsigned LEB128 number below 2^32 at `at.position`. */
export function readRunHeader(bytes: Uint8Array, at: { position: number }, end: number): number {
  let value = 0;
  for (let shift = 0; shift < 35; shift += 7) {
    if (at.position >= end) throw corruptPage("run-length encoded data ends before all values are read");
    const byte = bytes[at.position++]!;
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return value;
  }
  throw corruptPage("the header of a run has more than 32 bits");
}

/**
 * Expands `count` values of `width` bits (0 to 32) from the hybrid of run-length and bit-packed runs in
 * `bytes[start..end)` into `out[0..count)`.
 */
export function unpackHybrid(
  bytes: Uint8Array,
  start: number,
  end: number,
  width: number,
  count: number,
  out: Int32Array | Uint8Array,
): void {
  if (width === 0) {
    out.fill(0, 0, count);
    return;
  }
  if (width > 32) throw corruptPage(`values of ${width} bits`);
  const at = { position: start };
  const valueBytes = (width + 7) >> 3;
  let done = 0;
  while (done < count) {
    const header = readRunHeader(bytes, at, end);
    if ((header & 1) === 0) {
      if (valueBytes > end - at.position) throw corruptPage("a run ends inside its value");
      let value = 0;
      for (let i = 0; i < valueBytes; i++) value |= bytes[at.position + i]! << (8 * i);
      at.position += valueBytes;
      const length = Math.min(Math.floor(header / 2), count - done);
      out.fill(value, done, done + length);
      done += length;
    } else {
      const packed = Math.floor(header / 2) * 8;
      const length = Math.min(packed, count - done);
      if (Math.ceil((length * width) / 8) > end - at.position) throw corruptPage("a bit-packed run ends too early");
      unpackBits(bytes, at.position, width, length, out, done);
      at.position += (packed / 8) * width;
      done += length;
    }
  }
}

/** Expands `count` values of `width` bits (1 to 32), least significant bit first, from `bytes[start..]` into `out[to..]`. */
export function unpackBits(
  bytes: Uint8Array,
  start: number,
  width: number,
  count: number,
  out: Int32Array | Uint8Array,
  to: number,
): void {
  const mask = width === 32 ? -1 : (1 << width) - 1;
  let buffer = 0;
  let bits = 0;
  let from = start;
  if (width <= 24) {
    for (let i = to; i < to + count; i++) {
      while (bits < width) {
        buffer |= bytes[from++]! << bits;
        bits += 8;
      }
      out[i] = buffer & mask;
      buffer >>>= width;
      bits -= width;
    }
    return;
  }
  for (let i = 0; i < count; i++) {
    const bit = i * width;
    const byte = start + Math.floor(bit / 8);
    const shift = bit & 7;
    let value = 0;
    for (let k = 0; k * 8 - shift < width; k++) {
      const b = bytes[byte + k] ?? 0;
      value |= k === 0 ? b >>> shift : k * 8 - shift < 32 ? b << (k * 8 - shift) : 0;
    }
    out[to + i] = value & mask;
  }
}

/** Expands levels in the deprecated encoding BIT_PACKED: no runs, most significant bit first. Returns the bytes used. */
export function unpackLegacy(
  bytes: Uint8Array,
  start: number,
  end: number,
  width: number,
  count: number,
  out: Uint8Array,
): void {
  if (Math.ceil((count * width) / 8) > end - start) throw corruptPage("bit-packed levels end too early");
  for (let i = 0, bit = start * 8; i < count; i++) {
    let value = 0;
    for (let k = 0; k < width; k++, bit++) value = (value << 1) | ((bytes[bit >> 3]! >> (7 - (bit & 7))) & 1);
    out[i] = value;
  }
}
