import { type GrowingBytes, putByte, putVarint, reserve } from "./write-bytes.ts";

/**
 * Parquet's RLE/bit-packing hybrid (https://parquet.apache.org/docs/file-format/data-pages/encodings/), written from
 * runs: long runs as a length and a value, short ones bit-packed in groups of eight.
 */
export interface HybridWriter {
  readonly out: GrowingBytes;
  /** Bits of a value, 1 to 24. */
  readonly width: number;
  /** Values of the group of eight that is being filled. */
  readonly group: Int32Array;
  filled: number;
  /** Where the header of the open bit-packed run lies, -1 if none is open. */
  headerAt: number;
  groups: number;
}

export function hybridWriter(out: GrowingBytes, width: number): HybridWriter {
  return { out, width, group: new Int32Array(8), filled: 0, headerAt: -1, groups: 0 };
}

/** A header of one byte tells up to this many groups. */
const maxGroups = 63;

/** Puts `count` times `value`. */
export function putRun(writer: HybridWriter, value: number, count: number): void {
  const { group, width } = writer;
  // Shorter runs are smaller bit-packed, counting the header of the bit-packed run that follows.
  const shortest = width === 1 ? 32 : width < 4 ? 16 : 8;
  let left = count;
  while (left > 0) {
    if (writer.filled === 0 && left >= shortest) {
      closeGroups(writer);
      putVarint(writer.out, left * 2);
      for (let shift = 0; shift < width; shift += 8) putByte(writer.out, (value >>> shift) & 0xff);
      return;
    }
    const take = Math.min(left, 8 - writer.filled);
    for (let i = 0; i < take; i++) group[writer.filled++] = value;
    left -= take;
    if (writer.filled === 8) putGroup(writer);
  }
}

/** Puts `values[start..stop)`, equal neighbours as runs. */
export function putValues(writer: HybridWriter, values: Int32Array, start: number, stop: number): void {
  for (let i = start; i < stop; ) {
    const value = values[i]!;
    let end = i + 1;
    while (end < stop && values[end] === value) end++;
    putRun(writer, value, end - i);
    i = end;
  }
}

/** Ends the last group with zeros: call once after everything is put. */
export function endRuns(writer: HybridWriter): void {
  if (writer.filled > 0) {
    writer.group.fill(0, writer.filled);
    putGroup(writer);
  }
  closeGroups(writer);
}

function putGroup(writer: HybridWriter): void {
  const { out, group, width } = writer;
  reserve(out, width + 1);
  if (writer.headerAt < 0) {
    writer.headerAt = out.length++;
    writer.groups = 0;
  }
  const { data } = out;
  let bits = 0;
  let held = 0;
  let at = out.length;
  for (let i = 0; i < 8; i++) {
    bits |= group[i]! << held;
    held += width;
    while (held >= 8) {
      data[at++] = bits;
      bits >>>= 8;
      held -= 8;
    }
  }
  out.length = at;
  writer.filled = 0;
  if (++writer.groups === maxGroups) closeGroups(writer);
}

function closeGroups(writer: HybridWriter): void {
  if (writer.headerAt < 0) return;
  writer.out.data[writer.headerAt] = (writer.groups << 1) | 1;
  writer.headerAt = -1;
}
