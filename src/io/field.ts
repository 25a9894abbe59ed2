import type { DType } from "../jagged/index.ts";

/** The logical type of what a file stores: what a column of it becomes when read. Plain data. */
export type FieldType =
  | { readonly kind: "primitive"; readonly dtype: DType }
  | { readonly kind: "string"; readonly encoding: "utf8" | "binary" }
  | { readonly kind: "list"; readonly element: Field }
  | { readonly kind: "record"; readonly fields: readonly Field[] };

/** A named, possibly missing value. The element of a list is called `element` whatever the file calls it. */
export interface Field {
  readonly name: string;
  /** True if the file allows missing values here; whether any is missing only the data tell. */
  readonly nullable: boolean;
  readonly type: FieldType;
}

/**
 * Names from a top-level column down to a record member, lists passed through: `["Muon_pt"]`, `["Muon", "pt"]`.
 * A name may contain dots, so a path is an array.
 */
export type ColumnPath = readonly string[];
