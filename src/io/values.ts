import { valuesOf } from "../jagged/index.ts";
import { decimalsToText, halfToSingle, int96ToNanoseconds, narrow } from "./convert.ts";
import { corruptPage, DecodeFailure } from "./decode-failure.ts";
import { deltaBytes, deltaIntegers, deltaLengthBytes } from "./delta.ts";
import { type Dictionary, dictionaryValues } from "./dictionary.ts";
import { unpackHybrid } from "./hybrid.ts";
import type { Encoding } from "./page-header.ts";
import type { Leaf, Physical } from "./parquet-file.ts";
import { byteStreamSplit, plainBooleans, plainBytes, plainFixed, type ValueBytes } from "./plain.ts";
import { type BytesSink, bytesSink, type FixedSink, fixedSink, reserve, type Sink } from "./sink.ts";

/** An empty place for `capacity` values of a leaf, in the form its column has. */
export function sinkOf(leaf: Leaf, capacity: number): Sink {
  const { value } = leaf;
  if (value.kind === "bytes" || value.kind === "decimal") return bytesSink(capacity);
  return fixedSink(valuesOf[value.dtype].BYTES_PER_ELEMENT, capacity);
}

/** Decodes `count` values of any encoding into slots `at` and following of the sink. Throws `DecodeFailure`. */
export function decodeValues(
  leaf: Leaf,
  encoding: Encoding,
  from: ValueBytes,
  count: number,
  dictionary: Dictionary | undefined,
  sink: Sink,
  at: number,
): void {
  if (count === 0) return;
  const { value } = leaf;
  if (encoding === "PLAIN_DICTIONARY" || encoding === "RLE_DICTIONARY") {
    if (dictionary === undefined) throw corruptPage("dictionary indices without a dictionary page");
    dictionaryValues(from, count, dictionary, sink, at);
  } else if (value.kind === "same" || (value.kind === "bytes" && leaf.physical === "BYTE_ARRAY")) {
    decodeStored(leaf, encoding, from, count, sink, at);
  } else {
    const stored = storedSink(leaf, count);
    decodeStored(leaf, encoding, from, count, stored, 0);
    convert(leaf, stored, count, sink, at);
  }
}

/** The values of a dictionary page. */
export function decodeDictionary(leaf: Leaf, encoding: Encoding, from: ValueBytes, count: number): Dictionary {
  if (encoding !== "PLAIN" && encoding !== "PLAIN_DICTIONARY")
    throw new DecodeFailure("UnsupportedEncoding", `a dictionary page in encoding ${encoding} cannot be read`);
  const bytes = from.end - from.start;
  const least = leaf.physical === "BYTE_ARRAY" ? 4 : leaf.physical === "BOOLEAN" ? 0.125 : storedWidth(leaf);
  if (count * least > bytes) throw corruptPage(`a dictionary of ${count} values in ${bytes} bytes`);
  const sink = sinkOf(leaf, count);
  decodeValues(leaf, "PLAIN", from, count, undefined, sink, 0);
  return { sink, length: count };
}

function storedWidth(leaf: Leaf): number {
  switch (leaf.physical) {
    case "BOOLEAN":
      return 1;
    case "INT32":
    case "FLOAT":
      return 4;
    case "INT64":
    case "DOUBLE":
      return 8;
    case "INT96":
      return 12;
    case "FIXED_LEN_BYTE_ARRAY":
      if (leaf.typeLength < 1) throw new DecodeFailure("CorruptFooter", `values of ${leaf.typeLength} bytes`);
      return leaf.typeLength;
    case "BYTE_ARRAY":
      return 0;
  }
}

function storedSink(leaf: Leaf, count: number): Sink {
  return leaf.physical === "BYTE_ARRAY" ? bytesSink(count) : fixedSink(storedWidth(leaf), count);
}

function decodeStored(leaf: Leaf, encoding: Encoding, from: ValueBytes, count: number, sink: Sink, at: number): void {
  const decoder = sink.kind === "bytes" ? bytesDecoders[encoding] : fixedDecoder(leaf.physical, encoding);
  if (decoder === undefined)
    throw new DecodeFailure("UnsupportedEncoding", `encoding ${encoding} of ${leaf.physical} values cannot be read`);
  decoder(from, count, sink as never, at);
}

type Decoder<S extends Sink> = (from: ValueBytes, count: number, sink: S, at: number) => void;

const bytesDecoders: { readonly [E in Encoding]?: Decoder<BytesSink> } = {
  PLAIN: plainBytes,
  DELTA_LENGTH_BYTE_ARRAY: deltaLengthBytes,
  DELTA_BYTE_ARRAY: deltaBytes,
};

function fixedDecoder(physical: Physical, encoding: Encoding): Decoder<FixedSink> | undefined {
  const integer = physical === "INT32" || physical === "INT64";
  if (physical === "BOOLEAN") return { PLAIN: plainBooleans, RLE: runLengthBooleans }[encoding as string];
  if (encoding === "PLAIN") return plainFixed;
  if (encoding === "BYTE_STREAM_SPLIT" && physical !== "INT96") return byteStreamSplit;
  if (encoding === "DELTA_BINARY_PACKED" && integer) return deltaIntegers;
  if (encoding === "DELTA_BYTE_ARRAY" && physical === "FIXED_LEN_BYTE_ARRAY") return deltaFixedBytes;
  return undefined;
}

function runLengthBooleans(from: ValueBytes, count: number, sink: FixedSink, at: number): void {
  const { bytes, start, end } = from;
  if (end - start < 4) throw corruptPage("run-length encoded booleans without their length");
  const length = new DataView(bytes.buffer, bytes.byteOffset + start, 4).getUint32(0, true);
  if (length > end - start - 4) throw corruptPage(`run-length encoded booleans of ${length} bytes run past the end`);
  unpackHybrid(bytes, start + 4, start + 4 + length, 1, count, sink.bytes.subarray(at, at + count));
}

function deltaFixedBytes(from: ValueBytes, count: number, sink: FixedSink, at: number): void {
  const strings = bytesSink(count);
  deltaBytes(from, count, strings, 0);
  for (let i = 0; i <= count; i++)
    if (strings.ends[i] !== i * sink.width) throw corruptPage(`a value that has not ${sink.width} bytes`);
  sink.bytes.set(strings.bytes.subarray(0, count * sink.width), at * sink.width);
}

function convert(leaf: Leaf, stored: Sink, count: number, sink: Sink, at: number): void {
  const { value } = leaf;
  const little = leaf.physical === "INT32" || leaf.physical === "INT64";
  const fixed = stored as FixedSink;
  if (value.kind === "decimal") decimalsToText(stored, count, !little, value, sink as BytesSink, at);
  else if (value.kind === "narrow") narrow(fixed, count, value.dtype, sink as FixedSink, at);
  else if (value.kind === "int96") int96ToNanoseconds(fixed, count, sink as FixedSink, at);
  else if (value.kind === "half") {
    if (fixed.width !== 2) throw new DecodeFailure("CorruptFooter", `float16 values of ${fixed.width} bytes`);
    halfToSingle(fixed, count, sink as FixedSink, at);
  } else fixedBytes(fixed, count, sink as BytesSink, at);
}

function fixedBytes(from: FixedSink, count: number, to: BytesSink, at: number): void {
  const used = to.ends[at]!;
  const length = count * from.width;
  reserve(to, used, length);
  to.bytes.set(from.bytes.subarray(0, length), used);
  for (let i = 1; i <= count; i++) to.ends[at + i] = used + i * from.width;
}
