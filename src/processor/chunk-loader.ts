import { CortadoError } from "../errors.ts";
import { ChunkColumns, computeColumn, inputsOf } from "../events/index.ts";
import type { KnownOffsets } from "../io/index.ts";
import type { Column } from "../jagged/index.ts";
import { type ColumnUse, cheapestLengths, columnsToRead } from "./column-use.ts";
import { addTotals, type EventFile, type EventReader, nothingRead, type ReadTotals } from "./event-file.ts";

/** The columns of one chunk while more and more of them are read. */
export class ChunkLoader {
  readonly columns: ChunkColumns;
  /** Why columns that were asked for could not be read, by canonical name. */
  readonly errors: Map<string, Error> = new Map();
  /** How often columns were read after the first time. */
  replays = 0;
  private readonly reader: EventReader;
  private readonly start: number;
  private readonly stop: number;
  private readonly limit: number;
  private totals: ReadTotals = nothingRead;
  /** Columns that attempts asked for, or that were expected. */
  private readonly asked = new Set<string>();
  /** By collection: the list lengths the next columns must have. */
  private readonly lengths = new Map<string, KnownOffsets>();

  /** For events `start` to `stop` of the reader's file; the columns may take at most `limit` bytes together. */
  constructor(reader: EventReader, start: number, stop: number, limit: number = Number.POSITIVE_INFINITY) {
    this.reader = reader;
    this.start = start;
    this.stop = stop;
    this.limit = limit;
    this.columns = new ChunkColumns(reader.file.layout, stop - start, start);
  }

  get file(): EventFile {
    return this.reader.file;
  }

  /** What was read so far. */
  get read(): ReadTotals {
    return this.totals;
  }

  readonly columnBytes = (name: string): number => this.reader.columnBytes(name);

  /**
   * Reads columns that are not read yet, and makes those that are computed. A column that cannot be read or made spoils
   * only itself: its error is thrown when it is asked for. Throws `ResourceError` if the columns take more than they may.
   */
  async load(names: readonly string[]): Promise<void> {
    const wanted = names.filter((name) => !this.columns.has(name));
    await this.readStored(this.storedFor(wanted));
    for (const name of wanted) if (!this.columns.has(name)) this.compute(name);
  }

  /** The stored columns behind `names` that are not read yet. */
  private storedFor(names: readonly string[]): string[] {
    const { layout } = this.file;
    const stored = new Set<string>();
    const lengths = new Set<string>();
    for (const name of names) {
      const inputs = inputsOf(layout, name);
      for (const column of inputs.columns) if (!this.columns.has(column)) stored.add(column);
      for (const collection of inputs.lengths) lengths.add(collection);
    }
    for (const collection of lengths) {
      if (this.columns.knownOffsets(collection) !== undefined) continue;
      if ([...stored].some((name) => layout.columns[name]!.collection === collection)) continue;
      const cheapest = cheapestLengths(layout, collection, this.columnBytes);
      if (cheapest !== undefined && !this.columns.has(cheapest)) stored.add(cheapest);
    }
    return [...stored];
  }

  /** Makes a computed column whose inputs are read. */
  private compute(name: string): void {
    const { columns, lengths } = inputsOf(this.file.layout, name);
    const unread = lengths.find((collection) => this.columns.knownOffsets(collection) === undefined);
    try {
      for (const input of columns) if (this.errors.has(input)) throw this.errors.get(input);
      if (unread !== undefined)
        throw this.errors.get(cheapestLengths(this.file.layout, unread, this.columnBytes)!) ?? new Error(unread);
      this.columns.add(name, computeColumn(this.columns, name, this.file.filename));
    } catch (thrown) {
      const error = thrown as Error;
      this.columns.add(name, error);
      this.errors.set(name, error);
    }
  }

  private async readStored(wanted: readonly string[]): Promise<void> {
    if (wanted.length === 0) return;
    const { columns, totals } = await this.reader.read(wanted, this.start, this.stop, this.lengths);
    this.totals = addTotals(this.totals, totals);
    for (const [name, column] of columns) {
      this.columns.add(name, column);
      if (column instanceof Error) this.errors.set(name, column);
      else this.keepLengths(name, column);
    }
    if (this.totals.bytesDecoded > this.limit)
      throw new CortadoError(
        "ResourceError",
        `the columns of ${this.stop - this.start} events take ${this.totals.bytesDecoded} bytes, ${this.limit} are allowed`,
        { code: "OutOfMemory" },
      );
  }

  private keepLengths(name: string, column: Column): void {
    const collection = this.file.layout.columns[name]?.collection;
    const offsets = collection === undefined ? undefined : this.columns.knownOffsets(collection);
    if (offsets === undefined || this.lengths.get(collection!)?.offsets === offsets) return;
    const validity = column.kind === "list" ? { validity: column.validity } : {};
    this.lengths.set(collection!, { offsets, column: name, ...validity });
  }

  /** Reads the columns that are expected to be used. */
  async expect(use: ColumnUse): Promise<void> {
    await this.load(columnsToRead(this.file.layout, use, this.columnBytes));
    for (const name of use.columns) this.asked.add(name);
    this.columns.expect(use.columns);
  }

  /**
   * Reads what the last attempt asked for in vain. It may be read already and only not have been expected.
   * Throws `InternalError` if it was asked for in vain before: no replay would help.
   */
  async loadMissed(): Promise<void> {
    this.replays++;
    const { layout } = this.file;
    const names = new Set(this.columns.missed);
    for (const collection of this.columns.missedOffsets) {
      if ([...names].some((name) => layout.columns[name]?.collection === collection)) continue;
      const lengths = cheapestLengths(layout, collection, this.columnBytes);
      const error = lengths === undefined ? undefined : this.errors.get(lengths);
      if (error !== undefined) throw error;
      if (lengths !== undefined && !this.columns.has(lengths)) names.add(lengths);
    }
    const added = [...names].filter((name) => Object.hasOwn(layout.columns, name) && !this.asked.has(name));
    if (added.length === 0) {
      const again = [...this.columns.missed, ...this.columns.missedOffsets].join(", ");
      throw new CortadoError("InternalError", `${again} is asked for in vain again and again`, { code: "Protocol" });
    }
    for (const name of this.columns.missed) this.asked.add(name);
    await this.load(added);
  }
}
