import { ChunkColumns, type EventLayout, type Events, type LayoutColumn, makeEvents } from "../../src/events/index.ts";
import { type Column, fromList, type ListColumn } from "../../src/jagged/index.ts";

/** A chunk from nested arrays, or columns, by canonical name; lists with a prefix become collections, `X_y` values records. */
export function columnsOf(
  data: Readonly<Record<string, unknown[] | Column>>,
  types: Readonly<Record<string, string>> = {},
): ChunkColumns {
  const columns: Record<string, LayoutColumn> = {};
  const collections: Record<string, { members: Record<string, string>; counter?: string }> = {};
  const records: Record<string, Record<string, string>> = {};
  const scalars: Record<string, string> = {};
  const made = new Map<string, Column>();
  const offsets = new Map<string, Int32Array>();
  for (const [name, values] of Object.entries(data)) {
    let column = Array.isArray(values) ? fromList(values, types[name]) : values;
    const depth = column.kind === "list" ? 1 : 0;
    const inner = column.kind === "list" ? column.content : column;
    const [owner, member] = name.split("_") as [string, string | undefined];
    if (column.kind === "list") {
      const shared = offsets.get(owner) ?? column.offsets;
      offsets.set(owner, shared);
      column = { ...column, offsets: shared } as ListColumn;
      (collections[owner] ??= { members: {} }).members[member!] = name;
    } else if (member !== undefined) (records[owner] ??= {})[member] = name;
    else if (name.startsWith("n") && collections[name.slice(1)] !== undefined) {
      collections[name.slice(1)]!.counter = name;
      scalars[name] = name;
    } else scalars[name] = name;
    columns[name] = {
      path: [name],
      type: inner.kind === "primitive" ? inner.dtype : "string",
      depth,
      nullable: false,
      ...(depth === 1 && { collection: owner }),
      ...(name.startsWith("n") && { collection: name.slice(1) }),
    };
    made.set(name, column);
  }
  const length = Object.values(data)[0]?.length ?? 0;
  const layout: EventLayout = { columns, collections, records, scalars };
  const chunk = new ChunkColumns(layout, length, 100);
  for (const [name, column] of made) chunk.add(name, column);
  chunk.expect(made.keys());
  return chunk;
}

/** What `process` uses of the columns of `all`, found as a run finds it: by replays until nothing is missed. */
export function useOf<E>(all: ChunkColumns, process: (events: Events<E>) => void): ChunkColumns {
  const found = new ChunkColumns(all.layout, all.length, all.start);
  for (let replay = 0; replay < 50; replay++) {
    found.beginAttempt();
    try {
      process(makeEvents<E>(found, metadata));
    } catch (error) {
      if (!found.incomplete) throw error;
    }
    if (!found.incomplete) return found;
    for (const name of found.missed) found.add(name, all.column(name));
    for (const name of found.missedOffsets) found.add(`n${name}`, all.column(`n${name}`));
  }
  throw new Error("no end of replays");
}

const metadata = { dataset: "test", filename: "memory", entrystart: 100, entrystop: 100 };

export function eventsOf<E>(
  data: Readonly<Record<string, unknown[] | Column>>,
  types?: Readonly<Record<string, string>>,
): Events<E> {
  return makeEvents<E>(columnsOf(data, types), {
    dataset: "test",
    filename: "memory",
    entrystart: 100,
    entrystop: 100 + (Object.values(data)[0]?.length ?? 0),
  });
}
