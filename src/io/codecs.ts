import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";
import { snappyUncompressor } from "hysnappy";
import { corruptPage, DecodeFailure } from "./decode-failure.ts";
import { lz4Decompress } from "./lz4.ts";

let snappy: ((input: Uint8Array, outputLength: number) => Uint8Array) | undefined;

/**
 * The bytes of a page, exactly `size` of them. Throws `DecodeFailure`: `UnsupportedCodec` names the codec,
 * `CorruptPage` says what is wrong with the bytes. Uncompressed bytes are returned as they are, not copied.
 */
export function decompress(codec: string, bytes: Uint8Array, size: number): Uint8Array {
  let result: Uint8Array;
  try {
    result = run(codec, bytes, size);
  } catch (cause) {
    if (cause instanceof DecodeFailure) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DecodeFailure("CorruptPage", `${codec} bytes cannot be decompressed: ${reason}`, { cause });
  }
  if (result.length !== size)
    throw corruptPage(`its header says ${size} bytes, decompressing (${codec}) gave ${result.length}`);
  return result;
}

function run(codec: string, bytes: Uint8Array, size: number): Uint8Array {
  if (codec === "UNCOMPRESSED") return bytes;
  if (size === 0) return new Uint8Array(0);
  // one output block of the right size, and never more than was announced
  const limits = { maxOutputLength: size, chunkSize: Math.max(64, size) };
  switch (codec) {
    case "SNAPPY":
      return snappyDecompress(bytes, size);
    case "GZIP":
      return gunzipSync(bytes, limits);
    case "ZSTD":
      return zstdDecompressSync(bytes, limits);
    case "BROTLI":
      return brotliDecompressSync(bytes, limits);
    case "LZ4_RAW":
      return lz4Decompress(bytes, size);
    case "LZ4":
      throw new DecodeFailure("UnsupportedCodec", "codec LZ4 (the old framed one) cannot be read; LZ4_RAW can");
    default:
      throw new DecodeFailure("UnsupportedCodec", `codec ${codec} cannot be read`);
  }
}

function snappyDecompress(bytes: Uint8Array, size: number): Uint8Array {
  let announced = 0;
  for (let i = 0; i < 5; i++) {
    const byte = bytes[i];
    if (byte === undefined) throw corruptPage("snappy bytes end in their length");
    announced += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) break;
  }
  if (announced !== size) throw corruptPage(`its header says ${size} bytes, its snappy bytes ${announced}`);
  snappy ??= snappyUncompressor();
  return snappy(bytes, size);
}
