import type { Cursor } from "./cursor.ts";
import type { Store } from "./store.ts";
import { truth } from "./truth.ts";

/** The stores an item may come from, one entry for each slot of a combination; several after `concat`. */
export type Slots = readonly (readonly Store[])[];

export type Lambda = (...items: never[]) => unknown;

/** One pass over a list: `next` moves on, `items` are what a lambda receives. Close it when done. */
export interface Pass {
  readonly items: unknown[];
  next(): boolean;
  close(): void;
}

/** The items of one event, described; every `open` is an independent pass. Lists of values have no slots. */
export interface Source {
  readonly slots: Slots | undefined;
  /** Number of items where it is known without a pass. */
  readonly size?: number;
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
export function encode(item: Cursor, stores: readonly Store[]): number {
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
function borrowed(slots: Slots): Cursor[][] {
  return slots.map((stores) => stores.map((store) => store.acquire()));
}

function giveBack(cursors: readonly (readonly Cursor[])[]): void {
  for (const slot of cursors) for (const cursor of slot) cursor.$store.release(cursor);
}

/** Items `start` to `stop` of a store. */
export function rangeSource(store: Store, start: number, stop: number): Source {
  return {
    slots: store.slots,
    size: stop - start,
    open() {
      const cursor = store.acquire();
      cursor.$i = start - 1;
      return {
        items: [cursor],
        next: () => ++cursor.$i < stop,
        close: () => store.release(cursor),
      };
    },
  };
}

/** Items given by their codes, one for each slot: items `start` to `stop` of `codes`. */
export function codedSource(slots: Slots, codes: Int32Array, start: number, stop: number): Source {
  const width = slots.length;
  return {
    slots,
    size: stop - start,
    open() {
      const cursors = borrowed(slots);
      const items: unknown[] = cursors.map((c) => c[0]);
      let k = start - 1;
      return {
        items,
        next: () => {
          if (++k >= stop) return false;
          for (let s = 0; s < width; s++) items[s] = place(codes[k * width + s]!, cursors[s]!);
          return true;
        },
        close: () => giveBack(cursors),
      };
    },
  };
}

/** Values `start` to `stop` of an array. */
export function valueSource(values: ArrayLike<unknown>, start: number, stop: number): Source {
  return {
    slots: undefined,
    size: stop - start,
    open() {
      const items: unknown[] = [undefined];
      let k = start - 1;
      return {
        items,
        next: () => {
          if (++k >= stop) return false;
          items[0] = values[k];
          return true;
        },
        close: () => {},
      };
    },
  };
}

export function filtered(source: Source, f: Lambda): Source {
  return {
    slots: source.slots,
    open() {
      const pass = source.open();
      return {
        items: pass.items,
        next: () => {
          while (pass.next()) if (truth(call(f, pass.items))) return true;
          return false;
        },
        close: pass.close,
      };
    },
  };
}

export function mapped(source: Source, f: Lambda): Source {
  return {
    slots: undefined,
    ...(source.size !== undefined && { size: source.size }),
    open() {
      const pass = source.open();
      const items: unknown[] = [undefined];
      return {
        items,
        next: () => {
          if (!pass.next()) return false;
          items[0] = call(f, pass.items);
          return true;
        },
        close: pass.close,
      };
    },
  };
}

/** All combinations i < j < … of `n` items in lexicographic order. */
export function combinationsOf(source: Source, n: number): Source {
  const alternatives = source.slots![0]!;
  const slots: Slots = Array.from({ length: n }, () => alternatives);
  return {
    slots,
    open() {
      const codes = codesOf(source);
      const cursors = borrowed(slots);
      const items: unknown[] = cursors.map((c) => c[0]);
      const at = Array.from({ length: n }, (_, k) => k);
      at[n - 1]!--;
      let fresh = true;
      return {
        items,
        next: () => {
          let k = n - 1;
          while (k >= 0 && at[k]! >= codes.length - n + k) k--;
          if (k < 0) return false;
          at[k]!++;
          for (let j = k + 1; j < n; j++) at[j] = at[j - 1]! + 1;
          for (let j = fresh ? 0 : k; j < n; j++) items[j] = place(codes[at[j]!]!, cursors[j]!);
          fresh = false;
          return true;
        },
        close: () => giveBack(cursors),
      };
    },
  };
}

/** Every pair of a left and a right item, left outermost. */
export function cartesianOf(left: Source, right: Source): Source {
  return {
    slots: [left.slots![0]!, right.slots![0]!],
    ...(left.size !== undefined && right.size !== undefined && { size: left.size * right.size }),
    open() {
      const outer = left.open();
      const items: unknown[] = [undefined, undefined];
      let inner: Pass | undefined;
      return {
        items,
        next: () => {
          for (;;) {
            if (inner?.next()) {
              items[1] = inner.items[0];
              return true;
            }
            inner?.close();
            inner = undefined;
            if (!outer.next()) return false;
            items[0] = outer.items[0];
            inner = right.open();
          }
        },
        close: () => {
          inner?.close();
          outer.close();
        },
      };
    },
  };
}

/** The items of `left`, then those of `right`; an item knows the store it is from. */
export function concatenated(left: Source, right: Source): Source {
  const slots = left.slots === undefined ? undefined : [[...new Set([...left.slots[0]!, ...right.slots![0]!])]];
  return {
    slots,
    ...(left.size !== undefined && right.size !== undefined && { size: left.size + right.size }),
    open() {
      let pass = left.open();
      let second = false;
      const items: unknown[] = [undefined];
      return {
        items,
        next: () => {
          for (;;) {
            if (pass.next()) {
              items[0] = pass.items[0];
              return true;
            }
            if (second) return false;
            pass.close();
            pass = right.open();
            second = true;
          }
        },
        close: () => pass.close(),
      };
    },
  };
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
