import type { Cursor } from "./cursor.ts";
import { holds } from "./range-loops.ts";
import {
  borrowed,
  type FilteredRange,
  giveBack,
  type Lambda,
  type Pass,
  place,
  type Slots,
  type Source,
} from "./source.ts";
import type { Store } from "./store.ts";

/** Items `start` to `stop` of a store. */
export function rangeSource(store: Store, start: number, stop: number): Source {
  return new RangeSource(store, start, stop, noConditions);
}

/** Those items of a range for which one more condition is true. */
export function filteredRange({ store, start, stop, conditions }: FilteredRange, condition: Lambda): Source {
  return new RangeSource(store, start, stop, [...conditions, condition]);
}

const noConditions: readonly Lambda[] = [];

class RangeSource implements Source, FilteredRange {
  readonly store: Store;
  readonly start: number;
  readonly stop: number;
  readonly conditions: readonly Lambda[];

  constructor(store: Store, start: number, stop: number, conditions: readonly Lambda[]) {
    this.store = store;
    this.start = start;
    this.stop = stop;
    this.conditions = conditions;
  }

  get range(): FilteredRange {
    return this;
  }

  get slots(): Slots {
    return this.store.slots;
  }

  get size(): number | undefined {
    return this.conditions.length === 0 ? this.stop - this.start : undefined;
  }

  open(): Pass {
    return new RangePass(this);
  }
}

class RangePass implements Pass {
  readonly items: unknown[];
  readonly cursor: Cursor;
  readonly stop: number;
  readonly conditions: readonly Lambda[];

  constructor({ store, start, stop, conditions }: FilteredRange) {
    this.cursor = store.acquire();
    this.items = [this.cursor];
    this.stop = stop;
    this.conditions = conditions;
    this.cursor.$i = start - 1;
  }

  next(): boolean {
    const { cursor } = this;
    while (++cursor.$i < this.stop) if (holds(this.conditions, cursor)) return true;
    return false;
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
