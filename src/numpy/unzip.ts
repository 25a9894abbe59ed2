import { crc32 } from "node:zlib";
import { unzipSync } from "fflate";

/**
 * The files of a ZIP, stored or deflated, by name. What is wrong with it is thrown as it is found, for the caller to say which
 * format it was to be: fflate inflates but does not look at the checksums, which are compared here.
 */
export function unzip(bytes: Uint8Array): Record<string, Uint8Array> {
  const files = unzipSync(bytes);
  const sums = checksums(bytes);
  for (const [name, file] of Object.entries(files))
    if (sums.has(name) && crc32(file) !== sums.get(name)) throw new Error(`the checksum of ${name} is wrong`);
  return files;
}

/** CRC-32 of each file as the directory at the end of a ZIP says it; without those of a ZIP64 of more than 4 GB. */
function checksums(bytes: Uint8Array): Map<string, number> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (view.getUint32(end, true) !== 0x06054b50) end--;
  const found = new Map<string, number>();
  let at = view.getUint32(end + 16, true);
  while (at + 46 <= end && view.getUint32(at, true) === 0x02014b50) {
    const length = view.getUint16(at + 28, true);
    found.set(new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + length)), view.getUint32(at + 16, true));
    at += 46 + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return found;
}
