import fc from "fast-check";
import { expect, test } from "vitest";
import { CollectionChain } from "../../src/events/collection-chain.ts";
import { EventList } from "../../src/events/event-list.ts";
import type { Collection, Events, Items, List, LorentzItem } from "../../src/events/index.ts";
import type { ColumnSource } from "../../src/jagged/index.ts";
import { toList } from "../../src/jagged/index.ts";
import { deltaR } from "../../src/vector/index.ts";
import { eventsOf } from "./chunk-of.ts";

interface A extends LorentzItem {
  readonly x: number;
  readonly eta: number;
  readonly phi: number;
}
interface B extends LorentzItem {
  readonly y: number;
  readonly eta: number;
  readonly phi: number;
}
interface Event {
  readonly A: List<A>;
  readonly B: List<B>;
}

/** Plain objects with the same members: what every answer is compared with. */
interface PlainA {
  readonly x: number;
  readonly eta: number;
  readonly phi: number;
}
interface PlainB {
  readonly y: number;
  readonly eta: number;
  readonly phi: number;
}
interface PlainEvent {
  readonly a: readonly PlainA[];
  readonly b: readonly PlainB[];
}

/**
 * One operation three ways: on the collection of all events, on the list of one event, and on plain arrays. Every answer is a
 * list of values an event, or one value.
 */
interface Operation {
  readonly all: (a: Collection<A>, b: Collection<B>) => ColumnSource;
  readonly one: (a: List<A>, b: List<B>) => number | boolean | Items<readonly [number]> | Items<readonly [string]>;
  readonly plain: (a: readonly PlainA[], b: readonly PlainB[]) => unknown;
}

const pairs = <T>(items: readonly T[]): (readonly [T, T])[] =>
  items.flatMap((p, i) => items.slice(i + 1).map((q) => [p, q] as const));
const triples = <T>(items: readonly T[]): (readonly [T, T, T])[] =>
  items.flatMap((p, i) => pairs(items.slice(i + 1)).map(([q, r]) => [p, q, r] as const));

/** The first item that beats all before it. */
function best<T>(items: readonly T[], score: (item: T) => number): T[] {
  let found: T | undefined;
  for (const item of items) if (found === undefined || score(item) > score(found)) found = item;
  return found === undefined ? [] : [found];
}

function extreme(values: readonly number[], sign: 1 | -1): number[] {
  if (values.length === 0) return [];
  return [sign * Math.max(-Infinity, ...values.filter((v) => !Number.isNaN(v)).map((v) => sign * v))];
}

const risingNaNFirst = (p: number, q: number): number =>
  Number.isNaN(p) || Number.isNaN(q) ? Number(Number.isNaN(q)) - Number(Number.isNaN(p)) : p - q;

const nearestPairs = (
  a: readonly PlainA[],
  b: readonly PlainB[],
  threshold = Infinity,
): (readonly [PlainA, PlainB])[] =>
  a.flatMap((p) =>
    best(b, (q) => -deltaR(p, q))
      .filter((q) => deltaR(p, q) <= threshold)
      .map((q) => [p, q] as const),
  );

/** Of all pairs the closest first, each object in one pair only; in the order of `a`. */
function matchedPairs(a: readonly PlainA[], b: readonly PlainB[], threshold: number): (readonly [PlainA, PlainB])[] {
  const all = a.flatMap((p) => b.map((q) => [p, q] as const)).filter(([p, q]) => deltaR(p, q) <= threshold);
  const found: (readonly [PlainA, PlainB])[] = [];
  for (const pair of all.toSorted(([p, q], [r, s]) => deltaR(p, q) - deltaR(r, s)))
    if (!found.some(([p, q]) => p === pair[0] || q === pair[1])) found.push(pair);
  return found.toSorted(([p], [q]) => a.indexOf(p) - a.indexOf(q));
}

const operations: Readonly<Record<string, readonly Operation[]>> = {
  filter: [
    {
      all: (a) => a.filter((p) => p.x > 0).eta,
      one: (a) => a.filter((p) => p.x > 0).eta,
      plain: (a) => a.filter((p) => p.x > 0).map((p) => p.eta),
    },
  ],
  map: [
    { all: (a) => a.map((p) => p.x * 2), one: (a) => a.map((p) => p.x * 2), plain: (a) => a.map((p) => p.x * 2) },
    {
      all: (a) => a.x.map((x) => x + 1).filter((x) => x > 0),
      one: (a) => a.x.map((x) => x + 1).filter((x) => x > 0),
      plain: (a) => a.map((p) => p.x + 1).filter((x) => x > 0),
    },
  ],
  flatMap: [
    {
      all: (a) => a.flatMap((p) => (p as unknown as { readonly near: List<number> }).near),
      one: (a) => a.flatMap((p) => (p as unknown as { readonly near: List<number> }).near),
      plain: (a) => a.flatMap((p) => [p.x, p.eta]),
    },
  ],
  combinations: [
    {
      all: (a) => a.combinations(2).map((p, q) => p.x * 100 + q.eta),
      one: (a) => a.combinations(2).map((p, q) => p.x * 100 + q.eta),
      plain: (a) => pairs(a).map(([p, q]) => p.x * 100 + q.eta),
    },
    {
      all: (a) =>
        a
          .filter((p) => p.x !== 1)
          .combinations(3)
          .filter((p, q, r) => p.x + q.x + r.x > 0)
          .map((p, q, r) => p.x + 10 * q.eta + 100 * r.phi),
      one: (a) =>
        a
          .filter((p) => p.x !== 1)
          .combinations(3)
          .filter((p, q, r) => p.x + q.x + r.x > 0)
          .map((p, q, r) => p.x + 10 * q.eta + 100 * r.phi),
      plain: (a) =>
        triples(a.filter((p) => p.x !== 1))
          .filter(([p, q, r]) => p.x + q.x + r.x > 0)
          .map(([p, q, r]) => p.x + 10 * q.eta + 100 * r.phi),
    },
  ],
  cartesian: [
    {
      all: (a, b) =>
        a
          .filter((p) => p.x > -2)
          .cartesian(b.filter((q) => q.y > -2))
          .map((p, q) => p.x * 100 + q.y),
      one: (a, b) =>
        a
          .filter((p) => p.x > -2)
          .cartesian(b.filter((q) => q.y > -2))
          .map((p, q) => p.x * 100 + q.y),
      plain: (a, b) => a.filter((p) => p.x > -2).flatMap((p) => b.filter((q) => q.y > -2).map((q) => p.x * 100 + q.y)),
    },
  ],
  pairsWith: [
    {
      all: (a, b) =>
        a
          .pairsWith(b)
          .filter((p, qs) => !qs.any((q) => q.eta === p.eta))
          .map((p, qs) => p.x * 100 + qs.y.sum()),
      one: (a, b) =>
        a
          .pairsWith(b)
          .filter((p, qs) => !qs.any((q) => q.eta === p.eta))
          .map((p, qs) => p.x * 100 + qs.y.sum()),
      plain: (a, b) =>
        a.filter((p) => !b.some((q) => q.eta === p.eta)).map((p) => p.x * 100 + b.reduce((t, q) => t + q.y, 0)),
    },
    {
      all: (a, b) =>
        a
          .filter((p) => p.eta > 0)
          .pairsWith(b.filter((q) => q.y > 0))
          .sortBy((p, qs) => -p.eta * qs.length)
          .map((p, qs) => p.eta * 10 + qs.length),
      one: (a, b) =>
        a
          .filter((p) => p.eta > 0)
          .pairsWith(b.filter((q) => q.y > 0))
          .sortBy((p, qs) => -p.eta * qs.length)
          .map((p, qs) => p.eta * 10 + qs.length),
      plain: (a, b) => {
        const n = b.filter((q) => q.y > 0).length;
        return a
          .filter((p) => p.eta > 0)
          .toSorted((p, q) => n * (q.eta - p.eta))
          .map((p) => p.eta * 10 + n);
      },
    },
    {
      all: (a, b) =>
        a
          .pairsWith(b)
          .maxBy((p) => p.eta)
          .flatMap((p, qs) => qs.filter((q) => q.y > p.eta)).y,
      one: (a, b) =>
        a
          .pairsWith(b)
          .maxBy((p) => p.eta)
          .flatMap((p, qs) => qs.filter((q) => q.y > p.eta)).y,
      plain: (a, b) => best(a, (p) => p.eta).flatMap((p) => b.filter((q) => q.y > p.eta).map((q) => q.y)),
    },
  ],
  concat: [
    { all: (a) => a.concat(a).x, one: (a) => a.concat(a).x, plain: (a) => [...a, ...a].map((p) => p.x) },
    {
      all: (a, b) =>
        a
          .concat(b)
          .filter((p) => p.eta > -5)
          .sortBy((p) => p.eta)
          .map((p) => `${p.collection} ${p.eta}`),
      one: (a, b) =>
        a
          .concat(b)
          .filter((p) => p.eta > -5)
          .sortBy((p) => p.eta)
          .map((p) => `${p.collection} ${p.eta}`),
      plain: (a, b) =>
        [...a.map((p) => ["A", p.eta] as const), ...b.map((q) => ["B", q.eta] as const)]
          .filter(([, eta]) => eta > -5)
          .toSorted(([, p], [, q]) => p - q)
          .map(([name, eta]) => `${name} ${eta}`),
    },
    {
      all: (a, b) =>
        b
          .concat(a.concat(b))
          .combinations(2)
          .filter((p, q) => p.eta < q.eta)
          .maxBy((p, q) => p.phi - q.phi)
          .map((p, q) => p.eta * 10 + q.eta),
      one: (a, b) =>
        b
          .concat(a.concat(b))
          .combinations(2)
          .filter((p, q) => p.eta < q.eta)
          .maxBy((p, q) => p.phi - q.phi)
          .map((p, q) => p.eta * 10 + q.eta),
      plain: (a, b) =>
        best(
          pairs([...b, ...a, ...b]).filter(([p, q]) => p.eta < q.eta),
          ([p, q]) => p.phi - q.phi,
        ).map(([p, q]) => p.eta * 10 + q.eta),
    },
    {
      all: (a, b) => a.x.concat(b.y),
      one: (a, b) => a.x.concat(b.y),
      plain: (a, b) => [...a.map((p) => p.x), ...b.map((q) => q.y)],
    },
  ],
  nearest: [
    {
      all: (a, b) => a.nearest(b).map((p, q) => p.eta * 100 + q.y),
      one: (a, b) => a.nearest(b).map((p, q) => p.eta * 100 + q.y),
      plain: (a, b) => nearestPairs(a, b).map(([p, q]) => p.eta * 100 + q.y),
    },
    {
      all: (a, b) =>
        a
          .filter((p) => p.eta > -2)
          .nearest(
            b.filter((q) => q.y > -2),
            { threshold: 1 },
          )
          .map((p, q) => p.eta * 100 + q.y),
      one: (a, b) =>
        a
          .filter((p) => p.eta > -2)
          .nearest(
            b.filter((q) => q.y > -2),
            { threshold: 1 },
          )
          .map((p, q) => p.eta * 100 + q.y),
      plain: (a, b) =>
        nearestPairs(
          a.filter((p) => p.eta > -2),
          b.filter((q) => q.y > -2),
          1,
        ).map(([p, q]) => p.eta * 100 + q.y),
    },
  ],
  matched: [
    {
      all: (a, b) => a.matched(b, { threshold: 4 }).map((p, q) => p.eta * 100 + q.y),
      one: (a, b) => a.matched(b, { threshold: 4 }).map((p, q) => p.eta * 100 + q.y),
      plain: (a, b) => matchedPairs(a, b, 4).map(([p, q]) => p.eta * 100 + q.y),
    },
  ],
  join: [
    {
      all: (a, b) =>
        a
          .join(
            b,
            (p) => p.eta,
            (q) => q.eta,
          )
          .map((p, q) => p.eta * 100 + q.y),
      one: (a, b) =>
        a
          .join(
            b,
            (p) => p.eta,
            (q) => q.eta,
          )
          .map((p, q) => p.eta * 100 + q.y),
      plain: (a, b) => a.flatMap((p) => b.filter((q) => q.eta === p.eta).map((q) => p.eta * 100 + q.y)),
    },
  ],
  groupBy: [
    {
      all: (a) =>
        a
          .filter((p) => p.eta > -5)
          .groupBy((p) => p.phi)
          .map((g) => g.eta.sum() * 10 + g.length),
      one: (a) =>
        a
          .filter((p) => p.eta > -5)
          .groupBy((p) => p.phi)
          .map((g) => g.eta.sum() * 10 + g.length),
      plain: (a) =>
        [
          ...Map.groupBy(
            a.filter((p) => p.eta > -5),
            (p) => p.phi,
          ).values(),
        ].map((g) => g.reduce((t, p) => t + p.eta, 0) * 10 + g.length),
    },
  ],
  sum: [
    { all: (a) => a.sum((p) => p.x), one: (a) => a.sum((p) => p.x), plain: (a) => a.reduce((t, p) => t + p.x, 0) },
    { all: (a) => a.eta.sum(), one: (a) => a.eta.sum(), plain: (a) => a.reduce((t, p) => t + p.eta, 0) },
  ],
  count: [
    {
      all: (a) => a.count((p) => p.x > 0),
      one: (a) => a.count((p) => p.x > 0),
      plain: (a) => a.filter((p) => p.x > 0).length,
    },
    { all: (a) => a.combinations(2).count(), one: (a) => a.combinations(2).length, plain: (a) => pairs(a).length },
  ],
  any: [{ all: (a) => a.any((p) => p.x > 5), one: (a) => a.any((p) => p.x > 5), plain: (a) => a.some((p) => p.x > 5) }],
  all: [
    { all: (a) => a.all((p) => p.x > -5), one: (a) => a.all((p) => p.x > -5), plain: (a) => a.every((p) => p.x > -5) },
  ],
  max: [
    {
      all: (a) => a.max((p) => p.x),
      one: (a) => a.max((p) => p.x),
      plain: (a) =>
        extreme(
          a.map((p) => p.x),
          1,
        ),
    },
  ],
  min: [
    {
      all: (a) => a.x.min(),
      one: (a) => a.x.min(),
      plain: (a) =>
        extreme(
          a.map((p) => p.x),
          -1,
        ),
    },
  ],
  maxBy: [
    {
      all: (a) => a.maxBy((p) => p.x).eta,
      one: (a) => a.maxBy((p) => p.x).eta,
      plain: (a) => best(a, (p) => p.x).map((p) => p.eta),
    },
    {
      all: (a) =>
        a
          .combinations(2)
          .maxBy((p, q) => p.eta + q.phi)
          .map((p, q) => p.x + 10 * q.eta),
      one: (a) =>
        a
          .combinations(2)
          .maxBy((p, q) => p.eta + q.phi)
          .map((p, q) => p.x + 10 * q.eta),
      plain: (a) => best(pairs(a), ([p, q]) => p.eta + q.phi).map(([p, q]) => p.x + 10 * q.eta),
    },
  ],
  minBy: [
    {
      all: (a) => a.minBy((p) => p.eta).x,
      one: (a) => a.minBy((p) => p.eta).x,
      plain: (a) => best(a, (p) => -p.eta).map((p) => p.x),
    },
  ],
  first: [
    {
      all: (a) => a.filter((p) => p.eta > 0).first().x,
      one: (a) => a.filter((p) => p.eta > 0).first().x,
      plain: (a) =>
        a
          .filter((p) => p.eta > 0)
          .slice(0, 1)
          .map((p) => p.x),
    },
  ],
  last: [
    {
      all: (a) => a.filter((p) => p.eta > 0).last().x,
      one: (a) => a.filter((p) => p.eta > 0).last().x,
      plain: (a) =>
        a
          .filter((p) => p.eta > 0)
          .slice(-1)
          .map((p) => p.x),
    },
  ],
  take: [
    { all: (a) => a.take(2).x, one: (a) => a.take(2).x, plain: (a) => a.slice(0, 2).map((p) => p.x) },
    {
      all: (a) =>
        a
          .filter((p) => p.eta > 0)
          .take(3)
          .combinations(2)
          .count(),
      one: (a) =>
        a
          .filter((p) => p.eta > 0)
          .take(3)
          .combinations(2)
          .count(),
      plain: (a) => pairs(a.filter((p) => p.eta > 0).slice(0, 3)).length,
    },
  ],
  sortBy: [
    {
      all: (a) => a.sortBy((p) => p.x).map((p) => p.x * 100 + p.eta),
      one: (a) => a.sortBy((p) => p.x).map((p) => p.x * 100 + p.eta),
      plain: (a) => a.toSorted((p, q) => risingNaNFirst(p.x, q.x)).map((p) => p.x * 100 + p.eta),
    },
    {
      all: (a) => a.eta.sortBy((v) => -v).take(2),
      one: (a) => a.eta.sortBy((v) => -v).take(2),
      plain: (a) =>
        a
          .map((p) => p.eta)
          .toSorted((p, q) => q - p)
          .slice(0, 2),
    },
    {
      all: (a) =>
        a
          .combinations(2)
          .sortBy((p, q) => p.eta + q.eta)
          .map((p, q) => p.x + 10 * q.eta)
          .first(),
      one: (a) =>
        a
          .combinations(2)
          .sortBy((p, q) => p.eta + q.eta)
          .map((p, q) => p.x + 10 * q.eta)
          .first(),
      plain: (a) =>
        pairs(a)
          .toSorted(([p, q], [r, s]) => p.eta + q.eta - r.eta - s.eta)
          .map(([p, q]) => p.x + 10 * q.eta)
          .slice(0, 1),
    },
  ],
};

const small = fc.integer({ min: -9, max: 9 });
const angle = fc.constantFrom(-3, -1, 0, 0.5, 1, 3);
const item = fc.record({
  x: fc.oneof({ weight: 9, arbitrary: small }, { weight: 1, arbitrary: fc.constant(Number.NaN) }),
  eta: small,
  phi: angle,
});
const partner = fc.record({ y: small, eta: small, phi: angle });
const sample: fc.Arbitrary<PlainEvent[]> = fc.array(
  fc.record({ a: fc.array(item, { maxLength: 6 }), b: fc.array(partner, { maxLength: 4 }) }),
  { minLength: 1, maxLength: 6 },
);

function events(rows: readonly PlainEvent[]): Events<Event> {
  const lists = (f: (row: PlainEvent) => unknown[]): unknown[] => rows.map(f);
  return eventsOf<Event>(
    {
      A_x: lists((r) => r.a.map((p) => p.x)),
      A_eta: lists((r) => r.a.map((p) => p.eta)),
      A_phi: lists((r) => r.a.map((p) => p.phi)),
      A_near: lists((r) => r.a.map((p) => [p.x, p.eta])),
      B_y: lists((r) => r.b.map((q) => q.y)),
      B_eta: lists((r) => r.b.map((q) => q.eta)),
      B_phi: lists((r) => r.b.map((q) => q.phi)),
    },
    {
      A_x: "var * float64",
      A_eta: "var * float64",
      A_phi: "var * float64",
      A_near: "var * var * float64",
      B_y: "var * float64",
      B_eta: "var * float64",
      B_phi: "var * float64",
    },
  );
}

test("the table has every operation, and nothing else", () => {
  const methods = (prototype: object): string[] =>
    Object.entries(Object.getOwnPropertyDescriptors(prototype))
      .filter(([name, { value }]) => typeof value === "function" && name !== "constructor" && !name.startsWith("$"))
      .map(([name]) => name);
  const internal = new Set(["toColumn", "step", "from", "itself", "kept", "extreme", "pick", "values", "memberOf", "checkAligned"]);
  const found = new Set(
    [...methods(EventList.prototype), ...methods(CollectionChain.prototype)].filter((n) => !internal.has(n)),
  );
  expect([...found].sort()).toEqual(Object.keys(operations).sort());
});

const cases = Object.entries(operations).flatMap(([name, all]) =>
  all.map((operation, i) => ({ name: `${name} ${i + 1}`, operation })),
);

test.each(cases)("$name gives the same over all events, in one event, and on plain arrays", ({ operation }) => {
  fc.assert(
    fc.property(sample, fc.boolean(), (rows, cut) => {
      const full = events(rows);
      const view = cut ? full.filter((e) => e.B.length !== 1) : full;
      const kept = cut ? rows.filter((r) => r.b.length !== 1) : rows;
      const expected = kept.map((r) => operation.plain(r.a, r.b));
      expect(toList(operation.all(view.A, view.B).toColumn())).toEqual(expected);
      const defined = view.define({ answer: (e) => operation.one(e.A, e.B) as number });
      expect(toList(defined.answer.toColumn())).toEqual(expected);
    }),
    { numRuns: 100 },
  );
});
