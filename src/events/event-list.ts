/** One class with every operation of a list, and so above 300 lines: a lambda that meets one class is what V8 makes fast. */
import { CortadoError } from "../errors.ts";
import type { Cursor } from "./cursor.ts";
import { cartesianOf, combinationsOf, concatenated, filtered, mapped, nearestOf, taken } from "./derived-source.ts";
import { flattened, lastOf, sorted } from "./gathered-source.ts";
import type { NearestOptions } from "./list.ts";
import { codesByKey, matchedPairs } from "./matched-source.ts";
import { memberClass } from "./member-class.ts";
import { emptyList } from "./nothing.ts";
import { pairedWith } from "./paired-source.ts";
import { countOver, findOver, sumOver } from "./range-loops.ts";
import { call, encode, type ItemStore, type Lambda, type Slots, type Source } from "./source.ts";
import { codedSource, valueSource } from "./stored-source.ts";
import { truth } from "./truth.ts";
import { type NameSpace, unknownNames } from "./unknown-name.ts";

const itself: Lambda = ((value: unknown) => value) as Lambda;

/** The run-time form of `Items`: one event's list inside a lambda. Semantics of every operation: `list.ts`. */
export class EventList {
  readonly $source: Source;
  constructor(source: Source) {
    this.$source = source;
  }

  /** True for a list of which only is known that it has no items. */
  get $empty(): boolean {
    return false;
  }

  /** Appends the codes of its items to `kept` from position `n` on; answers the position after. Only lists of one store have it. */
  get $keep(): ((kept: { codes: Int32Array }, n: number) => number) | undefined {
    return undefined;
  }

  /** The store of its items, if it is one whose lists have `$keep`. */
  get $single(): ItemStore | undefined {
    return undefined;
  }

  /** Stores of its items by slot; absent for values. */
  get $slots(): Slots | undefined {
    return this.$source.slots;
  }

  get length(): number {
    return this.$source.size ?? this.count();
  }

  filter(f: Lambda): EventList {
    return eventList(filtered(this.$source, f));
  }

  map(f: Lambda): EventList {
    return eventList(mapped(this.$source, f));
  }

  combinations(n: number): EventList {
    checkCombinations(n, this.$source.slots);
    return eventList(combinationsOf(this.$source, n));
  }

  cartesian(other: EventList): EventList {
    if (other.$empty) return other;
    checkSingle("cartesian", this.$source.slots, other.$source.slots);
    return eventList(cartesianOf(this.$source, other.$source));
  }

  pairsWith(other: EventList): EventList {
    checkSingle("pairsWith", this.$source.slots, ...(other.$empty ? [] : [other.$source.slots]));
    return eventList(pairedWith(this.$source, other));
  }

  concat(other: EventList): EventList {
    if (other.$empty) return this;
    const [a, b] = [this.$source.slots, other.$source.slots];
    if (a !== undefined || b !== undefined) checkSingle("concat", a, b);
    return eventList(concatenated(this.$source, other.$source));
  }

  take(n: number): EventList {
    checkTake(n);
    return eventList(taken(this.$source, n));
  }

  sortBy(f: Lambda): EventList {
    return eventList(sorted(this.$source, f));
  }

  flatMap(f: Lambda): EventList {
    const found = flattened(this.$source, f);
    return found === undefined ? emptyList() : eventList(found);
  }

  nearest(other: EventList, options: NearestOptions = {}): EventList {
    if (other.$empty) return other;
    checkSingle("nearest", this.$source.slots, other.$source.slots);
    return eventList(nearestOf(this.$source, other.$source, thresholdOf(options)));
  }

  matched(other: EventList, options: NearestOptions = {}): EventList {
    if (other.$empty) return other;
    checkSingle("matched", this.$source.slots, other.$source.slots);
    return eventList(matchedPairs(this.$source, other.$source, thresholdOf(options)));
  }

  join(other: EventList, key: Lambda, otherKey: Lambda): EventList {
    return this.cartesian(other).filter(sameKey(key, otherKey));
  }

  groupBy(key: Lambda): EventList {
    const { slots } = this.$source;
    checkSingle("groupBy", slots);
    const groups = codesByKey(this.$source, key).map((codes) =>
      eventList(codedSource(slots!, Int32Array.from(codes), 0, codes.length)),
    );
    return eventList(valueSource(groups, 0, groups.length));
  }

  sum(f?: Lambda): number {
    const g = f ?? this.values("sum");
    const { range } = this.$source;
    if (range !== undefined) return sumOver(range, g);
    const pass = this.$source.open();
    let total = 0;
    while (pass.next()) total += call(g, pass.items) as number;
    pass.close();
    return total;
  }

  count(f?: Lambda): number {
    const { range } = this.$source;
    if (range !== undefined) return countOver(range, f);
    const pass = this.$source.open();
    let n = 0;
    while (pass.next()) if (f === undefined || truth(call(f, pass.items))) n++;
    pass.close();
    return n;
  }

  any(f?: Lambda): boolean {
    const g = f ?? this.values("any");
    const { range } = this.$source;
    if (range !== undefined) return findOver(range, g, true);
    const pass = this.$source.open();
    let found = false;
    while (!found && pass.next()) found = truth(call(g, pass.items));
    pass.close();
    return found;
  }

  all(f?: Lambda): boolean {
    const g = f ?? this.values("all");
    const { range } = this.$source;
    if (range !== undefined) return !findOver(range, g, false);
    const pass = this.$source.open();
    let every = true;
    while (every && pass.next()) every = truth(call(g, pass.items));
    pass.close();
    return every;
  }

  max(f?: Lambda): EventList {
    return this.extreme(f ?? this.values("max"), 1);
  }

  min(f?: Lambda): EventList {
    return this.extreme(f ?? this.values("min"), -1);
  }

  maxBy(f: Lambda): EventList {
    return this.pick(f, 1);
  }

  minBy(f: Lambda): EventList {
    return this.pick(f, -1);
  }

  first(): EventList {
    return this.take(1);
  }

  last(): EventList {
    return eventList(lastOf(this.$source));
  }

  private extreme(f: Lambda, sign: 1 | -1): EventList {
    const pass = this.$source.open();
    let best = -Infinity;
    let empty = true;
    while (pass.next()) {
      empty = false;
      const value = sign * (call(f, pass.items) as number);
      if (value > best) best = value;
    }
    pass.close();
    return eventList(valueSource(empty ? [] : [sign * best], 0, empty ? 0 : 1));
  }

  private pick(f: Lambda, sign: 1 | -1): EventList {
    const { slots } = this.$source;
    const pass = this.$source.open();
    let best = 0;
    let codes: number[] | undefined;
    let value: unknown;
    while (pass.next()) {
      const score = sign * (call(f, pass.items) as number);
      if (codes !== undefined && !(score > best)) continue;
      best = score;
      codes = slots?.map((stores, s) => encode(pass.items[s] as Cursor, stores)) ?? [];
      value = pass.items[0];
    }
    pass.close();
    if (slots === undefined) return eventList(valueSource([value], 0, codes === undefined ? 0 : 1));
    return eventList(codedSource(slots, Int32Array.from(codes ?? []), 0, codes === undefined ? 0 : 1));
  }

  private values(operation: string): Lambda {
    if (this.$source.slots !== undefined) throw needsLambda(operation);
    return itself;
  }

  /** The list of one member of its items. */
  $member(name: string): EventList {
    return eventList(mapped(this.$source, ((item: Record<string, unknown>) => item[name]) as Lambda));
  }

  $names(): NameSpace {
    return listNames(this.$source.slots);
  }

  $print(): string {
    return `list of ${this.length}`;
  }
}

/** A list over a source, with getters for the members of its items. */
export function eventList(source: Source): EventList {
  const known = source.range?.store.listClass;
  if (known !== undefined) return new known(source);
  const { slots } = source;
  if (slots?.length !== 1) return new EventList(source);
  let made = classes.get(slots);
  if (made === undefined) {
    made = memberClass(EventList, slots);
    classes.set(slots, made);
    if (source.range !== undefined) source.range.store.listClass = made;
  }
  return new made(source);
}

/** By slots: the same object for all lists of a store, so this is found without looking at the members. */
const classes = new WeakMap<Slots, new (source: Source) => EventList>();

Object.setPrototypeOf(EventList.prototype, unknownNames);

/** What a list of these items is called, and the members it has. */
export function listNames(slots: Slots | undefined): NameSpace {
  if (slots === undefined) return { owner: "a list of values", names: [] };
  const owner = slots.map((stores) => stores.map((s) => s.name).join(" or ")).join(" × ");
  return { owner, names: commonMembers(slots), absent: slots.length === 1 ? slots[0]![0]!.absent : undefined };
}

/** The members that all single items of a list have. */
function commonMembers(slots: Slots | undefined): string[] {
  if (slots?.length !== 1) return [];
  const [first, ...others] = slots[0]!;
  return Object.keys(first!.members).filter((m) => others.every((o) => m in o.members));
}

export function needsLambda(operation: string): CortadoError<"ShapeError"> {
  return new CortadoError("ShapeError", `${operation}() of objects needs a lambda that makes a value of each`, {
    code: "TypeMismatch",
  });
}

/** A condition on pairs: the keys of the two are equal. */
export function sameKey(key: Lambda, otherKey: Lambda): Lambda {
  const [f, g] = [key, otherKey] as unknown as ((item: unknown) => unknown)[];
  return ((a: unknown, b: unknown) => f!(a) === g!(b)) as unknown as Lambda;
}

export function checkTake(n: number): void {
  if (!Number.isInteger(n) || n < 0)
    throw new CortadoError("UsageError", `take(${n}): the number must be 0 or more`, { code: "BadArgument" });
}

/** The largest ΔR of a pair; infinite unless given. Throws `UsageError` for what is not a number. */
export function thresholdOf({ threshold = Number.POSITIVE_INFINITY }: NearestOptions): number {
  if (typeof threshold !== "number" || Number.isNaN(threshold))
    throw new CortadoError("UsageError", `nearest: the threshold ${threshold} is not a number`, {
      code: "BadArgument",
    });
  return threshold;
}

export function checkCombinations(n: number, slots: Slots | undefined): void {
  if (!Number.isInteger(n) || n < 1)
    throw new CortadoError("UsageError", `combinations(${n}): the number must be 1 or more`, { code: "BadArgument" });
  checkSingle("combinations", slots);
}

/** Refuses lists of values and of combinations where single objects are needed. */
export function checkSingle(operation: string, ...lists: readonly (Slots | undefined)[]): void {
  for (const slots of lists)
    if (slots?.length !== 1)
      throw new CortadoError(
        "ShapeError",
        `${operation}() needs lists of single objects, not ${listNames(slots).owner}`,
        {
          code: "TypeMismatch",
        },
      );
}
