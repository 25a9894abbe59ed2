import { corruptPage } from "./decode-failure.ts";
import { eachRun, gatherBits, unpackHybrid, widestGather } from "./hybrid.ts";
import type { ValueBytes } from "./plain.ts";
import { type BytesSink, type FixedSink, reserve, type Sink } from "./sink.ts";

/** The values of a dictionary page, converted already. */
export interface Dictionary {
  readonly sink: Sink;
  readonly length: number;
}

let scratch = new Int32Array(0);

/** Dictionary-encoded values: indices (their width in the first byte), then the values they point to. */
export function dictionaryValues(
  from: ValueBytes,
  count: number,
  dictionary: Dictionary,
  sink: Sink,
  at: number,
): void {
  if (from.start >= from.end) throw corruptPage("dictionary indices without their width");
  const width = from.bytes[from.start]!;
  const own = dictionary.sink;
  if (sink.kind === "fixed" && sink.width === 4 && width > 0 && width <= widestGather) {
    const values = (own as FixedSink).words.subarray(0, dictionary.length);
    gatherWords({ ...from, start: from.start + 1 }, width, count, values, sink.words, at);
    return;
  }
  if (scratch.length < count) scratch = new Int32Array(Math.max(count, 1 << 16));
  unpackHybrid(from.bytes, from.start + 1, from.end, width, count, scratch);
  check(scratch, count, dictionary.length);
  if (sink.kind === "bytes") gatherBytes(scratch, count, own as BytesSink, sink, at);
  else if (sink.width === 8) gatherPairs(scratch, count, (own as FixedSink).words, sink.words, at);
  else gatherFixed(scratch, count, own as FixedSink, sink, at);
}

function gatherWords(
  indices: ValueBytes,
  width: number,
  count: number,
  values: Int32Array,
  to: Int32Array,
  at: number,
): void {
  const { bytes, start, end } = indices;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let bad = 0;
  eachRun(bytes, start, end, width, count, (run, done) => {
    if (run.packed) bad |= gatherBits(view, run.position, width, run.length, values, to, at + done);
    else {
      if (run.length > 0 && run.value >>> 0 >= values.length) bad = -1;
      to.fill(values[run.value] ?? 0, at + done, at + done + run.length);
    }
  });
  if (bad < 0) throw corruptPage(`an index beyond its dictionary of ${values.length} values`);
}

function check(indices: Int32Array, count: number, length: number): void {
  let highest = 0;
  for (let i = 0; i < count; i++) if (indices[i]! >>> 0 > highest) highest = indices[i]! >>> 0;
  if (count > 0 && highest >= length) throw corruptPage(`an index of ${highest} into a dictionary of ${length} values`);
}

function gatherPairs(indices: Int32Array, count: number, from: Int32Array, to: Int32Array, at: number): void {
  for (let i = 0; i < count; i++) {
    const index = 2 * indices[i]!;
    to[2 * (at + i)] = from[index]!;
    to[2 * (at + i) + 1] = from[index + 1]!;
  }
}

function gatherFixed(indices: Int32Array, count: number, from: FixedSink, to: FixedSink, at: number): void {
  const { width } = to;
  for (let i = 0; i < count; i++)
    for (let k = 0; k < width; k++) to.bytes[(at + i) * width + k] = from.bytes[indices[i]! * width + k]!;
}

function gatherBytes(indices: Int32Array, count: number, from: BytesSink, to: BytesSink, at: number): void {
  let used = to.ends[at]!;
  for (let i = 0; i < count; i++) {
    const start = from.ends[indices[i]!]!;
    const end = from.ends[indices[i]! + 1]!;
    reserve(to, used, end - start);
    const target = to.bytes;
    for (let k = start; k < end; k++) target[used++] = from.bytes[k]!;
    to.ends[at + i + 1] = used;
  }
}
