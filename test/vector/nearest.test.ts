import fc from "fast-check";
import { expect, test } from "vitest";
import { type Column, type ListColumn, toList } from "../../src/jagged/index.ts";
import { between, clean, deltaR, matchUnique, metricTable, nearest, property } from "../../src/vector/index.ts";
import { listsOf, type Particle, particle } from "./arbitrary.ts";

const list = fc.array(particle, { maxLength: 5 });
const pairs = fc.array(fc.tuple(list, list), { maxLength: 5 });
const columns = (lists: [Particle[], Particle[]][]): [Column, Column] => [
  listsOf(lists.map(([a]) => a)),
  listsOf(lists.map(([, b]) => b)),
];

test("nearest finds what a search through all finds, and the table holds all the numbers", () => {
  fc.assert(
    fc.property(pairs, fc.double({ min: 0, max: 4, noNaN: true }), (lists, threshold) => {
      const [a, b] = columns(lists);
      const table = lists.map(([left, right]) => left.map((p) => right.map((q) => deltaR(p, q))));
      expect(toList(metricTable(a, b))).toEqual(table);
      const found = nearest(a, b, { threshold });
      const best = table.map((event) => event.map((row) => (row.length === 0 ? null : Math.min(...row))));
      expect(toList(found.metric)).toEqual(best);
      const index = table.map((event, e) =>
        event.map((row, i) => {
          const smallest = best[e]![i]!;
          return smallest !== null && smallest <= threshold ? row.indexOf(smallest) : null;
        }),
      );
      expect(toList(found.index)).toEqual(index);
      expect(toList(found.object)).toEqual(
        index.map((event, e) => event.map((at) => (at === null ? null : lists[e]![1][at]!))),
      );
      const far = lists.map(([left], e) => left.filter((_, i) => !table[e]![i]!.some((r) => r <= threshold)));
      expect(toList(clean(a, b, { threshold }))).toEqual(far);
    }),
  );
});

test("unique matches use each partner once, and no free pair is closer than a matched one", () => {
  fc.assert(
    fc.property(pairs, (lists) => {
      const [a, b] = columns(lists);
      const { index, metric } = matchUnique(a, b);
      (toList(index) as (number | null)[][]).forEach((event, e) => {
        const [left, right] = lists[e]!;
        const used = event.filter((at) => at !== null);
        expect(new Set(used).size).toBe(used.length);
        expect(used.length).toBe(Math.min(left.length, right.length));
        const distances = (toList(metric) as (number | null)[][])[e]!;
        left.forEach((p, i) => {
          right.forEach((q, j) => {
            const distance = deltaR(p, q);
            const own = distances[i] ?? Number.POSITIVE_INFINITY;
            const rival = event.indexOf(j);
            const theirs = rival < 0 ? Number.POSITIVE_INFINITY : distances[rival]!;
            expect(distance >= Math.min(own!, theirs!)).toBe(true);
          });
        });
      });
    }),
  );
});

test("missing vectors have no partner and are none; a missing list is no partner for anyone", () => {
  const p: Particle = { pt: 1, eta: 0, phi: 0, mass: 0 };
  const q: Particle = { pt: 2, eta: 3, phi: 0, mass: 0 };
  const a = listsOf([[p, null], [p], null]);
  const b = listsOf([[null, q], null, [q]]);
  expect(toList(nearest(a, b).index)).toEqual([[1, null], [null], null]);
  expect(toList(nearest(a, b).metric)).toEqual([[3, null], [null], null]);
  expect(toList(clean(a, b, { threshold: 4 }))).toEqual([[null], [p], null]);
  expect(toList(metricTable(a, b))).toEqual([
    [
      [null, 3],
      [null, null],
    ],
    null,
    null,
  ]);
});

test("a metric by name, unwrapped, and as a function", () => {
  const p: Particle = { pt: 1, eta: 0, phi: 3, mass: 1 };
  const q: Particle = { pt: 2, eta: 0, phi: -3, mass: 1 };
  const [a, b] = [listsOf([[p]]), listsOf([[q]])];
  expect(toList(between(a, b, "deltaPhi"))).toEqual([[6 - 2 * Math.PI]]);
  expect(toList(between(a, b, "deltaPhi", { wrap: false }))).toEqual([[6]]);
  expect(toList(between(a, b, "deltaR", { wrap: false }))).toEqual([[deltaR(p, q, { wrap: false })]]);
  expect(toList(metricTable(a, b, { wrap: false }))).toEqual([[[6]]]);
  expect(toList(nearest(a, b, { metric: (one, other) => one.add(other).mass }).metric)).toEqual(
    toList(between(a, b, "mass")),
  );
  const table = metricTable(a, b, { pairs: true });
  expect(toList(table.a)).toEqual([[[p]]]);
  expect(toList(table.b)).toEqual([[[q]]]);
  expect(() => between(a, b, "deltaS" as "deltaR")).toThrow(/no metric "deltaS". Nearest: deltaR/);
});

test("collections of other events, or nested otherwise, are refused", () => {
  const p: Particle = { pt: 1, eta: 0, phi: 0, mass: 0 };
  const a = listsOf([[p], []]);
  expect(() => nearest(a, listsOf([[p]]))).toThrow(/nearest: 2 events of .* and 1 of/);
  expect(() => nearest((a as ListColumn).content, a)).toThrow(/nearest takes lists of vectors/);
  expect(() => between(a, listsOf([[], [p]]), "deltaR")).toThrow(/between \(deltaR\): list 0 has 1 and 0 elements/);
  expect(toList(property(a, "pt"))).toEqual([[1], []]);
});
