/**
 * Every operation of lists and collections three ways: as a chain, which a collection of all events and a list of one event both
 * understand; on plain arrays; and as whole columns, with awkward's functions. Long because it is the table.
 */
import type { Collection, List, LorentzItem } from "../../src/events/index.ts";
import {
  add,
  all,
  any,
  argmax,
  argmin,
  argsort,
  at,
  type Column,
  type ColumnSource,
  cartesian,
  combinations,
  concatenate,
  dropNone,
  equal,
  flatten,
  greater,
  invert,
  less,
  localIndex,
  max,
  min,
  multiply,
  negative,
  notEqual,
  num,
  runLengths,
  slice,
  sort,
  subtract,
  sum,
  unflatten,
} from "../../src/jagged/index.ts";
import { deltaR, matchUnique, metricTable, nearest } from "../../src/vector/index.ts";

/** Items of the first collection: `u` may be NaN or missing, every item has the list `near`. */
export interface A extends LorentzItem {
  readonly u: number;
  readonly eta: number;
  readonly phi: number;
  readonly near: List<number>;
}

export interface B extends LorentzItem {
  readonly v: number;
  readonly eta: number;
  readonly phi: number;
}

/** The same as plain objects. */
export interface PlainA {
  readonly u: number;
  readonly eta: number;
  readonly phi: number;
}

export interface PlainB {
  readonly v: number;
  readonly eta: number;
  readonly phi: number;
}

export interface Operation {
  readonly chain: (a: Collection<A>, b: Collection<B>) => ColumnSource;
  /** The answer for one event: a list of values, or one value. */
  readonly plain: (a: readonly PlainA[], b: readonly PlainB[]) => unknown;
  /** The answers for all events, from lists of records. */
  readonly columns: (a: Column, b: Column) => Column;
}

type Pair<T> = readonly [T, T];

const pairs = <T>(items: readonly T[]): Pair<T>[] =>
  items.flatMap((p, i) => items.slice(i + 1).map((q) => [p, q] as const));
const triples = <T>(items: readonly T[]): (readonly [T, T, T])[] =>
  items.flatMap((p, i) => pairs(items.slice(i + 1)).map(([q, r]) => [p, q, r] as const));
const total = (values: readonly number[]): number => values.reduce((t, v) => t + v, 0);

/** The first item that beats all before it: NaN, if it comes first, is never beaten. */
function best<T>(items: readonly T[], score: (item: T) => number): T[] {
  const [first, ...others] = items;
  return items.length === 0
    ? []
    : [others.reduce((found, item) => (score(item) > score(found) ? item : found), first!)];
}

function extreme(values: readonly number[], sign: 1 | -1): number[] {
  if (values.length === 0) return [];
  return [sign * Math.max(-Infinity, ...values.filter((v) => !Number.isNaN(v)).map((v) => sign * v))];
}

const risingNaNFirst = (p: number, q: number): number =>
  Number.isNaN(p) || Number.isNaN(q) ? Number(Number.isNaN(q)) - Number(Number.isNaN(p)) : p - q;

function nearestPairs(a: readonly PlainA[], b: readonly PlainB[], threshold = Infinity): (readonly [PlainA, PlainB])[] {
  const close = (p: PlainA): PlainB[] => b.filter((q) => deltaR(p, q) <= threshold);
  return a.flatMap((p) => best(close(p), (q) => -deltaR(p, q)).map((q) => [p, q] as const));
}

/** Of all pairs the closest first, each object in one pair only; in the order of `a`. */
function matchedPairs(a: readonly PlainA[], b: readonly PlainB[], threshold: number): (readonly [PlainA, PlainB])[] {
  const close = a.flatMap((p) => b.map((q) => [p, q] as const)).filter(([p, q]) => deltaR(p, q) <= threshold);
  const found: (readonly [PlainA, PlainB])[] = [];
  for (const pair of close.toSorted(([p, q], [r, s]) => deltaR(p, q) - deltaR(r, s)))
    if (!found.some(([p, q]) => p === pair[0] || q === pair[1])) found.push(pair);
  return found.toSorted(([p], [q]) => a.indexOf(p) - a.indexOf(q));
}

const inLists = { axis: 1 };
const each = { axis: 1, keepdims: true } as const;
const taken = (column: Column, from: number | null, to: number | null): Column => at(column, slice(), slice(from, to));
const where = (column: Column, field: "u" | "v" | "eta", least: number): Column =>
  at(column, greater(at(column, field), least));
/** `100 a + b`: a number that tells both apart. */
const code = (a: Column, b: Column, factor = 100): Column => add(multiply(a, factor), b);
const ordered = (column: Column, key: Column): Column => at(column, argsort(key));
const withoutMissing = (column: Column): Column => dropNone(column, inLists);

export const operations: Readonly<Record<string, readonly Operation[]>> = {
  filter: [
    {
      chain: (a) => a.filter((p) => p.u > 0).eta,
      plain: (a) => a.filter((p) => p.u > 0).map((p) => p.eta),
      columns: (a) => at(where(a, "u", 0), "eta"),
    },
  ],
  map: [
    {
      chain: (a) => a.map((p) => p.u * 2),
      plain: (a) => a.map((p) => p.u * 2),
      columns: (a) => multiply(at(a, "u"), 2),
    },
    {
      chain: (a) => a.u.map((x) => x + 1).filter((x) => x > 0),
      plain: (a) => a.map((p) => p.u + 1).filter((x) => x > 0),
      columns: (a) => at(add(at(a, "u"), 1), greater(add(at(a, "u"), 1), 0)),
    },
  ],
  flatMap: [
    {
      chain: (a) => a.flatMap((p) => p.near),
      plain: (a) => a.flatMap((p) => [p.phi, p.eta]),
      columns: (a) => flatten(at(a, "near"), { axis: 2 }),
    },
  ],
  combinations: [
    {
      chain: (a) => a.combinations(2).map((p, q) => p.u * 100 + q.eta),
      plain: (a) => pairs(a).map(([p, q]) => p.u * 100 + q.eta),
      columns: (a) => {
        const c = combinations(a, 2);
        return code(at(c, "0", "u"), at(c, "1", "eta"));
      },
    },
    {
      chain: (a) =>
        a
          .filter((p) => p.u !== 1)
          .combinations(3)
          .filter((p, q, r) => p.u + q.u + r.u > 0)
          .map((p, q, r) => p.u + 10 * q.eta + 100 * r.phi),
      plain: (a) =>
        triples(a.filter((p) => p.u !== 1))
          .filter(([p, q, r]) => p.u + q.u + r.u > 0)
          .map(([p, q, r]) => p.u + 10 * q.eta + 100 * r.phi),
      columns: (a) => {
        const all = combinations(at(a, notEqual(at(a, "u"), 1)), 3);
        const [p, q, r] = [at(all, "0", "u"), at(all, "1", "u"), at(all, "2", "u")];
        const c = at(all, greater(add(add(p, q), r), 0));
        return add(add(at(c, "0", "u"), multiply(at(c, "1", "eta"), 10)), multiply(at(c, "2", "phi"), 100));
      },
    },
    {
      chain: (a) => a.combinations(4).count(),
      plain: (a) => pairs(a).flatMap(([, q]) => pairs(a.slice(a.indexOf(q) + 1))).length,
      columns: (a) => num(combinations(a, 4)),
    },
  ],
  cartesian: [
    {
      chain: (a, b) =>
        a
          .filter((p) => p.u > -2)
          .cartesian(b.filter((q) => q.v > -2))
          .map((p, q) => p.u * 100 + q.v),
      plain: (a, b) => a.filter((p) => p.u > -2).flatMap((p) => b.filter((q) => q.v > -2).map((q) => p.u * 100 + q.v)),
      columns: (a, b) => {
        const c = cartesian([where(a, "u", -2), where(b, "v", -2)]);
        return code(at(c, "0", "u"), at(c, "1", "v"));
      },
    },
  ],
  pairsWith: [
    {
      chain: (a, b) =>
        a
          .pairsWith(b)
          .filter((p, qs) => !qs.any((q) => q.eta === p.eta))
          .map((p, qs) => p.u * 100 + qs.v.sum()),
      plain: (a, b) =>
        a.filter((p) => !b.some((q) => q.eta === p.eta)).map((p) => p.u * 100 + total(b.map((q) => q.v))),
      columns: (a, b) => {
        const c = cartesian([a, b], { nested: true });
        const free = invert(any(equal(at(c, "0", "eta"), at(c, "1", "eta")), { axis: 2 }));
        return at(code(at(a, "u"), sum(at(c, "1", "v"), { axis: 2 })), free);
      },
    },
    {
      chain: (a, b) =>
        a
          .filter((p) => p.eta > 0)
          .pairsWith(b.filter((q) => q.v > 0))
          .sortBy((p, qs) => -p.eta * qs.length)
          .map((p, qs) => p.eta * 10 + qs.length),
      plain: (a, b) => {
        const n = b.filter((q) => q.v > 0).length;
        return a
          .filter((p) => p.eta > 0)
          .toSorted((p, q) => n * (q.eta - p.eta))
          .map((p) => p.eta * 10 + n);
      },
      columns: (a, b) => {
        const left = where(a, "eta", 0);
        const n = num(cartesian([left, where(b, "v", 0)], { nested: true }), { axis: 2 });
        const eta = at(left, "eta");
        return ordered(code(eta, n, 10), multiply(negative(eta), n));
      },
    },
    {
      chain: (a, b) =>
        a
          .pairsWith(b)
          .maxBy((p) => p.eta)
          .flatMap((p, qs) => qs.filter((q) => q.v > p.eta)).v,
      plain: (a, b) => best(a, (p) => p.eta).flatMap((p) => b.filter((q) => q.v > p.eta).map((q) => q.v)),
      columns: (a, b) => {
        const c = cartesian([withoutMissing(at(a, argmax(at(a, "eta"), each))), b], { nested: true });
        const y = at(c, "1", "v");
        return flatten(at(y, greater(y, at(c, "0", "eta"))), { axis: 2 });
      },
    },
  ],
  concat: [
    {
      chain: (a) => a.concat(a).u,
      plain: (a) => [...a, ...a].map((p) => p.u),
      columns: (a) => at(concatenate([a, a], inLists), "u"),
    },
    {
      chain: (a, b) =>
        a
          .concat(b)
          .filter((p) => p.eta > -5)
          .sortBy((p) => p.eta)
          .map((p) => p.eta + (p.collection === "A" ? 100 : 200)),
      plain: (a, b) =>
        [...a.map((p) => [p.eta, 100] as const), ...b.map((q) => [q.eta, 200] as const)]
          .filter(([eta]) => eta > -5)
          .toSorted(([p], [q]) => p - q)
          .map(([eta, from]) => eta + from),
      columns: (a, b) => {
        const [p, q] = [where(a, "eta", -5), where(b, "eta", -5)].map((kept) => at(kept, "eta"));
        const both = concatenate([add(p!, 100), add(q!, 200)], inLists);
        return ordered(both, concatenate([p!, q!], inLists));
      },
    },
    {
      chain: (a, b) =>
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
      columns: (a, b) => {
        const all = combinations(
          concatenate(
            [b, a, b].map((c) => at(c, ["eta", "phi"])),
            inLists,
          ),
          2,
        );
        const c = at(all, less(at(all, "0", "eta"), at(all, "1", "eta")));
        const score = subtract(at(c, "0", "phi"), at(c, "1", "phi"));
        const won = withoutMissing(at(c, argmax(score, each)));
        return code(at(won, "0", "eta"), at(won, "1", "eta"), 10);
      },
    },
    {
      chain: (a, b) => a.u.concat(b.v),
      plain: (a, b) => [...a.map((p) => p.u), ...b.map((q) => q.v)],
      columns: (a, b) => concatenate([at(a, "u"), at(b, "v")], inLists),
    },
  ],
  nearest: [
    {
      chain: (a, b) => a.nearest(b).map((p, q) => p.eta * 100 + q.v),
      plain: (a, b) => nearestPairs(a, b).map(([p, q]) => p.eta * 100 + q.v),
      columns: (a, b) => withoutMissing(code(at(a, "eta"), at(nearest(a, b).object, "v"))),
    },
    {
      chain: (a, b) =>
        a
          .filter((p) => p.eta > -2)
          .nearest(
            b.filter((q) => q.v > -2),
            { threshold: 1 },
          )
          .map((p, q) => p.eta * 100 + q.v),
      plain: (a, b) =>
        nearestPairs(
          a.filter((p) => p.eta > -2),
          b.filter((q) => q.v > -2),
          1,
        ).map(([p, q]) => p.eta * 100 + q.v),
      columns: (a, b) => {
        const [left, right] = [where(a, "eta", -2), where(b, "v", -2)];
        return withoutMissing(code(at(left, "eta"), at(nearest(left, right, { threshold: 1 }).object, "v")));
      },
    },
    {
      chain: (a, b) => a.nearest(b.filter((q) => q.phi < 2)).map((p, q) => deltaR(p, q)),
      plain: (a, b) =>
        nearestPairs(
          a,
          b.filter((q) => q.phi < 2),
        ).map(([p, q]) => deltaR(p, q)),
      columns: (a, b) => withoutMissing(min(metricTable(a, at(b, less(at(b, "phi"), 2))), { axis: 2 })),
    },
  ],
  matched: [
    {
      chain: (a, b) => a.matched(b, { threshold: 4 }).map((p, q) => p.eta * 100 + q.v),
      plain: (a, b) => matchedPairs(a, b, 4).map(([p, q]) => p.eta * 100 + q.v),
      columns: (a, b) => withoutMissing(code(at(a, "eta"), at(matchUnique(a, b, { threshold: 4 }).object, "v"))),
    },
  ],
  join: [
    {
      chain: (a, b) =>
        a
          .join(
            b,
            (p) => p.eta,
            (q) => q.eta,
          )
          .map((p, q) => p.phi * 100 + q.v),
      plain: (a, b) => a.flatMap((p) => b.filter((q) => q.eta === p.eta).map((q) => p.phi * 100 + q.v)),
      columns: (a, b) => {
        const all = cartesian([a, b]);
        const c = at(all, equal(at(all, "0", "eta"), at(all, "1", "eta")));
        return code(at(c, "0", "phi"), at(c, "1", "v"));
      },
    },
  ],
  groupBy: [
    {
      chain: (a) =>
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
        ].map((g) => total(g.map((p) => p.eta)) * 10 + g.length),
      columns: (a) => {
        const kept = where(a, "eta", -5);
        const order = argsort(at(kept, "phi"));
        const counts = runLengths(at(kept, "phi", order));
        const [eta, place] = [at(kept, "eta"), localIndex(at(kept, "eta"))].map((c) =>
          unflatten(at(c, order), counts, { axis: 1 }),
        );
        // The groups stand by rising key; a list has them in the order of their first items.
        return ordered(code(sum(eta!, { axis: 2 }), num(eta!, { axis: 2 }), 10), min(place!, { axis: 2 }));
      },
    },
  ],
  sum: [
    {
      chain: (a) => a.sum((p) => p.u),
      plain: (a) => total(a.map((p) => p.u)),
      columns: (a) => sum(at(a, "u"), inLists),
    },
    {
      chain: (a) => a.eta.sum(),
      plain: (a) => total(a.map((p) => p.eta)),
      columns: (a) => sum(at(a, "eta"), inLists),
    },
  ],
  count: [
    {
      chain: (a) => a.count((p) => p.u > 0),
      plain: (a) => a.filter((p) => p.u > 0).length,
      columns: (a) => num(where(a, "u", 0)),
    },
    {
      chain: (a) => a.combinations(2).count(),
      plain: (a) => pairs(a).length,
      columns: (a) => num(combinations(a, 2)),
    },
  ],
  any: [
    {
      chain: (a) => a.any((p) => p.u > 5),
      plain: (a) => a.some((p) => p.u > 5),
      columns: (a) => any(greater(at(a, "u"), 5), inLists),
    },
  ],
  all: [
    {
      chain: (a) => a.all((p) => p.u > -5),
      plain: (a) => a.every((p) => p.u > -5),
      columns: (a) => all(greater(at(a, "u"), -5), inLists),
    },
  ],
  max: [
    {
      chain: (a) => a.max((p) => p.u),
      plain: (a) =>
        extreme(
          a.map((p) => p.u),
          1,
        ),
      columns: (a) => withoutMissing(max(at(a, "u"), each)),
    },
  ],
  min: [
    {
      chain: (a) => a.u.min(),
      plain: (a) =>
        extreme(
          a.map((p) => p.u),
          -1,
        ),
      columns: (a) => withoutMissing(min(at(a, "u"), each)),
    },
  ],
  maxBy: [
    {
      chain: (a) => a.maxBy((p) => p.u).eta,
      plain: (a) => best(a, (p) => p.u).map((p) => p.eta),
      columns: (a) => withoutMissing(at(at(a, "eta"), argmax(at(a, "u"), each))),
    },
    {
      chain: (a) =>
        a
          .combinations(2)
          .maxBy((p, q) => p.eta + q.phi)
          .map((p, q) => p.u + 10 * q.eta),
      plain: (a) => best(pairs(a), ([p, q]) => p.eta + q.phi).map(([p, q]) => p.u + 10 * q.eta),
      columns: (a) => {
        const c = combinations(a, 2);
        const won = at(c, argmax(add(at(c, "0", "eta"), at(c, "1", "phi")), each));
        return withoutMissing(add(at(won, "0", "u"), multiply(at(won, "1", "eta"), 10)));
      },
    },
  ],
  minBy: [
    {
      chain: (a) => a.minBy((p) => p.eta).u,
      plain: (a) => best(a, (p) => -p.eta).map((p) => p.u),
      columns: (a) => withoutMissing(at(at(a, "u"), argmin(at(a, "eta"), each))),
    },
  ],
  first: [
    {
      chain: (a) => a.filter((p) => p.eta > 0).first().u,
      plain: (a) =>
        a
          .filter((p) => p.eta > 0)
          .slice(0, 1)
          .map((p) => p.u),
      columns: (a) => taken(at(where(a, "eta", 0), "u"), 0, 1),
    },
  ],
  last: [
    {
      chain: (a) => a.filter((p) => p.eta > 0).last().u,
      plain: (a) =>
        a
          .filter((p) => p.eta > 0)
          .slice(-1)
          .map((p) => p.u),
      columns: (a) => taken(at(where(a, "eta", 0), "u"), -1, null),
    },
  ],
  take: [
    {
      chain: (a) => a.take(2).u,
      plain: (a) => a.slice(0, 2).map((p) => p.u),
      columns: (a) => taken(at(a, "u"), 0, 2),
    },
    {
      chain: (a) =>
        a
          .filter((p) => p.eta > 0)
          .take(3)
          .combinations(2)
          .count(),
      plain: (a) => pairs(a.filter((p) => p.eta > 0).slice(0, 3)).length,
      columns: (a) => num(combinations(taken(where(a, "eta", 0), 0, 3), 2)),
    },
  ],
  sortBy: [
    {
      chain: (a) => a.sortBy((p) => p.u).map((p) => p.u * 100 + p.eta),
      plain: (a) => a.toSorted((p, q) => risingNaNFirst(p.u, q.u)).map((p) => p.u * 100 + p.eta),
      columns: (a) => ordered(code(at(a, "u"), at(a, "eta")), at(a, "u")),
    },
    {
      chain: (a) => a.eta.sortBy((v) => -v).take(2),
      plain: (a) =>
        a
          .map((p) => p.eta)
          .toSorted((p, q) => q - p)
          .slice(0, 2),
      columns: (a) => taken(sort(at(a, "eta"), { ascending: false }), 0, 2),
    },
    {
      chain: (a) =>
        a
          .combinations(2)
          .sortBy((p, q) => p.eta + q.eta)
          .map((p, q) => p.u + 10 * q.eta)
          .first(),
      plain: (a) =>
        pairs(a)
          .toSorted(([p, q], [r, s]) => p.eta + q.eta - r.eta - s.eta)
          .map(([p, q]) => p.u + 10 * q.eta)
          .slice(0, 1),
      columns: (a) => {
        const c = combinations(a, 2);
        const key = add(at(c, "0", "eta"), at(c, "1", "eta"));
        return taken(ordered(add(at(c, "0", "u"), multiply(at(c, "1", "eta"), 10)), key), 0, 1);
      },
    },
  ],
};
