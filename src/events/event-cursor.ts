import { type Cursor, cursorClass } from "./cursor.ts";
import { type Definition, listOfOne, numberOf } from "./definition.ts";
import { mapped } from "./derived-source.ts";
import { type EventList, eventList } from "./event-list.ts";
import type { EventLayout } from "./layout.ts";
import { outOfLine } from "./out-of-line.ts";
import { ownFunction } from "./own-function.ts";
import type { Scope } from "./scope.ts";
import { Site, type SiteList, siteList } from "./site-list.ts";
import type { Lambda } from "./source.ts";
import type { Store, ValueKind } from "./store.ts";
import { rangeSource } from "./stored-source.ts";

/** What an event lambda receives: collections as lists, records as objects, single values, and what was defined. */
export interface EventCursor extends Cursor {
  readonly $scope: Scope;
  readonly $defined: ReadonlyMap<string, Definition>;
  /** Moves to an event. */
  $place(row: number): void;
}

type EventCursorClass = new (scope: Scope, definitions: ReadonlyMap<string, Definition>) => EventCursor;

const classes = new Map<string, EventCursorClass>();

/**
 * A cursor over the events of a chunk for one lambda; place it with `$place`. Its class and those of the lists it hands out are
 * made for the text of the lambda, see `site-list.ts`.
 */
export function eventCursor(scope: Scope, definitions: ReadonlyMap<string, Definition>, f: unknown): EventCursor {
  const { layout } = scope.columns;
  const { kinds } = scope.events;
  const names = [layout.collections, layout.records].map((group) => Object.keys(group));
  const plain = names[0]!.filter((name) => isPlain(layout, name));
  const lambda = String(f);
  const key = JSON.stringify([kinds, ...names, plain, [...definitions.keys()], lambda]);
  let known = classes.get(key);
  if (known === undefined) {
    known = makeClass(kinds, layout, [...definitions.keys()], lambda);
    classes.set(key, known);
  }
  return new known(scope, definitions);
}

/** Places of one lambda that get classes of their own, for each name. */
const maximalPlaces = 6;

function makeClass(
  kinds: Readonly<Record<string, ValueKind>>,
  layout: EventLayout,
  defined: readonly string[],
  lambda: string,
): EventCursorClass {
  const owned = Object.keys(layout.collections);
  const names = [...owned, ...Object.keys(layout.records), ...Object.keys(layout.scalars), ...defined];
  /** How often a list of this name comes up in the lambda. */
  const places = (name: string): number => Math.min(maximalPlaces, Math.max(1, lambda.split(`.${name}`).length - 1));
  const fields: string[] = [];
  let rest = 0;
  /**
   * Something the cursor holds for a name of its events: a declared field where the lambda's text has that name (V8 reads it fastest,
   * and an assignment need not ask the object at the end of the prototypes), else an entry of an array, as there may be hundreds.
   */
  const held = (name: string): string => {
    if (!lambda.includes(name)) return `this.$rest[${rest++}]`;
    fields.push(`$h${fields.length} = undefined;`);
    return `this.$h${fields.length - 1}`;
  };
  const turns: string[] = [];
  /** Takes the place whose turn it is as `p`, then does `body`: places take turns in the order they are reached. */
  const atPlace = (name: string, coded: boolean, body: string): string => {
    const first = sites.length;
    const n = places(name);
    sites.push(...Array.from({ length: n }, () => ({ name, coded, lists: new Map() })));
    const at = sites.slice(first).map((_, t) => {
      const field = held(name);
      return `const p = ${field} ?? (${field} = open(this, ${first + t})); ${body}`;
    });
    if (n === 1) return at[0]!;
    const turn = `$t${turns.length}`;
    turns.push(turn);
    const cases = at.map((text, t) => `case ${t}: { this.${turn} = ${(t + 1) % n}; ${text} }`);
    return `switch (this.${turn}) { ${cases.join(" ")} }`;
  };
  const sites: Place[] = [];
  const collections = owned.map((name) => {
    const text = JSON.stringify(name);
    return isPlain(layout, name)
      ? `get [${text}]() { return plainList(this.$scope.collection(${text}), this.$i); }`
      : `get [${text}]() {
        const i = this.$i;
        ${atPlace(name, false, "const o = p.offsets; return new p.List(p, o[i], o[i + 1]);")}
      }`;
  });
  const records = Object.keys(layout.records).map((name) => {
    const [text, record] = [JSON.stringify(name), held(name)];
    return `get [${text}]() {
      const r = ${record} ?? (${record} = this.$scope.record(${text}).acquire());
      r.$i = this.$i; return r;
    }`;
  });
  const definitions = defined.map((name) => {
    const definition = held(name);
    return `get [${JSON.stringify(name)}]() {
      const d = ${definition} ?? (${definition} = this.$defined.get(${JSON.stringify(name)})), i = this.$i;
      const s = d.state[i] || d.evaluate(d, i);
      if (s !== ${listOfOne}) return s === ${numberOf} ? d.numbers[i] : d.at(i);
      const l = d.found.lists, start = l.starts[i];
      ${atPlace(name, true, "return new p.List(p, start, start + l.counts[i], l.codes);")}
    }`;
  });
  const source = `return class extends Scalars {
    ${fields.join(" ")} $scope; $defined; $rest = []; ${turns.map((turn) => `${turn} = 0;`).join(" ")}
    constructor(scope, definitions) { super(scope.events); this.$scope = scope; this.$defined = definitions; }
    $place(row) { this.$i = row; ${turns.map((turn) => `this.${turn} = 0;`).join(" ")} }
    ${[...collections, ...records, ...definitions].join("\n")}
    has(name) {
      const group = this.$scope.has(name);
      return group === undefined ? super.has(name) : group;
    }
    $names() { return { owner: "events", names: ${JSON.stringify(names)}, absent: this.$scope.columns.layout.absent }; }
  }`;
  /** What a cursor holds for a place: the class of its lists is the same for stores with the same members. */
  const open = outOfLine(({ $scope, $defined }: EventCursor, place: number): Site => {
    const { name, coded, lists } = sites[place]!;
    const store = coded ? $defined.get(name)!.single! : $scope.collection(name);
    let List = lists.get(store.memberKey);
    if (List === undefined) {
      List = siteList([[store]], coded);
      lists.set(store.memberKey, List);
    }
    return new Site(store, List, coded ? noOffsets : (store as Store).offsets);
  });
  return ownFunction(["Scalars", "plainList", "open"], source)(cursorClass("", kinds, false), plainList, open);
}

/** A place of a lambda where lists of a name come from. */
interface Place {
  readonly name: string;
  readonly coded: boolean;
  readonly lists: Map<string, SiteList>;
}

const noOffsets = new Int32Array(0);

/** True for a collection that is one list of plain values. */
function isPlain({ collections }: EventLayout, name: string): boolean {
  const { self, members } = collections[name]!;
  return self !== undefined && Object.keys(members).length === 1;
}

function plainList(store: Store, row: number): EventList {
  const { offsets } = store;
  return eventList(mapped(rangeSource(store, offsets[row]!, offsets[row + 1]!), plainValue));
}

const plainValue = ((item: { readonly value: unknown }) => item.value) as unknown as Lambda;
