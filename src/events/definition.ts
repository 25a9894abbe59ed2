import { CortadoError } from "../errors.ts";
import type { Cursor } from "./cursor.ts";
import { EventList, eventList } from "./event-list.ts";
import { grown } from "./growable.ts";
import type { Scalar } from "./item.ts";
import { encode, type Slots } from "./source.ts";
import { codedSource, valueSource } from "./stored-source.ts";

/** What a definition turned out to be when first computed. */
export type DefinedKind = "values" | "items" | "list of values";

/** Lists computed for events: entry `row` is items `starts[row]` to `starts[row] + counts[row]`. */
export interface StoredLists {
  /** Stores of the items by slot; absent for lists of values. */
  readonly slots: Slots | undefined;
  readonly starts: Int32Array;
  readonly counts: Int32Array;
  /** One code per slot and item (see `encode`). */
  codes: Int32Array;
  values: unknown[];
}

/**
 * A value or list attached to every event, computed for an event when first asked for and kept: at most once an event
 * in each attempt. All events must give the same kind.
 */
export class Definition {
  readonly name: string;
  private readonly compute: (e: unknown) => unknown;
  private readonly done: Uint8Array;
  private used = 0;
  kind: DefinedKind | undefined;
  /** Numbers by event, of the events computed so far. */
  readonly numbers: Float64Array;
  /** Values that are not numbers, by event. */
  others: Scalar[] | undefined;
  /** The type of the values, once one is computed. */
  type: string | undefined;
  lists: StoredLists | undefined;

  /** `events` is the number of events of the chunk. */
  constructor(name: string, compute: (e: unknown) => unknown, events: number) {
    this.name = name;
    this.compute = compute;
    this.done = new Uint8Array(events);
    this.numbers = new Float64Array(events);
  }

  /** The value or list of event `row`; `e` is an event cursor placed there. */
  at(row: number, e: unknown): unknown {
    if (this.done[row] === 0) this.fill(row, this.compute(e));
    if (this.kind === "values") return this.others === undefined ? this.numbers[row] : this.others[row];
    const { slots, starts, counts, codes, values } = this.lists!;
    const start = starts[row]!;
    const stop = start + counts[row]!;
    return eventList(slots === undefined ? valueSource(values, start, stop) : codedSource(slots, codes, start, stop));
  }

  private fill(row: number, answer: unknown): void {
    const kind =
      answer instanceof EventList ? (answer.$source.slots === undefined ? "list of values" : "items") : "values";
    if (kind === "values") {
      const type = typeof answer;
      if (type !== "number" && type !== "boolean" && type !== "bigint" && type !== "string")
        throw this.wrong(`a number, boolean, string or list, not ${answer === null ? "null" : type}`);
    }
    if (this.kind !== undefined && this.kind !== kind)
      throw this.wrong(`the same kind for every event, not ${this.kind} and ${kind}`);
    this.kind = kind;
    if (kind === "values") this.fillValue(row, answer as Scalar);
    else this.fillList(row, answer as EventList);
    this.done[row] = 1;
  }

  private fillValue(row: number, value: Scalar): void {
    this.type ??= typeof value;
    if (typeof value !== this.type)
      throw this.wrong(`the same type for every event, not ${this.type} and ${typeof value}`);
    if (typeof value === "number") this.numbers[row] = value;
    else (this.others ??= [])[row] = value;
  }

  private fillList(row: number, list: EventList): void {
    const { slots } = list.$source;
    const events = this.done.length;
    this.lists ??= {
      slots,
      starts: new Int32Array(events),
      counts: new Int32Array(events),
      codes: new Int32Array(events),
      values: [],
    };
    const { lists } = this;
    if (!sameSlots(slots, lists.slots)) throw this.wrong("lists of the same collections for every event");
    lists.starts[row] = this.used;
    const pass = list.$source.open();
    let n = 0;
    for (; pass.next(); n++) {
      if (slots === undefined) lists.values[this.used + n] = pass.items[0];
      else
        for (let s = 0; s < slots.length; s++) {
          const at = (this.used + n) * slots.length + s;
          if (at >= lists.codes.length) lists.codes = grown(lists.codes);
          lists.codes[at] = encode(pass.items[s] as Cursor, slots[s]!);
        }
    }
    pass.close();
    lists.counts[row] = n;
    this.used += n;
  }

  private wrong(needs: string): CortadoError<"UsageError"> {
    return new CortadoError("UsageError", `the definition of "${this.name}" must answer ${needs}`, {
      code: "BadArgument",
    });
  }
}

function sameSlots(a: Slots | undefined, b: Slots | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return (
    a.length === b.length &&
    a.every((stores, s) => stores.length === b[s]!.length && stores.every((x, k) => x === b[s]![k]))
  );
}
