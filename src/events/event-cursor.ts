import { type Cursor, cursorClass } from "./cursor.ts";
import type { Definition } from "./definition.ts";
import { mapped } from "./derived-source.ts";
import { type EventList, eventList } from "./event-list.ts";
import type { EventLayout } from "./layout.ts";
import type { Scope } from "./scope.ts";
import type { Lambda } from "./source.ts";
import type { Store, ValueKind } from "./store.ts";
import { rangeSource } from "./stored-source.ts";

/** What an event lambda receives: collections as lists, records as objects, single values, and what was defined. */
export interface EventCursor extends Cursor {
  readonly $scope: Scope;
}

type EventCursorClass = new (scope: Scope, definitions: ReadonlyMap<string, Definition>) => EventCursor;

const classes = new Map<string, EventCursorClass>();

/** A cursor over the events of a chunk; place it with `$i`. */
export function eventCursor(scope: Scope, definitions: ReadonlyMap<string, Definition>): EventCursor {
  const { layout } = scope.columns;
  const { kinds } = scope.events;
  const names = [layout.collections, layout.records].map((group) => Object.keys(group));
  const key = JSON.stringify([kinds, ...names, [...definitions.keys()]]);
  let known = classes.get(key);
  if (known === undefined) {
    known = makeClass(kinds, layout, [...definitions.keys()]);
    classes.set(key, known);
  }
  return new known(scope, definitions);
}

function makeClass(
  kinds: Readonly<Record<string, ValueKind>>,
  layout: EventLayout,
  defined: readonly string[],
): EventCursorClass {
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
      super(scope.events);
      this.$scope = scope; this.$d = [...definitions.values()]; this.$r = []; this.$c = [];
    }
    ${[...collections, ...records, ...definitions].join("\n")}
    has(name) {
      const group = this.$scope.has(name);
      return group === undefined ? super.has(name) : group;
    }
    $names() { return { owner: "events", names: ${JSON.stringify(names)}, absent: this.$scope.columns.layout.absent }; }
  }`;
  return new Function("Scalars", "listOf", source)(cursorClass("", kinds, false), listOf);
}

function listOf(store: Store, row: number): EventList {
  const { offsets } = store;
  const items = rangeSource(store, offsets[row]!, offsets[row + 1]!);
  return eventList(store.plain ? mapped(items, plainValue) : items);
}

const plainValue = ((item: { readonly value: unknown }) => item.value) as unknown as Lambda;
