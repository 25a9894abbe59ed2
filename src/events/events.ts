import type { ColumnSource } from "../jagged/index.ts";
import type { Collected } from "./collection.ts";
import type { EventColumn } from "./event-column.ts";
import type { Scalar, Single } from "./item.ts";
import type { itemTypes } from "./list.ts";
import type { MaskColumn } from "./masked-view.ts";
import type { ParquetColumns, ParquetRows } from "./parquet-rows.ts";

/** Where a chunk's events come from, and whatever the fileset says of dataset and file. */
export interface Metadata {
  readonly dataset: string;
  readonly filename: string;
  /** Range of the chunk in its file. */
  readonly entrystart: number;
  readonly entrystop: number;
  readonly [key: string]: unknown;
}

/** What an event field is over all events of a chunk. */
export type Columnar<T> = T extends Scalar
  ? EventColumn<Widen<T>>
  : T extends { readonly [itemTypes]?: infer A extends readonly unknown[] }
    ? Collected<A>
    : { readonly [K in keyof T as K extends "has" ? never : K]: Columnar<T[K]> };

type Widen<T> = T extends number ? number : T extends boolean ? boolean : T extends bigint ? bigint : string;

/** What `define` can attach to an event: a value, or a list. */
export type Definable = Scalar | { readonly [itemTypes]?: readonly unknown[]; readonly length: number };

/**
 * The events of a chunk. `E` is one event as a lambda sees it (`e.Jet` a list, `e.MET.pt` a number); over all events the same
 * names are collections and columns. A view: `define` and `filter` make new events and copy nothing.
 */
export type Events<E> = EventOperations<E> & {
  readonly [K in keyof E as K extends "has" ? never : K]: Columnar<E[K]>;
};

/** What may stand in the place of a number, or of the numbers of an object. */
type Varied<T, E> = T extends number
  ? (value: number, e: E) => number
  : T extends Scalar
    ? never
    : T extends { readonly [itemTypes]?: infer A extends readonly unknown[] }
      ? VariedMembers<Single<A>, E>
      : VariedMembers<T, E>;

type VariedMembers<T, E> = { readonly [M in keyof T as T[M] extends number ? M : never]?: (item: T, e: E) => number };

export interface EventOperations<E> {
  /** Number of events of this view. */
  readonly length: number;
  readonly metadata: Metadata;
  /** What `vary` called these events; `"nominal"` for those of the file. */
  readonly variation: string;
  /**
   * Attaches values or lists to every event, computed when first used and kept: a later `filter` keeps them aligned.
   * Throws `UsageError` for a name that exists already.
   */
  define<D extends Readonly<Record<string, (e: E) => Definable>>>(
    definitions: D,
  ): Events<E & { readonly [K in keyof D]: ReturnType<D[K]> }>;
  /**
   * The same events with other values: of members, by collection or record, or of single values of the events, any number at once:
   * `events.vary("pt_up", { Jet: { pt: (j) => 1.03 * j.pt } })`. A lambda gets the item and, as a second argument, its event; both
   * have the values from before. A view: varied values are computed when used, in the type of the column; all other columns are
   * shared, these events are untouched. Throws `UsageError` if something is defined already (vary first, then define), and when the
   * values are used `ShapeError` for one that the type of the column cannot hold.
   */
  vary(name: string, changes: { readonly [K in keyof E]?: Varied<E[K], E> }): Events<E>;
  /**
   * The events for which `f` is true: a lambda, an expression as text, or a mask, a value for each of these events. A missing value of a mask
   * is false. Throws `ShapeError`, when the events are used, for a mask that is not boolean, or of other events.
   */
  filter(f: ((e: E) => boolean) | string | MaskColumn): Events<E>;
  /**
   * The column of an expression as text, one value or one list an event: `"sum(Jet.pt[Jet.pt > 30 & abs(Jet.eta) < 2.4])"`.
   * Names are those of the events and of definitions; operators `+ - * / ^ < <= > >= == != & | and or not ? :`, functions of values
   * (`abs sqrt exp log sin ...`) and of lists (`sum num any all max min`). Numbers behave as in NumPy: float32 stays float32.
   * Compiled once to a loop. Throws `UsageError` that points at the character.
   */
  column(expression: string): ColumnSource;
  /** One value for each event. */
  map<R extends Scalar>(f: (e: E) => R): EventColumn<R>;
  /**
   * These events as rows of a Parquet file: return it from `process`, and the run writes the file (in the order of its events, layout A),
   * whole or, if the run does not complete, not at all. Columns come by name, `{ run: s.run, Muon_pt: s.muons.pt }`, all of these events,
   * or as names of columns, collections and records of the input, `["run", "Muon", "MET_pt"]`. A column with the name of one in the input
   * has its type; missing values stay missing; a counter `nMuon` stands before lists `Muon_…`. A relative name is one in the run's folder `out`.
   * Throws `UsageError`, `ShapeError` for columns of other events, `MissingColumnError`. Cost: the columns of one chunk in memory.
   */
  toParquet(file: string, columns: ParquetColumns): ParquetRows;
}
