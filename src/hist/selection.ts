/** Which part of an axis is meant: the words that `Hist.at` and `Hist.bin` take, named as in UHI. */
import { badArgument } from "./axis-options.ts";

/** A bin found by a value on the axis; `offset` bins further on. */
export interface Loc {
  readonly place: "loc";
  readonly value: number | string | boolean;
  readonly offset: number;
}

/** A flow bin, or the end of the bins. */
export interface End {
  readonly place: "underflow" | "overflow" | "len";
}

/** A bin: its number from 0, or from the end if negative; by a value; or a flow bin. */
export type Place = number | Loc | End;

/** Bins become one, or fewer: by a factor, by numbers of bins, or at edges that the axis has. */
export interface Rebin {
  readonly action: "rebin";
  readonly factor?: number;
  readonly groups?: readonly number[];
  readonly edges?: readonly number[];
}

export interface Sum {
  readonly action: "sum";
}

/** Bins from `start` to before `stop`; an open end leaves the flow bin of that side where it is. */
export interface Range {
  readonly start: Place | undefined;
  readonly stop: Place | undefined;
  readonly action: Rebin | Sum | undefined;
}

/**
 * A part of one axis. A place removes the axis; a string is the category of this name, true and false are the bins of a
 * boolean axis, a list picks categories.
 */
export type Choice = Place | string | boolean | Range | Rebin | Sum | readonly (string | number)[];

/** Parts of axes by name, or by position with `undefined` for an axis that stays as it is. */
export type Selection = { readonly [axis: string]: Choice | undefined } | readonly (Choice | undefined)[];

/**
 * The bin that holds `value`: a number, a category, or a truth value. Outside of the axis it is the flow bin.
 *
 * @param offset bins to go on from there: `loc(0, 1)` is the bin after that of 0
 */
export function loc(value: number | string | boolean, offset: number = 0): Loc {
  if (!Number.isInteger(offset)) throw badArgument(`loc goes on by whole bins, not by ${offset}.`);
  return { place: "loc", value, offset };
}

/** The flow bin below. */
export const underflow: End = { place: "underflow" };
/** The flow bin above, or that of unknown categories. */
export const overflow: End = { place: "overflow" };
/** One past the last bin, as the end of a {@link range}: `range(0, len, sum)` leaves out the flow bins. */
export const len: End = { place: "len" };

/** The whole axis in one number, its flow bins included; in a {@link range} what lies between the limits. */
export const sum: Sum = { action: "sum" };

/**
 * Wider bins: `rebin(2)` makes one of every two, `rebin({ groups: [1, 2, 3] })` of the first, the next two and the next
 * three, `rebin({ edges: [0, 50, 200] })` of those between edges that the axis has. What a factor leaves over goes to
 * overflow.
 */
export function rebin(
  by: number | { readonly groups: readonly number[] } | { readonly edges: readonly number[] },
): Rebin {
  if (typeof by !== "number") return { action: "rebin", ...by };
  if (!Number.isInteger(by) || by < 1) throw badArgument(`rebin needs a positive whole number, not ${by}.`);
  return { action: "rebin", factor: by };
}

/**
 * The bins from `start` to before `stop`; without one of them to the end of the axis. What is cut off goes to the flow
 * bins. With `sum` it is dropped, and an open end includes the flow bin of its side.
 */
export function range(start?: Place | undefined, stop?: Place | undefined, action?: Rebin | Sum): Range {
  return { start, stop, action };
}
