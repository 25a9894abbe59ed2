/**
 * The loops of one event's list where it is a range of a store, filtered or not: the common case, without a pass object.
 * The cursor is placed on each item; conditions come first.
 */
import type { Cursor } from "./cursor.ts";
import type { FilteredRange, Lambda } from "./source.ts";
import { truth } from "./truth.ts";

type OfItem = (item: unknown) => unknown;

/** True if all conditions are true of the item. */
export function holds(conditions: readonly Lambda[], item: Cursor): boolean {
  for (let k = 0; k < conditions.length; k++) {
    const answer = (conditions[k] as unknown as OfItem)(item);
    if (answer !== true && (answer === false || !truth(answer))) return false;
  }
  return true;
}

/** Sum of what `f` makes of the items. */
export function sumOver({ store, start, stop, conditions }: FilteredRange, f: Lambda): number {
  const value = f as unknown as (item: unknown) => number;
  const cursor = store.acquire();
  let total = 0;
  if (conditions.length === 1) {
    const only = conditions[0] as unknown as OfItem;
    for (let i = start; i < stop; i++) {
      cursor.$i = i;
      const answer = only(cursor);
      if (answer === true || (answer !== false && truth(answer))) total += value(cursor);
    }
  } else
    for (let i = start; i < stop; i++) {
      cursor.$i = i;
      if (holds(conditions, cursor)) total += value(cursor);
    }
  store.release(cursor);
  return total;
}

/** Number of items, or of those for which `f` is true. */
export function countOver({ store, start, stop, conditions }: FilteredRange, f: Lambda | undefined): number {
  const only = (f !== undefined && conditions.length === 0 ? f : undefined) as unknown as OfItem | undefined;
  const all = f === undefined || only !== undefined ? conditions : [...conditions, f];
  const cursor = store.acquire();
  let n = 0;
  if (only !== undefined) {
    for (let i = start; i < stop; i++) {
      cursor.$i = i;
      const answer = only(cursor);
      if (answer === true || (answer !== false && truth(answer))) n++;
    }
  } else
    for (let i = start; i < stop; i++) {
      cursor.$i = i;
      if (holds(all, cursor)) n++;
    }
  store.release(cursor);
  return n;
}

/** True if there is an item for which `f` answers `wanted`. */
export function findOver({ store, start, stop, conditions }: FilteredRange, f: Lambda, wanted: boolean): boolean {
  const value = f as unknown as OfItem;
  const cursor = store.acquire();
  let found = false;
  for (let i = start; i < stop && !found; i++) {
    cursor.$i = i;
    found = holds(conditions, cursor) && truth(value(cursor)) === wanted;
  }
  store.release(cursor);
  return found;
}
