import { CortadoError } from "../errors.ts";
import type { Cursor } from "./cursor.ts";
import { EventList } from "./event-list.ts";
import { orderByKey } from "./order.ts";
import { call, encode, type Lambda, type Pass, type Slots, type Source } from "./source.ts";
import { sameSlots } from "./stored-lists.ts";
import { codedSource, valueSource } from "./stored-source.ts";

/** The items of a pass, kept: codes for objects, values otherwise. */
class Gathered {
  readonly slots: Slots | undefined;
  readonly codes: number[] = [];
  readonly values: unknown[] = [];
  length = 0;

  constructor(slots: Slots | undefined) {
    this.slots = slots;
  }

  add(items: readonly unknown[]): void {
    this.length++;
    if (this.slots === undefined) this.values.push(items[0]);
    else for (const [s, stores] of this.slots.entries()) this.codes.push(encode(items[s] as Cursor, stores));
  }

  /** The items at the given positions. */
  at(positions: Int32Array): Source {
    if (this.slots === undefined)
      return valueSource(
        Array.from(positions, (k) => this.values[k]),
        0,
        positions.length,
      );
    const width = this.slots.length;
    const codes = new Int32Array(positions.length * width);
    positions.forEach((k, i) => {
      for (let s = 0; s < width; s++) codes[i * width + s] = this.codes[k * width + s]!;
    });
    return codedSource(this.slots, codes, 0, positions.length);
  }

  all(): Source {
    return this.at(Int32Array.from({ length: this.length }, (_, k) => k));
  }
}

/** The items by rising key. */
export function sorted(source: Source, f: Lambda): Source {
  return later(source.slots, source.size, () => {
    const gathered = new Gathered(source.slots);
    const keys: number[] = [];
    each(source, (items) => {
      gathered.add(items);
      keys.push(call(f, items) as number);
    });
    const order = new Int32Array(keys.length);
    orderByKey(keys, keys.length, order);
    return gathered.at(order);
  });
}

/** The last item, if there is one. */
export function lastOf(source: Source): Source {
  return later(source.slots, undefined, () => {
    const gathered = new Gathered(source.slots);
    each(source, (items) => {
      gathered.codes.length = gathered.values.length = gathered.length = 0;
      gathered.add(items);
    });
    return gathered.all();
  });
}

/**
 * The items of the lists that a lambda makes of each item. What they are, the first list says, so they are gathered at once;
 * `undefined` where there is no item to make a list of.
 */
export function flattened(source: Source, f: Lambda): Source | undefined {
  let gathered: Gathered | undefined;
  each(source, (items) => {
    const inner = call(f, items);
    if ((inner as Partial<EventList> | undefined)?.$empty === true) return;
    if (!(inner instanceof EventList)) throw needsList();
    const { slots } = inner.$source;
    gathered ??= new Gathered(slots);
    if (!sameSlots(slots, gathered.slots)) throw otherLists();
    each(inner.$source, (found) => gathered!.add(found));
  });
  return gathered?.all();
}

export function needsList(): CortadoError<"UsageError"> {
  return new CortadoError("UsageError", "flatMap: the lambda must answer a list; for values use map", {
    code: "BadArgument",
  });
}

export function otherLists(): CortadoError<"ShapeError"> {
  return new CortadoError(
    "ShapeError",
    "flatMap: the lambda must answer lists of the same collections for every item",
    {
      code: "TypeMismatch",
    },
  );
}

/** A source that is worked out each time it is opened. */
function later(slots: Slots | undefined, size: number | undefined, make: () => Source): Source {
  const open = (): Pass => make().open();
  return size === undefined ? { slots, open } : { slots, size, open };
}

function each(source: Source, use: (items: readonly unknown[]) => void): void {
  const pass = source.open();
  while (pass.next()) use(pass.items);
  pass.close();
}
