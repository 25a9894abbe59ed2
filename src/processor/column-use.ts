import type { ChunkColumns, EventLayout } from "../events/index.ts";

/** What a processor uses of the events, found by running it. Plain data. */
export interface ColumnUse {
  /** Canonical names of the columns. */
  readonly columns: readonly string[];
  /** Collections whose list lengths are used. */
  readonly offsets: readonly string[];
}

export const nothingUsed: ColumnUse = { columns: [], offsets: [] };

/** What the last attempt on a chunk touched, sorted. */
export function useOf(columns: ChunkColumns): ColumnUse {
  return { columns: [...columns.touched].sort(), offsets: [...columns.touchedOffsets].sort() };
}

/** Everything that `a` or `b` use, sorted; `a` itself if `b` adds nothing. */
export function joinUse(a: ColumnUse, b: ColumnUse): ColumnUse {
  const columns = new Set([...a.columns, ...b.columns]);
  const offsets = new Set([...a.offsets, ...b.offsets]);
  if (columns.size === a.columns.length && offsets.size === a.offsets.length) return a;
  return { columns: [...columns].sort(), offsets: [...offsets].sort() };
}

/**
 * The columns of a file to read for a use: those used, as far as the file has them, and for each collection whose list
 * lengths are used but none of its members the column that gives them at least cost: its counter, else the stored
 * member with the fewest bytes. `size` gives the compressed bytes of a column by canonical name.
 */
export function columnsToRead(layout: EventLayout, use: ColumnUse, size: (name: string) => number): string[] {
  const wanted = new Set(use.columns.filter((name) => Object.hasOwn(layout.columns, name)));
  for (const collection of use.offsets) {
    const known = [...wanted].some((name) => givesLengths(layout, name, collection));
    const cheapest = known ? undefined : cheapestLengths(layout, collection, size);
    if (cheapest !== undefined) wanted.add(cheapest);
  }
  return [...wanted].sort();
}

function givesLengths(layout: EventLayout, name: string, collection: string): boolean {
  return layout.columns[name]?.collection === collection || layout.collections[collection]?.counter === name;
}

/** The column that gives a collection's list lengths when nothing else of it is used; `undefined` if there is none. */
export function cheapestLengths(
  layout: EventLayout,
  collection: string,
  size: (name: string) => number,
): string | undefined {
  if (!Object.hasOwn(layout.collections, collection)) return undefined;
  const { counter, self, members } = layout.collections[collection]!;
  if (counter !== undefined && isStored(layout, counter)) return counter;
  if (self !== undefined && isStored(layout, self)) return self;
  const stored = Object.values(members).filter((name) => isStored(layout, name));
  const sizes = stored.map((name) => ({ name, bytes: size(name) }));
  sizes.sort((a, b) => a.bytes - b.bytes || (a.name < b.name ? -1 : 1));
  return sizes[0]?.name;
}

function isStored(layout: EventLayout, name: string): boolean {
  return layout.columns[name]!.computed === undefined;
}
