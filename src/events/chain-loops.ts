import type { DType, ValuesOf } from "../jagged/index.ts";
import { ColumnOverEvents } from "./column-over-events.ts";
import { driver } from "./driver.ts";
import { EventList, eventList } from "./event-list.ts";
import { needsList, otherLists } from "./gathered-source.ts";
import { type Chain, type ItemText, LoopText } from "./loop-text.ts";
import type { Lambda, Slots } from "./source.ts";
import { ListStore, type StoredLists, storedLists } from "./stored-lists.ts";
import { codedSource } from "./stored-source.ts";
import type { View } from "./view.ts";

/** One number for each event: starts at `initial`, `body` changes it for each item and may `break event`. */
export function oneNumber(
  view: View,
  chain: Chain,
  dtype: "float64" | "int32" | "bool",
  initial: string,
  body: (total: string, text: LoopText, item: ItemText) => string,
): ColumnOverEvents {
  return new ColumnOverEvents(view, () => {
    const text = new LoopText();
    const loops = text.over(chain, (item) => body("t", text, item));
    const { length } = view;
    const out = new { float64: Float64Array, int32: Int32Array, bool: Uint8Array }[dtype](length);
    runLoops(view, text, `let t = ${initial}; event: { ${loops} } ${text.parameter(out)}[k] = t;`);
    return { kind: "primitive", dtype: dtype as DType, length, values: out as ValuesOf[DType] };
  });
}

/** The largest or smallest answer of `f` in each event: zero or one value. */
export function extremes(view: View, chain: Chain, f: Lambda, better: ">" | "<"): StoredLists {
  const text = new LoopText();
  const lists = storedLists(undefined, view.scope.columns.length, 0);
  const loops = text.over(
    chain,
    (item) => `const w = ${text.lambda(f)}(${item.items.join(", ")}); found = 1; if (w ${better} best) best = w;`,
  );
  const [starts, counts, values] = [lists.starts, lists.counts, lists.values].map((v) => text.parameter(v));
  const initial = better === ">" ? "-Infinity" : "Infinity";
  runLoops(
    view,
    text,
    `let best = ${initial}, found = 0; ${loops} ${starts}[r] = ${values}.length; ${counts}[r] = found;
    if (found === 1) ${values}.push(best);`,
  );
  return lists;
}

/** The item of each event whose score beats all before it: zero or one. Without `f` every score is 0. */
export function winners(view: View, chain: Chain, f: Lambda | undefined, better: ">" | "<" | ">="): StoredLists {
  const { slots } = chain;
  const width = slots?.length ?? 0;
  const won = Array.from({ length: width }, (_, s) => `won${s}`);
  const text = new LoopText();
  const events = view.scope.columns.length;
  const lists = storedLists(slots, events, events);
  const keep = (item: ItemText): string =>
    slots === undefined ? `value = ${item.items[0]};` : won.map((name, s) => `${name} = ${item.codes[s]};`).join(" ");
  const loops = text.over(chain, (item) => {
    const score = f === undefined ? "0" : `${text.lambda(f)}(${item.items.join(", ")})`;
    return `const w = ${score}; if (found === 0 || w ${better} best) { best = w; found = 1; ${keep(item)} }`;
  });
  const [starts, counts, values] = [lists.starts, lists.counts, lists.values].map((v) => text.parameter(v));
  const codes = text.parameter(lists.codes);
  const store =
    slots === undefined
      ? `${starts}[r] = ${values}.length; if (found === 1) ${values}.push(value);`
      : `${starts}[r] = r; ${won.map((name, s) => `${codes}[r * ${width} + ${s}] = ${name};`).join(" ")}`;
  const declared = won.map((name) => `let ${name} = 0;`).join(" ");
  runLoops(view, text, `let best = 0, found = 0, value; ${declared} ${loops} ${counts}[r] = found; ${store}`);
  return lists;
}

/** The lists that `f` makes of each item, one after the other; `undefined` if there is no item in any of them. */
export function flatLists(view: View, chain: Chain, f: Lambda): StoredLists | undefined {
  const text = new LoopText();
  const found = new ListStore(view.scope.columns.length);
  const add = (row: number, list: unknown): void => {
    const empty = (list as Partial<EventList> | undefined)?.$empty === true;
    if (!empty && !(list instanceof EventList)) throw needsList();
    if (!found.add(row, list as EventList)) throw otherLists();
  };
  const [s, a] = [text.parameter(found), text.parameter(add)];
  const loops = text.over(chain, (item) => `${a}(r, ${text.lambda(f)}(${item.items.join(", ")}));`);
  runLoops(view, text, `${s}.begin(r); ${loops}`);
  return found.lists;
}

/** What an operation on one event's lists of single items makes, for every event. */
export function perEventLists(
  view: View,
  chains: readonly Chain[],
  slots: Slots | undefined,
  operation: (lists: readonly EventList[]) => EventList,
): StoredLists {
  const text = new LoopText();
  const events = view.scope.columns.length;
  const found = new ListStore(events);
  const gathered = chains.map((chain) => ({ slots: chain.slots!, codes: [] as number[] }));
  const add = (row: number): void => {
    const lists = gathered.map((g) => eventList(codedSource(g.slots, Int32Array.from(g.codes), 0, g.codes.length)));
    found.begin(row);
    found.add(row, operation(lists));
    for (const g of gathered) g.codes.length = 0;
  };
  const loops = chains.map((chain, i) => {
    const codes = text.parameter(gathered[i]!.codes);
    return `{ ${text.over(chain, (item) => `${codes}.push(${item.codes[0]});`)} }`;
  });
  runLoops(view, text, `${loops.join(" ")} ${text.parameter(add)}(r);`);
  return found.lists ?? storedLists(slots, events, 0);
}

/** Runs what was written for each event of a view. */
export function runLoops(view: View, text: LoopText, body: string): void {
  driver(body, Object.keys(text.parameters), text.lambdas)(view.rows, view.length, text.parameters);
  text.close();
}
