import type { Column } from "../jagged/index.ts";
import type { Cursor } from "./cursor.ts";
import type { EventList } from "./event-list.ts";
import { grown } from "./growable.ts";
import { emptyPartners } from "./partner-lists.ts";
import { encode, type Slots } from "./source.ts";

/** Lists computed for events: entry `row` is items `starts[row]` to `starts[row] + counts[row]`. */
export interface StoredLists {
  /** Stores of the items by slot; absent for lists of values. */
  readonly slots: Slots | undefined;
  readonly starts: Int32Array;
  readonly counts: Int32Array;
  /** One code per slot and item (see `encode`). */
  codes: Int32Array;
  values: unknown[];
  /** An empty column of the type that values of a stored member have. */
  readonly type?: Column | undefined;
}

/** Room for the lists of `events` events and, at first, `items` items. */
export function storedLists(slots: Slots | undefined, events: number, items: number): StoredLists {
  return {
    slots,
    starts: new Int32Array(events),
    counts: new Int32Array(events),
    codes: new Int32Array(items * (slots?.length ?? 0)),
    values: [],
  };
}

/** Collects lists for events, in any order of the events. What they are lists of, the first one with items says. */
export class ListStore {
  readonly events: number;
  lists: StoredLists | undefined;
  /** Items of all lists so far. */
  used = 0;

  constructor(events: number) {
    this.events = events;
  }

  /** What is added next belongs to event `row`. */
  begin(row: number): void {
    if (this.lists !== undefined) this.lists.starts[row] = this.used;
  }

  /** Adds the items of a list to event `row`. False if it is a list of something else than those before. */
  add(row: number, list: EventList): boolean {
    if (list.$empty) return true;
    const slots = list.$slots;
    this.lists ??= storedLists(slots, this.events, this.events);
    if (!sameSlots(slots, this.lists.slots)) {
      const known = knownSlots(slots, this.lists.slots);
      if (known === undefined) return false;
      this.lists = { ...this.lists, slots: known };
    }
    const { lists } = this;
    if (list.$keep !== undefined) {
      const used = list.$keep(lists, this.used);
      lists.counts[row]! += used - this.used;
      this.used = used;
      return true;
    }
    const pass = list.$source.open();
    while (pass.next()) {
      if (slots === undefined) lists.values[this.used] = pass.items[0];
      else
        for (const [s, stores] of slots.entries()) {
          const at = this.used * slots.length + s;
          if (at >= lists.codes.length) lists.codes = grown(lists.codes);
          lists.codes[at] = encode(pass.items[s] as Cursor, stores);
        }
      lists.counts[row]!++;
      this.used++;
    }
    pass.close();
    return true;
  }
}

/** True if two lists hold items of the same stores. */
export function sameSlots(a: Slots | undefined, b: Slots | undefined): boolean {
  if (a === b || a === undefined || b === undefined) return a === b;
  return (
    a.length === b.length &&
    a.every((stores, s) => stores.length === b[s]!.length && stores.every((store, k) => store === b[s]![k]))
  );
}

/** The slots of two kinds of lists that differ only where one has `emptyPartners`: there those of the other. */
function knownSlots(a: Slots | undefined, b: Slots | undefined): Slots | undefined {
  if (a === undefined || b === undefined) return undefined;
  const known = a.map((stores, s) => (stores[0] === emptyPartners ? (b[s] ?? stores) : stores));
  const fits = (slots: Slots): boolean =>
    sameSlots(
      slots.map((stores, s) => (stores[0] === emptyPartners ? known[s]! : stores)),
      known,
    );
  return fits(a) && fits(b) ? known : undefined;
}
