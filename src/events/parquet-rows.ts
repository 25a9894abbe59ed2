import { CortadoError, nearest, whatExists } from "../errors.ts";
import type { Columns } from "../io/index.ts";
import { at, type Column, type ColumnSource } from "../jagged/index.ts";
import { withCounters } from "./counters.ts";
import { defined } from "./names-over-events.ts";
import { asStored, listDepth, noneStored, storedType } from "./stored-types.ts";
import type { View } from "./view.ts";

/**
 * Rows for a Parquet file, what `events.toParquet` gives: plain data to return from `process`. The thread that ran the chunk writes them
 * away; in the result of the run stands what was written.
 */
export interface ParquetRows {
  readonly tag: "parquet";
  /** Name of the file, as it was given. */
  readonly file: string;
  /** Number of rows. */
  readonly events: number;
  readonly columns: Columns;
}

/** What to write: columns of the same events by name, or names of columns, collections and records as they are in the input. */
export type ParquetColumns = Readonly<Record<string, ColumnSource | Column>> | readonly string[];

/**
 * The rows of a view. Columns of the name of one in the file have its type, values and lists may be missing, and a counter `nMuon` stands before lists `Muon_…`.
 * Throws UsageError for what are no columns, ShapeError (`OtherEvents`, `LengthMismatch`, `OffsetsMismatch`, `TypeMismatch`) if they do not
 * belong together or do not fit the type, MissingColumnError for a name that does not exist.
 */
export function parquetRows(view: View, file: string, columns: ParquetColumns): ParquetRows {
  if (typeof file !== "string" || file === "" || /[/\\]$/.test(file))
    throw wrong(`toParquet takes the name of a file first, such as "muons.parquet", not ${JSON.stringify(file)}`);
  const given = Array.isArray(columns) ? namedColumns(view, columns) : evaluated(view, file, columns);
  const { layout } = view.scope.columns;
  const typed = Object.entries(given).map(([name, column]): [string, Column] => {
    // What no event was computed of may be of any type.
    const none = view.length === 0 ? noneStored(layout, name) : undefined;
    if (none !== undefined) return [name, none];
    const dtype = storedType(layout, name, listDepth(column));
    return [name, dtype === undefined ? column : asStored(name, column, dtype)];
  });
  if (typed.length === 0) throw wrong(`toParquet("${file}"): there are no columns to write`);
  return { tag: "parquet", file, events: view.length, columns: withCounters(Object.fromEntries(typed)) };
}

function evaluated(view: View, file: string, columns: unknown): Columns {
  if (typeof columns !== "object" || columns === null || isColumn(columns) || isSource(columns))
    throw wrong(`toParquet("${file}") takes columns by name, such as { Jet_pt: events.Jet.pt }, or a list of names`);
  return Object.fromEntries(
    Object.entries(columns).map(([name, value]: [string, unknown]) => {
      if (!isSource(value) && !isColumn(value))
        throw wrong(`toParquet("${file}"): "${name}" is ${kindOf(value)}, not a column such as events.Jet.pt`);
      if (isSource(value) && value.alignment !== view.alignment)
        throw new CortadoError(
          "ShapeError",
          `toParquet("${file}"): column "${name}" comes from other events than those written; define it before the filter`,
          { code: "OtherEvents", column: name },
        );
      const column = isSource(value) ? value.toColumn() : value;
      if (column.length !== view.length)
        throw new CortadoError(
          "ShapeError",
          `toParquet("${file}"): column "${name}" has ${column.length} entries for ${view.length} events`,
          { code: "LengthMismatch", column: name },
        );
      return [name, column];
    }),
  );
}

/** Columns of the view by the names of stored columns, whole collections, records and definitions. */
function namedColumns(view: View, names: readonly string[]): Columns {
  const { columns } = view.scope;
  const { layout } = columns;
  /** What only other files have is asked for as well: here it is missing. */
  const isStored = (canonical: string): boolean => {
    const { computed } = layout.columns[canonical]!;
    return computed === undefined || computed.kind === "missing";
  };
  const wanted = names.flatMap((name): string[] => {
    if (Object.hasOwn(layout.collections, name)) {
      const { self, members } = layout.collections[name]!;
      return self === undefined ? Object.values(members).filter(isStored) : [self];
    }
    if (Object.hasOwn(layout.records, name)) return Object.values(layout.records[name]!).filter(isStored);
    if (Object.hasOwn(layout.columns, name) || view.definitions.has(name)) return [name];
    const exists = [layout.columns, layout.collections, layout.records].flatMap((group) => Object.keys(group));
    throw new CortadoError("MissingColumnError", `toParquet: there is no "${name}". ${whatExists(name, exists)}`, {
      code: "UnknownColumn",
      column: name,
      nearest: nearest(name, exists),
    });
  });
  const unread = wanted.filter((name) => Object.hasOwn(layout.columns, name) && !columns.has(name));
  if (unread.length > 0) throw columns.miss(unread);
  return Object.fromEntries(
    wanted.map((name) => {
      const definition = view.definitions.get(name);
      if (definition !== undefined) return [name, (defined(view, definition) as ColumnSource).toColumn()];
      const column = stored(columns, name);
      return [name, view.rows === undefined ? column : at(column, view.rows)];
    }),
  );
}

/** A column as it is stored: of a collection that only other files have, the lists are missing, which as lists of objects are empty. */
function stored(columns: View["scope"]["columns"], name: string): Column {
  const column = columns.column(name);
  const { collection } = columns.layout.columns[name]!;
  const lacks = collection !== undefined && columns.layout.collections[collection]?.missing === true;
  return column.kind === "list" && lacks ? { ...column, validity: new Uint8Array((column.length + 7) >> 3) } : column;
}

const isSource = (value: unknown): value is ColumnSource =>
  typeof (value as Partial<ColumnSource> | undefined | null)?.toColumn === "function";

const isColumn = (value: unknown): value is Column =>
  typeof value === "object" && value !== null && !isSource(value) && "kind" in value && "length" in value;

const kindOf = (value: unknown): string =>
  value === null || typeof value !== "object" ? String(value) : "an object that is none";

function wrong(message: string): CortadoError<"UsageError"> {
  return new CortadoError("UsageError", message, { code: "BadArgument" });
}
