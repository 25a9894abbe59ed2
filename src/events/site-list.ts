import type { Cursor } from "./cursor.ts";
import { combinationsOf, filtered } from "./derived-source.ts";
import { EventList } from "./event-list.ts";
import { grown } from "./growable.ts";
import { memberClass } from "./member-class.ts";
import { outOfLine } from "./out-of-line.ts";
import { ownFunction } from "./own-function.ts";
import type { ItemStore, Lambda, Slots, Source } from "./source.ts";
import type { Store } from "./store.ts";
import { codedSource, rangeSource } from "./stored-source.ts";
import { truth } from "./truth.ts";

/**
 * Lists of single objects of one store as a lambda over an event gets them. Each place in a lambda where a list comes from has classes
 * of its own, generated: one for the list, one for what `filter` makes of it, one for its pairs. So the loops in them meet the lambdas
 * of one place only, and V8 inlines those; a loop that all places share calls them one by one, 5 to 50 times the time. Only what is
 * often used in every event is written here; the rest is that of `EventList`.
 */
export type SiteList = new (site: Site, start: number, stop: number, codes?: Int32Array) => EventList;

/** A place of a lambda while it runs over a chunk: the store of its lists, their class, and cursors that no loop is using. */
export class Site {
  readonly store: ItemStore;
  readonly List: SiteList;
  /** Of the store's lists in the chunk. */
  readonly offsets: Int32Array;
  /** Kept for the next loop over a list of this place, so that it need not ask the store. */
  a: Cursor | undefined = undefined;
  b: Cursor | undefined = undefined;

  constructor(store: ItemStore, List: SiteList, offsets: Int32Array) {
    this.store = store;
    this.List = List;
    this.offsets = offsets;
  }
}

/** Conditions in a row that have a class; a list with more is an ordinary one. */
const maximalConditions = 3;

/** A new class of lists with the members of `slots`: items `start` to `stop` of the store or, if `coded`, of `codes`. */
export function siteList(slots: Slots, coded: boolean): SiteList {
  return makeList(memberClass(EventList, slots), coded, 0) as SiteList;
}

type AnyList = new (...parts: never[]) => EventList;

function makeList(base: AnyList, coded: boolean, conditions: number): AnyList {
  const fields = ["site", "start", "stop", ...(coded ? ["codes"] : []), ...conditionNames(conditions)];
  const own = fields.map((name) => `this.$${name}`).join(", ");
  const index = coded ? "codes[i]" : "i";
  /** The loop over the items, `body` for each. */
  const loop = (start: string, body: string, end: string): string => `
    const { ${fields.map((name) => `$${name}: ${name}`).join(", ")} } = this;
    const c = site.a ?? acquire(site); site.a = undefined; ${start}
    for (let i = start; i < stop; i++) { c.$i = ${index}; ${nested(conditions, "c", body)} }
    site.a = c; ${end}`;
  const size = conditions === 0 ? "return this.$stop - this.$start;" : loop("let n = 0;", "n++;", "return n;");
  const filter =
    conditions === maximalConditions
      ? ""
      : `filter(f) { if (Filtered === undefined) Filtered = next(); return new Filtered(${own}, f); },`;
  const pairs =
    conditions > 0
      ? ""
      : `combinations(n) {
          if (n !== 2) return common.combinations.call(this, n);
          if (Pairs === undefined) Pairs = pairs();
          return new Pairs(${own});
        },`;
  const text = `let Filtered, Pairs;
    const List = ${constructorText(fields)};
    Object.defineProperties(List.prototype, Object.getOwnPropertyDescriptors({
      ${filter} ${pairs}
      get length() { ${size} },
      ${operations((start, body, end) => loop(start, body("c"), end))}
      $keep(kept, n) {
        if (n + this.$stop - this.$start > kept.codes.length) reserve(kept, n + this.$stop - this.$start);
        ${loop("const room = kept.codes;", `room[n++] = ${index};`, "return n;")}
      },
      get $slots() { return this.$site.store.slots; },
      get $single() { return this.$site.store; },
      get $source() { return source(${coded ? "this.$codes" : "undefined"}, this.$site.store, this.$start, this.$stop, [${conditionNames(conditions).map((f) => `this.$${f}`)}]); },
    }));
    Object.setPrototypeOf(List.prototype, Base.prototype);
    return List;`;
  return generated(text, {
    Base: base,
    next: outOfLine(() => makeList(base, coded, conditions + 1)),
    pairs: outOfLine(() => makePairs(coded, 0)),
    source: sourceOf,
  });
}

/** Pairs of the items of a list without conditions. */
function makePairs(coded: boolean, conditions: number): AnyList {
  const fields = ["site", "start", "stop", ...(coded ? ["codes"] : []), ...conditionNames(conditions)];
  const own = fields.map((name) => `this.$${name}`).join(", ");
  const index = (i: string): string => (coded ? `codes[${i}]` : i);
  const loop = (start: string, body: (items: string) => string, end: string): string => `
    const { ${fields.map((name) => `$${name}: ${name}`).join(", ")} } = this;
    if (stop - start > 1) {
      const a = site.a ?? acquire(site), b = site.b ?? acquire(site); site.a = site.b = undefined; ${start}
      pass: for (let i = start; i < stop; i++) {
        a.$i = ${index("i")};
        for (let j = i + 1; j < stop; j++) { b.$i = ${index("j")}; ${nested(conditions, "a, b", body("a, b").replaceAll("break;", "break pass;"))} }
      }
      site.a = a; site.b = b; ${end}
    }
    ${start} ${end}`;
  const size =
    conditions === 0
      ? "const n = this.$stop - this.$start; return n < 2 ? 0 : (n * (n - 1)) / 2;"
      : loop("let n = 0;", () => "n++;", "return n;");
  const filter =
    conditions === maximalConditions
      ? ""
      : `filter(f) { if (Filtered === undefined) Filtered = next(); return new Filtered(${own}, f); },`;
  const text = `let Filtered;
    const List = ${constructorText(fields)};
    Object.defineProperties(List.prototype, Object.getOwnPropertyDescriptors({
      ${filter}
      get length() { ${size} },
      ${operations(loop)}
      get $source() { return source(${coded ? "this.$codes" : "undefined"}, this.$site.store, this.$start, this.$stop, [${conditionNames(conditions).map((f) => `this.$${f}`)}]); },
    }));
    Object.setPrototypeOf(List.prototype, Base.prototype);
    return List;`;
  return generated(text, {
    Base: EventList,
    next: outOfLine(() => makePairs(coded, conditions + 1)),
    source: (...[codes, store, start, stop, conditions]: Parameters<typeof sourceOf>) =>
      conditions.reduce(filtered, combinationsOf(sourceOf(codes, store, start, stop, []), 2)),
  });
}

/** The operations that answer one value, as loops. */
function operations(loop: (start: string, body: (items: string) => string, end: string) => string): string {
  const wanting = (operation: string): string => `if (f === undefined) return common.${operation}.call(this);`;
  return `
    sum(f) { ${wanting("sum")} ${loop("let t = 0;", (items) => `t += f(${items});`, "return t;")} },
    count(f) { if (f === undefined) return this.length; ${loop("let m = 0;", (items) => `${condition("f", items)} m++;`, "return m;")} },
    any(f) { ${wanting("any")} ${loop("let t = false;", (items) => `${condition("f", items)} { t = true; break; }`, "return t;")} },
    all(f) { ${wanting("all")} ${loop("let t = true;", (items) => `${condition("f", items)} {} else { t = false; break; }`, "return t;")} },`;
}

const conditionNames = (conditions: number): string[] => Array.from({ length: conditions }, (_, k) => `f${k}`);

function condition(f: string, items: string): string {
  return `const t_${f} = ${f}(${items}); if (t_${f} === true || (t_${f} !== false && truth(t_${f})))`;
}

/** What is done with items for which all conditions are true. */
function nested(conditions: number, items: string, body: string): string {
  return conditionNames(conditions).reduceRight((inner, f) => `${condition(f, items)} { ${inner} }`, body);
}

/**
 * Fields are declared: to assign one that is not there would ask the object at the end of the prototypes that knows unknown names,
 * slowly. There is no `extends`, as the constructor of `EventList` has nothing to do here.
 */
function constructorText(fields: readonly string[]): string {
  const initial = fields.map((name) => `$${name} = ${name === "start" || name === "stop" ? "0" : "undefined"};`);
  return `class {
    ${initial.join(" ")}
    constructor(${fields.join(", ")}) { ${fields.map((name) => `this.$${name} = ${name};`).join(" ")} }
  }`;
}

function generated(text: string, parameters: Readonly<Record<string, unknown>>): AnyList {
  const all = { ...parameters, common: EventList.prototype, truth, reserve, acquire };
  return ownFunction(Object.keys(all), text)(...Object.values(all)) as AnyList;
}

const reserve = outOfLine((kept: { codes: Int32Array }, size: number): void => {
  while (kept.codes.length < size) kept.codes = grown(kept.codes);
});

const acquire = outOfLine(({ store }: Site): Cursor => store.acquire());

function sourceOf(
  codes: Int32Array | undefined,
  store: Store,
  start: number,
  stop: number,
  conditions: readonly Lambda[],
): Source {
  const items = codes === undefined ? rangeSource(store, start, stop) : codedSource(store.slots, codes, start, stop);
  return conditions.reduce(filtered, items);
}
