import { CortadoError } from "../errors.ts";
import type { Column, DType, ListColumn, ValuesOf } from "../jagged/index.ts";
import { ColumnOverEvents } from "./column-over-events.ts";
import { driver } from "./driver.ts";
import {
  checkCombinations,
  checkSingle,
  checkTake,
  EventList,
  listNames,
  needsLambda,
  thresholdOf,
} from "./event-list.ts";
import { needsList, otherLists } from "./gathered-source.ts";
import type { NearestOptions } from "./list.ts";
import { type Chain, type ChainSource, type ItemText, LoopText } from "./loop-text.ts";
import { memberClass } from "./member-class.ts";
import { nothing } from "./nothing.ts";
import type { Lambda, Slots } from "./source.ts";
import { ListStore, type StoredLists, storedLists } from "./stored-lists.ts";
import { type NameSpace, unknownNames } from "./unknown-name.ts";
import { ValueSink } from "./value-sink.ts";
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
    return this.step({ kind: "member", name }, undefined);
  }

  combinations(n: number): CollectionChain {
    checkCombinations(n, this.$chain.slots);
    const slots = Array.from({ length: n }, () => this.$chain.slots![0]!);
    return this.from({ kind: "combinations", of: this.$chain, n }, slots);
  }

  cartesian(other: CollectionChain): CollectionChain {
    this.checkAligned("cartesian", other);
    checkSingle("cartesian", this.$chain.slots, other.$chain.slots);
    const slots = [this.$chain.slots![0]!, other.$chain.slots![0]!];
    return this.from({ kind: "cartesian", left: this.$chain, right: other.$chain }, slots);
  }

  take(n: number): CollectionChain {
    checkTake(n);
    return this.step({ kind: "take", n }, this.$chain.slots);
  }

  sortBy(f: Lambda): CollectionChain {
    return this.from({ kind: "sorted", of: this.$chain, key: f }, this.$chain.slots);
  }

  flatMap(f: Lambda): unknown {
    const text = new LoopText();
    const found = new ListStore(this.$view.scope.columns.length);
    const add = (row: number, list: unknown): void => {
      const empty = (list as Partial<EventList> | undefined)?.$empty === true;
      if (!empty && !(list instanceof EventList)) throw needsList();
      if (!found.add(row, list as EventList)) throw otherLists();
    };
    const [s, a] = [text.parameter(found), text.parameter(add)];
    const loops = text.over(this.$chain, (item) => `${a}(r, ${text.lambda(f)}(${item.items.join(", ")}));`);
    this.run(text, `${s}.begin(r); ${loops}`);
    const { lists } = found;
    if (lists === undefined) return nothing(this.$view);
    return this.from({ kind: "stored", lists: () => lists }, lists.slots);
  }

  nearest(other: CollectionChain, options: NearestOptions = {}): CollectionChain {
    this.checkAligned("nearest", other);
    checkSingle("nearest", this.$chain.slots, other.$chain.slots);
    const slots = [this.$chain.slots![0]!, other.$chain.slots![0]!];
    const [left, right, threshold] = [this.$chain, other.$chain, thresholdOf(options)];
    return this.from({ kind: "nearest", left, right, threshold }, slots);
  }

  sum(f?: Lambda): ColumnOverEvents {
    return this.perEvent("float64", "sum", f, "0", (t, value) => `${t} += ${value};`);
  }

  count(f?: Lambda): ColumnOverEvents {
    return this.reduced("int32", "0", (t, text, item) =>
      f === undefined ? `${t}++;` : `${text.condition(f, item)} ${t}++;`,
    );
  }

  any(f?: Lambda): ColumnOverEvents {
    const g = f ?? this.itself("any");
    return this.reduced("bool", "0", (t, text, item) => `${text.condition(g, item)} { ${t} = 1; break event; }`);
  }

  all(f?: Lambda): ColumnOverEvents {
    const g = f ?? this.itself("all");
    return this.reduced(
      "bool",
      "1",
      (t, text, item) => `${text.condition(g, item)} {} else { ${t} = 0; break event; }`,
    );
  }

  max(f?: Lambda): CollectionChain {
    return this.extreme(f ?? this.itself("max"), ">", "-Infinity");
  }

  min(f?: Lambda): CollectionChain {
    return this.extreme(f ?? this.itself("min"), "<", "Infinity");
  }

  maxBy(f: Lambda): CollectionChain {
    return this.pick((text, item) => `const w = ${text.lambda(f)}(${item.items.join(", ")});`, ">");
  }

  minBy(f: Lambda): CollectionChain {
    return this.pick((text, item) => `const w = ${text.lambda(f)}(${item.items.join(", ")});`, "<");
  }

  first(): CollectionChain {
    return this.take(1);
  }

  last(): CollectionChain {
    return this.pick(() => "const w = 0;", ">=");
  }

  toColumn(): Column {
    this.column ??= this.values();
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

  private itself(operation: string): Lambda {
    if (this.$chain.slots !== undefined) throw needsLambda(operation);
    return ((value: unknown) => value) as Lambda;
  }

  private perEvent(
    dtype: "float64",
    operation: string,
    f: Lambda | undefined,
    initial: string,
    body: (total: string, value: string) => string,
  ): ColumnOverEvents {
    if (f === undefined) this.itself(operation);
    return this.reduced(dtype, initial, (t, text, item) =>
      body(t, f === undefined ? item.items[0]! : `${text.lambda(f)}(${item.items.join(", ")})`),
    );
  }

  /** One number for each event: starts at `initial`, `body` changes it for each item and may `break event`. */
  private reduced(
    dtype: "float64" | "int32" | "bool",
    initial: string,
    body: (total: string, text: LoopText, item: ItemText) => string,
  ): ColumnOverEvents {
    return new ColumnOverEvents(this.$view, () => {
      const text = new LoopText();
      const loops = text.over(this.$chain, (item) => body("t", text, item));
      const { length } = this.$view;
      const values = { float64: Float64Array, int32: Int32Array, bool: Uint8Array }[dtype];
      const out = new values(length);
      const o = text.parameter(out);
      this.run(text, `let t = ${initial}; event: { ${loops} } ${o}[k] = t;`);
      return { kind: "primitive", dtype: dtype as DType, length, values: out as ValuesOf[DType] };
    });
  }

  private extreme(f: Lambda, better: string, initial: string): CollectionChain {
    return this.keep(undefined, (text, lists) => {
      const loops = text.over(
        this.$chain,
        (item) => `const w = ${text.lambda(f)}(${item.items.join(", ")}); found = 1; if (w ${better} best) best = w;`,
      );
      const [starts, counts, values] = [lists.starts, lists.counts, lists.values].map((v) => text.parameter(v));
      return `let best = ${initial}, found = 0; ${loops} ${starts}[r] = ${values}.length; ${counts}[r] = found; if (found === 1) ${values}.push(best);`;
    });
  }

  /** The item that beats all before it; `score` declares `w`. */
  private pick(score: (text: LoopText, item: ItemText) => string, better: string): CollectionChain {
    const { slots } = this.$chain;
    const width = slots?.length ?? 0;
    const won = Array.from({ length: width }, (_, s) => `won${s}`);
    return this.keep(slots, (text, lists) => {
      const loops = text.over(
        this.$chain,
        (item) => `${score(text, item)} if (found === 0 || w ${better} best) { best = w; found = 1;
          ${slots === undefined ? `value = ${item.items[0]};` : won.map((name, s) => `${name} = ${item.codes[s]};`).join(" ")} }`,
      );
      const [starts, counts, values] = [lists.starts, lists.counts, lists.values].map((v) => text.parameter(v));
      const holder = text.parameter(lists);
      const store =
        slots === undefined
          ? `${starts}[r] = ${values}.length; if (found === 1) ${values}.push(value);`
          : `${starts}[r] = r; ${won.map((name, s) => `${holder}.codes[r * ${width} + ${s}] = ${name};`).join(" ")}`;
      return `let best = 0, found = 0, value; ${won.map((name) => `let ${name} = 0;`).join(" ")} ${loops} ${counts}[r] = found; ${store}`;
    });
  }

  /** A collection computed once, on first use, with zero or one item an event. */
  private keep(slots: Slots | undefined, body: (text: LoopText, lists: StoredLists) => string): CollectionChain {
    let kept: StoredLists | undefined;
    const lists = (): StoredLists => {
      if (kept !== undefined) return kept;
      const events = this.$view.scope.columns.length;
      const made = storedLists(slots, events, events);
      const text = new LoopText();
      this.run(text, body(text, made));
      kept = made;
      return made;
    };
    return collectionChain(this.$view, { from: { kind: "stored", lists }, steps: [], slots });
  }

  private values(): ListColumn {
    const { slots, from, steps } = this.$chain;
    if (slots !== undefined)
      throw new CortadoError(
        "ShapeError",
        `${listNames(slots).owner} are objects, not values: name a member (.pt) or map them to a number`,
        { code: "TypeMismatch" },
      );
    const { length, rows } = this.$view;
    if (from.kind === "store" && steps.length === 1 && steps[0]!.kind === "member" && rows === undefined) {
      const { offsets } = from.store;
      return { kind: "list", offsets, content: from.store.column(steps[0]!.name), length };
    }
    const text = new LoopText();
    const sink = new ValueSink();
    const offsets = new Int32Array(length + 1);
    const [s, o] = [text.parameter(sink), text.parameter(offsets)];
    this.run(text, `${text.over(this.$chain, (item) => `${s}.push(${item.items[0]});`)} ${o}[k + 1] = ${s}.length;`);
    return { kind: "list", offsets, content: sink.column(), length };
  }

  private run(text: LoopText, body: string): void {
    const { rows, length } = this.$view;
    driver(body, Object.keys(text.parameters), text.lambdas)(rows, length, text.parameters);
    text.close();
  }
}

Object.setPrototypeOf(CollectionChain.prototype, unknownNames);

/** A chain with getters for the members of its items. */
export function collectionChain(view: View, chain: Chain): CollectionChain {
  return new (memberClass(CollectionChain, chain.slots))(view, chain);
}
