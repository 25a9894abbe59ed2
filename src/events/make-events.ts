import type { ChunkColumns } from "./chunk-columns.ts";
import { type CollectionChain, collectionChain } from "./collection-chain.ts";
import { type ColumnOverEvents, mappedEvents, storedColumn } from "./column-over-events.ts";
import type { Definition } from "./definition.ts";
import type { Events, Metadata } from "./events.ts";
import type { Chain } from "./loop-text.ts";
import { nothing } from "./nothing.ts";
import { Scope } from "./scope.ts";
import type { Lambda } from "./source.ts";
import { type NameSpace, unknownNames } from "./unknown-name.ts";
import { View } from "./view.ts";

/** The events of a chunk over the columns read so far. Cost: none until something is asked for. */
export function makeEvents<E>(columns: ChunkColumns, metadata: Metadata): Events<E> {
  return eventsOf(new View(new Scope(columns, metadata), new Map(), {})) as Events<E>;
}

/** The run-time form of `Events`: names are served by getters of a class made for the layout and the definitions. */
class EventsOfView {
  readonly $view: View;

  constructor(view: View) {
    this.$view = view;
  }

  get length(): number {
    return this.$view.length;
  }

  get metadata(): Metadata {
    return this.$view.scope.metadata;
  }

  define(definitions: Readonly<Record<string, (e: unknown) => unknown>>): EventsOfView {
    return eventsOf(this.$view.define(definitions));
  }

  filter(f: Lambda): EventsOfView {
    return eventsOf(this.$view.filter(f));
  }

  map(f: Lambda): ColumnOverEvents {
    return mappedEvents(this.$view, f);
  }

  $names(): NameSpace {
    const { layout } = this.$view.scope.columns;
    const { collections, records, scalars } = layout;
    const names = [collections, records, scalars].flatMap((group) => Object.keys(group));
    return { owner: "events", names: [...names, ...this.$view.definitions.keys()] };
  }

  $print(): string {
    return `${this.$view.scope.columns.length} events: ${this.$names().names.join(", ")}`;
  }
}
Object.setPrototypeOf(EventsOfView.prototype, unknownNames);

function eventsOf(view: View): EventsOfView {
  const { scope } = view;
  const { collections, records, scalars } = scope.columns.layout;
  const events = new EventsOfView(view);
  const offer = (name: string, get: () => unknown): void => {
    if (!(name in EventsOfView.prototype)) Object.defineProperty(events, name, { get, enumerable: true });
  };
  for (const name of Object.keys(collections)) offer(name, () => collectionOf(view, name));
  for (const name of Object.keys(records)) offer(name, () => recordOf(view, name));
  for (const name of Object.keys(scalars)) offer(name, () => storedColumn(view, scope.events, name));
  for (const [name, definition] of view.definitions) offer(name, () => defined(view, definition));
  return events;
}

function collectionOf(view: View, name: string): CollectionChain {
  const store = view.scope.collection(name);
  const items: Chain = { from: { kind: "store", store }, steps: [], slots: store.slots };
  const plain = store.plain;
  return collectionChain(
    view,
    plain ? { ...items, steps: [{ kind: "member", name: "value" }], slots: undefined } : items,
  );
}

/** A record's members as columns over the events. */
function recordOf(view: View, name: string): object {
  const store = view.scope.record(name);
  const names = (): NameSpace => ({ owner: name, names: Object.keys(store.members) });
  const record = Object.create(unknownNames, {
    $names: { value: names },
    $print: { value: () => `${name} of ${view.length} events` },
  });
  for (const member of Object.keys(store.members))
    Object.defineProperty(record, member, { get: () => storedColumn(view, store, member), enumerable: true });
  return record;
}

/** A definition over the events of a view: a column or a collection, as its lambda answered. */
function defined(view: View, definition: Definition): unknown {
  view.evaluate(definition);
  const { kind, lists } = definition;
  if (kind === undefined) return nothing(view);
  if (kind !== "values") {
    const { slots } = lists!;
    return collectionChain(view, { from: { kind: "stored", lists: () => lists! }, steps: [], slots });
  }
  return mappedEvents(view, definedValue(definition.name));
}

const definedValue = (name: string): Lambda => ((e: Record<string, unknown>) => e[name]) as unknown as Lambda;
