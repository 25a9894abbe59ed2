import { type CollectionChain, collectionChain } from "./collection-chain.ts";
import { mappedEvents, storedColumn } from "./column-over-events.ts";
import type { Cursor } from "./cursor.ts";
import type { Definition } from "./definition.ts";
import type { Chain } from "./loop-text.ts";
import { nothing } from "./nothing.ts";
import type { Lambda } from "./source.ts";
import { type NameSpace, unknownNames } from "./unknown-name.ts";
import type { View } from "./view.ts";

/** All events' lists of a collection. */
export function collectionOf(view: View, name: string): CollectionChain {
  const store = view.scope.collection(name);
  const items: Chain = { from: { kind: "store", store }, steps: [], slots: store.slots };
  const plain = store.plain;
  return collectionChain(
    view,
    plain ? { ...items, steps: [{ kind: "member", name: "value", stores: [store] }], slots: undefined } : items,
  );
}

/** A record's members as columns over the events. */
export function recordOf(view: View, name: string): object {
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
export function defined(view: View, definition: Definition): unknown {
  view.evaluate(definition);
  const { kind, lists } = definition;
  if (kind === undefined) return nothing(view);
  if (kind !== "values") {
    const { slots } = lists!;
    return collectionChain(view, { from: { kind: "stored", lists: () => lists! }, steps: [], slots });
  }
  return mappedEvents(view, ((e: Cursor) => definition.at(e.$i)) as unknown as Lambda);
}
