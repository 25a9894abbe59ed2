import type { FourVector } from "../vector/index.ts";

/** What every object of a collection has besides its members. */
export interface Item {
  /** Name of the collection the object was read from: `"Jet"`. Tells the flavour after `concat`. */
  readonly collection: string;
  /** True if the two are the same object of the same collection, however they were picked. */
  is(other: Item): boolean;
  /** False if the file has no value for this member here (reading it would throw `MissingValueError`). */
  has(member: string): boolean;
}

/** An object with pt, eta, phi and mass. */
export interface LorentzItem extends Item {
  /** Cartesian four-vector in double precision, computed once per column. */
  readonly p4: FourVector;
}

/** What a lambda over items may return to become values. */
export type Scalar = number | boolean | bigint | string;

/** The item of lists with one item per slot, `never` for pairs and larger combinations. */
export type Single<A extends readonly unknown[]> = A extends readonly [infer T] ? T : never;

/** The lambda of a reduction: lists of values may do without it. */
export type OfValues<A extends readonly unknown[], F> = [A] extends [readonly [Scalar]] ? [f?: F] : [f: F];
