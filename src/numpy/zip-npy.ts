/** Arrays by name as a `.npz` file, which is a ZIP of `.npy` files. */
import { type Zippable, zipSync } from "fflate";
import { type NpyArray, notNumpy, readNpy, writeNpy } from "./npy.ts";
import { unzip } from "./unzip.ts";

export interface NpzOptions {
  /** Deflated, as `numpy.savez_compressed` does; stored unless told. */
  readonly compress?: boolean;
}

/** The bytes of a `.npz` file. The same arrays always give the same bytes. */
export function zipNpy(arrays: Readonly<Record<string, NpyArray>>, { compress = false }: NpzOptions = {}): Uint8Array {
  const files: Zippable = {};
  for (const [name, array] of Object.entries(arrays)) files[`${name}.npy`] = writeNpy(array);
  return zipSync(files, { level: compress ? 6 : 0, mtime: new Date(1980, 0, 1) });
}

/**
 * The arrays of a `.npz` file by name, stored or deflated.
 *
 * @throws FormatError: `NotNumpy` for bytes that are no ZIP of `.npy` files or whose checksums are wrong, `UnsupportedType` as `readNpy`.
 */
export function unzipNpy(bytes: Uint8Array): Map<string, NpyArray> {
  return new Map(
    Object.entries(unzipped(bytes)).map(([file, content]) => [file.replace(/\.npy$/, ""), readNpy(content, file)]),
  );
}

function unzipped(bytes: Uint8Array): Record<string, Uint8Array> {
  try {
    return unzip(bytes);
  } catch (cause) {
    throw notNumpy(`the bytes are no .npz file, ${(cause as Error).message}`, cause);
  }
}
