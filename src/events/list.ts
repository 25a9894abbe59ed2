import type { OfValues, Scalar, Single } from "./item.ts";

/** Type-level mark that carries the items of a list; no value has it. */
export declare const itemTypes: unique symbol;

/** The objects of one event, inside a lambda: `e.Jet`. */
export type List<T> = Items<readonly [T]>;

/** Lists of whatever. */
export interface AnyItems {
  readonly [itemTypes]?: readonly unknown[];
  count(): number;
}

/** How far the nearest partner may be, in ΔR; any distance unless given. */
export interface NearestOptions {
  readonly threshold?: number;
}

/**
 * Lists of the members of single items: `e.Jet.pt`. A member that is a list itself is `unknown` rather than left out: to leave it out
 * TypeScript would have to look into it, and objects refer to each other in circles.
 */
type Members<A extends readonly unknown[]> =
  Single<A> extends Scalar | AnyItems
    ? unknown
    : { readonly [K in keyof Single<A>]: Single<A>[K] extends Scalar ? List<Single<A>[K]> : unknown };

/** A list of one event whose lambdas receive the items `A`: one object, or the objects of a combination. */
export type Items<A extends readonly unknown[]> = ItemOperations<A> & Members<A>;

/**
 * Lists are lazy: `filter`, `map`, `combinations` and `cartesian` do nothing until something is asked of them.
 * A lambda receives a cursor that is reused for every item; do not keep it, keep what you read from it.
 * A value that may be absent is a list of length zero or one.
 */
export interface ItemOperations<A extends readonly unknown[]> {
  readonly [itemTypes]?: A;
  /** Number of items. */
  readonly length: number;
  /** The items for which `f` is true. */
  filter(f: (...items: A) => boolean): Items<A>;
  /** One value for each item. */
  map<R extends Scalar>(f: (...items: A) => R): List<R>;
  /** All pairs, triples or quadruples i < j < … in the order of the list; fewer items than that give none. */
  combinations(n: 2): Items<readonly [Single<A>, Single<A>]>;
  combinations(n: 3): Items<readonly [Single<A>, Single<A>, Single<A>]>;
  combinations(n: 4): Items<readonly [Single<A>, Single<A>, Single<A>, Single<A>]>;
  /** Every pair of an item of this list and one of the other, this list outermost. */
  cartesian<B>(other: ItemOperations<readonly [B]>): Items<readonly [Single<A>, B]>;
  /**
   * Each item with the list of the other's items; an item stays where that list is empty:
   * `e.Jet.pairsWith(e.Muon).filter((j, muons) => !muons.any((m) => deltaR(j, m) < 0.4))`.
   */
  pairsWith<B>(other: ItemOperations<readonly [B]>): Items<readonly [Single<A>, List<B>]>;
  /** The items of this list, then those of the other. */
  concat<B>(other: ItemOperations<readonly [B]>): List<Single<A> | B>;
  /** Sum of `f` over the items, 0 if there is none; without `f` the items must be numbers. */
  sum(...f: OfValues<A, (...items: A) => number>): number;
  /** Number of items, or of those for which `f` is true. */
  count(f?: (...items: A) => boolean): number;
  /** True if `f` is true for at least one item: false for an empty list. */
  any(...f: OfValues<A, (...items: A) => boolean>): boolean;
  /** True if `f` is true for every item: true for an empty list. */
  all(...f: OfValues<A, (...items: A) => boolean>): boolean;
  /** The largest value of `f`, NaN ignored; nothing for an empty list. */
  max(...f: OfValues<A, (...items: A) => number>): List<number>;
  /** The smallest value of `f`, NaN ignored; nothing for an empty list. */
  min(...f: OfValues<A, (...items: A) => number>): List<number>;
  /** The item with the largest `f`, the first of equals; nothing for an empty list. */
  maxBy(f: (...items: A) => number): Items<A>;
  /** The item with the smallest `f`, the first of equals; nothing for an empty list. */
  minBy(f: (...items: A) => number): Items<A>;
  /** The first item, or nothing. */
  first(): Items<A>;
  /** The last item, or nothing. */
  last(): Items<A>;
  /** The first `n` items, or all if there are fewer. */
  take(n: number): Items<A>;
  /** The items by rising `f`, equals in their order, NaN first; a falling order is a rising `-f`. */
  sortBy(f: (...items: A) => number): Items<A>;
  /** The items of the lists that `f` makes of each item, one after the other. */
  flatMap<B extends readonly unknown[]>(f: (...items: A) => ItemOperations<B>): Items<B>;
  /**
   * Each item with the one of `other` that is nearest in ΔR, the first of equals, never one at NaN. Items without a partner, because there is
   * none or none within `threshold` (inclusive), are left out.
   */
  nearest<B>(other: ItemOperations<readonly [B]>, options?: NearestOptions): Items<readonly [Single<A>, B]>;
  /**
   * Pairs that belong together in ΔR, each item in at most one: the closest pair first, then the closest of what is left, up to
   * `threshold` (inclusive). In the order of this list.
   */
  matched<B>(other: ItemOperations<readonly [B]>, options?: NearestOptions): Items<readonly [Single<A>, B]>;
  /** Pairs with an item of `other` whose key equals: `e.Muon.join(e.Jet, (m) => m.jetIdx, (j) => j.index)`. */
  join<B, K extends Scalar>(
    other: ItemOperations<readonly [B]>,
    key: (item: Single<A>) => K,
    otherKey: (item: B) => K,
  ): Items<readonly [Single<A>, B]>;
  /** The items with equal keys as lists of their own, in the order in which the keys first appear. */
  groupBy(key: (...items: A) => Scalar): List<List<Single<A>>>;
}
