import { CortadoError } from "../errors.ts";
import type { ColumnPath } from "./field.ts";
import type { ParquetFile } from "./parquet-file.ts";
import { leafName, leavesBelow, selectNode } from "./select.ts";

/** A column to read. Columns of one `group` (collection) share one offsets array, which is verified. */
export interface ColumnRequest {
  readonly path: ColumnPath;
  readonly group?: string;
}

/** Which bytes a read fetches: plain data, to print and to count. */
export interface ReadPlan {
  readonly file: string;
  readonly size: number;
  readonly rowGroups: readonly PlannedGroup[];
  /** Requests to the source: neighbouring chunks together, and never a byte of a column that was not asked for. */
  readonly ranges: readonly ByteRange[];
  /** Sum of the lengths of the ranges. */
  readonly bytes: number;
}

/** The rows `start` to `stop` of one row group, counted from its own first row. */
export interface PlannedGroup {
  readonly index: number;
  readonly start: number;
  readonly stop: number;
  readonly chunks: readonly PlannedChunk[];
}

export interface PlannedChunk extends ByteRange {
  /** Position among the file's leaves. */
  readonly leaf: number;
  /** The stored column, dotted. */
  readonly column: string;
  readonly codec: string;
}

export interface ByteRange {
  readonly start: number;
  readonly stop: number;
}

/**
 * The plan of reading columns for events `start` to `stop` of a file.
 * Throws `MissingColumnError`, and `UsageError` for a range that the file does not have.
 */
export function planColumns(
  file: ParquetFile,
  requests: readonly ColumnRequest[],
  start: number,
  stop: number,
): ReadPlan {
  const leaves = new Set(requests.flatMap((request) => leavesBelow(selectNode(file, request.path))));
  return planLeaves(file, [...leaves], start, stop);
}

/** The plan of reading stored columns, given by their positions. */
export function planLeaves(file: ParquetFile, leaves: readonly number[], start: number, stop: number): ReadPlan {
  if (!Number.isInteger(start) || !Number.isInteger(stop) || start < 0 || stop < start || stop > file.rows)
    throw new CortadoError("UsageError", `${file.name} has events 0 to ${file.rows}, not ${start} to ${stop}`, {
      code: "BadArgument",
      file: file.name,
      start,
      stop,
    });
  const rowGroups: PlannedGroup[] = [];
  for (const [index, group] of file.rowGroups.entries()) {
    const from = Math.max(start, group.firstRow);
    const to = Math.min(stop, group.firstRow + group.rows);
    if (from >= to) continue;
    const chunks = leaves.map((leaf) => {
      const { start, stop, codec } = group.chunks[leaf]!;
      return { leaf, column: leafName(file, leaf), start, stop, codec };
    });
    rowGroups.push({ index, start: from - group.firstRow, stop: to - group.firstRow, chunks });
  }
  const ranges = coalesce(rowGroups.flatMap((group) => group.chunks));
  const bytes = ranges.reduce((sum, range) => sum + range.stop - range.start, 0);
  return { file: file.name, size: file.size, rowGroups, ranges, bytes };
}

const largestRequest = 64 * 1024 * 1024;

/** Ranges that touch or overlap become one, as long as it is not larger than 64 MB. */
function coalesce(chunks: readonly ByteRange[]): ByteRange[] {
  const sorted = chunks
    .filter((chunk) => chunk.stop > chunk.start)
    .sort((a, b) => a.start - b.start || a.stop - b.stop);
  const ranges: { start: number; stop: number }[] = [];
  for (const { start, stop } of sorted) {
    const last = ranges.at(-1);
    const overlaps = last !== undefined && start < last.stop;
    if (last !== undefined && (overlaps || (start === last.stop && stop - last.start <= largestRequest)))
      last.stop = Math.max(last.stop, stop);
    else ranges.push({ start, stop });
  }
  return ranges;
}
