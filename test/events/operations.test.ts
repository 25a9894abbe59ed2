import fc from "fast-check";
import { expect, test } from "vitest";
import { CollectionChain } from "../../src/events/collection-chain.ts";
import { EventList } from "../../src/events/event-list.ts";
import type { Collection, Events, List } from "../../src/events/index.ts";
import {
  all,
  any,
  argmax,
  at,
  type Column,
  type ColumnSource,
  count,
  dropNone,
  fillNone,
  fromList,
  greater,
  invert,
  isNone,
  max,
  slice,
  sum,
  toList,
} from "../../src/jagged/index.ts";
import { eventsOf } from "./chunk-of.ts";
import { type A, type B, operations, type PlainA, type PlainB } from "./operations.ts";

interface Event {
  readonly A: List<A>;
  readonly B: List<B>;
}

interface MaybeA extends Omit<PlainA, "u"> {
  readonly u: number | null;
}

interface Row {
  readonly a: readonly MaybeA[];
  readonly b: readonly PlainB[];
}

const small = fc.integer({ min: -9, max: 9 });
const angle = fc.constantFrom(-3, -1, 0, 0.5, 1, 3);
const item = fc.record({
  u: fc.oneof({ weight: 9, arbitrary: small }, { weight: 1, arbitrary: fc.constantFrom(Number.NaN, null) }),
  eta: small,
  phi: angle,
});
const partner = fc.record({
  v: small,
  eta: small,
  phi: fc.oneof({ weight: 9, arbitrary: angle }, { weight: 1, arbitrary: fc.constant(Number.NaN) }),
});
const row = fc.record({ a: fc.array(item, { maxLength: 6 }), b: fc.array(partner, { maxLength: 4 }) });
const rows: fc.Arbitrary<Row[]> = fc.array(row, { maxLength: 6 });

/** Lists of records: part of a longer column, whose values they share. */
function columnsOf(data: readonly Row[]): { readonly a: Column; readonly b: Column } {
  const beside: Row = { a: [{ u: null, eta: 7, phi: 7 }], b: [{ v: 7, eta: 7, phi: 7 }] };
  const all = [beside, ...data, beside];
  const part = slice(1, 1 + data.length);
  const a = all.map((r) => r.a.map((p) => ({ ...p, pt: 1, near: [p.phi, p.eta] })));
  const b = all.map((r) => r.b.map((q) => ({ ...q, pt: 1 })));
  const numbers = "pt: float64, eta: float64, phi: float64";
  return {
    a: at(fromList(a, `var * {u: ?float64, ${numbers}, near: var * float64}`), part),
    b: at(fromList(b, `var * {v: float64, ${numbers}}`), part),
  };
}

/** The events over those columns. */
function eventsOver(a: Column, b: Column): Events<Event> {
  const members = (name: string, column: Column, fields: readonly string[]): [string, Column][] =>
    fields.map((field) => [`${name}_${field}`, at(column, field)]);
  return eventsOf<Event>(
    Object.fromEntries([...members("A", a, ["u", "eta", "phi", "near"]), ...members("B", b, ["v", "eta", "phi"])]),
  );
}

test("the table has every operation, and nothing else", () => {
  const methods = (prototype: object): string[] =>
    Object.entries(Object.getOwnPropertyDescriptors(prototype))
      .filter(([name, { value }]) => typeof value === "function" && name !== "constructor" && !name.startsWith("$"))
      .map(([name]) => name);
  const internal = new Set([
    "toColumn",
    "step",
    "from",
    "itself",
    "kept",
    "extreme",
    "pick",
    "values",
    "memberOf",
    "checkAligned",
  ]);
  for (const prototype of [EventList.prototype, CollectionChain.prototype])
    expect(
      methods(prototype)
        .filter((n) => !internal.has(n))
        .sort(),
    ).toEqual(Object.keys(operations).sort());
});

const cases = Object.entries(operations).flatMap(([name, all]) =>
  all.map((operation, i) => [`${name} ${i + 1}`, operation] as const),
);

test.each(cases)("%s over all events, in one event, on plain arrays and as whole columns", (_, {
  chain,
  plain: arrays,
  columns,
}) => {
  fc.assert(
    fc.property(rows, fc.boolean(), fc.boolean(), (data, cut, missing) => {
      const { a, b } = columnsOf(missing ? data : data.map((r) => ({ ...r, a: r.a.filter((p) => p.u !== null) })));
      const full = eventsOver(a, b);
      const view = cut ? full.filter((e) => e.B.length !== 1) : full;
      const kept = data.filter((r) => !cut || r.b.length !== 1);
      const present = (r: Row): PlainA[] => r.a.filter((p): p is PlainA => p.u !== null);
      const expected = kept.map((r) => arrays(present(r), r.b));

      // Where values are missing, a lambda asks first; as columns, what is missing is masked.
      const guarded = missing ? view.A.filter((p) => p.has("u")) : view.A;
      expect(toList(chain(guarded, view.B).toColumn())).toEqual(expected);

      const defined = view.define({
        answer: (e) => {
          const list = missing ? e.A.filter((p) => p.has("u")) : e.A;
          return chain(list as unknown as Collection<A>, e.B as unknown as Collection<B>) as unknown as number;
        },
      });
      expect(toList(defined.answer.toColumn())).toEqual(expected);

      const events = Int32Array.from(data.flatMap((r, i) => (!cut || r.b.length !== 1 ? [i] : [])));
      const [left, right] = [at(a, events), at(b, events)];
      const whole = missing ? at(left, invert(isNone(at(left, "u"), { axis: 1 }))) : left;
      expect(toList(columns(whole, right))).toEqual(expected);
    }),
    { numRuns: 100 },
  );
});

/** For each operation a lambda that reads `u` of every item it gets, and whose values that is. */
type Reading = readonly [
  chain: (a: Collection<A>, b: Collection<B>) => ColumnSource,
  read: (u: readonly (number | null)[], partners: number) => readonly (number | null)[],
];
const everyOne: Reading[1] = (u) => u;
const readings: Readonly<Record<string, Reading>> = {
  filter: [(a) => a.filter((p) => p.u > 0).eta, everyOne],
  map: [(a) => a.map((p) => p.u), everyOne],
  flatMap: [(a) => a.flatMap((p) => p.near.filter(() => p.u > 0)), everyOne],
  combinations: [(a) => a.combinations(2).map((p, q) => p.u + q.u), (u) => (u.length > 1 ? u : [])],
  cartesian: [(a, b) => a.cartesian(b).map((p) => p.u), (u, partners) => (partners > 0 ? u : [])],
  pairsWith: [(a, b) => a.pairsWith(b).map((p) => p.u), everyOne],
  concat: [(a) => a.concat(a).map((p) => p.u), everyOne],
  nearest: [(a, b) => a.nearest(b).map((p) => p.u), (u, partners) => (partners > 0 ? u : [])],
  matched: [(a) => a.matched(a).map((p) => p.u), everyOne],
  join: [
    (a, b) =>
      a
        .join(
          b,
          (p) => p.u,
          (q) => q.eta,
        )
        .map(() => 1),
    (u, partners) => (partners > 0 ? u : []),
  ],
  groupBy: [(a) => a.groupBy((p) => p.u).map((g) => g.length), everyOne],
  sum: [(a) => a.sum((p) => p.u), everyOne],
  count: [(a) => a.count((p) => p.u > 0), everyOne],
  any: [(a) => a.any((p) => p.u > 99), everyOne],
  all: [(a) => a.all((p) => !(p.u > 99)), everyOne],
  max: [(a) => a.max((p) => p.u), everyOne],
  min: [(a) => a.u.min(), everyOne],
  maxBy: [(a) => a.maxBy((p) => p.u).eta, everyOne],
  minBy: [(a) => a.minBy((p) => p.u).eta, everyOne],
  first: [(a) => a.first().map((p) => p.u), (u) => u.slice(0, 1)],
  last: [(a) => a.last().map((p) => p.u), (u) => u.slice(-1)],
  take: [(a) => a.take(2).map((p) => p.u), (u) => u.slice(0, 2)],
  sortBy: [(a) => a.sortBy((p) => p.u).eta, everyOne],
};

test("a lambda that reads a missing value throws, whatever the operation, and no other does", () => {
  expect(Object.keys(readings).sort()).toEqual(Object.keys(operations).sort());
  fc.assert(
    fc.property(rows, (data) => {
      const still = data.map((r) => ({ ...r, b: r.b.map((q) => ({ ...q, phi: 0 })) }));
      const { a, b } = columnsOf(still);
      const events = eventsOver(a, b);
      for (const [name, [chain, read]] of Object.entries(readings)) {
        const missing = still.some((r) =>
          read(
            r.a.map((p) => p.u),
            r.b.length,
          ).includes(null),
        );
        const inOne = events.define({
          answer: (e) => chain(e.A as unknown as Collection<A>, e.B as unknown as Collection<B>) as unknown as number,
        });
        for (const whole of [() => chain(events.A, events.B), () => inOne.answer.map((v) => v)])
          if (missing) expect(() => whole().toColumn(), name).toThrow(/A.u has no value in event 1\d\d/);
          else expect(() => whole().toColumn(), name).not.toThrow();
      }
    }),
    { numRuns: 50 },
  );
});

test("a lambda that asks first equals the whole column with its missing values", () => {
  const lists = { axis: 1 };
  const asking: readonly (readonly [(a: Collection<A>) => ColumnSource, (a: Column) => Column])[] = [
    [
      (a) => a.filter((p) => p.has("u") && p.u > 0).eta,
      (a) => at(at(a, "eta"), fillNone(greater(at(a, "u"), 0), false)),
    ],
    [(a) => a.filter((p) => p.has("u")).u, (a) => dropNone(at(a, "u"), lists)],
    [(a) => a.filter((p) => p.eta > 0).u, (a) => at(at(a, "u"), greater(at(a, "eta"), 0))],
    [(a) => a.take(2).u, (a) => at(at(a, "u"), slice(), slice(0, 2))],
    [(a) => a.sum((p) => (p.has("u") ? p.u : 0)), (a) => sum(at(a, "u"), lists)],
    [(a) => a.count((p) => p.has("u")), (a) => count(at(a, "u"), lists)],
    [(a) => a.any((p) => p.has("u") && p.u > 5), (a) => any(greater(at(a, "u"), 5), lists)],
    [(a) => a.all((p) => !p.has("u") || p.u > -5), (a) => all(greater(at(a, "u"), -5), lists)],
    [
      (a) => a.filter((p) => p.has("u")).max((p) => p.u),
      (a) => dropNone(max(at(a, "u"), { axis: 1, keepdims: true }), lists),
    ],
    [
      (a) => a.filter((p) => p.has("u")).maxBy((p) => p.u).eta,
      (a) => dropNone(at(at(a, "eta"), argmax(at(a, "u"), { axis: 1, keepdims: true })), lists),
    ],
  ];
  fc.assert(
    fc.property(rows, (data) => {
      const { a, b } = columnsOf(data);
      for (const [chain, columns] of asking)
        expect(toList(chain(eventsOver(a, b).A).toColumn())).toEqual(toList(columns(a)).map(asNumber));
    }),
  );
});

/** Counts of 64 bits as numbers. */
const asNumber = (value: unknown): unknown => (typeof value === "bigint" ? Number(value) : value);
