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

/** A run of the hybrid encoding: `length` times `value`, or `length` bit-packed values from byte `position` on. */
export interface HybridRun {
  readonly packed: boolean;
  readonly length: number;
  readonly value: number;
  readonly position: number;
}

/**
 * Calls `action` for each run of `count` values of `width` bits (1 to 32) in `bytes[start..end)`; `done` is the number
 * of values before the run. Throws `DecodeFailure` where the bytes end too early.
 */
export function eachRun(
  bytes: Uint8Array,
  start: number,
  end: number,
  width: number,
  count: number,
  action: (run: HybridRun, done: number) => void,
): void {
  if (width > 32) throw corruptPage(`values of ${width} bits`);
  const at = { position: start };
  const valueBytes = (width + 7) >> 3;
  for (let done = 0; done < count; ) {
    const header = readRunHeader(bytes, at, end);
    const packed = (header & 1) === 1;
    const { position } = at;
    const announced = Math.floor(header / 2) * (packed ? 8 : 1);
    const length = Math.min(announced, count - done);
    let value = 0;
    if (packed) {
      // the last group may be cut off after its last value
      if (Math.ceil((length * width) / 8) > end - position) throw corruptPage("a bit-packed run ends too early");
      at.position += (announced / 8) * width;
    } else {
      if (valueBytes > end - position) throw corruptPage("a run ends inside its value");
      for (let i = 0; i < valueBytes; i++) value |= bytes[position + i]! << (8 * i);
      at.position += valueBytes;
    }
    action({ packed, length, value, position }, done);
    done += length;
  }
}

/** Expands the hybrid of run-length and bit-packed runs into `out[0..count)`; see {@link eachRun}. */
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
  eachRun(bytes, start, end, width, count, (run, done) => {
    if (run.packed) unpackBits(bytes, run.position, width, run.length, out, done);
    else out.fill(run.value, done, done + run.length);
  });
}

/** Widest values that {@link gatherBits} takes. */
export const widestGather = 25;

/**
 * `out[to + i] = from[index]` for `count` bit-packed indices of `width` bits (1 to 25) at byte `start` of the view.
 * Returns a negative number if an index is not below `from.length`. The view must cover the bytes of the run; it is
 * read in 32-bit words, eight values at a time, which V8 turns into about two instructions a value.
 */
export function gatherBits(
  view: DataView,
  start: number,
  width: number,
  count: number,
  from: Int32Array,
  out: Int32Array,
  to: number,
): number {
  const mask = (1 << width) - 1;
  const last = from.length - 1;
  const wide = view.byteLength - width - 4;
  let position = start;
  let bad = 0;
  let i = to;
  for (const stop = to + count - 7; i < stop && position <= wide; i += 8, position += width) {
    const a = view.getInt32(position, true) & mask;
    const b = (view.getInt32(position + (width >> 3), true) >>> (width & 7)) & mask;
    const c = (view.getInt32(position + ((2 * width) >> 3), true) >>> ((2 * width) & 7)) & mask;
    const d = (view.getInt32(position + ((3 * width) >> 3), true) >>> ((3 * width) & 7)) & mask;
    const e = (view.getInt32(position + ((4 * width) >> 3), true) >>> ((4 * width) & 7)) & mask;
    const f = (view.getInt32(position + ((5 * width) >> 3), true) >>> ((5 * width) & 7)) & mask;
    const g = (view.getInt32(position + ((6 * width) >> 3), true) >>> ((6 * width) & 7)) & mask;
    const h = (view.getInt32(position + ((7 * width) >> 3), true) >>> ((7 * width) & 7)) & mask;
    bad |= (last - a) | (last - b) | (last - c) | (last - d) | (last - e) | (last - f) | (last - g) | (last - h);
    out[i] = from[a]!;
    out[i + 1] = from[b]!;
    out[i + 2] = from[c]!;
    out[i + 3] = from[d]!;
    out[i + 4] = from[e]!;
    out[i + 5] = from[f]!;
    out[i + 6] = from[g]!;
    out[i + 7] = from[h]!;
  }
  for (let bit = position * 8; i < to + count; i++, bit += width) {
    let index = 0;
    const shift = bit & 7;
    for (let byte = bit >> 3, have = -shift; have < width; byte++, have += 8) {
      const value = byte < view.byteLength ? view.getUint8(byte) : 0;
      index |= have < 0 ? value >> shift : value << have;
    }
    index &= mask;
    bad |= last - index;
    out[i] = from[index]!;
  }
  return bad;
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

/** Expands levels in the deprecated encoding BIT_PACKED: no runs, most significant bit first. */
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
