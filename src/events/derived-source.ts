import { type Direction, deltaR } from "../vector/index.ts";
import type { Cursor } from "./cursor.ts";
import {
  borrowed,
  call,
  codesOf,
  encode,
  giveBack,
  type Lambda,
  type Pass,
  place,
  type Slots,
  type Source,
} from "./source.ts";
import { filteredRange } from "./stored-source.ts";
import { truth } from "./truth.ts";

/** The items of `source` for which `f` is true. */
export function filtered(source: Source, f: Lambda): Source {
  if (source.range !== undefined) return filteredRange(source.range, f);
  return { slots: source.slots, open: () => new FilteredPass(source.open(), f) };
}

class FilteredPass implements Pass {
  readonly items: unknown[];
  readonly pass: Pass;
  readonly f: Lambda;

  constructor(pass: Pass, f: Lambda) {
    this.items = pass.items;
    this.pass = pass;
    this.f = f;
  }

  next(): boolean {
    while (this.pass.next()) if (truth(call(this.f, this.items))) return true;
    return false;
  }

  close(): void {
    this.pass.close();
  }
}

/** What `f` makes of each item. */
export function mapped(source: Source, f: Lambda): Source {
  const open = (): Pass => new MappedPass(source.open(), f);
  return source.size === undefined ? { slots: undefined, open } : { slots: undefined, size: source.size, open };
}

class MappedPass implements Pass {
  readonly items: unknown[] = [undefined];
  readonly pass: Pass;
  readonly f: Lambda;

  constructor(pass: Pass, f: Lambda) {
    this.pass = pass;
    this.f = f;
  }

  next(): boolean {
    if (!this.pass.next()) return false;
    this.items[0] = call(this.f, this.pass.items);
    return true;
  }

  close(): void {
    this.pass.close();
  }
}

/** All combinations i < j < … of `n` items in lexicographic order. */
export function combinationsOf(source: Source, n: number): Source {
  const stores = source.slots![0]!;
  const slots: Slots = Array.from({ length: n }, () => stores);
  return { slots, open: () => new CombinationPass(codesOf(source), slots) };
}

class CombinationPass implements Pass {
  readonly items: unknown[];
  readonly codes: readonly number[];
  readonly cursors: readonly (readonly Cursor[])[];
  /** Positions of the present combination in `codes`. */
  readonly at: number[];
  fresh = true;

  constructor(codes: readonly number[], slots: Slots) {
    this.codes = codes;
    this.cursors = codes.length < slots.length ? [] : borrowed(slots);
    this.items = slots.map((_, s) => this.cursors[s]?.[0]);
    this.at = slots.map((_, s) => s);
  }

  next(): boolean {
    const { at, codes, items, cursors } = this;
    const n = at.length;
    if (codes.length < n) return false;
    let k = n - 1;
    if (this.fresh) {
      this.fresh = false;
      k = 0;
    } else {
      while (k >= 0 && at[k]! >= codes.length - n + k) k--;
      if (k < 0) return false;
      at[k]!++;
      for (let j = k + 1; j < n; j++) at[j] = at[j - 1]! + 1;
    }
    for (let j = k; j < n; j++) items[j] = place(codes[at[j]!]!, cursors[j]!);
    return true;
  }

  close(): void {
    giveBack(this.cursors);
  }
}

/** The first `n` items. */
export function taken(source: Source, n: number): Source {
  const open = (): Pass => new TakePass(source.open(), n);
  return source.size === undefined
    ? { slots: source.slots, open }
    : { slots: source.slots, size: Math.min(n, source.size), open };
}

class TakePass implements Pass {
  readonly items: unknown[];
  readonly pass: Pass;
  left: number;

  constructor(pass: Pass, n: number) {
    this.items = pass.items;
    this.pass = pass;
    this.left = n;
  }

  next(): boolean {
    return this.left-- > 0 && this.pass.next();
  }

  close(): void {
    this.pass.close();
  }
}

/** Each left item with its nearest right item in ΔR, if that is within `threshold`. */
export function nearestOf(left: Source, right: Source, threshold: number): Source {
  const slots: Slots = [left.slots![0]!, right.slots![0]!];
  return { slots, open: () => new NearestPass(left.open(), right, borrowed([slots[1]!])[0]!, threshold) };
}

class NearestPass implements Pass {
  readonly items: unknown[] = [undefined, undefined];
  readonly outer: Pass;
  readonly right: Source;
  readonly partners: readonly Cursor[];
  readonly threshold: number;

  constructor(outer: Pass, right: Source, partners: readonly Cursor[], threshold: number) {
    this.outer = outer;
    this.right = right;
    this.partners = partners;
    this.threshold = threshold;
  }

  next(): boolean {
    const stores = this.right.slots![0]!;
    while (this.outer.next()) {
      const item = this.outer.items[0] as Direction;
      let code = -1;
      let best = Number.POSITIVE_INFINITY;
      const inner = this.right.open();
      while (inner.next()) {
        const distance = deltaR(item, inner.items[0] as Direction);
        if (!(distance < best || (code < 0 && distance === best))) continue;
        best = distance;
        code = encode(inner.items[0] as Cursor, stores);
      }
      inner.close();
      if (code < 0 || best > this.threshold) continue;
      this.items[0] = item;
      this.items[1] = place(code, this.partners);
      return true;
    }
    return false;
  }

  close(): void {
    this.outer.close();
    giveBack([this.partners]);
  }
}

/** Every pair of a left and a right item, left outermost. */
export function cartesianOf(left: Source, right: Source): Source {
  const slots: Slots = [left.slots![0]!, right.slots![0]!];
  const open = (): Pass => new CartesianPass(left.open(), right);
  const size = left.size === undefined || right.size === undefined ? undefined : left.size * right.size;
  return size === undefined ? { slots, open } : { slots, size, open };
}

class CartesianPass implements Pass {
  readonly items: unknown[] = [undefined, undefined];
  readonly outer: Pass;
  readonly right: Source;
  inner: Pass | undefined;

  constructor(outer: Pass, right: Source) {
    this.outer = outer;
    this.right = right;
  }

  next(): boolean {
    for (;;) {
      if (this.inner?.next() === true) {
        this.items[1] = this.inner.items[0];
        return true;
      }
      this.inner?.close();
      this.inner = undefined;
      if (!this.outer.next()) return false;
      this.items[0] = this.outer.items[0];
      this.inner = this.right.open();
    }
  }

  close(): void {
    this.inner?.close();
    this.outer.close();
  }
}

/** The items of `left`, then those of `right`; an item knows the store it is from. */
export function concatenated(left: Source, right: Source): Source {
  const slots = left.slots === undefined ? undefined : unionOf(left.slots, right.slots!);
  const open = (): Pass => new ConcatenatedPass(left.open(), right);
  const size = left.size === undefined || right.size === undefined ? undefined : left.size + right.size;
  return size === undefined ? { slots, open } : { slots, size, open };
}

/** Slots of items from either list; the same object for the same lists, as classes are found by it. */
export function unionOf(left: Slots, right: Slots): Slots {
  let known = unions.get(left)?.get(right);
  if (known === undefined) {
    known = [[...new Set([...left[0]!, ...right[0]!])]];
    if (!unions.has(left)) unions.set(left, new WeakMap());
    unions.get(left)!.set(right, known);
  }
  return known;
}

const unions = new WeakMap<Slots, WeakMap<Slots, Slots>>();

class ConcatenatedPass implements Pass {
  readonly items: unknown[] = [undefined];
  pass: Pass;
  /** What follows, until it is begun. */
  right: Source | undefined;

  constructor(pass: Pass, right: Source) {
    this.pass = pass;
    this.right = right;
  }

  next(): boolean {
    for (;;) {
      if (this.pass.next()) {
        this.items[0] = this.pass.items[0];
        return true;
      }
      if (this.right === undefined) return false;
      this.pass.close();
      this.pass = this.right.open();
      this.right = undefined;
    }
  }

  close(): void {
    this.pass.close();
  }
}
