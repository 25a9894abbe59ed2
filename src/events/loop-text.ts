import { deltaR } from "../vector/index.ts";
import type { Cursor } from "./cursor.ts";
import { grown } from "./growable.ts";
import { orderByKey } from "./order.ts";
import { emptyPartners, partnersOf } from "./partner-lists.ts";
import { type ItemStore, type Lambda, place, type Slots } from "./source.ts";
import type { Store } from "./store.ts";
import type { StoredLists } from "./stored-lists.ts";
import { codedSource, rangeSource } from "./stored-source.ts";

/** Lists for all events, described: where items come from and what is done to each. Plain data. */
export interface Chain {
  readonly from: ChainSource;
  readonly steps: readonly Step[];
  /** Stores of the items that come out, by slot; absent for values. */
  readonly slots: Slots | undefined;
}

export type ChainSource =
  | { readonly kind: "store"; readonly store: Store }
  | { readonly kind: "stored"; readonly lists: () => StoredLists }
  | { readonly kind: "combinations"; readonly of: Chain; readonly n: number }
  | { readonly kind: "cartesian"; readonly left: Chain; readonly right: Chain }
  /** Without `right` every list beside an item is empty. */
  | { readonly kind: "pairs"; readonly left: Chain; readonly right: Chain | undefined }
  | { readonly kind: "concat"; readonly parts: readonly Chain[]; readonly slots: Slots | undefined }
  | { readonly kind: "nearest"; readonly left: Chain; readonly right: Chain; readonly threshold: number }
  | { readonly kind: "sorted"; readonly of: Chain; readonly key: Lambda };

export type Step =
  | { readonly kind: "filter"; readonly f: Lambda }
  | { readonly kind: "map"; readonly f: Lambda }
  | { readonly kind: "member"; readonly name: string; readonly stores: readonly Store[] }
  | { readonly kind: "take"; readonly n: number };

/** The item at one place of the loop, in JavaScript: what a lambda is called with, and its code by slot. */
export interface ItemText {
  readonly items: readonly string[];
  readonly codes: readonly string[];
}

/**
 * Writes the nested loops of a chain for event `r` as text, and collects what the text refers to. Everything a chain does
 * becomes one loop nest: no combination is stored.
 */
export class LoopText {
  readonly parameters: Record<string, unknown> = { grown, place, deltaR, orderByKey, codedSource, rangeSource };
  readonly lambdas: Lambda[] = [];
  private readonly borrowed: Cursor[] = [];
  private count = 0;

  /** A name for a value the text refers to. */
  parameter(value: unknown): string {
    const name = this.name("p");
    this.parameters[name] = value;
    return name;
  }

  lambda(f: Lambda): string {
    this.lambdas.push(f);
    return this.parameter(f);
  }

  /** A condition as text. */
  condition(f: Lambda, item: ItemText): string {
    const t = this.name("t");
    return `const ${t} = ${this.lambda(f)}(${item.items.join(", ")}); if (${t} === true || (${t} !== false && truth(${t})))`;
  }

  /** Gives the cursors back; call when the loop has run. */
  close(): void {
    for (const cursor of this.borrowed) cursor.$store.release(cursor);
  }

  /** The loops over a chain's items in event `r`, `body` innermost. */
  over(chain: Chain, body: (item: ItemText) => string): string {
    const counters = chain.steps.map((step) => (step.kind === "take" ? this.name("n") : ""));
    const before = counters.filter((name) => name !== "").map((name) => `let ${name} = 0;`);
    return `${before.join(" ")} ${this.source(chain.from, (item) => this.steps(chain.steps, counters, 0, item, body))}`;
  }

  private steps(
    steps: readonly Step[],
    counters: readonly string[],
    k: number,
    item: ItemText,
    body: (item: ItemText) => string,
  ): string {
    const step = steps[k];
    if (step === undefined) return body(item);
    const rest = (next: ItemText): string => this.steps(steps, counters, k + 1, next, body);
    if (step.kind === "filter") return `${this.condition(step.f, item)} { ${rest(item)} }`;
    if (step.kind === "take") return `if (${counters[k]}++ < ${step.n}) { ${rest(item)} }`;
    const value = this.name("v");
    const made =
      step.kind === "map"
        ? `${this.lambda(step.f)}(${item.items.join(", ")})`
        : `${item.items[0]}[${JSON.stringify(step.name)}]`;
    return `const ${value} = ${made}; ${rest({ items: [value], codes: [] })}`;
  }

  private source(from: ChainSource, body: (item: ItemText) => string): string {
    switch (from.kind) {
      case "store":
        return this.overStore(from.store, body);
      case "stored":
        return this.overStored(from.lists(), body);
      case "combinations":
        return this.combinations(from.of, from.n, body);
      case "cartesian": {
        const right = this.list(from.right);
        const inner = (left: ItemText) =>
          right.loop("0", (item) =>
            body({ items: [...left.items, ...item.items], codes: [...left.codes, ...item.codes] }),
          );
        return `${right.before} ${this.over(from.left, inner)}`;
      }
      case "pairs":
        return this.pairs(from.left, from.right, body);
      case "concat":
        return from.parts
          .map((part) => `{ ${this.over(part, (item) => body(this.recoded(item, part.slots, from.slots)))} }`)
          .join(" ");
      case "nearest":
        return this.nearest(from.left, from.right, from.threshold, body);
      case "sorted":
        return this.sorted(from.of, from.key, body);
    }
  }

  private overStore(store: Store, body: (item: ItemText) => string): string {
    const { before, loop } = this.range(store);
    return `${before} ${loop("0", body)}`;
  }

  private overStored(lists: StoredLists, body: (item: ItemText) => string): string {
    const [starts, counts] = [this.parameter(lists.starts), this.parameter(lists.counts)];
    const [q, end] = [this.name("q"), this.name("e")];
    const loop = (inner: string) =>
      `for (let ${q} = ${starts}[r], ${end} = ${q} + ${counts}[r]; ${q} < ${end}; ${q}++) { ${inner} }`;
    if (lists.slots === undefined) {
      const value = this.name("v");
      return loop(`const ${value} = ${this.parameter(lists.values)}[${q}]; ${body({ items: [value], codes: [] })}`);
    }
    const codes = this.parameter(lists.codes);
    const placed = lists.slots.map((stores, s) =>
      this.placed(stores, `${codes}[${q} * ${lists.slots!.length} + ${s}]`),
    );
    return loop(
      `${placed.map((p) => p.text).join(" ")} ${body({ items: placed.map((p) => p.item), codes: placed.map((p) => p.code) })}`,
    );
  }

  private combinations(of: Chain, n: number, body: (item: ItemText) => string): string {
    const list = this.list(of);
    const nest = (depth: number, after: string, items: readonly ItemText[]): string =>
      depth === n
        ? body({ items: items.flatMap((i) => i.items), codes: items.flatMap((i) => i.codes) })
        : list.loop(after, (item, position) => nest(depth + 1, `${position} + 1`, [...items, item]));
    return `${list.before} ${nest(0, "0", [])}`;
  }

  private pairs(left: Chain, right: Chain | undefined, body: (item: ItemText) => string): string {
    const list = this.cursor(right === undefined ? emptyPartners : partnersOf(right.slots![0]!));
    const pair = (item: ItemText) => body({ items: [...item.items, list], codes: [...item.codes, `${list}.$i`] });
    if (right === undefined) return this.over(left, pair);
    const { before, source } = this.list(right);
    return `${before} ${list}.$over(${source}); ${this.over(left, pair)}`;
  }

  /** A single item of `part` with its code among the stores of `whole`. */
  private recoded(item: ItemText, part: Slots | undefined, whole: Slots | undefined): ItemText {
    if (part === undefined || whole === undefined) return item;
    const [from, to] = [part[0]!, whole[0]!];
    const at = from.map((store) => to.indexOf(store));
    if (from.length === to.length && at.every((place, k) => place === k)) return item;
    const code =
      from.length === 1
        ? `(${item.codes[0]} * ${to.length} + ${at[0]})`
        : `(Math.trunc(${item.codes[0]} / ${from.length}) * ${to.length} + ${this.parameter(at)}[${item.codes[0]} % ${from.length}])`;
    return { items: item.items, codes: [code] };
  }

  private nearest(left: Chain, right: Chain, threshold: number, body: (item: ItemText) => string): string {
    const list = this.list(right);
    const [best, code] = [this.name("b"), this.name("c")];
    const inner = (item: ItemText): string => {
      const search = list.loop("0", (partner) => {
        const d = this.name("d");
        return `const ${d} = deltaR(${item.items[0]}, ${partner.items[0]});
          if (${d} < ${best} || (${code} < 0 && ${d} === ${best})) { ${best} = ${d}; ${code} = ${partner.codes[0]}; }`;
      });
      const found = this.placed(right.slots![0]!, code);
      const pair = { items: [item.items[0]!, found.item], codes: [item.codes[0]!, found.code] };
      return `let ${best} = Infinity, ${code} = -1; ${search}
        if (${code} >= 0 && ${best} <= ${threshold}) { ${found.text} ${body(pair)} }`;
    };
    return `${list.before} ${this.over(left, inner)}`;
  }

  /** Collects items and keys, orders them, and loops over the items in that order. */
  private sorted(of: Chain, key: Lambda, body: (item: ItemText) => string): string {
    const s = this.parameter({
      keys: new Float64Array(64),
      order: new Int32Array(64),
      codes: new Int32Array(64),
      values: [],
    });
    const [m, q, at] = [this.name("m"), this.name("q"), this.name("a")];
    const width = of.slots?.length ?? 0;
    const collect = this.over(of, (item) => {
      const keep =
        of.slots === undefined
          ? [`${s}.values[${m}] = ${item.items[0]};`]
          : item.codes.map((code, k) => `${s}.codes[${m} * ${width} + ${k}] = ${code};`);
      return `if (${m} === ${s}.keys.length) { ${s}.keys = grown(${s}.keys); ${s}.order = new Int32Array(${s}.keys.length); }
        while (${s}.codes.length < ${s}.keys.length * ${width}) ${s}.codes = grown(${s}.codes);
        ${s}.keys[${m}] = ${this.lambda(key)}(${item.items.join(", ")}); ${keep.join(" ")} ${m}++;`;
    });
    const loop = (inner: string): string =>
      `let ${m} = 0; ${collect} orderByKey(${s}.keys, ${m}, ${s}.order);
      for (let ${q} = 0; ${q} < ${m}; ${q}++) { const ${at} = ${s}.order[${q}]; ${inner} }`;
    if (of.slots === undefined) return loop(body({ items: [`${s}.values[${at}]`], codes: [] }));
    const placed = of.slots.map((stores, k) => this.placed(stores, `${s}.codes[${at} * ${width} + ${k}]`));
    return loop(
      `${placed.map((p) => p.text).join(" ")} ${body({ items: placed.map((p) => p.item), codes: placed.map((p) => p.code) })}`,
    );
  }

  /** A list that can be looped over from any position: a range of a store, or codes collected before the loop. */
  private list(chain: Chain): IndexedText {
    if (chain.from.kind === "store" && chain.steps.length === 0) return this.range(chain.from.store);
    const [scratch, m] = [this.parameter({ codes: new Int32Array(64) }), this.name("m")];
    const collect = this.over(
      chain,
      (item) => `if (${m} === ${scratch}.codes.length) ${scratch}.codes = grown(${scratch}.codes);
        ${scratch}.codes[${m}++] = ${item.codes[0]};`,
    );
    return {
      before: `let ${m} = 0; ${collect}`,
      source: `codedSource(${this.parameter(chain.slots)}, ${scratch}.codes, 0, ${m})`,
      loop: (from, body) => {
        const q = this.name("q");
        const { text, item, code } = this.placed(chain.slots![0]!, `${scratch}.codes[${q}]`);
        return `for (let ${q} = ${from}; ${q} < ${m}; ${q}++) { ${text} ${body({ items: [item], codes: [code] }, q)} }`;
      },
    };
  }

  private range(store: Store): IndexedText {
    const offsets = this.parameter(store.offsets);
    const [start, end] = [this.name("s"), this.name("e")];
    return {
      before: `const ${start} = ${offsets}[r], ${end} = ${offsets}[r + 1];`,
      source: `rangeSource(${this.parameter(store)}, ${start}, ${end})`,
      loop: (from, body) => {
        const i = this.name("i");
        const cursor = this.cursor(store);
        return `for (let ${i} = ${from === "0" ? start : from}; ${i} < ${end}; ${i}++) {
          ${cursor}.$i = ${i}; ${body({ items: [cursor], codes: [i] }, i)} }`;
      },
    };
  }

  /** Places a cursor on the item with a code. */
  private placed(stores: readonly ItemStore[], code: string): { text: string; item: string; code: string } {
    const c = this.name("c");
    if (stores.length === 1) {
      const cursor = this.cursor(stores[0]!);
      return { text: `const ${c} = ${code}; ${cursor}.$i = ${c};`, item: cursor, code: c };
    }
    const item = this.name("x");
    const cursors = stores.map((store) => this.borrow(store));
    return { text: `const ${c} = ${code}; const ${item} = place(${c}, ${this.parameter(cursors)});`, item, code: c };
  }

  private cursor(store: ItemStore): string {
    return this.parameter(this.borrow(store));
  }

  private borrow(store: ItemStore): Cursor {
    const cursor = store.acquire();
    this.borrowed.push(cursor);
    return cursor;
  }

  private name(prefix: string): string {
    return `${prefix}${this.count++}`;
  }
}

interface IndexedText {
  /** Statements before the loop. */
  readonly before: string;
  /** A `Source` of the same items, in JavaScript. */
  readonly source: string;
  /** The loop from a position (`"0"` is the first item); `body` gets the item and the position's name. */
  loop(from: string, body: (item: ItemText, position: string) => string): string;
}
