import type { Cursor } from "./cursor.ts";
import { borrowed, giveBack, type Pass, place, type Slots, type Source } from "./source.ts";
import type { Store } from "./store.ts";

/** Items `start` to `stop` of a store. */
export function rangeSource(store: Store, start: number, stop: number): Source {
  return { slots: store.slots, size: stop - start, open: () => new RangePass(store.acquire(), start, stop) };
}

class RangePass implements Pass {
  readonly items: unknown[];
  readonly cursor: Cursor;
  readonly stop: number;

  constructor(cursor: Cursor, start: number, stop: number) {
    this.items = [cursor];
    this.cursor = cursor;
    this.stop = stop;
    cursor.$i = start - 1;
  }

  next(): boolean {
    return ++this.cursor.$i < this.stop;
  }

  close(): void {
    this.cursor.$store.release(this.cursor);
  }
}

/** Items given by their codes, one for each slot: items `start` to `stop` of `codes`. */
export function codedSource(slots: Slots, codes: Int32Array, start: number, stop: number): Source {
  return { slots, size: stop - start, open: () => new CodedPass(borrowed(slots), codes, start, stop) };
}

class CodedPass implements Pass {
  readonly items: unknown[];
  readonly cursors: readonly (readonly Cursor[])[];
  readonly codes: Int32Array;
  readonly stop: number;
  k: number;

  constructor(cursors: readonly (readonly Cursor[])[], codes: Int32Array, start: number, stop: number) {
    this.items = cursors.map((c) => c[0]);
    this.cursors = cursors;
    this.codes = codes;
    this.stop = stop;
    this.k = start - 1;
  }

  next(): boolean {
    if (++this.k >= this.stop) return false;
    const width = this.cursors.length;
    for (let s = 0; s < width; s++) this.items[s] = place(this.codes[this.k * width + s]!, this.cursors[s]!);
    return true;
  }

  close(): void {
    giveBack(this.cursors);
  }
}

/** Values `start` to `stop` of an array. */
export function valueSource(values: ArrayLike<unknown>, start: number, stop: number): Source {
  return { slots: undefined, size: stop - start, open: () => new ValuePass(values, start, stop) };
}

class ValuePass implements Pass {
  readonly items: unknown[] = [undefined];
  readonly values: ArrayLike<unknown>;
  readonly stop: number;
  k: number;

  constructor(values: ArrayLike<unknown>, start: number, stop: number) {
    this.values = values;
    this.stop = stop;
    this.k = start - 1;
  }

  next(): boolean {
    if (++this.k >= this.stop) return false;
    this.items[0] = this.values[this.k];
    return true;
  }

  close(): void {}
}
