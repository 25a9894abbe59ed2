import { corruptPage } from "./decode-failure.ts";
import type { ValueBytes } from "./plain.ts";
import { type BytesSink, type FixedSink, reserve } from "./sink.ts";

/**
 * DELTA_BINARY_PACKED into a sink of 4 or 8 bytes. Arithmetic wraps at the width of the type, as the format asks.
 * Returns the position after the last byte used.
 */
export function deltaIntegers(from: ValueBytes, count: number, sink: FixedSink, at: number): number {
  const reader = { bytes: from.bytes, position: from.start, end: from.end };
  const blockSize = small(reader, "block size");
  const miniblocks = small(reader, "number of miniblocks");
  const total = small(reader, "number of values");
  if (total < count) throw corruptPage(`${count} values were announced, its integers are ${total}`);
  let value = zigzag(reader);
  if (miniblocks === 0 || blockSize === 0 || blockSize % (miniblocks * 8) !== 0)
    throw corruptPage(`blocks of ${blockSize} values in ${miniblocks} parts`);
  const perMiniblock = blockSize / miniblocks;
  const wide = sink.width === 8;
  const { words } = sink;
  let low = Number(BigInt.asIntN(32, value));
  let high = Number(BigInt.asIntN(32, value >> 32n));
  let done = 0;
  const put = (): void => {
    if (wide) {
      words[2 * (at + done)] = low;
      words[2 * (at + done) + 1] = high;
    } else words[at + done] = low;
    done++;
  };
  if (count > 0) put();
  let seen = 1;
  while (seen < total) {
    value = zigzag(reader);
    const minLow = Number(BigInt.asUintN(32, value));
    const minHigh = Number(BigInt.asIntN(32, value >> 32n));
    const widths = reader.position;
    reader.position += miniblocks;
    if (reader.position > reader.end) throw corruptPage("delta encoded integers end inside a block");
    for (let m = 0; m < miniblocks && seen < total; m++) {
      const width = reader.bytes[widths + m]!;
      if (width > 64) throw corruptPage(`deltas of ${width} bits`);
      const size = (perMiniblock / 8) * width;
      const inUse = Math.min(perMiniblock, total - seen);
      if (Math.ceil((inUse * width) / 8) > reader.end - reader.position)
        throw corruptPage("delta encoded integers end inside a block");
      const bit = reader.position * 8;
      for (let i = 0; i < inUse; i++) {
        const sum = (low >>> 0) + minLow + bitsAt(reader.bytes, bit + i * width, Math.min(32, width));
        if (wide) {
          const deltaHigh = width > 32 ? bitsAt(reader.bytes, bit + i * width + 32, width - 32) : 0;
          high = (high + minHigh + deltaHigh + Math.floor(sum / 0x1_0000_0000)) | 0;
        }
        low = sum | 0;
        if (done < count) put();
      }
      seen += inUse;
      reader.position = Math.min(reader.end, reader.position + size);
    }
  }
  return reader.position;
}

/** DELTA_LENGTH_BYTE_ARRAY: all lengths, then all bytes. */
export function deltaLengthBytes(from: ValueBytes, count: number, sink: BytesSink, at: number): void {
  const lengths = integers(from, count);
  let position = lengths.end;
  let used = sink.ends[at]!;
  reserve(sink, used, Math.max(0, from.end - position));
  for (let i = 0; i < count; i++) {
    const length = lengths.values[i]!;
    if (length < 0 || length > from.end - position)
      throw corruptPage(`a byte string of ${length} bytes runs past the end`);
    sink.bytes.set(from.bytes.subarray(position, position + length), used);
    position += length;
    used += length;
    sink.ends[at + i + 1] = used;
  }
}

/** DELTA_BYTE_ARRAY: how much of the string before is repeated, then the rest as DELTA_LENGTH_BYTE_ARRAY. */
export function deltaBytes(from: ValueBytes, count: number, sink: BytesSink, at: number): void {
  const prefixes = integers(from, count);
  const suffixes = integers({ ...from, start: prefixes.end }, count);
  let position = suffixes.end;
  let used = sink.ends[at]!;
  let previous = 0;
  for (let i = 0; i < count; i++) {
    const prefix = prefixes.values[i]!;
    const suffix = suffixes.values[i]!;
    if (prefix < 0 || prefix > previous || suffix < 0 || suffix > from.end - position)
      throw corruptPage(`a byte string of ${prefix} repeated and ${suffix} own bytes cannot be`);
    reserve(sink, used, prefix + suffix);
    sink.bytes.copyWithin(used, used - previous, used - previous + prefix);
    sink.bytes.set(from.bytes.subarray(position, position + suffix), used + prefix);
    position += suffix;
    previous = prefix + suffix;
    used += previous;
    sink.ends[at + i + 1] = used;
  }
}

function integers(from: ValueBytes, count: number): { readonly values: Int32Array; readonly end: number } {
  const values = new Int32Array(count);
  const bytes = new Uint8Array(values.buffer);
  const end = deltaIntegers(from, count, { kind: "fixed", width: 4, capacity: count, bytes, words: values }, 0);
  return { values, end };
}

interface Position {
  readonly bytes: Uint8Array;
  position: number;
  readonly end: number;
}

function varint(at: Position): bigint {
  let value = 0n;
  for (let shift = 0n; shift < 70n; shift += 7n) {
    if (at.position >= at.end) throw corruptPage("delta encoded integers end inside a number");
    const byte = at.bytes[at.position++]!;
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return value;
  }
  throw corruptPage("a delta encoded number has more than 64 bits");
}

function small(at: Position, what: string): number {
  const value = varint(at);
  if (value > 0x7fff_ffffn) throw corruptPage(`a ${what} of ${value}`);
  return Number(value);
}

function zigzag(at: Position): bigint {
  const value = varint(at);
  return BigInt.asIntN(64, (value >> 1n) ^ -(value & 1n));
}

/** `width` bits (at most 32) from bit `bit`, least significant first, as an unsigned number. */
function bitsAt(bytes: Uint8Array, bit: number, width: number): number {
  if (width === 0) return 0;
  const byte = Math.floor(bit / 8);
  const shift = bit & 7;
  const low =
    (bytes[byte]! | ((bytes[byte + 1] ?? 0) << 8) | ((bytes[byte + 2] ?? 0) << 16) | ((bytes[byte + 3] ?? 0) << 24)) >>>
    shift;
  const all = shift === 0 ? low : (low | ((bytes[byte + 4] ?? 0) << (32 - shift))) >>> 0;
  return width === 32 ? all >>> 0 : (all & ((1 << width) - 1)) >>> 0;
}
