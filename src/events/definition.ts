import { CortadoError } from "../errors.ts";
import type { EventCursor } from "./event-cursor.ts";
import { EventList, eventList } from "./event-list.ts";
import type { Scalar } from "./item.ts";
import { emptyList } from "./nothing.ts";
import { outOfLine } from "./out-of-line.ts";
import { ownFunction } from "./own-function.ts";
import type { ItemStore } from "./source.ts";
import { ListStore, type StoredLists } from "./stored-lists.ts";
import { codedSource, valueSource } from "./stored-source.ts";

/** What a definition turned out to be when first computed. */
export type DefinedKind = "values" | "items" | "list of values";

/** What is known of an event: nothing yet, `numberOf` a number, `listOfOne` a list of single objects of one store, or something else. */
export const numberOf = 1;
export const listOfOne = 2;
const somethingElse = 3;

/** Computes the value or list of event `row` of a definition. */
type Evaluate = (definition: Definition, row: number) => number;

/**
 * A value or list attached to every event, computed for an event when first asked for and kept: at most once an event
 * in each attempt. All events must give the same kind.
 */
export class Definition {
  readonly name: string;
  readonly compute: (e: unknown) => unknown;
  private readonly acquire: () => EventCursor;
  private held: EventCursor | undefined;
  /** For each event what is computed; 0 for nothing. */
  readonly state: Uint8Array;
  readonly evaluate: Evaluate;
  /** Events whose list has no items that would say what it is a list of. */
  private empty: Uint8Array | undefined;
  readonly found: ListStore;
  kind: DefinedKind | undefined;
  /** Numbers by event, of the events computed so far. */
  numbers: Float64Array = noNumbers;
  /** Values that are not numbers, by event. */
  private others: Scalar[] | undefined;
  /** The type of the values, once one is computed. */
  private type: string | undefined;
  /** The store, if it defines lists of single objects of one. */
  single: ItemStore | undefined;

  /** `events` is the number of events of the chunk; `acquire` makes the cursor that `compute` gets. */
  constructor(name: string, compute: (e: unknown) => unknown, events: number, acquire: () => EventCursor) {
    this.acquire = outOfLine(acquire);
    this.name = name;
    this.compute = compute;
    this.state = new Uint8Array(events);
    this.found = new ListStore(events);
    this.evaluate = evaluation(compute);
  }

  /** The cursor that `compute` gets. */
  get cursor(): EventCursor {
    this.held ??= this.acquire();
    return this.held;
  }

  /** The lists computed so far, if it defines lists. */
  get lists(): StoredLists | undefined {
    return this.found.lists;
  }

  /** The value or list of event `row`. */
  at(row: number): unknown {
    if (this.state[row] === 0) this.evaluate(this, row);
    if (this.empty !== undefined && this.empty[row] === 1) return emptyList();
    if (this.kind === "values") return this.others === undefined ? this.numbers[row] : this.others[row];
    const { slots, starts, counts, codes, values } = this.lists!;
    const start = starts[row]!;
    const stop = start + counts[row]!;
    return eventList(slots === undefined ? valueSource(values, start, stop) : codedSource(slots, codes, start, stop));
  }

  /** Keeps what `compute` answered for event `row`. */
  fill(row: number, answer: unknown): void {
    const { length } = this.state;
    const list = answer instanceof EventList;
    if (!list && isEmpty(answer)) {
      this.empty ??= new Uint8Array(length);
      this.empty[row] = 1;
      this.state[row] = somethingElse;
      return;
    }
    const kind = list ? (answer.$slots === undefined ? "list of values" : "items") : "values";
    if (kind === "values") {
      const type = typeof answer;
      if (type !== "number" && type !== "boolean" && type !== "bigint" && type !== "string")
        throw this.wrong(`a number, boolean, string or list, not ${answer === null ? "null" : type}`);
    }
    if (this.kind !== undefined && this.kind !== kind)
      throw this.wrong(`the same kind for every event, not ${this.kind} and ${kind}`);
    this.kind = kind;
    if (list) this.fillList(row, answer);
    else this.fillValue(row, answer as Scalar);
  }

  private fillValue(row: number, value: Scalar): void {
    this.type ??= typeof value;
    if (typeof value !== this.type)
      throw this.wrong(`the same type for every event, not ${this.type} and ${typeof value}`);
    if (typeof value === "number") {
      if (this.numbers === noNumbers) this.numbers = new Float64Array(this.state.length);
      this.numbers[row] = value;
      this.state[row] = numberOf;
    } else {
      (this.others ??= [])[row] = value;
      this.state[row] = somethingElse;
    }
  }

  private fillList(row: number, list: EventList): void {
    this.found.begin(row);
    if (!this.found.add(row, list)) throw this.wrong("lists of the same collections for every event");
    const slots = this.lists?.slots;
    this.single = slots?.length === 1 && slots[0]!.length === 1 ? slots[0]![0] : undefined;
    this.state[row] = this.single === undefined ? somethingElse : listOfOne;
  }

  private wrong(needs: string): CortadoError<"UsageError"> {
    return new CortadoError("UsageError", `the definition of "${this.name}" must answer ${needs}`, {
      code: "BadArgument",
    });
  }
}

const noNumbers = new Float64Array(0);

const isEmpty = (answer: unknown): boolean => (answer as Partial<EventList> | undefined)?.$empty === true;

/** Computes the first value or list, which says what the others are. */
const first = outOfLine((definition: Definition, row: number): number => {
  const { cursor, compute } = definition;
  cursor.$place(row);
  definition.fill(row, compute(cursor));
  return definition.state[row]!;
});

/**
 * Never runs. V8 does not inline functions of this size: inlined where a definition is read, its lists and loops would take the budget
 * of the lambda that reads it.
 */
const tooLargeToInline = `if (row < 0) { ${"d.name; ".repeat(120)} }`;

const evaluations = new Map<string, Evaluate>();

/**
 * Made for the text of the lambda, so that V8 inlines it: what is generated takes numbers, and lists of the store that the lists
 * before were of; `fill` does the rest. In the usual case `fill` never sees an answer, or V8 would have to allocate every list.
 */
function evaluation(compute: (e: unknown) => unknown): Evaluate {
  const text = String(compute);
  let known = evaluations.get(text);
  if (known === undefined) {
    known = ownFunction(
      ["first"],
      `return function evaluate(d, row) {
        ${tooLargeToInline}
        if (d.kind === undefined) return first(d, row);
        const e = d.cursor, f = d.compute; e.$place(row);
        const answer = f(e);
        if (typeof answer === "number" && d.numbers.length > 0) {
          d.numbers[row] = answer;
          return d.state[row] = ${numberOf};
        }
        if (d.single !== undefined && answer != null && answer.$single === d.single) {
          const { found } = d, { lists, used } = found;
          lists.starts[row] = used;
          lists.counts[row] = (found.used = answer.$keep(lists, used)) - used;
          return d.state[row] = ${listOfOne};
        }
        d.fill(row, answer);
        return d.state[row];
      }`,
    )(first) as Evaluate;
    evaluations.set(text, known);
  }
  return known;
}
