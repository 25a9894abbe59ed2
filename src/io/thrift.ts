import { corruptPage } from "./decode-failure.ts";

/**
 * A reader of Thrift's compact protocol over bytes, as far as page headers need it. Every read is checked against the
 * end; `position` is where the next byte is.
 */
export interface ThriftReader {
  readonly bytes: Uint8Array;
  position: number;
  readonly end: number;
}

/** Calls `field` for each field of the struct at the reader; what `field` does not read (returns false) is skipped. */
export function readStruct(reader: ThriftReader, field: (id: number, type: number) => boolean, depth = 0): void {
  if (depth > 16) throw corruptPage("a header is nested too deeply");
  let id = 0;
  for (;;) {
    const byte = readByte(reader);
    const type = byte & 0x0f;
    if (type === 0) return;
    id = byte >> 4 === 0 ? readInt(reader) : id + (byte >> 4);
    if (!field(id, type)) skip(reader, type, depth + 1);
  }
}

/** An unsigned variable-length integer of at most 32 bits. */
export function readVarint(reader: ThriftReader): number {
  let value = 0;
  for (let shift = 0; shift < 35; shift += 7) {
    const byte = readByte(reader);
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return value;
  }
  throw corruptPage("a number in a header has more than 32 bits");
}

/** A signed (zigzag) integer of at most 32 bits. */
export function readInt(reader: ThriftReader): number {
  const value = readVarint(reader) >>> 0;
  return (value >>> 1) ^ -(value & 1);
}

function readByte(reader: ThriftReader): number {
  if (reader.position >= reader.end) throw corruptPage("a header runs past the end of its column chunk");
  return reader.bytes[reader.position++]!;
}

function advance(reader: ThriftReader, count: number): void {
  if (count > reader.end - reader.position) throw corruptPage("a header runs past the end of its column chunk");
  reader.position += count;
}

function skip(reader: ThriftReader, type: number, depth: number): void {
  switch (type) {
    case 1:
    case 2:
      return;
    case 3:
      advance(reader, 1);
      return;
    case 4:
    case 5:
    case 6:
      for (let i = 0; readByte(reader) >= 0x80; i++)
        if (i > 10) throw corruptPage("a number in a header has more than 64 bits");
      return;
    case 7:
      advance(reader, 8);
      return;
    case 8:
      advance(reader, readVarint(reader));
      return;
    case 9:
    case 10: {
      const head = readByte(reader);
      const size = head >> 4 === 15 ? readVarint(reader) : head >> 4;
      const element = head & 0x0f;
      if (size > reader.end - reader.position) throw corruptPage("a list in a header is longer than its column chunk");
      for (let i = 0; i < size; i++) {
        if (element === 1 || element === 2) advance(reader, 1);
        else skip(reader, element, depth + 1);
      }
      return;
    }
    case 12:
      readStruct(reader, () => false, depth + 1);
      return;
    default:
      throw corruptPage(`a header has a field of unknown type ${type}`);
  }
}
