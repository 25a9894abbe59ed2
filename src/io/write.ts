import { CortadoError, whatExists } from "../errors.ts";
import type { Column } from "../jagged/index.ts";
import type { Field } from "./field.ts";
import { type ChunkOptions, encodeChunk } from "./write-chunk.ts";
import { maxLevel, type WriteCodec } from "./write-codec.ts";
import { appendRows, checkColumn, clearRows, emptyRows, rowBytes } from "./write-rows.ts";
import { fieldsOf, leavesOf, schemaElements } from "./write-schema.ts";
import { type ByteSink, fileSink } from "./write-sink.ts";
import { encodeThrift, i16, i32, i64, list, struct, type ThriftValue, text } from "./write-thrift.ts";

/** Columns by name, all of the same number of events. */
export type Columns = Readonly<Record<string, Column>>;

export interface WriteOptions {
  /** Compression, `zstd` unless given. */
  readonly codec?: WriteCodec;
  /** Compression level: zstd 1 to 22, 3 unless given; gzip 1 to 9, 6 unless given. */
  readonly level?: number;
  /** Events of a row group at most: 100,000 unless given, never more than 131,072. */
  readonly rowGroupRows?: number;
  /** Bytes of a row group before compression, at most (an event larger than that stays whole): 64 MB unless given. */
  readonly rowGroupBytes?: number;
  /** Bytes of a page before compression, roughly: 1 MB unless given. */
  readonly pageBytes?: number;
  /** Largest dictionary: 1 MB unless given, 0 for none. */
  readonly dictionaryBytes?: number;
  /** Text stored in the footer. */
  readonly keyValues?: Readonly<Record<string, string>>;
}

/** What was written. */
export interface Written {
  readonly events: number;
  readonly rowGroups: number;
  /** Size of the file. */
  readonly bytes: number;
}

export interface ParquetWriter {
  /** Adds events. The columns are those of the schema, by name; their arrays may be reused afterwards. */
  append(columns: Columns): Promise<void>;
  /** Writes what is left and the footer; only then does a file appear under its name. */
  close(): Promise<Written>;
  /** Gives up: nothing stays behind. */
  abort(): Promise<void>;
}

/**
 * Writes columns as a Parquet file (layout A: one column for each name): numbers, booleans, strings and lists of them,
 * OPTIONAL where a column has a validity (`?float32`, `var * ?float32`, `option[var * float32]`), else REQUIRED. See {@link openWriter} for what a file looks like and what is thrown.
 */
export async function writeParquet(
  target: string | ByteSink,
  columns: Columns,
  options: WriteOptions = {},
): Promise<Written> {
  const writer = await openWriter(target, fieldsOf(columns), options);
  await writer.append(columns);
  return writer.close();
}

/**
 * Opens a Parquet file for writing piece by piece, to a path or a sink. Row groups of 100,000 events or 64 MB, V1 pages
 * of whole events with checksums, a dictionary for each column chunk where it makes it smaller, bounds of flat columns
 * in the footer. The same columns and options give the same bytes, however they are cut into `append`s.
 *
 * Memory: one row group of plain columns and one compressed column chunk. Throws UsageError for a schema or option that
 * cannot be written; `append` throws ShapeError for columns of unequal length or of another type than the schema's,
 * MissingColumnError for one that is not there, MissingValueError for missing values where the schema has none. After an error in `append` or
 * `close` the writer is aborted.
 */
export async function openWriter(
  target: string | ByteSink,
  schema: readonly Field[],
  options: WriteOptions = {},
): Promise<ParquetWriter> {
  const { rowGroupRows, rowGroupBytes, chunk } = checkedOptions(options);
  const leaves = leavesOf(schema);
  if (leaves.length === 0)
    throw new CortadoError("UsageError", "a file without columns cannot be written", { code: "NothingToDo" });
  const sink = typeof target === "string" ? await fileSink(target) : target;
  const pending = leaves.map(emptyRows);
  const rowGroups: ThriftValue[] = [];
  let pendingBytes = 0;
  let events = 0;
  let position = 0;
  let state: "open" | "busy" | "closed" = "open";

  const put = async (bytes: Uint8Array): Promise<void> => {
    await sink.write(bytes);
    position += bytes.length;
  };
  const magic = new TextEncoder().encode("PAR1");

  const flush = async (): Promise<void> => {
    const rows = pending[0]!.rowCount;
    if (rows === 0) return;
    const begin = position;
    let plainBytes = 0;
    const chunks: ThriftValue[] = [];
    for (const column of pending) {
      const encoded = encodeChunk(column, chunk);
      chunks.push(struct({ 2: i64(0), 3: encoded.metadata(position) }));
      plainBytes += encoded.plainBytes;
      for (const part of encoded.parts) await put(part);
      clearRows(column);
    }
    rowGroups.push(
      struct({
        1: list("struct", chunks),
        2: i64(plainBytes),
        3: i64(rows),
        5: i64(begin),
        6: i64(position - begin),
        7: rowGroups.length < 32768 ? i16(rowGroups.length) : undefined,
      }),
    );
    events += rows;
    pendingBytes = 0;
  };

  const append = async (columns: Columns): Promise<void> => {
    const { inOrder, length } = checkedColumns(columns);
    let start = 0;
    while (start < length) {
      const room = rowGroupRows - pending[0]!.rowCount;
      const bytesTo = (stop: number): number =>
        leaves.reduce((sum, leaf, c) => sum + rowBytes(leaf, inOrder[c]!, start, stop), 0);
      let fits = start;
      let tooFar = Math.min(length, start + room) + 1;
      while (tooFar - fits > 1) {
        const middle = (fits + tooFar) >> 1;
        if (pendingBytes + bytesTo(middle) <= rowGroupBytes) fits = middle;
        else tooFar = middle;
      }
      if (fits === start && pending[0]!.rowCount === 0) fits = start + 1;
      if (fits > start) {
        pendingBytes += bytesTo(fits);
        for (const [c, rows] of pending.entries()) appendRows(rows, inOrder[c]!, start, fits);
      }
      // Whatever comes next does not fit, or the group is full.
      if (fits < length || pending[0]!.rowCount === rowGroupRows) await flush();
      start = fits;
    }
  };

  const checkedColumns = (columns: Columns): { inOrder: Column[]; length: number } => {
    const names = Object.keys(columns);
    const inOrder = leaves.map((leaf) => {
      if (!Object.hasOwn(columns, leaf.name))
        throw new CortadoError(
          "MissingColumnError",
          `the columns to write lack "${leaf.name}". ${whatExists(leaf.name, names)}`,
          { code: "UnknownColumn", column: leaf.name, nearest: names, file: sink.name },
        );
      return columns[leaf.name]!;
    });
    for (const name of names)
      if (!leaves.some((leaf) => leaf.name === name))
        throw new CortadoError("ShapeError", `column "${name}" is not in the schema of ${sink.name}`, {
          code: "TypeMismatch",
          column: name,
          file: sink.name,
        });
    const length = inOrder[0]!.length;
    for (const [c, leaf] of leaves.entries()) {
      if (inOrder[c]!.length !== length)
        throw new CortadoError(
          "ShapeError",
          `column "${leaf.name}" has ${inOrder[c]!.length} events, column "${leaves[0]!.name}" has ${length}`,
          { code: "LengthMismatch", column: leaf.name, file: sink.name },
        );
      checkColumn(leaf, inOrder[c]!);
    }
    return { inOrder, length };
  };

  const finish = async (): Promise<Written> => {
    await flush();
    const order = struct({ 1: struct({}) });
    const footer = encodeThrift({
      1: i32(2),
      2: list("struct", schemaElements(leaves)),
      3: i64(events),
      4: list("struct", rowGroups),
      5: keyValueList(options.keyValues),
      6: text("cortado version 0.1.0"),
      7: list(
        "struct",
        leaves.map(() => order),
      ),
    });
    await put(footer);
    const tail = new DataView(new ArrayBuffer(4));
    tail.setUint32(0, footer.length, true);
    await put(new Uint8Array(tail.buffer));
    await put(magic);
    await sink.close();
    return { events, rowGroups: rowGroups.length, bytes: position };
  };

  /** One call at a time; an error ends the writer. */
  const exclusively = async <T>(what: string, next: "open" | "closed", act: () => Promise<T>): Promise<T> => {
    if (state !== "open")
      throw new CortadoError(
        "UsageError",
        state === "busy"
          ? `${what} while an earlier call on the writer of ${sink.name} is still running: await it first`
          : `${what} after the writer of ${sink.name} was closed`,
        { code: "BadArgument", file: sink.name },
      );
    state = "busy";
    try {
      const done = await act();
      state = next;
      return done;
    } catch (error) {
      state = "closed";
      await sink.abort();
      throw error;
    }
  };

  await exclusively("open", "open", () => put(magic));
  return {
    append: (columns) => exclusively("append", "open", () => append(columns)),
    close: () => exclusively("close", "closed", finish),
    abort: async () => {
      if (state === "closed") return;
      state = "closed";
      await sink.abort();
    },
  };
}

function keyValueList(keyValues: WriteOptions["keyValues"] = {}): ThriftValue | undefined {
  const entries = Object.entries(keyValues).map(([key, value]) => struct({ 1: text(key), 2: text(value) }));
  return entries.length === 0 ? undefined : list("struct", entries);
}

/** Row groups are no larger than the chunks they are read in. */
const maxRowGroupRows = 131_072;

function checkedOptions(options: WriteOptions): { rowGroupRows: number; rowGroupBytes: number; chunk: ChunkOptions } {
  const codec = options.codec ?? "zstd";
  if (!Object.hasOwn(maxLevel, codec))
    throw badOption(`codec "${codec}" is not known. ${whatExists(codec, Object.keys(maxLevel))}`);
  const integer = (name: keyof WriteOptions, standard: number, low: number, high: number): number => {
    const value = (options[name] as number | undefined) ?? standard;
    if (!Number.isInteger(value) || value < low || value > high)
      throw badOption(`option ${name} is ${String(value)}, it must be an integer from ${low} to ${high}`);
    return value;
  };
  if (options.level !== undefined && maxLevel[codec] === 0) throw badOption(`codec "${codec}" has no levels`);
  return {
    rowGroupRows: integer("rowGroupRows", 100_000, 1, maxRowGroupRows),
    rowGroupBytes: integer("rowGroupBytes", 64 << 20, 1, 2 ** 30),
    chunk: {
      codec,
      level: options.level === undefined ? undefined : integer("level", 1, 1, maxLevel[codec]),
      pageBytes: integer("pageBytes", 1 << 20, 1, 1 << 28),
      dictionaryBytes: integer("dictionaryBytes", 1 << 20, 0, 1 << 24),
    },
  };
}

function badOption(message: string): CortadoError {
  return new CortadoError("UsageError", message, { code: "BadArgument" });
}
