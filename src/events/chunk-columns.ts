import { CortadoError } from "../errors.ts";
import type { Column } from "../jagged/index.ts";
import type { EventLayout } from "./layout.ts";

/** Thrown by a getter of a column that was not read; the attempt is void and is replayed with the column. */
export class ColumnNotLoaded extends Error {
  override readonly name = "ColumnNotLoaded";
}

/**
 * The columns of one chunk as far as they are read, and a record of what an attempt touched and missed.
 * A miss is recorded as well as thrown, so that a `try/catch` in user code cannot hide it.
 */
export class ChunkColumns {
  readonly layout: EventLayout;
  /** Events in the chunk. */
  readonly length: number;
  /** First event of the chunk in its file: event `i` of the chunk is event `start + i` of the file. */
  readonly start: number;
  private readonly loaded = new Map<string, Column | Error>();
  private readonly offsetsOf = new Map<string, Int32Array>();
  /** Canonical names of the columns this attempt used. */
  readonly touched: Set<string> = new Set();
  /** Collections whose list lengths this attempt used. */
  readonly touchedOffsets: Set<string> = new Set();
  /** Columns this attempt asked for in vain; nothing that is asked for after the first miss counts. */
  readonly missed: Set<string> = new Set();
  /** Collections whose list lengths this attempt asked for in vain. */
  readonly missedOffsets: Set<string> = new Set();
  /** Columns that some attempt asked for, or that are expected to be. */
  private readonly asked = new Set<string>();

  constructor(layout: EventLayout, length: number, start = 0) {
    this.layout = layout;
    this.length = length;
    this.start = start;
  }

  /** Adds a column that was read, or the error reading it gave: it is thrown when the column is asked for. */
  add(name: string, column: Column | Error): void {
    this.loaded.set(name, column);
    const collection = this.layout.columns[name]?.collection;
    if (collection === undefined || column instanceof Error) return;
    const offsets = column.kind === "list" ? column.offsets : fromCounter(name, column);
    if (column.kind === "list" || !this.offsetsOf.has(collection)) this.offsetsOf.set(collection, offsets);
  }

  has(name: string): boolean {
    return this.loaded.has(name);
  }

  /** A column as it is known, or why it cannot be read, without recording anything. */
  known(name: string): Column | Error | undefined {
    return this.loaded.get(name);
  }

  /** The offsets known for a collection, without recording anything. */
  knownOffsets(collection: string): Int32Array | undefined {
    return this.offsetsOf.get(collection);
  }

  /** Says that the columns will be used, so that their first use is no miss. */
  expect(names: Iterable<string>): void {
    for (const name of names) this.asked.add(name);
  }

  /** True if the column is read and was asked for: a cursor may be made over it. */
  ready(name: string): boolean {
    const column = this.loaded.get(name);
    return column !== undefined && !(column instanceof Error) && this.asked.has(name);
  }

  /** The column, `length` entries. Throws `ColumnNotLoaded` if it was not read yet. */
  column(name: string): Column {
    const column = this.loaded.get(name);
    if (column === undefined) throw this.miss([name]);
    this.asked.add(name);
    this.touched.add(name);
    if (column instanceof Error) throw column;
    return column;
  }

  /** Records that columns are asked for that are not ready, and returns what to throw. */
  miss(names: readonly string[]): ColumnNotLoaded {
    if (!this.incomplete) for (const name of names) this.missed.add(name);
    return new ColumnNotLoaded(`${names.join(", ")} is not read yet`);
  }

  /** Offsets of a collection, `length + 1` entries. Throws `ColumnNotLoaded` if no column of it was read yet, `MissingValueError` if only other files have it. */
  offsets(collection: string): Int32Array {
    if (this.layout.collections[collection]?.missing === true)
      throw new CortadoError(
        "MissingValueError",
        `${collection} is missing in this file, another file of the dataset has it; ask \`e.has("${collection}")\` first`,
        { column: collection },
      );
    const offsets = this.offsetsOf.get(collection);
    if (offsets === undefined) {
      if (!this.incomplete) this.missedOffsets.add(collection);
      throw new ColumnNotLoaded(`list lengths of ${collection} are not read yet`);
    }
    this.touchedOffsets.add(collection);
    return offsets;
  }

  /** True if this attempt asked for something that was not read: its result is void. */
  get incomplete(): boolean {
    return this.missed.size > 0 || this.missedOffsets.size > 0;
  }

  /** Forgets what was touched and missed, keeps what is loaded: call before every attempt. */
  beginAttempt(): void {
    this.expect(this.missed);
    for (const set of [this.touched, this.touchedOffsets, this.missed, this.missedOffsets]) set.clear();
  }
}

function fromCounter(name: string, column: Column): Int32Array {
  if (column.kind !== "primitive")
    throw new CortadoError("SchemaError", `counter ${name} is not a number`, {
      code: "IncompatibleColumn",
      column: name,
    });
  const offsets = new Int32Array(column.length + 1);
  for (let i = 0; i < column.length; i++) offsets[i + 1] = offsets[i]! + Number(column.values[i]);
  return offsets;
}
