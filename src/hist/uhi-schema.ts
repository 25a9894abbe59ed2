/** UHI histograms, schema 1: a histogram as JSON that Python's `hist`, `boost-histogram` and `uhi` read. */

import type { Metadata } from "./axis-options.ts";

export type UhiMetadata = Metadata;
export type UhiWriterInfo = { readonly [library: string]: UhiMetadata };
/** Nested lists, row-major in axis order, including flow cells. */
export type UhiArray = readonly (number | UhiArray)[];

interface UhiAxisText {
  readonly metadata?: UhiMetadata;
  readonly writer_info?: UhiWriterInfo;
}

interface UhiFlow extends UhiAxisText {
  readonly underflow: boolean;
  readonly overflow: boolean;
  readonly circular: boolean;
}

export type UhiAxis =
  | (UhiFlow & { readonly type: "regular"; readonly lower: number; readonly upper: number; readonly bins: number })
  | (UhiFlow & { readonly type: "variable"; readonly edges: readonly number[] })
  | (UhiAxisText & { readonly type: "category_str"; readonly categories: readonly string[]; readonly flow: boolean })
  | (UhiAxisText & { readonly type: "category_int"; readonly categories: readonly number[]; readonly flow: boolean })
  | (UhiAxisText & { readonly type: "boolean" });

/** `A` is what an array of cells is written as: nested lists, or in a ZIP the name of the file that holds it. */
export type UhiStorage<A = UhiArray> =
  | { readonly type: "int" | "double"; readonly values: A }
  | { readonly type: "weighted"; readonly values: A; readonly variances: A }
  | { readonly type: "mean"; readonly counts: A; readonly values: A; readonly variances: A }
  | {
      readonly type: "weighted_mean";
      readonly sum_of_weights: A;
      readonly sum_of_weights_squared: A;
      readonly values: A;
      readonly variances: A;
    };

export interface UhiHistogram<A = UhiArray> {
  readonly uhi_schema: 1;
  readonly metadata?: UhiMetadata;
  readonly axes: readonly UhiAxis[];
  /** In a sparse storage `index` holds, for each axis, the cell numbers of the values, flow cells counted. */
  readonly storage: UhiStorage<A> & { readonly index?: readonly (readonly number[])[] };
}

/** Metadata of a histogram that say what was filled. The first is also Python's. */
export const varianceKnown = "_variance_known";
export const nanWeightRows = "_nan_weights";

/** The library whose notes on growth, transforms and integer axes are written and read. */
export const boost = "boost-histogram";
