import type { DType } from "../jagged/index.ts";

/**
 * How the columns of a file appear as events: made once per file by a schema, plain data.
 * A column's canonical name is the flat one, whatever the file's layout: `Jet_pt`, `MET_pt`, `run`.
 */
export interface EventLayout {
  /** Every readable column by canonical name. */
  readonly columns: Readonly<Record<string, LayoutColumn>>;
  /** Lists of objects: `Jet` → members by name, and the counter column if the file has one. */
  readonly collections: Readonly<Record<string, CollectionLayout>>;
  /** One object per event: `MET` → members by name. */
  readonly records: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Single values per event that belong to no record: `run` → its column. */
  readonly scalars: Readonly<Record<string, string>>;
}

export interface CollectionLayout {
  /** Member name → canonical column name. A list without a prefix is a collection without members: see `self`. */
  readonly members: Readonly<Record<string, string>>;
  /** Canonical name of the counter (`nJet`). */
  readonly counter?: string;
  /** Canonical name of the column if the collection is one list of plain values. */
  readonly self?: string;
}

export interface LayoutColumn {
  /** Path of names in the file, lists passed through. */
  readonly path: readonly string[];
  /** Type of the innermost values. */
  readonly type: DType | "string" | "bytes";
  /** Number of list levels: 0 one value per event, 1 a list per event. */
  readonly depth: number;
  readonly nullable: boolean;
  /** True for 64-bit integers that are handed out as numbers, after a check that they are exact (`run`, counters). */
  readonly integer?: boolean;
  /** The collection this column belongs to; all columns of one collection share one offsets array. */
  readonly collection?: string;
  /** Documentation string of the branch, where the file has one. */
  readonly title?: string;
}
