import type { ChunkColumns } from "./chunk-columns.ts";
import type { Metadata } from "./events.ts";
import { Store } from "./store.ts";

/** Everything the views of one attempt at a chunk share. */
export class Scope {
  readonly columns: ChunkColumns;
  readonly metadata: Metadata;
  readonly variation: string;
  private readonly stores = new Map<string, Store>();

  constructor(columns: ChunkColumns, metadata: Metadata, variation = "nominal") {
    this.columns = columns;
    this.metadata = metadata;
    this.variation = variation;
  }

  /** The events themselves: their single values. */
  get events(): Store {
    return this.store("", this.columns.layout.scalars, false);
  }

  /** The objects of a collection. */
  collection(name: string): Store {
    return this.store(name, this.columns.layout.collections[name]!.members, true);
  }

  /** The one object an event has of a record. */
  record(name: string): Store {
    return this.store(name, this.columns.layout.records[name]!, false);
  }

  /** Whether the file has a collection or any of a record; `undefined` for other names. */
  has(name: string): boolean | undefined {
    const { collections, records, columns } = this.columns.layout;
    if (Object.hasOwn(collections, name)) return collections[name]!.missing !== true;
    if (!Object.hasOwn(records, name)) return undefined;
    return Object.values(records[name]!).some((column) => columns[column]!.computed?.kind !== "missing");
  }

  private store(name: string, members: Readonly<Record<string, string>>, lists: boolean): Store {
    let store = this.stores.get(name);
    if (store === undefined) {
      store = new Store(this.columns, name, members, lists, (other) => this.collection(other));
      this.stores.set(name, store);
    }
    return store;
  }
}
