import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { CortadoError } from "../errors.ts";

/**
 * Writes a file so that it is there whole or not at all, making its folder if need be. Throws `IoError`.
 */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const partial = `${path}.${process.pid}.part`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(partial, content);
    renameSync(partial, path);
  } catch (cause) {
    removeQuietly(partial);
    throw new CortadoError(
      "IoError",
      `cannot write ${path}: ${(cause as Error).message}`,
      { code: "WriteFailed", file: path },
      { cause },
    );
  }
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The error that led here is the one to tell.
  }
}
