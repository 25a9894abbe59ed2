import fc from "fast-check";
import { expect, test } from "vitest";
import type { Item, List } from "../../src/events/index.ts";
import { columnsOf, eventsOf, useOf } from "./chunk-of.ts";

interface Jet extends Item {
  readonly pt: number;
  readonly eta: number;
}
interface Event {
  readonly Jet: List<Jet>;
  readonly Muon: List<Jet>;
}

const lists = fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 5 }), { minLength: 1, maxLength: 6 });
const values = (events: { toColumn(): unknown }) => [
  ...((events.toColumn() as { values: ArrayLike<number> }).values as number[]),
];
const of = (jets: number[][], muons: number[][] = jets) =>
  eventsOf<Event>({ Jet_pt: jets, Jet_eta: jets.map((l) => l.map((x) => -x)), Muon_pt: muons, Muon_eta: muons });

/** The same operations on a list of an event, of a definition and on an array. */
test("lists of a place answer what arrays answer, stored or defined, filtered up to four times", () => {
  fc.assert(
    fc.property(lists, (jets) => {
      const all = of(jets).define({ kept: (e) => e.Jet.filter((j) => j.pt !== 4) });
      const conditions = [
        (x: number) => x > 0,
        (x: number) => x < 9,
        (x: number) => x !== 5,
        (x: number) => x % 2 === 0,
      ];
      for (const name of ["Jet", "kept"] as const)
        for (let n = 0; n <= conditions.length; n++) {
          const used = conditions.slice(0, n);
          const expected = jets.map((l) =>
            used.reduce((kept, f) => kept.filter(f), name === "Jet" ? l : l.filter((x) => x !== 4)),
          );
          const list = (e: { Jet: List<Jet>; kept: List<Jet> }) =>
            used.reduce((kept: List<Jet>, f) => kept.filter((j) => f(j.pt)) as List<Jet>, e[name]);
          expect(values(all.map((e) => list(e).sum((j) => j.pt)))).toEqual(
            expected.map((l) => l.reduce((a, b) => a + b, 0)),
          );
          expect(values(all.map((e) => list(e).length))).toEqual(expected.map((l) => l.length));
          expect(values(all.map((e) => list(e).count((j) => j.pt > 3)))).toEqual(
            expected.map((l) => l.filter((x) => x > 3).length),
          );
          expect(values(all.map((e) => list(e).any((j) => j.pt > 6)))).toEqual(
            expected.map((l) => +l.some((x) => x > 6)),
          );
          expect(values(all.map((e) => list(e).all((j) => j.pt > 2)))).toEqual(
            expected.map((l) => +l.every((x) => x > 2)),
          );
          expect(
            values(
              all.map((e) =>
                list(e)
                  .sortBy((j) => -j.pt)
                  .take(2)
                  .sum((j) => j.pt),
              ),
            ),
          ).toEqual(
            expected.map((l) =>
              l
                .toSorted((a, b) => b - a)
                .slice(0, 2)
                .reduce((a, b) => a + b, 0),
            ),
          );
        }
    }),
  );
});

test("pairs of a list of a place are those of arrays, with conditions on the pairs", () => {
  fc.assert(
    fc.property(lists, (jets) => {
      const all = of(jets).define({ kept: (e) => e.Jet.filter((j) => j.pt !== 4) });
      for (const name of ["Jet", "kept"] as const) {
        const pairs = jets.map((l) => {
          const items = name === "Jet" ? l : l.filter((x) => x !== 4);
          return items.flatMap((a, i) => items.slice(i + 1).map((b) => [a, b] as const));
        });
        const near = pairs.map((l) => l.filter(([a, b]) => a - b < 3));
        expect(values(all.map((e) => e[name].combinations(2).length))).toEqual(pairs.map((l) => l.length));
        expect(values(all.map((e) => e[name].combinations(2).any((a, b) => a.pt === b.pt)))).toEqual(
          pairs.map((l) => +l.some(([a, b]) => a === b)),
        );
        expect(values(all.map((e) => e[name].combinations(2).all((a, b) => a.pt < b.pt)))).toEqual(
          pairs.map((l) => +l.every(([a, b]) => a < b)),
        );
        const filtered = all.map((e) =>
          e[name]
            .combinations(2)
            .filter((a, b) => a.pt - b.pt < 3)
            .sum((a, b) => a.pt * b.pt),
        );
        expect(values(filtered)).toEqual(near.map((l) => l.reduce((t, [a, b]) => t + a * b, 0)));
        const best = all.map((e) =>
          e[name]
            .combinations(2)
            .filter((a, b) => a.pt - b.pt < 3)
            .maxBy((a, b) => a.pt + b.pt)
            .count(),
        );
        expect(values(best)).toEqual(near.map((l) => Math.min(1, l.length)));
      }
    }),
  );
});

test("two lists from the same place of a lambda do not disturb each other", () => {
  const jets = [[1, 2, 3], [4, 5], []];
  const both = of(jets).map((e) => {
    const above = (limit: number) => e.Jet.filter((j) => j.pt > limit);
    const [a, b] = [above(1), above(4)];
    return a.sum((j) => j.pt * 100) + b.sum((j) => j.pt);
  });
  expect(values(both)).toEqual([500, 905, 0]);
});

test("a list inside the loop over the same list has cursors of its own", () => {
  const jets = [[1, 2, 3], [4, 5], []];
  const isolated = of(jets).map((e) => e.Jet.sum((j) => e.Jet.filter((k) => k.pt < j.pt).sum((k) => k.pt) * j.pt));
  expect(values(isolated)).toEqual([2 + 9, 20, 0]);
});

test("places take turns from the first at every event, whatever an event skips", () => {
  const jets = [[1, 2], [], [3], [4]];
  const muons = [[1], [2], [9], [4]];
  const found = of(jets, muons).map(
    (e) => (e.Jet.length > 0 && e.Jet.any((j) => j.pt === 3) ? e.Muon.sum((m) => m.pt) : e.Jet.length) + e.Muon.length,
  );
  expect(values(found)).toEqual([3, 1, 10, 2]);
});

test("an operation without a lambda on objects is refused", () => {
  const sum = (e: Event) => (e.Jet as unknown as { sum(): number }).sum();
  expect(() =>
    of([[1]])
      .map(sum)
      .toColumn(),
  ).toThrow("sum() of objects needs a lambda");
});

test("an exception inside a loop leaves the lists of its place as they were", () => {
  const jets = [[1, 2, 3], [4, 5], []];
  const sums = of(jets).map((e) => {
    let t = 0;
    for (const limit of [2, 9]) {
      try {
        t += e.Jet.filter((j) => {
          if (j.pt === limit) throw new Error("stop");
          return true;
        }).sum((j) => j.pt);
      } catch {
        t += 100;
      }
      t += e.Jet.combinations(2).count((a, b) => a.pt !== b.pt) * 1000;
    }
    return t;
  });
  expect(values(sums)).toEqual([6106, 2018, 0]);
});

test("a lambda that calls itself, and lambdas of equal text with other values, answer for themselves", () => {
  const jets = [[1, 2, 3], [4, 5], []];
  const nested = (e: Event, limit: number): number =>
    limit === 0 ? 0 : e.Jet.filter((j) => j.pt >= limit).sum((j) => j.pt + nested(e, limit - 1));
  const plain = (l: number[], limit: number): number =>
    limit === 0 ? 0 : l.filter((x) => x >= limit).reduce((t, x) => t + x + plain(l, limit - 1), 0);
  expect(values(of(jets).map((e) => nested(e, 3)))).toEqual(jets.map((l) => plain(l, 3)));
  const above = (limit: number) =>
    of(jets)
      .define({ kept: (e) => e.Jet.filter((j) => j.pt > limit) })
      .map((e) => e.kept.sum((j) => j.pt));
  expect([1, 2, 4].map((limit) => values(above(limit)))).toEqual([
    [5, 9, 0],
    [3, 9, 0],
    [0, 5, 0],
  ]);
});

test("definitions of lists, numbers and conditions use each other, are computed once, and only for the events asked for", () => {
  fc.assert(
    fc.property(lists, lists, (jets, muons) => {
      const n = Math.min(jets.length, muons.length);
      const [a, b] = [jets.slice(0, n), muons.slice(0, n)];
      const asked: number[] = [];
      const all = of(a, b)
        .define({ kept: (e) => e.Muon.filter((m) => m.pt > 2) })
        .define({
          clean: (e) => {
            asked.push(e.Jet.length);
            return e.Jet.filter((j) => !e.kept.any((m) => m.pt === j.pt));
          },
        })
        .define({ ht: (e) => e.clean.sum((j) => j.pt) })
        .define({ busy: (e) => e.ht > 9 })
        .define({ sorted: (e) => (e.busy ? e.Jet.sortBy((j) => -j.pt) : e.Jet.filter((j) => j.pt > 3)) });
      const clean = a.map((l, k) => l.filter((x) => !b[k]!.some((y) => y > 2 && y === x)));
      const ht = clean.map((l) => l.reduce((t, x) => t + x, 0));
      const odd = all.filter((e) => e.Jet.length % 2 === 1);
      const keep = <T>(list: T[]) => list.filter((_, k) => a[k]!.length % 2 === 1);
      expect(values(odd.map((e) => e.ht + (e.busy ? 1000 : 0)))).toEqual(keep(ht.map((t) => t + (t > 9 ? 1000 : 0))));
      expect(asked).toEqual(keep(a).map((l) => l.length));
      expect(values(all.map((e) => e.clean.length * 100 + e.clean.count((j) => j.pt > 4)))).toEqual(
        clean.map((l) => l.length * 100 + l.filter((x) => x > 4).length),
      );
      expect(asked.length).toBe(n);
      expect(values(all.map((e) => e.sorted.first().sum((j) => j.pt)))).toEqual(
        a.map((l, k) => (ht[k]! > 9 ? Math.max(0, ...l) : (l.find((x) => x > 3) ?? 0))),
      );
    }),
  );
});

test("a column that is missing in the middle of a loop is found by a replay, in definitions too", () => {
  const data = {
    Jet_pt: [[1, 5], [2], [7, 8]],
    Jet_eta: [[1, -1], [0], [2, 3]],
    Muon_pt: [[], [3], []],
    Muon_eta: [[], [1], []],
    nJet: [2, 1, 2],
    nMuon: [0, 1, 0],
  };
  const found: number[][] = [];
  useOf<Event>(columnsOf(data), (events) => {
    const all = events.define({ kept: (e) => e.Jet.filter((j) => j.pt > 4 && (j.pt < 6 || j.eta > 2)) });
    const pairs = all.map((e) => e.kept.sum((j) => j.pt) + e.Muon.sum((m) => m.pt * (m.pt > 2 ? m.eta : 0)));
    found.push(values(pairs));
  });
  expect(found).toEqual([[5, 3, 8]]);
});

test("a definition that answers an object is refused, whether it is the first answer or follows a list", () => {
  const events = eventsOf<Event & { readonly MET: Item }>({ Jet_pt: [[1], []], Jet_eta: [[1], []], MET_pt: [5, 6] });
  const wrong = (f: (e: { Jet: List<Jet>; MET: Item }) => unknown) =>
    events.define({ x: f as unknown as (e: Event) => List<Jet> }).map((e) => e.x.length);
  expect(() => wrong((e) => e.MET).toColumn()).toThrow('"x" must answer a number, boolean, string or list, not object');
  expect(() => wrong((e) => (e.Jet.length > 0 ? e.Jet : e.MET)).toColumn()).toThrow("list, not object");
  expect(() => wrong((e) => (e.Jet.length > 0 ? e.Jet : null)).toColumn()).toThrow("list, not null");
});
