import { CortadoError } from "../errors.ts";
import type { EventCursor } from "./event-cursor.ts";
import { EventList, eventList } from "./event-list.ts";
import type { Scalar } from "./item.ts";
import { emptyList } from "./nothing.ts";
import type { ItemStore } from "./source.ts";
import { ListStore, type StoredLists } from "./stored-lists.ts";
import { codedSource, valueSource } from "./stored-source.ts";

/** What a definition turned out to be when first computed. */
export type DefinedKind = "values" | "items" | "list of values";

/**
 * A value or list attached to every event, computed for an event when first asked for and kept: at most once an event
 * in each attempt. All events must give the same kind.
 */
export class Definition {
  readonly name: string;
  private readonly compute: (e: unknown) => unknown;
  private readonly acquire: () => EventCursor;
  private cursor: EventCursor | undefined;
  /** 1 for the events computed so far. */
  readonly done: Uint8Array;
  /** Events whose list has no items that would say what it is a list of. */
  readonly empty: Uint8Array;
  private readonly found: ListStore;
  kind: DefinedKind | undefined;
  /** Numbers by event, of the events computed so far. */
  readonly numbers: Float64Array;
  /** Values that are not numbers, by event. */
  others: Scalar[] | undefined;
  /** The type of the values, once one is computed. */
  type: string | undefined;

  /** `events` is the number of events of the chunk; `acquire` makes the cursor that `compute` gets. */
  constructor(name: string, compute: (e: unknown) => unknown, events: number, acquire: () => EventCursor) {
    this.acquire = acquire;
    this.name = name;
    this.compute = compute;
    this.done = new Uint8Array(events);
    this.empty = new Uint8Array(events);
    this.numbers = new Float64Array(events);
    this.found = new ListStore(events);
  }

  /** The lists computed so far, if it defines lists. */
  get lists(): StoredLists | undefined {
    return this.found.lists;
  }

  /** The store, if it defines lists of single objects of one. */
  single: ItemStore | undefined;

  /** Computes the value or list of event `row`. */
  computeAt(row: number): void {
    this.cursor ??= this.acquire();
    this.cursor.$place(row);
    this.fill(row, this.compute(this.cursor));
  }

  /** The value or list of event `row`. */
  at(row: number): unknown {
    if (this.done[row] === 0) this.computeAt(row);
    if (this.empty[row] === 1) return emptyList();
    if (this.kind === "values") return this.others === undefined ? this.numbers[row] : this.others[row];
    const { slots, starts, counts, codes, values } = this.lists!;
    const start = starts[row]!;
    const stop = start + counts[row]!;
    return eventList(slots === undefined ? valueSource(values, start, stop) : codedSource(slots, codes, start, stop));
  }

  private fill(row: number, answer: unknown): void {
    if ((answer as Partial<EventList> | undefined)?.$empty === true) {
      this.empty[row] = this.done[row] = 1;
      return;
    }
    const kind = answer instanceof EventList ? (answer.$slots === undefined ? "list of values" : "items") : "values";
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
    this.found.begin(row);
    if (!this.found.add(row, list)) throw this.wrong("lists of the same collections for every event");
    const slots = this.lists?.slots;
    this.single = slots?.length === 1 && slots[0]!.length === 1 ? slots[0]![0] : undefined;
  }

  private wrong(needs: string): CortadoError<"UsageError"> {
    return new CortadoError("UsageError", `the definition of "${this.name}" must answer ${needs}`, {
      code: "BadArgument",
    });
  }
}
