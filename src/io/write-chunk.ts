import { type GrowingBytes, growingBytes, putByte, putBytes, putUint32, reserve, written } from "./write-bytes.ts";
import { codecNumber, compressPage, pageChecksum, type WriteCodec } from "./write-codec.ts";
import { bitKeys, buildDictionary, type Dictionary, indexWidth, stringKeys } from "./write-dictionary.ts";
import { endRuns, hybridWriter, putValues } from "./write-hybrid.ts";
import { putLevels } from "./write-levels.ts";
import { valuesIn, type WriteRows } from "./write-rows.ts";
import { leafPath, physicalType, physicalTypeOf } from "./write-schema.ts";
import { chunkStatistics } from "./write-statistics.ts";
import { encodeThrift, i32, i64, list, struct, type ThriftFields, type ThriftValue, text } from "./write-thrift.ts";

export interface ChunkOptions {
  readonly codec: WriteCodec;
  readonly level: number | undefined;
  readonly pageBytes: number;
  readonly dictionaryBytes: number;
}

/** A column chunk as it goes to the file. */
export interface WrittenChunk {
  /** Page headers and pages, in order. */
  readonly parts: readonly Uint8Array[];
  /** Bytes of all parts. */
  readonly storedBytes: number;
  /** The same before compression, headers included. */
  readonly plainBytes: number;
  /** The footer's entry for the chunk, given where in the file the chunk begins. */
  readonly metadata: (position: number) => ThriftValue;
}

const PLAIN = 0;
const RLE = 3;
const RLE_DICTIONARY = 8;
const DATA_PAGE = 0;
const DICTIONARY_PAGE = 2;

/** The rows of one column as a column chunk: a dictionary page where it pays, then V1 data pages of whole events. */
export function encodeChunk(rows: WriteRows, options: ChunkOptions): WrittenChunk {
  const { leaf, rowCount, offsets } = rows;
  const values = storedValues(rows);
  const dictionary =
    options.dictionaryBytes > 0 && values.keys !== undefined
      ? buildDictionary(values.keys, options.dictionaryBytes)
      : undefined;

  const parts: Uint8Array[] = [];
  let storedBytes = 0;
  let plainBytes = 0;
  const putPage = (page: Uint8Array, type: number, header: ThriftFields): void => {
    const stored = compressPage(page, options.codec, options.level);
    const head = encodeThrift({
      1: i32(type),
      2: i32(page.length),
      3: i32(stored.length),
      4: i32(pageChecksum(stored)),
      ...header,
    });
    // With no compression the page is a view of the buffer that the next page is built in.
    parts.push(head, stored === page ? stored.slice() : stored);
    storedBytes += head.length + stored.length;
    plainBytes += head.length + page.length;
  };

  const page = growingBytes(Math.min(options.pageBytes, 1 << 20) + 1024);
  if (dictionary !== undefined) {
    values.putSome(page, dictionary.first);
    putPage(written(page), DICTIONARY_PAGE, { 7: struct({ 1: i32(dictionary.size), 2: i32(PLAIN) }) });
  }
  const dictionaryStored = storedBytes;

  const encoding = dictionary === undefined ? PLAIN : RLE_DICTIONARY;
  const bytesPerValue = dictionary === undefined ? values.bytesPerValue : indexWidth(dictionary.size) / 8;
  const valuesPerPage = Math.max(1, Math.floor(options.pageBytes / bytesPerValue));
  let entries = 0;
  let from = 0;
  let pages = 0;
  for (let start = 0; start < rowCount; pages++) {
    const stop = pageEnd(offsets, start, rowCount, valuesPerPage);
    page.length = 0;
    const pageEntries = putLevels(page, rows, start, stop);
    const to = from + valuesIn(rows, start, stop);
    if (dictionary === undefined) values.put(page, from, to);
    else putIndices(page, dictionary, from, to);
    const header = struct({ 1: i32(pageEntries), 2: i32(encoding), 3: i32(RLE), 4: i32(RLE) });
    putPage(written(page), DATA_PAGE, { 5: header });
    entries += pageEntries;
    from = to;
    start = stop;
  }

  const metadata = (position: number): ThriftValue =>
    struct({
      1: i32(physicalTypeOf(leaf.type)),
      2: list("i32", (dictionary === undefined ? [PLAIN, RLE] : [PLAIN, RLE, RLE_DICTIONARY]).map(i32)),
      3: list("binary", leafPath(leaf).map(text)),
      4: i32(codecNumber[options.codec]),
      5: i64(entries),
      6: i64(plainBytes),
      7: i64(storedBytes),
      9: i64(position + dictionaryStored),
      11: dictionary === undefined ? undefined : i64(position),
      12: chunkStatistics(rows, entries),
      13: list("struct", [
        ...(dictionary === undefined ? [] : [pageCount(DICTIONARY_PAGE, PLAIN, 1)]),
        pageCount(DATA_PAGE, encoding, pages),
      ]),
    });
  return { parts, storedBytes, plainBytes, metadata };
}

const pageCount = (type: number, encoding: number, count: number): ThriftValue =>
  struct({ 1: i32(type), 2: i32(encoding), 3: i32(count) });

/** One past the last row of the page that begins at `start`: as many whole events as fit, at least one. */
function pageEnd(offsets: Int32Array | undefined, start: number, rowCount: number, valuesPerPage: number): number {
  // Levels of empty lists take space as well.
  const furthest = Math.min(rowCount, start + 8 * valuesPerPage);
  if (offsets === undefined) return Math.min(rowCount, start + valuesPerPage);
  let fits = start + 1;
  let tooFar = furthest + 1;
  while (tooFar - fits > 1) {
    const middle = (fits + tooFar) >> 1;
    if (offsets[middle]! - offsets[start]! <= valuesPerPage) fits = middle;
    else tooFar = middle;
  }
  return fits;
}

function putIndices(page: GrowingBytes, dictionary: Dictionary, from: number, to: number): void {
  const width = indexWidth(dictionary.size);
  putByte(page, width);
  const writer = hybridWriter(page, width);
  putValues(writer, dictionary.indices, from, to);
  endRuns(writer);
}

/** The values of a column as Parquet's PLAIN encoding stores them. */
interface StoredValues {
  readonly bytesPerValue: number;
  /** Undefined where a dictionary never pays. */
  readonly keys: ReturnType<typeof bitKeys> | undefined;
  /** Puts values `from..to`. */
  readonly put: (page: GrowingBytes, from: number, to: number) => void;
  /** Puts the values at these positions. */
  readonly putSome: (page: GrowingBytes, positions: Int32Array) => void;
}

function storedValues(rows: WriteRows): StoredValues {
  const { valueCount } = rows;
  switch (physicalTypeOf(rows.leaf.type)) {
    case physicalType.BOOLEAN:
      return bitValues(rows);
    case physicalType.BYTE_ARRAY:
      return stringValues(rows.stringBytes, rows.strings!, valueCount);
    case physicalType.INT64:
    case physicalType.DOUBLE:
      return wordValues(new Int32Array(rows.values.buffer, rows.values.byteOffset, 2 * valueCount), 2);
    default: {
      const { values } = rows;
      const isWord = values.BYTES_PER_ELEMENT === 4;
      const words = isWord
        ? new Int32Array(values.buffer, values.byteOffset, valueCount)
        : Int32Array.from(values.subarray(0, valueCount) as Int8Array);
      return wordValues(words, 1);
    }
  }
}

function wordValues(words: Int32Array, wordsPerValue: 1 | 2): StoredValues {
  const size = 4 * wordsPerValue;
  return {
    bytesPerValue: size,
    keys: bitKeys(words, wordsPerValue),
    put: (page, from, to) =>
      putBytes(page, new Uint8Array(words.buffer, words.byteOffset + from * size, (to - from) * size)),
    putSome: (page, positions) => {
      for (const i of positions) for (let w = 0; w < wordsPerValue; w++) putUint32(page, words[i * wordsPerValue + w]!);
    },
  };
}

function bitValues(rows: WriteRows): StoredValues {
  return {
    bytesPerValue: 1 / 8,
    keys: undefined,
    put: (page, from, to) => {
      reserve(page, (to - from + 7) >> 3);
      for (let i = from; i < to; i += 8) {
        let byte = 0;
        for (let bit = 0; bit < 8 && i + bit < to; bit++) if (rows.values[i + bit]) byte |= 1 << bit;
        putByte(page, byte);
      }
    },
    putSome: () => {},
  };
}

function stringValues(bytes: Uint8Array, offsets: Int32Array, count: number): StoredValues {
  const putOne = (page: GrowingBytes, i: number): void => {
    putUint32(page, offsets[i + 1]! - offsets[i]!);
    putBytes(page, bytes.subarray(offsets[i]!, offsets[i + 1]!));
  };
  return {
    bytesPerValue: 4 + (count === 0 ? 0 : offsets[count]! / count),
    keys: stringKeys(bytes, offsets, count),
    put: (page, from, to) => {
      for (let i = from; i < to; i++) putOne(page, i);
    },
    putSome: (page, positions) => {
      for (const i of positions) putOne(page, i);
    },
  };
}
