import { type Cursor, cursorClass } from "./cursor.ts";
import type { Definition } from "./definition.ts";
import { mapped } from "./derived-source.ts";
import { type EventList, eventList } from "./event-list.ts";
import type { EventLayout } from "./layout.ts";
import type { Scope } from "./scope.ts";
import { type SiteList, siteList } from "./site-list.ts";
import type { ItemStore, Lambda } from "./source.ts";
import type { Store, ValueKind } from "./store.ts";
import { rangeSource } from "./stored-source.ts";

/** What an event lambda receives: collections as lists, records as objects, single values, and what was defined. */
export interface EventCursor extends Cursor {
  readonly $scope: Scope;
  /** Moves to an event. */
  $place(row: number): void;
}

type EventCursorClass = new (scope: Scope, definitions: ReadonlyMap<string, Definition>) => EventCursor;

const classes = new Map<string, EventCursorClass>();

/**
 * A cursor over the events of a chunk for one lambda; place it with `$place`. Its class and those of the lists it hands out are
 * made for the text of the lambda, see `site-list.ts`.
 */
export function eventCursor(scope: Scope, definitions: ReadonlyMap<string, Definition>, f: unknown): EventCursor {
  const { layout } = scope.columns;
  const { kinds } = scope.events;
  const names = [layout.collections, layout.records].map((group) => Object.keys(group));
  const lambda = String(f);
  const key = JSON.stringify([kinds, ...names, [...definitions.keys()], lambda]);
  let known = classes.get(key);
  if (known === undefined) {
    known = makeClass(kinds, layout, [...definitions.keys()], lambda);
    classes.set(key, known);
  }
  return new known(scope, definitions);
}

/** Places of one lambda that get classes of their own, for each name. */
const maximalPlaces = 6;

function makeClass(
  kinds: Readonly<Record<string, ValueKind>>,
  layout: EventLayout,
  defined: readonly string[],
  lambda: string,
): EventCursorClass {
  const owned = Object.keys(layout.collections);
  const names = [...owned, ...Object.keys(layout.records), ...Object.keys(layout.scalars), ...defined];
  const places = (name: string): number => Math.min(maximalPlaces, Math.max(1, lambda.split(`.${name}`).length - 1));
  const turns: string[] = [];
  /** Makes a list with the class of the place whose turn it is: places take turns in the order they are reached. */
  const made = (name: string, classes: string, parts: string): string => {
    const n = places(name);
    if (n === 1) return `return new ${classes}[0](${parts});`;
    const turn = `this.$t${turns.length}`;
    turns.push(`${turn} = 0;`);
    const at = Array.from(
      { length: n - 1 },
      (_, t) => `case ${t}: ${turn} = ${t + 1}; return new ${classes}[${t}](${parts});`,
    );
    return `switch (${turn}) { ${at.join(" ")} default: ${turn} = 0; return new ${classes}[${n - 1}](${parts}); }`;
  };
  const collections = owned.map((name, k) => {
    const text = JSON.stringify(name);
    return `get [${text}]() {
      const b = this.$c[${k}] ?? (this.$c[${k}] = bind(${k}, this.$scope.collection(${text}))), i = this.$i;
      if (b.plain) return listOf(b.store, i);
      const o = b.offsets, s = b.store;
      ${made(name, "b.lists", "s, o[i], o[i + 1]")}
    }`;
  });
  const records = Object.keys(layout.records).map((name, k) => {
    const text = JSON.stringify(name);
    return `get [${text}]() {
      const r = this.$r[${k}] ?? (this.$r[${k}] = this.$scope.record(${text}).acquire());
      r.$i = this.$i; return r;
    }`;
  });
  const definitions = defined.map(
    (name, k) => `get [${JSON.stringify(name)}]() {
      const d = this.$d[${k}], i = this.$i;
      if (d.done[i] === 0) d.computeAt(i);
      const s = d.single;
      if (s === undefined || d.empty[i] !== 0) return d.at(i);
      let b = this.$b[${k}];
      if (b === undefined || b.store !== s) b = this.$b[${k}] = bindDefined(${k}, s);
      const l = d.lists, start = l.starts[i];
      ${made(name, "b.lists", "s, start, start + l.counts[i], l.codes")}
    }`,
  );
  const source = `return class extends Scalars {
    constructor(scope, definitions) {
      super(scope.events);
      this.$scope = scope; this.$d = [...definitions.values()]; this.$r = []; this.$c = []; this.$b = []; ${turns.join(" ")}
    }
    $place(row) { this.$i = row; ${turns.join(" ")} }
    ${[...collections, ...records, ...definitions].join("\n")}
    has(name) {
      const group = this.$scope.has(name);
      return group === undefined ? super.has(name) : group;
    }
    $names() { return { owner: "events", names: ${JSON.stringify(names)}, absent: this.$scope.columns.layout.absent }; }
  }`;
  const known = new Map<string, readonly SiteList[]>();
  /** The classes of the places of a name: the same for stores with the same members. */
  const lists = (name: string, store: ItemStore, coded: boolean): readonly SiteList[] => {
    const key = `${coded} ${name} ${store.memberKey}`;
    let found = known.get(key);
    if (found === undefined) {
      found = Array.from({ length: places(name) }, () => siteList([[store]], coded));
      known.set(key, found);
    }
    return found;
  };
  const bind = (k: number, store: Store): Binding => ({
    store,
    plain: store.plain,
    offsets: store.offsets,
    lists: lists(owned[k]!, store, false),
  });
  const bindDefined = (k: number, store: ItemStore): Binding => ({ store, lists: lists(defined[k]!, store, true) });
  return new Function("Scalars", "listOf", "bind", "bindDefined", source)(
    cursorClass("", kinds, false),
    listOf,
    bind,
    bindDefined,
  );
}

/** A store with the classes of its lists, by place. */
interface Binding {
  readonly store: ItemStore;
  readonly plain?: boolean;
  readonly offsets?: Int32Array;
  readonly lists: readonly SiteList[];
}

function listOf(store: Store, row: number): EventList {
  const { offsets } = store;
  const items = rangeSource(store, offsets[row]!, offsets[row + 1]!);
  return eventList(store.plain ? mapped(items, plainValue) : items);
}

const plainValue = ((item: { readonly value: unknown }) => item.value) as unknown as Lambda;
