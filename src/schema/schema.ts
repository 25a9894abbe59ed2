/**
 * How the columns of a kind of file appear as events: plain JSON, so that a layout cortado does not know is a file and not
 * code. Everything is optional but the name; with nothing else the naming rules of `eventLayout` hold as they are.
 */
export interface Schema {
  readonly name: string;
  /** The schema whose rules hold besides these; of the same key, and of the same member, these hold. */
  readonly extends?: "NanoAOD";
  /**
   * Column names made into `Collection.member` or `Collection_member` before the naming rules: the first pattern (a regular
   * expression over the whole name, nested names joined by dots) that matches; an empty `to` leaves the column out.
   */
  readonly rename?: readonly { readonly from: string; readonly to: string }[];
  /** The name of a collection's counter, `*` for the collection: `"n*"` unless given. */
  readonly counter?: string;
  /** 64-bit integers that are handed out as numbers, after a check. */
  readonly integers?: readonly string[];
  /** Columns a file must have, by canonical name. */
  readonly required?: readonly string[];
  /** Why a collection, record or value that one may look for is not in some files, for the error when it is asked for. */
  readonly absent?: Readonly<Record<string, string>>;
  /** What objects of a collection have besides their columns, by name of the collection. */
  readonly collections?: Readonly<Record<string, CollectionSchema>>;
  /** What the one object of an event has besides its columns, by name of the record. */
  readonly records?: Readonly<Record<string, RecordSchema>>;
}

export interface RecordSchema {
  /** Members that are a vector in the transverse plane: the record has `px` and `py` as well. */
  readonly polar?: { readonly pt: string; readonly phi: string };
  /** True if it may have members that are lists. Otherwise a list among them makes a collection of the name. */
  readonly lists?: boolean;
}

/** Everything that names a column the file does not have, or a member that it does, is passed over. */
export interface CollectionSchema {
  /** Members with another name than in the file: `{"regrEnergy": "energy"}`. */
  readonly members?: Readonly<Record<string, string>>;
  /** Members with a second name: `{"pt": "rawPt"}`. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** Members with one value for all objects. */
  readonly constants?: Readonly<Record<string, number>>;
  /**
   * Lists of objects that members hold the indices of: `{"matched_jet": {"to": "Jet", "by": ["jetIdx"]}}`. Each index has
   * another beside it, `jetIdxG`, into the objects of all events of the chunk, −1 for none; several that differ in a last
   * digit (`muonIdx1`, `muonIdx2`) a list of them, `muonIdxG`.
   */
  readonly references?: Readonly<Record<string, { readonly to: string; readonly by: readonly string[] }>>;
  /** The member with the index of an object's parent, and the one that says what it is: family relations follow. */
  readonly family?: { readonly parent: string; readonly kind: string };
  /** Yes-or-no members; of several rules the first whose member exists holds. */
  readonly tests?: Readonly<Record<string, readonly TestRule[]>>;
  /** A method that asks for bits of a member by name, lowest first. */
  readonly flags?: { readonly method: string; readonly of: string; readonly bits: readonly string[] };
  /** Why a member that one may look for is not in some files, for the error when it is asked for. */
  readonly absent?: Readonly<Record<string, string>>;
  /** Members from which the mass is made, where the file has energies. */
  readonly mass?: { readonly pt: string; readonly eta: string; readonly energy: string };
}

/** True where `of` is `atLeast` or more, or has all bits of `bits`. */
export type TestRule =
  | { readonly of: string; readonly atLeast: number }
  | { readonly of: string; readonly bits: number };
