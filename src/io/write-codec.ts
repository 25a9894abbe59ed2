import { constants, crc32, gzipSync, zstdCompressSync } from "node:zlib";
import { snappyCompress } from "hysnappy";

/** Compression of pages. */
export type WriteCodec = "none" | "snappy" | "gzip" | "zstd";

/** Parquet's numbers of the codecs. */
export const codecNumber: { readonly [C in WriteCodec]: number } = { none: 0, snappy: 1, gzip: 2, zstd: 6 };

/** Highest level each codec takes; 0 where it has none. */
export const maxLevel: { readonly [C in WriteCodec]: number } = { none: 0, snappy: 0, gzip: 9, zstd: 22 };

/** The page as it is stored. The result may be the input itself. Default levels: zstd 3, gzip 6. */
export function compressPage(page: Uint8Array, codec: WriteCodec, level?: number): Uint8Array {
  switch (codec) {
    case "none":
      return page;
    case "snappy":
      // A compressor that is kept finds matches in its old memory: the bytes would depend on what came before.
      return snappyCompress(page);
    case "gzip":
      return gzipSync(page, { level: level ?? 6 });
    case "zstd":
      return zstdCompressSync(page, {
        params: { [constants.ZSTD_c_compressionLevel]: level ?? 3 },
        pledgedSrcSize: page.length,
      });
  }
}

/** The checksum of a stored page, as the page header holds it: signed. */
export function pageChecksum(stored: Uint8Array): number {
  return crc32(stored) | 0;
}
