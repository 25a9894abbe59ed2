import { randomBytes } from "node:crypto";
import { close, fsync, open, write } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { CortadoError } from "../errors.ts";

/** Where bytes are written, one piece after the other. After `close` they are there for good, after `abort` they are gone. */
export interface ByteSink {
  /** In words, for messages: the path of a file. */
  readonly name: string;
  write(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
  abort(): Promise<void>;
}

// Plain file descriptors: a FileHandle of a writer that was never closed would end the process when it is collected.
const openAsync = promisify(open);
const writeAsync = promisify(write);
const syncAsync = promisify(fsync);
const closeAsync = promisify(close);

/**
 * A file that appears under its name only when it is complete: it is written beside it under a temporary name, the
 * file's with `mark` and `.part`, and renamed, over an older file if there is one. `mark` must be new. Throws NotFoundError if the folder does not exist, IoError `WriteFailed`.
 */
export async function fileSink(path: string, mark: string = randomBytes(6).toString("hex")): Promise<ByteSink> {
  const temporary = `${path}.${mark}.part`;
  const failed = (cause: unknown): CortadoError =>
    (cause as { code?: unknown }).code === "ENOENT"
      ? new CortadoError(
          "NotFoundError",
          `cannot write ${path}: there is no folder ${dirname(path)}`,
          { code: "NoSuchFile", file: path },
          { cause },
        )
      : new CortadoError(
          "IoError",
          `cannot write ${path}: ${(cause as Error).message}`,
          { code: "WriteFailed", file: path },
          { cause },
        );
  const attempt = async <T>(act: () => Promise<T>): Promise<T> => {
    try {
      return await act();
    } catch (cause) {
      throw failed(cause);
    }
  };

  const file = await attempt(() => openAsync(temporary, "wx"));
  let isOpen = true;
  const abort = async (): Promise<void> => {
    if (isOpen) await closeAsync(file);
    isOpen = false;
    await rm(temporary, { force: true });
  };
  return {
    name: path,
    write: (bytes) =>
      attempt(async () => {
        for (let done = 0; done < bytes.length; ) done += (await writeAsync(file, bytes, done)).bytesWritten;
      }),
    close: async () => {
      try {
        await attempt(async () => {
          await syncAsync(file);
          isOpen = false;
          await closeAsync(file);
          await rename(temporary, path);
        });
      } catch (error) {
        await abort();
        throw error;
      }
    },
    abort,
  };
}

/** Bytes kept in memory: `bytes()` gives them once the sink is closed. */
export function memorySink(name = "memory"): ByteSink & { bytes(): Uint8Array<ArrayBuffer> } {
  let parts: Uint8Array[] = [];
  return {
    name,
    write: async (bytes) => {
      parts.push(bytes.slice());
    },
    close: async () => {},
    abort: async () => {
      parts = [];
    },
    bytes: () => {
      const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
      let at = 0;
      for (const part of parts) {
        all.set(part, at);
        at += part.length;
      }
      return all;
    },
  };
}
