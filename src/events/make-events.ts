import type { ChunkColumns } from "./chunk-columns.ts";
import { type ColumnOverEvents, mappedEvents, storedColumn } from "./column-over-events.ts";
import type { Events, Metadata } from "./events.ts";
import { expressionColumn, expressionCondition } from "./expression-over-events.ts";
import { isMask, type MaskColumn, maskedView } from "./masked-view.ts";
import { collectionOf, defined, recordOf } from "./names-over-events.ts";
import { type ParquetColumns, type ParquetRows, parquetRows } from "./parquet-rows.ts";
import { Scope } from "./scope.ts";
import type { Lambda } from "./source.ts";
import { type NameSpace, unknownNames } from "./unknown-name.ts";
import { type Changes, variedView } from "./varied-columns.ts";
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

  get variation(): string {
    return this.$view.scope.variation;
  }

  define(definitions: Readonly<Record<string, (e: unknown) => unknown>>): EventsOfView {
    return eventsOf(this.$view.define(definitions));
  }

  vary(name: string, changes: Changes): EventsOfView {
    return eventsOf(variedView(this.$view, name, changes));
  }

  filter(f: Lambda | string | MaskColumn): EventsOfView {
    if (typeof f !== "string" && isMask(f)) return eventsOf(maskedView(this.$view, f));
    return eventsOf(this.$view.filter(typeof f === "string" ? expressionCondition(this.$view, f) : f));
  }

  column(expression: string): unknown {
    return expressionColumn(this.$view, expression);
  }

  map(f: Lambda): ColumnOverEvents {
    return mappedEvents(this.$view, f);
  }

  toParquet(file: string, columns: ParquetColumns): ParquetRows {
    return parquetRows(this.$view, file, columns);
  }

  $names(): NameSpace {
    const { layout } = this.$view.scope.columns;
    const { collections, records, scalars, absent } = layout;
    const names = [collections, records, scalars].flatMap((group) => Object.keys(group));
    return { owner: "events", names: [...names, ...this.$view.definitions.keys()], absent };
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
