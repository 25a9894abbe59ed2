import { crc32 } from "node:zlib";
import { decompress } from "./codecs.ts";
import { corruptPage, DecodeFailure } from "./decode-failure.ts";
import { type LevelBytes, levelWidth } from "./levels.ts";
import { type PageHeader, readPageHeader } from "./page-header.ts";
import type { Chunk, Leaf } from "./parquet-file.ts";
import type { ValueBytes } from "./plain.ts";

/** A page of a column chunk: its header and where its bytes are, counted from the chunk's first byte. */
export interface Page {
  readonly header: PageHeader;
  readonly start: number;
  readonly end: number;
  /** Position among the chunk's pages. */
  readonly number: number;
}

/** Where in its column chunk a page is at fault. */
export class PageFailure extends Error {
  readonly page: number;
  /** Byte in the chunk at which the page (or its header) begins. */
  readonly offset: number;
  override readonly cause: unknown;

  constructor(page: number, offset: number, cause: unknown) {
    super(`page ${page}`);
    this.page = page;
    this.offset = offset;
    this.cause = cause;
  }
}

/** No page may claim to be larger than this when uncompressed. */
const largestPage = 256 * 1024 * 1024;

/** The pages of a chunk, from their headers alone. Throws `PageFailure`. Pages of unknown kinds are left out. */
export function pagesOf(bytes: Uint8Array, chunk: Chunk): Page[] {
  const pages: Page[] = [];
  const reader = { bytes, position: 0, end: bytes.length };
  let values = 0;
  for (let number = 0; values < chunk.values; number++) {
    const offset = reader.position;
    try {
      if (offset >= bytes.length) throw corruptPage(`the column chunk ends after ${values} of ${chunk.values} values`);
      const header = readPageHeader(reader);
      const start = reader.position;
      if (header.compressed > bytes.length - start)
        throw corruptPage(`a page of ${header.compressed} bytes runs past the end of its column chunk`);
      if (header.uncompressed > largestPage)
        throw new DecodeFailure("ColumnTooLarge", `a page claims ${header.uncompressed} bytes when uncompressed`);
      reader.position = start + header.compressed;
      if (header.kind === "data" || header.kind === "data v2") values += header.values;
      if (values > chunk.values)
        throw corruptPage(`pages of ${values} values in a column chunk of ${chunk.values} values`);
      if (header.kind !== "other") pages.push({ header, start, end: reader.position, number });
    } catch (cause) {
      throw new PageFailure(number, offset, cause);
    }
  }
  return pages;
}

/** The parts of a data page. */
export interface PageParts {
  readonly repetition: LevelBytes;
  readonly definition: LevelBytes;
  readonly values: ValueBytes;
}

/** Checks the checksum, if there is one, of a page's stored bytes. */
function verified(bytes: Uint8Array, page: Page): Uint8Array {
  const stored = bytes.subarray(page.start, page.end);
  const { checksum } = page.header;
  if (checksum !== undefined && crc32(stored) !== checksum)
    throw corruptPage("the checksum of a page does not agree with its bytes");
  return stored;
}

/** The uncompressed bytes of a dictionary page. */
export function dictionaryBytes(bytes: Uint8Array, page: Page, codec: string): ValueBytes {
  const plain = decompress(codec, verified(bytes, page), page.header.uncompressed);
  return { bytes: plain, start: 0, end: plain.length };
}

/** Levels and values of a data page of either version, decompressed. */
export function dataParts(bytes: Uint8Array, page: Page, leaf: Leaf, codec: string): PageParts {
  const stored = verified(bytes, page);
  return page.header.kind === "data"
    ? partsOfVersion1(stored, page, leaf, codec)
    : partsOfVersion2(stored, page, codec);
}

function partsOfVersion1(stored: Uint8Array, page: Page, leaf: Leaf, codec: string): PageParts {
  const { header } = page;
  const bytes = decompress(codec, stored, header.uncompressed);
  let position = 0;
  const levels = (max: number, encoding: string): LevelBytes => {
    if (max === 0) return { bytes, start: position, end: position, legacy: false };
    if (encoding === "BIT_PACKED") {
      const start = position;
      position += Math.ceil((header.values * levelWidth(max)) / 8);
      if (position > bytes.length) throw corruptPage("its levels run past its end");
      return { bytes, start, end: position, legacy: true };
    }
    if (encoding !== "RLE")
      throw new DecodeFailure("UnsupportedEncoding", `levels in encoding ${encoding} cannot be read`);
    if (bytes.length - position < 4) throw corruptPage("it ends inside the length of its levels");
    const length = new DataView(bytes.buffer, bytes.byteOffset + position, 4).getUint32(0, true);
    const start = position + 4;
    if (length > bytes.length - start) throw corruptPage(`levels of ${length} bytes run past its end`);
    position = start + length;
    return { bytes, start, end: position, legacy: false };
  };
  const repetition = levels(leaf.maxRepetition, header.repetitionEncoding);
  const definition = levels(leaf.maxDefinition, header.definitionEncoding);
  return { repetition, definition, values: { bytes, start: position, end: bytes.length } };
}

function partsOfVersion2(stored: Uint8Array, page: Page, codec: string): PageParts {
  const { repetitionBytes, definitionBytes, uncompressed, isCompressed } = page.header;
  const levels = repetitionBytes + definitionBytes;
  if (levels > stored.length || levels > uncompressed) throw corruptPage(`levels of ${levels} bytes run past its end`);
  const values = stored.subarray(levels);
  const bytes = decompress(isCompressed ? codec : "UNCOMPRESSED", values, uncompressed - levels);
  return {
    repetition: { bytes: stored, start: 0, end: repetitionBytes, legacy: false },
    definition: { bytes: stored, start: repetitionBytes, end: levels, legacy: false },
    values: { bytes, start: 0, end: bytes.length },
  };
}
