import { close, fstat, open, read, type Stats } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { promisify } from "node:util";
import { CortadoError, nearest, whatExists } from "../errors.ts";
import type { ByteSource } from "./byte-source.ts";

/**
 * A file on this machine, read by position. Cost: one system call to open, one for each range.
 * Throws `NotFoundError` with the nearest names of the folder, `IoError` if it cannot be opened.
 */
export async function openFile(path: string): Promise<ByteSource> {
  let file: number;
  try {
    file = await openAsync(path, "r");
  } catch (cause) {
    throw await cannotOpen(path, cause);
  }
  const status = (await statAsync(file)) as Stats;
  if (status.isDirectory()) {
    await closeAsync(file);
    throw new CortadoError("IoError", `${path} is a folder, a file was asked for`, { code: "ReadFailed", file: path });
  }
  return {
    name: path,
    byteLength: status.size,
    read: (start, stop) => readRange(file, path, start, stop),
    close: () => closeAsync(file),
  };
}

// plain file descriptors: a forgotten FileHandle ends the process when it is garbage collected
const openAsync = promisify(open);
const statAsync = promisify(fstat);
const readAsync = promisify(read);
const closeAsync = promisify(close);

async function readRange(file: number, path: string, start: number, stop: number): Promise<Uint8Array> {
  if (start < 0 || stop < start)
    throw new CortadoError("FormatError", `${path}: bytes ${start} to ${stop} cannot be read`, {
      code: "TruncatedFile",
      file: path,
      offset: start,
    });
  const bytes = Buffer.allocUnsafeSlow(stop - start);
  let filled = 0;
  while (filled < bytes.length) {
    let count: number;
    try {
      count = (await readAsync(file, bytes, filled, bytes.length - filled, start + filled)).bytesRead;
    } catch (cause) {
      throw new CortadoError(
        "IoError",
        `${path} could not be read at byte ${start + filled}: ${message(cause)}`,
        { code: "ReadFailed", file: path },
        { cause },
      );
    }
    if (count === 0)
      throw new CortadoError(
        "FormatError",
        `${path} ends at byte ${start + filled}, bytes ${start} to ${stop} were asked for`,
        { code: "TruncatedFile", file: path, offset: start + filled },
      );
    filled += count;
  }
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

async function cannotOpen(path: string, cause: unknown): Promise<CortadoError> {
  const code = (cause as NodeJS.ErrnoException).code;
  if (code !== "ENOENT" && code !== "ENOTDIR")
    return new CortadoError("IoError", `${path} could not be opened: ${message(cause)}`, {
      code: "ReadFailed",
      file: path,
    });
  const folder = dirname(path);
  const name = basename(path);
  const names = await readdir(folder).catch(() => undefined);
  const exists = names === undefined ? `The folder ${folder} does not exist.` : whatExists(name, names);
  return new CortadoError("NotFoundError", `there is no file ${path}. ${exists}`, {
    code: "NoSuchFile",
    file: path,
    nearest: nearest(name, names ?? []),
  });
}

function message(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
