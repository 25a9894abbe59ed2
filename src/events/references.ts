import { CortadoError } from "../errors.ts";
import { isValid, type PrimitiveColumn } from "../jagged/index.ts";

/** For each object a list of objects, as indices into all objects of a collection in the chunk. */
export interface Links {
  /** Object `i` has `items[starts[i]]` to `items[starts[i + 1]]`. */
  readonly starts: Int32Array;
  readonly items: Int32Array;
}

/**
 * The objects that indices within the event point to. `own` and `target` are the offsets of the two collections; each
 * column gives every object of `own` one index. An index that is not inside the event's list gives nothing, nor does an
 * object with a missing index.
 */
export function references(own: Int32Array, target: Int32Array, indices: readonly PrimitiveColumn[]): Links {
  return resolved(own, target, indices, false);
}

/**
 * Indices within the event as indices into all objects of the target, −1 for one that is not inside the event's list: for
 * each object one of every column, in their order, and none for an object with a missing index.
 */
export function globalIndices(own: Int32Array, target: Int32Array, indices: readonly PrimitiveColumn[]): Links {
  return resolved(own, target, indices, true);
}

/** `outside`: whether an index that is not inside the event's list gives −1, or nothing. */
function resolved(own: Int32Array, target: Int32Array, indices: readonly PrimitiveColumn[], outside: boolean): Links {
  const objects = own.at(-1)!;
  const starts = new Int32Array(objects + 1);
  const items = new Int32Array(objects * indices.length);
  const checked = indices.filter((column) => column.validity !== undefined);
  let used = 0;
  for (let event = 0; event + 1 < own.length; event++) {
    const first = target[event]!;
    const size = target[event + 1]! - first;
    for (let i = own[event]!; i < own[event + 1]!; i++) {
      if (checked.length === 0 || checked.every((column) => isValid(column, i)))
        for (const { values } of indices) {
          const index = Number(values[i]);
          if (index >= 0 && index < size) items[used++] = first + index;
          else if (outside) items[used++] = -1;
        }
      starts[i + 1] = used;
    }
  }
  return { starts, items: items.subarray(0, used) };
}

/** The links backwards, within one collection: for each object those that point to it, in their order. */
export function inverse({ starts, items }: Links): Links {
  const objects = starts.length - 1;
  const back = new Int32Array(objects + 1);
  for (const item of items) back[item + 1]!++;
  for (let i = 0; i < objects; i++) back[i + 1]! += back[i]!;
  const free = back.slice();
  const found = new Int32Array(items.length);
  for (let i = 0; i < objects; i++) for (let k = starts[i]!; k < starts[i + 1]!; k++) found[free[items[k]!]!++] = i;
  return { starts: back, items: found };
}

/** The links with the items of the object's own kind behind the others, both in their order, as coffea has them. */
export function ownKindLast({ starts, items }: Links, kinds: ArrayLike<number | bigint>): Links {
  const ordered = new Int32Array(items.length);
  let used = 0;
  for (let i = 0; i + 1 < starts.length; i++)
    for (const own of [false, true])
      for (let k = starts[i]!; k < starts[i + 1]!; k++)
        if ((kinds[items[k]!] === kinds[i]) === own) ordered[used++] = items[k]!;
  return { starts, items: ordered };
}

/**
 * Ancestors of another kind. `links` holds the parent of each object, `kinds` what it is (its PDG code).
 * `parents` is the nearest ancestor of another kind. `deep` links the ends of a chain of copies (an object whose parent is
 * of another kind, a copy that has no children) to the first copy, if that has a parent itself.
 * Throws `FormatError` if an object is its own ancestor. Cost: the length of the chains of copies.
 */
export function ancestry(
  links: Links,
  kinds: ArrayLike<number | bigint>,
  offsets: Int32Array,
  column: string,
): { readonly parents: Links; readonly deep: Links } {
  const { starts, items } = links;
  const parentOf = (i: number): number => (starts[i + 1]! > starts[i]! ? items[starts[i]!]! : -1);
  const hasChildren = new Uint8Array(starts.length - 1);
  for (const item of items) hasChildren[item] = 1;
  const [parents, deep] = [new Collected(starts.length - 1), new Collected(starts.length - 1)];
  for (let event = 0; event + 1 < offsets.length; event++) {
    const [first, last] = [offsets[event]!, offsets[event + 1]!];
    for (let i = first; i < last; i++) {
      const nearest = above(i, parentOf, kinds, last - first, column, event);
      parents.push(i, nearest.next);
      // The same walk from the parent finds its topmost copy.
      const parent = parentOf(i);
      if (parent < 0 || (kinds[parent] === kinds[i] && hasChildren[i] === 1)) deep.push(i, -1);
      else {
        const { top, next } = above(parent, parentOf, kinds, last - first, column, event);
        deep.push(i, next < 0 ? -1 : top);
      }
    }
  }
  return { parents: parents.links(), deep: deep.links() };
}

/** Up from `i` while the kind is the same: the topmost copy, and the first of another kind above it (−1 for none). */
function above(
  i: number,
  parentOf: (i: number) => number,
  kinds: ArrayLike<number | bigint>,
  most: number,
  column: string,
  event: number,
): { readonly top: number; readonly next: number } {
  let top = i;
  let next = parentOf(i);
  for (let steps = 0; next >= 0 && kinds[next] === kinds[i]; steps++) {
    if (steps > most)
      throw new CortadoError("FormatError", `${column}: an object of event ${event} of the chunk is its own ancestor`, {
        code: "CorruptOffsets",
        column,
      });
    top = next;
    next = parentOf(next);
  }
  return { top, next };
}

/** Links with at most one item an object, given object by object. */
class Collected {
  private readonly starts: Int32Array;
  private readonly items: Int32Array;
  private used = 0;

  constructor(objects: number) {
    this.starts = new Int32Array(objects + 1);
    this.items = new Int32Array(objects);
  }

  push(i: number, item: number): void {
    if (item >= 0) this.items[this.used++] = item;
    this.starts[i + 1] = this.used;
  }

  links(): Links {
    return { starts: this.starts, items: this.items.subarray(0, this.used) };
  }
}
