import type { Cursor } from "./cursor.ts";
import type { Store } from "./store.ts";

/** What lends cursors over its items, each known by an integer. */
export type ItemStore = Pick<Store, "name" | "members" | "memberKey" | "acquire" | "release"> &
  Partial<Pick<Store, "absent">>;

/** The stores an item may come from, one entry for each slot of a combination; several after `concat`. */
export type Slots = readonly (readonly ItemStore[])[];

export type Lambda = (...items: never[]) => unknown;

/** One pass over a list: `next` moves on, `items` are what a lambda receives. Close it when done. */
export interface Pass {
  readonly items: unknown[];
  next(): boolean;
  close(): void;
}

/** Items `start` to `stop` of a store for which all conditions are true. */
export interface FilteredRange {
  readonly store: Store;
  readonly start: number;
  readonly stop: number;
  readonly conditions: readonly Lambda[];
}

/** The items of one event, described; every `open` is an independent pass. Lists of values have no slots. */
export interface Source {
  readonly slots: Slots | undefined;
  /** Number of items where it is known without a pass. */
  readonly size?: number | undefined;
  /** Set where the items are a range of one store, filtered or not: what the loops of `range-loops.ts` take. */
  readonly range?: FilteredRange;
  open(): Pass;
}

/** Calls a lambda with the items of a pass. */
export function call(f: Lambda, items: readonly unknown[]): unknown {
  const g = f as (...items: unknown[]) => unknown;
  switch (items.length) {
    case 1:
      return g(items[0]);
    case 2:
      return g(items[0], items[1]);
    case 3:
      return g(items[0], items[1], items[2]);
    default:
      return g(...items);
  }
}

/** An item as one integer: its index, and which store of its slot it is from. */
export function encode(item: Cursor, stores: readonly ItemStore[]): number {
  return stores.length === 1 ? item.$i : item.$i * stores.length + stores.indexOf(item.$store);
}

/** The inverse of `encode`: places the cursor of the right store on the item. */
export function place(code: number, cursors: readonly Cursor[]): Cursor {
  const k = cursors.length;
  const cursor = k === 1 ? cursors[0]! : cursors[code % k]!;
  cursor.$i = k === 1 ? code : Math.trunc(code / k);
  return cursor;
}

/** A cursor for every store of every slot. */
export function borrowed(slots: Slots): Cursor[][] {
  return slots.map((stores) => stores.map((store) => store.acquire()));
}

/** Gives back what `borrowed` took. */
export function giveBack(cursors: readonly (readonly Cursor[])[]): void {
  for (const slot of cursors) for (const cursor of slot) cursor.$store.release(cursor);
}

/** The codes of all items of a list of single items. */
export function codesOf(source: Source): number[] {
  const stores = source.slots![0]!;
  const codes: number[] = [];
  const pass = source.open();
  while (pass.next()) codes.push(encode(pass.items[0] as Cursor, stores));
  pass.close();
  return codes;
}
