import type { Cursor } from "./cursor.ts";
import type { EventList } from "./event-list.ts";
import { emptyPartners, type PartnerList, partnersOf } from "./partner-lists.ts";
import type { ItemStore, Pass, Source } from "./source.ts";

/** Each left item with the whole of another list. */
export function pairedWith(left: Source, right: EventList): Source {
  const partners: readonly ItemStore[] = right.$empty ? [emptyPartners] : partnersOf(right.$source.slots![0]!).stores;
  const slots = [left.slots![0]!, partners];
  const open = (): Pass => new PairedPass(left.open(), right.$source, partners[0]!);
  return left.size === undefined ? { slots, open } : { slots, size: left.size, open };
}

class PairedPass implements Pass {
  readonly items: unknown[];
  readonly pass: Pass;
  readonly partners: ItemStore;

  constructor(pass: Pass, right: Source, partners: ItemStore) {
    const list = partners.acquire() as PartnerList;
    list.$over(right);
    this.items = [undefined, list];
    this.pass = pass;
    this.partners = partners;
  }

  next(): boolean {
    if (!this.pass.next()) return false;
    this.items[0] = this.pass.items[0];
    return true;
  }

  close(): void {
    this.pass.close();
    this.partners.release(this.items[1] as Cursor);
  }
}
