import { RecordBatchReader, Table, tableToIPC } from "apache-arrow";
import { CortadoError, isCortadoError } from "../errors.ts";
import type { Column } from "../jagged/index.ts";
import { fromArrowTable } from "./arrow-table.ts";

/** `stream` is what `pyarrow.ipc.open_stream` reads, `file` (Feather) what `pyarrow.feather` and `pyarrow.ipc.open_file` do. */
export type ArrowIpcForm = "stream" | "file";

/** A table as Arrow IPC, for Python and other languages. Cost: one copy of its buffers. */
export function toArrowIpc(table: Table, form: ArrowIpcForm = "stream"): Uint8Array {
  return tableToIPC(table, form);
}

/**
 * The columns of Arrow IPC bytes, stream or file, by name. They share the memory of `bytes` as far as `fromArrow` shares.
 * Throws FormatError for bytes that are not Arrow IPC or lack their end, for offsets that contradict the lengths, and for types
 * that columns do not have. Arrow IPC has no checksums: a changed value is not noticed, and damaged headers can keep
 * apache-arrow busy without end, so take it from where you trust.
 */
export function fromArrowIpc(bytes: Uint8Array): Record<string, Column> {
  try {
    requireEnd(bytes);
    const reader = RecordBatchReader.from(bytes).open();
    return fromArrowTable(new Table(reader.schema, reader.readAll()));
  } catch (error) {
    if (isCortadoError(error)) throw error;
    throw new CortadoError(
      "FormatError",
      `these ${bytes.length} bytes are not Arrow IPC, or not whole: ${(error as Error).message}`,
      { code: "NotArrow" },
      { cause: error },
    );
  }
}

const fileMark = Buffer.from("ARROW1");
const streamEnd = Buffer.from([255, 255, 255, 255, 0, 0, 0, 0]);

/** Apache Arrow takes a stream cut between two messages, and a file without its footer, for a shorter one. */
function requireEnd(bytes: Uint8Array): void {
  const isFile = fileMark.equals(bytes.subarray(0, fileMark.length));
  const end = isFile ? fileMark : streamEnd;
  if (bytes.length <= end.length || !end.equals(bytes.subarray(-end.length)))
    throw new Error(isFile ? "a file ends with ARROW1" : "a stream ends with an end-of-stream mark (close its writer)");
}
