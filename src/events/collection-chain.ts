import { CortadoError } from "../errors.ts";
import type { Column } from "../jagged/index.ts";
import { extremes, flatLists, oneNumber, perEventLists, winners } from "./chain-loops.ts";
import type { ColumnOverEvents } from "./column-over-events.ts";
import { unionOf } from "./derived-source.ts";
import {
  checkCombinations,
  checkSingle,
  checkTake,
  listNames,
  needsLambda,
  sameKey,
  thresholdOf,
} from "./event-list.ts";
import type { NearestOptions } from "./list.ts";
import { listColumn, storedType } from "./list-column.ts";
import type { Chain, ChainSource, ItemText, LoopText } from "./loop-text.ts";
import { memberClass } from "./member-class.ts";
import { nothing } from "./nothing.ts";
import { emptyPartners, partnersOf } from "./partner-lists.ts";
import type { Lambda, Slots } from "./source.ts";
import type { Store } from "./store.ts";
import type { StoredLists } from "./stored-lists.ts";
import { type NameSpace, unknownNames } from "./unknown-name.ts";
import type { View } from "./view.ts";

/** The run-time form of `Collected`: a chain over the lists of a view's events. Semantics of every operation: `collection.ts`. */
export class CollectionChain {
  readonly $view: View;
  readonly $chain: Chain;
  private column: Column | undefined;

  constructor(view: View, chain: Chain) {
    this.$view = view;
    this.$chain = chain;
  }

  /** True for lists of which only is known that they have no items. */
  get $empty(): boolean {
    return false;
  }

  get alignment(): object {
    return this.$view.alignment;
  }

  filter(f: Lambda): CollectionChain {
    return this.step({ kind: "filter", f }, this.$chain.slots);
  }

  map(f: Lambda): CollectionChain {
    return this.step({ kind: "map", f }, undefined);
  }

  $member(name: string): CollectionChain {
    return this.step({ kind: "member", name, stores: this.$chain.slots![0] as readonly Store[] }, undefined);
  }

  combinations(n: number): CollectionChain {
    checkCombinations(n, this.$chain.slots);
    const slots = Array.from({ length: n }, () => this.$chain.slots![0]!);
    return this.from({ kind: "combinations", of: this.$chain, n }, slots);
  }

  cartesian(other: CollectionChain): CollectionChain {
    this.checkAligned("cartesian", other);
    if (other.$empty) return other;
    checkSingle("cartesian", this.$chain.slots, other.$chain.slots);
    const slots = [this.$chain.slots![0]!, other.$chain.slots![0]!];
    return this.from({ kind: "cartesian", left: this.$chain, right: other.$chain }, slots);
  }

  pairsWith(other: CollectionChain): CollectionChain {
    this.checkAligned("pairsWith", other);
    const [left, right] = [this.$chain, other.$empty ? undefined : other.$chain];
    checkSingle("pairsWith", left.slots, ...(right === undefined ? [] : [right.slots]));
    const partners = right === undefined ? [emptyPartners] : partnersOf(right.slots![0]!).stores;
    return this.from({ kind: "pairs", left, right }, [left.slots![0]!, partners]);
  }

  concat(other: CollectionChain): CollectionChain {
    this.checkAligned("concat", other);
    if (other.$empty) return this;
    const [a, b] = [this.$chain.slots, other.$chain.slots];
    if (a !== undefined || b !== undefined) checkSingle("concat", a, b);
    const slots = a === undefined ? undefined : unionOf(a, b!);
    return this.from({ kind: "concat", parts: [this.$chain, other.$chain], slots }, slots);
  }

  take(n: number): CollectionChain {
    checkTake(n);
    const member = this.memberOf();
    if (member !== undefined) return member.items.take(n).$member(member.name);
    return this.step({ kind: "take", n }, this.$chain.slots);
  }

  sortBy(f: Lambda): CollectionChain {
    return this.from({ kind: "sorted", of: this.$chain, key: f }, this.$chain.slots);
  }

  flatMap(f: Lambda): unknown {
    const lists = flatLists(this.$view, this.$chain, f);
    if (lists === undefined) return nothing(this.$view);
    return this.from({ kind: "stored", lists: () => lists }, lists.slots);
  }

  nearest(other: CollectionChain, options: NearestOptions = {}): CollectionChain {
    this.checkAligned("nearest", other);
    if (other.$empty) return other;
    checkSingle("nearest", this.$chain.slots, other.$chain.slots);
    const slots = [this.$chain.slots![0]!, other.$chain.slots![0]!];
    const [left, right, threshold] = [this.$chain, other.$chain, thresholdOf(options)];
    return this.from({ kind: "nearest", left, right, threshold }, slots);
  }

  matched(other: CollectionChain, options: NearestOptions = {}): CollectionChain {
    this.checkAligned("matched", other);
    if (other.$empty) return other;
    checkSingle("matched", this.$chain.slots, other.$chain.slots);
    const slots = [this.$chain.slots![0]!, other.$chain.slots![0]!];
    const threshold = thresholdOf(options);
    const chains = [this.$chain, other.$chain];
    return this.kept(slots, () => perEventLists(this.$view, chains, slots, ([a, b]) => a!.matched(b!, { threshold })));
  }

  join(other: CollectionChain, key: Lambda, otherKey: Lambda): CollectionChain {
    return this.cartesian(other).filter(sameKey(key, otherKey));
  }

  groupBy(key: Lambda): CollectionChain {
    checkSingle("groupBy", this.$chain.slots);
    return this.kept(undefined, () =>
      perEventLists(this.$view, [this.$chain], undefined, ([list]) => list!.groupBy(key)),
    );
  }

  sum(f?: Lambda): ColumnOverEvents {
    const g = f ?? this.itself("sum");
    return oneNumber(
      this.$view,
      this.$chain,
      "float64",
      "0",
      (t, text, item) => `${t} += ${text.lambda(g)}(${item.items.join(", ")});`,
    );
  }

  count(f?: Lambda): ColumnOverEvents {
    const member = f === undefined ? this.memberOf() : undefined;
    if (member !== undefined) return member.items.count();
    return oneNumber(this.$view, this.$chain, "int32", "0", (t, text, item) =>
      f === undefined ? `${t}++;` : `${text.condition(f, item)} ${t}++;`,
    );
  }

  any(f?: Lambda): ColumnOverEvents {
    const g = f ?? this.itself("any");
    const found = (t: string, text: LoopText, item: ItemText): string =>
      `${text.condition(g, item)} { ${t} = 1; break event; }`;
    return oneNumber(this.$view, this.$chain, "bool", "0", found);
  }

  all(f?: Lambda): ColumnOverEvents {
    const g = f ?? this.itself("all");
    const failed = (t: string, text: LoopText, item: ItemText): string =>
      `${text.condition(g, item)} {} else { ${t} = 0; break event; }`;
    return oneNumber(this.$view, this.$chain, "bool", "1", failed);
  }

  max(f?: Lambda): CollectionChain {
    return this.extreme("max", f, ">");
  }

  min(f?: Lambda): CollectionChain {
    return this.extreme("min", f, "<");
  }

  maxBy(f: Lambda): CollectionChain {
    return this.pick(f, ">");
  }

  minBy(f: Lambda): CollectionChain {
    return this.pick(f, "<");
  }

  first(): CollectionChain {
    return this.take(1);
  }

  last(): CollectionChain {
    const member = this.memberOf();
    return member === undefined ? this.pick(undefined, ">=") : member.items.last().$member(member.name);
  }

  toColumn(): Column {
    this.column ??= listColumn(this.$view, this.$chain);
    return this.column;
  }

  $names(): NameSpace {
    return listNames(this.$chain.slots);
  }

  $print(): string {
    return `${this.$names().owner} of ${this.$view.length} events`;
  }

  private checkAligned(operation: string, other: CollectionChain): void {
    if (other.alignment === this.alignment) return;
    const [mine, others] = [this, other].map((c) => `${c.$names().owner} (${c.$view.length} events)`);
    throw new CortadoError(
      "ShapeError",
      `${operation} of ${mine} with ${others}: the two come from differently filtered events; define both before the filter`,
      { code: "OtherEvents" },
    );
  }

  private step(step: Chain["steps"][number], slots: Slots | undefined): CollectionChain {
    return collectionChain(this.$view, { from: this.$chain.from, steps: [...this.$chain.steps, step], slots });
  }

  private from(from: ChainSource, slots: Slots | undefined): CollectionChain {
    return collectionChain(this.$view, { from, steps: [], slots });
  }

  private extreme(operation: "max" | "min", f: Lambda | undefined, better: ">" | "<"): CollectionChain {
    const g = f ?? this.itself(operation);
    const type = (): Column | undefined => (f === undefined ? storedType(this.$chain) : undefined);
    return this.kept(undefined, () => ({ ...extremes(this.$view, this.$chain, g, better), type: type() }));
  }

  private pick(f: Lambda | undefined, better: ">" | "<" | ">="): CollectionChain {
    const { slots } = this.$chain;
    return this.kept(slots, () => ({
      ...winners(this.$view, this.$chain, f, better),
      type: storedType(this.$chain),
    }));
  }

  /** The items of a list of members: what only asks for positions must not read values, which may be missing. */
  private memberOf(): { readonly items: CollectionChain; readonly name: string } | undefined {
    const { from, steps } = this.$chain;
    const last = steps.at(-1);
    if (last?.kind !== "member") return undefined;
    return {
      items: collectionChain(this.$view, { from, steps: steps.slice(0, -1), slots: [last.stores] }),
      name: last.name,
    };
  }

  private itself(operation: string): Lambda {
    if (this.$chain.slots !== undefined) throw needsLambda(operation);
    return ((value: unknown) => value) as Lambda;
  }

  /** A collection that is computed once, on first use. */
  private kept(slots: Slots | undefined, compute: () => StoredLists): CollectionChain {
    let lists: StoredLists | undefined;
    return this.from({ kind: "stored", lists: () => (lists ??= compute()) }, slots);
  }
}

Object.setPrototypeOf(CollectionChain.prototype, unknownNames);

/** A chain with getters for the members of its items. */
export function collectionChain(view: View, chain: Chain): CollectionChain {
  return new (memberClass(CollectionChain, chain.slots))(view, chain);
}
