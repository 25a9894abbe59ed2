import { corruptPage } from "./decode-failure.ts";
import { readInt, readStruct, type ThriftReader } from "./thrift.ts";

export type Encoding =
  | "PLAIN"
  | "PLAIN_DICTIONARY"
  | "RLE"
  | "BIT_PACKED"
  | "DELTA_BINARY_PACKED"
  | "DELTA_LENGTH_BYTE_ARRAY"
  | "DELTA_BYTE_ARRAY"
  | "RLE_DICTIONARY"
  | "BYTE_STREAM_SPLIT"
  | `encoding ${number}`;

const encodings: Readonly<Record<number, Encoding>> = {
  0: "PLAIN",
  2: "PLAIN_DICTIONARY",
  3: "RLE",
  4: "BIT_PACKED",
  5: "DELTA_BINARY_PACKED",
  6: "DELTA_LENGTH_BYTE_ARRAY",
  7: "DELTA_BYTE_ARRAY",
  8: "RLE_DICTIONARY",
  9: "BYTE_STREAM_SPLIT",
};

/** The header of a page: what it is and how long. Sizes exclude the header itself. */
export interface PageHeader {
  readonly kind: "data" | "data v2" | "dictionary" | "other";
  readonly compressed: number;
  readonly uncompressed: number;
  /** CRC-32 of the page's bytes as stored, if the file has one. */
  readonly checksum?: number;
  /** Level pairs of a data page, entries of a dictionary. */
  readonly values: number;
  readonly encoding: Encoding;
  readonly definitionEncoding: Encoding;
  readonly repetitionEncoding: Encoding;
  /** Version 2 only: rows, which begin with the page, and the bytes of the levels. */
  readonly rows?: number;
  readonly definitionBytes: number;
  readonly repetitionBytes: number;
  readonly isCompressed: boolean;
}

const kinds: Readonly<Record<number, PageHeader["kind"]>> = { 0: "data", 2: "dictionary", 3: "data v2" };

/** Reads the page header at the reader and leaves the reader at the page's bytes. */
export function readPageHeader(reader: ThriftReader): PageHeader {
  const top = new Map<number, number>();
  const inner = new Map<number, number>();
  readStruct(reader, (id, type) => {
    if (type === 5) {
      top.set(id, readInt(reader));
      return true;
    }
    if (type !== 12 || (id !== 5 && id !== 7 && id !== 8)) return false;
    inner.set(-1, id);
    readStruct(reader, (member, memberType) => {
      if (memberType === 1 || memberType === 2) inner.set(member, memberType === 1 ? 1 : 0);
      else if (memberType === 5) inner.set(member, readInt(reader));
      else return false;
      return true;
    });
    return true;
  });
  return headerOf(top, inner);
}

function headerOf(top: ReadonlyMap<number, number>, inner: ReadonlyMap<number, number>): PageHeader {
  const kind = kinds[top.get(1) ?? -1] ?? "other";
  const compressed = size(top.get(3), "compressed size");
  const uncompressed = size(top.get(2), "uncompressed size");
  const checksum = top.get(4);
  const base = { kind, compressed, uncompressed, ...(checksum !== undefined && { checksum: checksum >>> 0 }) };
  const nothing = { definitionBytes: 0, repetitionBytes: 0, isCompressed: true };
  const levels = { definitionEncoding: "RLE", repetitionEncoding: "RLE" } as const;
  if (kind === "other") return { ...base, ...nothing, ...levels, values: 0, encoding: "PLAIN" };
  const expected = { data: 5, "data v2": 8, dictionary: 7 }[kind];
  if (inner.get(-1) !== expected) throw corruptPage(`the header of a ${kind} page lacks its part about ${kind} pages`);
  const values = size(inner.get(1), "number of values");
  if (kind === "dictionary") return { ...base, ...nothing, ...levels, values, encoding: encoding(inner.get(2)) };
  if (kind === "data")
    return {
      ...base,
      ...nothing,
      values,
      encoding: encoding(inner.get(2)),
      definitionEncoding: encoding(inner.get(3)),
      repetitionEncoding: encoding(inner.get(4)),
    };
  return {
    ...base,
    ...levels,
    values,
    rows: size(inner.get(3), "number of rows"),
    encoding: encoding(inner.get(4)),
    definitionBytes: size(inner.get(5), "size of definition levels"),
    repetitionBytes: size(inner.get(6), "size of repetition levels"),
    isCompressed: inner.get(7) !== 0,
  };
}

function size(value: number | undefined, what: string): number {
  if (value === undefined || value < 0) throw corruptPage(`a page header has ${value ?? "no"} ${what}`);
  return value;
}

function encoding(value: number | undefined): Encoding {
  if (value === undefined) throw corruptPage("a page header has no encoding");
  return encodings[value] ?? `encoding ${value}`;
}
