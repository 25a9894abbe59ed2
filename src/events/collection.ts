import type { Column, ColumnSource } from "../jagged/index.ts";
import type { EventColumn } from "./event-column.ts";
import type { OfValues, Scalar, Single } from "./item.ts";
import type { AnyItems, ItemOperations, List, NearestOptions } from "./list.ts";

/** The objects of all events of a chunk: `events.Jet`. The vocabulary of `List`, with one answer for each event. */
export type Collection<T> = Collected<readonly [T]>;

/** Jagged columns of the members of single items: `events.Jet.pt`; see `Members` of a list. */
type Members<A extends readonly unknown[]> =
  Single<A> extends Scalar | AnyItems
    ? unknown
    : { readonly [K in keyof Single<A>]: Single<A>[K] extends Scalar ? Collection<Single<A>[K]> : unknown };

/** Lists for all events whose lambdas receive the items `A`: one object, or the objects of a combination. */
export type Collected<A extends readonly unknown[]> = CollectionOperations<A> & Members<A>;

/**
 * Chains are lazy and fuse: `filter().combinations(3).filter().maxBy()` runs as one loop when its result is used, and
 * no combination is stored. `maxBy`, `minBy`, `last`, `max` and `min` keep their result, one small list for each event,
 * so that several uses search once. A lambda receives a cursor that is reused for every item.
 */
export interface CollectionOperations<A extends readonly unknown[]> extends ColumnSource {
  /** The items for which `f` is true. */
  filter(f: (...items: A) => boolean): Collected<A>;
  /** One value for each item: a jagged column. */
  map<R extends Scalar>(f: (...items: A) => R): Collection<R>;
  /** All pairs, triples or quadruples i < j < … of each event. */
  combinations(n: 2): Collected<readonly [Single<A>, Single<A>]>;
  combinations(n: 3): Collected<readonly [Single<A>, Single<A>, Single<A>]>;
  combinations(n: 4): Collected<readonly [Single<A>, Single<A>, Single<A>, Single<A>]>;
  /** Every pair with an item of a collection of the same events. Throws `ShapeError` for other events. */
  cartesian<B>(other: CollectionOperations<readonly [B]>): Collected<readonly [Single<A>, B]>;
  /** Each item with the list of the other's items of its event; see `List`. Throws `ShapeError` for other events. */
  pairsWith<B>(other: CollectionOperations<readonly [B]>): Collected<readonly [Single<A>, List<B>]>;
  /** The items of this collection, then those of the other, event by event. Throws `ShapeError` for other events. */
  concat<B>(other: CollectionOperations<readonly [B]>): Collection<Single<A> | B>;
  /** Sum of `f` over each event's items, 0 if there is none. */
  sum(...f: OfValues<A, (...items: A) => number>): EventColumn<number>;
  /** Number of items of each event, or of those for which `f` is true. */
  count(f?: (...items: A) => boolean): EventColumn<number>;
  /** For each event, whether `f` is true for at least one item. */
  any(...f: OfValues<A, (...items: A) => boolean>): EventColumn<boolean>;
  /** For each event, whether `f` is true for every item. */
  all(...f: OfValues<A, (...items: A) => boolean>): EventColumn<boolean>;
  /** The largest value of `f` in each event, NaN ignored: zero or one value an event. */
  max(...f: OfValues<A, (...items: A) => number>): Collection<number>;
  /** The smallest value of `f` in each event, NaN ignored: zero or one value an event. */
  min(...f: OfValues<A, (...items: A) => number>): Collection<number>;
  /** The item with the largest `f`, the first of equals: zero or one item an event. */
  maxBy(f: (...items: A) => number): Collected<A>;
  /** The item with the smallest `f`, the first of equals: zero or one item an event. */
  minBy(f: (...items: A) => number): Collected<A>;
  /** The first item: zero or one item an event. */
  first(): Collected<A>;
  /** The last item: zero or one item an event. */
  last(): Collected<A>;
  /** The first `n` items of each event. */
  take(n: number): Collected<A>;
  /** The items of each event by rising `f`, equals in their order, NaN first. */
  sortBy(f: (...items: A) => number): Collected<A>;
  /** The items of the lists that `f` makes of each item, one after the other. Cost: computed at once, and kept. */
  flatMap<B extends readonly unknown[]>(f: (...items: A) => ItemOperations<B>): Collected<B>;
  /** Each item with the nearest of `other` in ΔR; see `List`. Throws `ShapeError` for other events. */
  nearest<B>(other: CollectionOperations<readonly [B]>, options?: NearestOptions): Collected<readonly [Single<A>, B]>;
  /** Pairs that belong together in ΔR, each item in at most one; see `List`. Cost: computed when used, and kept. */
  matched<B>(other: CollectionOperations<readonly [B]>, options?: NearestOptions): Collected<readonly [Single<A>, B]>;
  /** Pairs of each event with an item of `other` whose key equals. */
  join<B, K extends Scalar>(
    other: CollectionOperations<readonly [B]>,
    key: (item: Single<A>) => K,
    otherKey: (item: B) => K,
  ): Collected<readonly [Single<A>, B]>;
  /** The items of each event with equal keys as lists of their own; see `List`. Cost: computed when used, and kept. */
  groupBy(key: (...items: A) => Scalar): Collection<List<Single<A>>>;
  /**
   * The values as a list column, one list for each event: what `map` makes as float64, bool, int64 or strings, a member in the type of
   * its column and with its missing values. Throws `ShapeError` for items: name a member or `map` first.
   * Cost: one pass.
   */
  toColumn(): Column;
}
