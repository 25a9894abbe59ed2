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
  /** Why a name that one may look for among the events is not there. */
  readonly absent?: Readonly<Record<string, string>>;
}

export interface CollectionLayout {
  /** Member name → canonical column name. A list without a prefix is a collection without members: see `self`. */
  readonly members: Readonly<Record<string, string>>;
  /** Canonical name of the counter (`nJet`). */
  readonly counter?: string;
  /** Canonical name of the column if the collection is one list of plain values. */
  readonly self?: string;
  /** A method of each object that asks for bits of a member by name: `g.hasFlags("isPrompt", "isLastCopy")`. */
  readonly flags?: FlagsLayout;
  /** Why a member that one may look for is not there. */
  readonly absent?: Readonly<Record<string, string>>;
  /** True if this file has none of the collection's columns and another file of the dataset has: its lists are missing. */
  readonly missing?: boolean;
}

export interface FlagsLayout {
  readonly method: string;
  readonly member: string;
  /** Names of the bits, lowest first. */
  readonly bits: readonly string[];
}

export interface LayoutColumn {
  /** Path of names in the file, lists passed through; empty for a column that is computed. */
  readonly path: readonly string[];
  /** Type of the innermost values. */
  readonly type: DType | "string" | "bytes";
  /** Number of list levels: 0 one value per event, 1 a list per event. */
  readonly depth: number;
  /** Whether the file allows missing values, at whatever level. */
  readonly nullable: boolean;
  /** Where it does: for each list level whether lists may be missing, then whether values may be. Absent if nowhere. */
  readonly nullableAt?: readonly boolean[];
  /** True for 64-bit integers that are handed out as numbers, after a check that they are exact (`run`, counters). */
  readonly integer?: boolean;
  /** The collection this column belongs to; all columns of one collection share one offsets array. */
  readonly collection?: string;
  /** Documentation string of the branch, where the file has one. */
  readonly title?: string;
  /** How the values come about, if the file does not store them. */
  readonly computed?: Computation;
  /** The collection whose objects the values are, as indices into all its objects of a chunk: a lambda gets a list of those. */
  readonly target?: string;
}

/** How a column is made of others (`of`, canonical names) when it is asked for. Plain data; `computed-column.ts` does it. */
export interface Computation {
  readonly kind: /** `value` for every object. */
    | "constant"
    /** No value anywhere: another file of the dataset has the column, this one has not. */
    | "missing"
    /** Whether all bits of `value` are set in the one column. */
    | "bits"
    /** Whether the one column is `value` or more. */
    | "at least"
    /** The objects of `target` at these indices within the event; an index outside of its list is none. */
    | "reference"
    /** The indices within the event as indices into all objects of `into`, −1 for one outside of the event's list. */
    | "global index"
    /** The first column times the cosine of the second. */
    | "x"
    /** The first column times the sine of the second. */
    | "y"
    /** The objects whose reference (the first column) is this object. */
    | "children"
    /** The nearest ancestor by the first column that differs in the second. */
    | "distinct parent"
    /** The objects whose distinct parent is this object. */
    | "distinct children"
    /** For the first of a chain of copies: the children of all of them that differ, and the copies without children. */
    | "distinct children deep"
    /** The mass from pt, eta and energy, negative where energy is less than momentum. */
    | "mass";
  readonly of: readonly string[];
  readonly value?: number;
  /** The collection that a global index counts. */
  readonly into?: string;
}
