import { CortadoError } from "../errors.ts";
import type { ByteSource } from "./byte-source.ts";

/** Bytes that are in memory already. Ranges are views, not copies. */
export function memorySource(bytes: Uint8Array, name = "memory"): ByteSource {
  return {
    name,
    byteLength: bytes.byteLength,
    read: async (start, stop) => {
      if (start < 0 || stop < start || stop > bytes.byteLength)
        throw new CortadoError(
          "FormatError",
          `${name} ends at byte ${bytes.byteLength}, bytes ${start} to ${stop} were asked for`,
          {
            code: "TruncatedFile",
            file: name,
            offset: start,
          },
        );
      return bytes.subarray(start, stop);
    },
    close: async () => {},
  };
}
