import { type Cursor, cursorClass } from "./cursor.ts";
import type { Definition } from "./definition.ts";
import { type EventList, eventList } from "./event-list.ts";
import type { EventLayout } from "./layout.ts";
import type { Scope } from "./scope.ts";
import { type Lambda, mapped, rangeSource } from "./source.ts";
import { Store } from "./store.ts";

/** What an event lambda receives: collections as lists, records as objects, single values, and what was defined. */
export interface EventCursor extends Cursor {
  readonly $scope: Scope;
  readonly $definitions: ReadonlyMap<string, Definition>;
}

const classes = new Map<string, new (scope: Scope, definitions: ReadonlyMap<string, Definition>) => EventCursor>();

/** A cursor over the events of a chunk; place it with `$i`. */
export function eventCursor(scope: Scope, definitions: ReadonlyMap<string, Definition>): EventCursor {
  const { layout } = scope.columns;
  const store = new Store(scope.columns, "", layout.scalars, false);
  const key = JSON.stringify([
    store.memberKey,
    Object.keys(layout.collections),
    Object.keys(layout.records),
    [...definitions.keys()],
  ]);
  let known = classes.get(key);
  if (known === undefined) {
    known = makeClass(store, layout, [...definitions.keys()]);
    classes.set(key, known);
  }
  return new known(scope, definitions);
}

function makeClass(
  store: Store,
  layout: EventLayout,
  defined: readonly string[],
): new (
  scope: Scope,
  definitions: ReadonlyMap<string, Definition>,
) => EventCursor {
  const kinds = Object.fromEntries(Object.keys(layout.scalars).map((name) => [name, store.kindOf(name)]));
  const names = [
    ...Object.keys(layout.collections),
    ...Object.keys(layout.records),
    ...Object.keys(layout.scalars),
    ...defined,
  ];
  const collections = Object.keys(layout.collections).map((name, k) => {
    const text = JSON.stringify(name);
    return `get [${text}]() { return listOf(this.$c[${k}] ?? (this.$c[${k}] = this.$scope.collection(${text})), this.$i); }`;
  });
  const records = Object.keys(layout.records).map((name, k) => {
    const text = JSON.stringify(name);
    return `get [${text}]() {
      const r = this.$r[${k}] ?? (this.$r[${k}] = this.$scope.record(${text}).acquire());
      r.$i = this.$i; return r;
    }`;
  });
  const definitions = defined.map(
    (name, k) => `get [${JSON.stringify(name)}]() { return this.$d[${k}].at(this.$i, this); }`,
  );
  const source = `return class extends Scalars {
    constructor(scope, definitions) {
      super(new Store(scope.columns, "", scope.columns.layout.scalars, false));
      this.$scope = scope; this.$d = [...definitions.values()]; this.$r = []; this.$c = [];
    }
    ${[...collections, ...records, ...definitions].join("\n")}
    $names() { return { owner: "events", names: ${JSON.stringify(names)} }; }
  }`;
  return new Function("Scalars", "Store", "listOf", source)(cursorClass("", kinds, false), Store, listOf);
}

function listOf(store: Store, row: number): EventList {
  const { offsets } = store;
  const items = rangeSource(store, offsets[row]!, offsets[row + 1]!);
  return eventList(store.plain ? mapped(items, plainValue) : items);
}

const plainValue = ((item: { readonly value: unknown }) => item.value) as unknown as Lambda;
