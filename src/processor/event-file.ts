import { createHash } from "node:crypto";
import { CortadoError } from "../errors.ts";
import type { EventLayout } from "../events/index.ts";
import { type KnownOffsets, openFile, openParquet, type ParquetFile, planColumns, readColumns } from "../io/index.ts";
import type { Column } from "../jagged/index.ts";
import { eventLayout, type Schema, titlesOf } from "../schema/index.ts";

/** What a file says of itself and how its columns appear as events: plain data, made once and sent to threads. */
export interface EventFile {
  readonly filename: string;
  readonly entries: number;
  /** Row group boundaries, from 0 to `entries`. */
  readonly boundaries: readonly number[];
  /** The same for the same file contents as far as the footer tells. */
  readonly uuid: string;
  readonly parquet: ParquetFile;
  readonly layout: EventLayout;
}

/** What reading cost, and what was read. */
export interface ReadTotals {
  /** Compressed bytes requested from the file, footer apart. */
  readonly bytes: number;
  /** The same by canonical column name. */
  readonly bytesByColumn: Readonly<Record<string, number>>;
  /** Bytes of the columns, as they are in memory. */
  readonly bytesDecoded: number;
  /** Names of the stored columns, in the file's own words. */
  readonly buffers: readonly string[];
  readonly readtime: number;
  readonly decodetime: number;
}

export const nothingRead: ReadTotals = {
  bytes: 0,
  bytesByColumn: {},
  bytesDecoded: 0,
  buffers: [],
  readtime: 0,
  decodetime: 0,
};

export function addTotals(a: ReadTotals, b: ReadTotals): ReadTotals {
  const bytesByColumn = { ...a.bytesByColumn };
  for (const [name, bytes] of Object.entries(b.bytesByColumn)) bytesByColumn[name] = (bytesByColumn[name] ?? 0) + bytes;
  return {
    bytes: a.bytes + b.bytes,
    bytesByColumn,
    bytesDecoded: a.bytesDecoded + b.bytesDecoded,
    buffers: [...new Set([...a.buffers, ...b.buffers])],
    readtime: a.readtime + b.readtime,
    decodetime: a.decodetime + b.decodetime,
  };
}

/** An open file of events. */
export interface EventReader {
  readonly file: EventFile;
  /**
   * The columns of these canonical names for events `start` to `stop`, each as it is or why it cannot be read. Lists of
   * collections in `known` must have those offsets, and share them.
   */
  read(
    names: readonly string[],
    start: number,
    stop: number,
    known: ReadonlyMap<string, KnownOffsets>,
  ): Promise<{ readonly columns: ReadonlyMap<string, Column | Error>; readonly totals: ReadTotals }>;
  /** Compressed bytes of a column in the whole file. */
  columnBytes(name: string): number;
  close(): Promise<void>;
}

/**
 * Reads a file's footer; a schema other than NanoAOD's says how its columns appear. Throws `NotFoundError`, `IoError` or
 * `FormatError`, naming the file, and `SchemaError` if the schema requires a column it does not have.
 */
export async function openEventFile(filename: string, schema?: Schema): Promise<EventFile> {
  const source = await openFile(filename);
  try {
    const parquet = await openParquet(source);
    return {
      filename,
      entries: parquet.rows,
      boundaries: [0, ...parquet.rowGroups.map((group) => group.firstRow + group.rows)],
      uuid: fingerprint(parquet),
      parquet,
      layout: eventLayout(parquet.fields, schema, titlesOf(parquet.keyValues), filename),
    };
  } finally {
    await source.close();
  }
}

/** Opens a known file for reading. Throws `NotFoundError` or `IoError`, also if it has changed its size since. */
export async function openReader(file: EventFile): Promise<EventReader> {
  const { filename, parquet, layout } = file;
  const source = await openFile(filename);
  if (source.byteLength !== parquet.size) {
    await source.close();
    throw new CortadoError(
      "IoError",
      `${filename} has changed while it was read: it had ${parquet.size} bytes, now ${source.byteLength}`,
      { code: "SourceChanged", file: filename },
    );
  }
  const request = (name: string): { path: readonly string[]; group?: string } => {
    const { path, collection } = layout.columns[name]!;
    return collection === undefined ? { path } : { path, group: collection };
  };
  return {
    file,
    async read(names, start, stop, known) {
      const read = await readColumns(source, parquet, names.map(request), start, stop, { known });
      const bytesByColumn = Object.fromEntries(names.map((name, i) => [name, read.bytesByRequest[i]!]));
      return {
        columns: new Map(names.map((name, i) => [name, read.columns[i]!])),
        totals: {
          bytes: read.bytesRead,
          bytesByColumn,
          bytesDecoded: bytesOf(read.columns),
          buffers: read.buffers,
          readtime: read.readSeconds,
          decodetime: read.decodeSeconds,
        },
      };
    },
    columnBytes: (name) => planColumns(parquet, [request(name)], 0, parquet.rows).bytes,
    close: () => source.close(),
  };
}

/** Identifies a file's contents as far as its footer does: Parquet has no identifier of its own. */
function fingerprint({ size, rows, createdBy, rowGroups, leaves }: ParquetFile): string {
  const chunks = rowGroups.map((group) => group.chunks.map(({ start, stop }) => [start, stop]));
  const facts = [size, rows, createdBy, leaves.map((leaf) => leaf.path), chunks];
  return createHash("sha256").update(JSON.stringify(facts)).digest("hex").slice(0, 32);
}

/** Bytes of the arrays of columns; what several share counts once. */
function bytesOf(columns: readonly (Column | Error)[]): number {
  const arrays = new Set<ArrayBufferView>();
  const visit = (column: Column): void => {
    if (column.validity !== undefined) arrays.add(column.validity);
    if (column.kind === "primitive") arrays.add(column.values);
    else if (column.kind === "record") for (const field of column.fields.values()) visit(field);
    else {
      arrays.add(column.offsets);
      if (column.kind === "list") visit(column.content);
      else arrays.add(column.bytes);
    }
  };
  for (const column of columns) if (!(column instanceof Error)) visit(column);
  let bytes = 0;
  for (const array of arrays) bytes += array.byteLength;
  return bytes;
}
