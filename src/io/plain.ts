import { corruptPage } from "./decode-failure.ts";
import { type BytesSink, type FixedSink, reserve } from "./sink.ts";

/** Bytes from `start` to `end` in which encoded values lie. */
export interface ValueBytes {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/** PLAIN values of the sink's width: one copy. */
export function plainFixed(from: ValueBytes, count: number, sink: FixedSink, at: number): void {
  const length = count * sink.width;
  if (length > from.end - from.start)
    throw corruptPage(`${count} values of ${sink.width} bytes in ${from.end - from.start} bytes`);
  sink.bytes.set(from.bytes.subarray(from.start, from.start + length), at * sink.width);
}

/** PLAIN booleans: one bit each, to one byte each. */
export function plainBooleans(from: ValueBytes, count: number, sink: FixedSink, at: number): void {
  if (Math.ceil(count / 8) > from.end - from.start)
    throw corruptPage(`${count} booleans in ${from.end - from.start} bytes`);
  const { bytes, start } = from;
  for (let i = 0; i < count; i++) sink.bytes[at + i] = (bytes[start + (i >> 3)]! >> (i & 7)) & 1;
}

/** PLAIN byte strings: a 4-byte length before each. */
export function plainBytes(from: ValueBytes, count: number, sink: BytesSink, at: number): void {
  const { bytes, end } = from;
  let used = sink.ends[at]!;
  reserve(sink, used, Math.max(0, end - from.start - 4 * count));
  let position = from.start;
  for (let i = 0; i < count; i++) {
    if (end - position < 4) throw corruptPage("byte strings end inside a length");
    const length =
      bytes[position]! | (bytes[position + 1]! << 8) | (bytes[position + 2]! << 16) | (bytes[position + 3]! << 24);
    position += 4;
    if (length < 0 || length > end - position)
      throw corruptPage(`a byte string of ${length >>> 0} bytes runs past the end`);
    sink.bytes.set(bytes.subarray(position, position + length), used);
    position += length;
    used += length;
    sink.ends[at + i + 1] = used;
  }
}

/** BYTE_STREAM_SPLIT: all first bytes, then all second bytes, and so on. */
export function byteStreamSplit(from: ValueBytes, count: number, sink: FixedSink, at: number): void {
  const { width } = sink;
  if (count * width > from.end - from.start)
    throw corruptPage(`${count} values of ${width} bytes in ${from.end - from.start} bytes`);
  const { bytes, start } = from;
  if (width === 4) {
    const { words } = sink;
    const [b, c, d] = [start + count, start + 2 * count, start + 3 * count];
    for (let i = 0; i < count; i++)
      words[at + i] = bytes[start + i]! | (bytes[b + i]! << 8) | (bytes[c + i]! << 16) | (bytes[d + i]! << 24);
    return;
  }
  for (let k = 0; k < width; k++)
    for (let i = 0; i < count; i++) sink.bytes[(at + i) * width + k] = bytes[start + k * count + i]!;
}
