import type { Cursor } from "./cursor.ts";
import { EventList } from "./event-list.ts";
import { grown } from "./growable.ts";
import { memberClass } from "./member-class.ts";
import { emptyList } from "./nothing.ts";
import { codesOf, type ItemStore, type Slots, type Source } from "./source.ts";
import { codedSource } from "./stored-source.ts";

/** A list that stands beside an item, reused for one list after the other: the second thing a lambda of `pairsWith` receives. */
export interface PartnerList extends EventList, Cursor {
  readonly $store: PartnerLists;
  $source: Source;
  /** The code of a kept list; to read it is to keep the list, to set it is to become that list. */
  $i: number;
  /** Makes it the list over `source`. */
  $over(source: Source): void;
}

/**
 * Lends the lists that stand beside items. A list that outlives its event (its pair was sorted, picked or defined) is known by a
 * code, as an object is by its index. Cost: four bytes for each item of a kept list, for as long as the attempt at the chunk lasts.
 */
export class PartnerLists implements ItemStore {
  readonly name: string;
  readonly members: Readonly<Record<string, string>> = {};
  readonly memberKey: string = "";
  /** Itself, as the stores of a slot. */
  readonly stores: readonly PartnerLists[] = [this];
  /** Of the items of the lists. */
  private readonly slots: Slots;
  private items = new Int32Array(64);
  /** Kept list `k` is items `starts[k]` to `starts[k + 1]`. */
  private readonly starts = [0];
  private readonly free: PartnerList[] = [];

  constructor(stores: readonly ItemStore[]) {
    this.slots = [stores];
    this.name = `list of ${stores.map((store) => store.name).join(" or ")}`;
  }

  acquire(): PartnerList {
    return this.free.pop() ?? this.make();
  }

  release(list: Cursor): void {
    this.free.push(list as PartnerList);
  }

  private make(): PartnerList {
    const list = new (memberClass(EventList, this.slots))(this.kept(-1));
    let code: number | undefined = -1;
    const own = {
      $store: { value: this },
      $over: {
        value(source: Source): void {
          (list as PartnerList).$source = source;
          code = undefined;
        },
      },
      $i: {
        get: (): number => {
          code ??= this.keep(list.$source);
          return code;
        },
        set: (kept: number): void => {
          (list as PartnerList).$source = this.kept(kept);
          code = kept;
        },
      },
    };
    return Object.defineProperties(list, own) as PartnerList;
  }

  private keep(source: Source): number {
    const codes = codesOf(source);
    const start = this.starts.at(-1)!;
    while (this.items.length < start + codes.length) this.items = grown(this.items);
    this.items.set(codes, start);
    return this.starts.push(start + codes.length) - 2;
  }

  /** A kept list; −1 is the empty one. */
  private kept(code: number): Source {
    return codedSource(this.slots, this.items, this.starts[code] ?? 0, code < 0 ? 0 : this.starts[code + 1]!);
  }
}

/** What lends lists of items of these stores: the same for the same stores. */
export function partnersOf(stores: readonly ItemStore[]): PartnerLists {
  let known = partners.get(stores);
  if (known === undefined) {
    known = new PartnerLists(stores);
    partners.set(stores, known);
  }
  return known;
}

const partners = new WeakMap<readonly ItemStore[], PartnerLists>();

/** Stands where lists have no item that says what they are lists of; every code is the empty list. */
export const emptyPartners: ItemStore = {
  name: "list of nothing",
  members: {},
  memberKey: "",
  acquire: () => emptyList() as unknown as Cursor,
  release: () => {},
};
