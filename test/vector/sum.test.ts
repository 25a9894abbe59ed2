import fc from "fast-check";
import { expect, test } from "vitest";
import { type Column, fromList, type ListColumn, toList } from "../../src/jagged/index.ts";
import {
  add,
  combinationSums,
  FourVector,
  fromPtEtaPhiM,
  property,
  scale,
  subtract,
  sum,
} from "../../src/vector/index.ts";
import { events, flatOf, listsOf, type Particle, particle } from "./arbitrary.ts";

const names = ["x", "y", "z", "energy"] as const;
const vectorOf = ({ pt, eta, phi, mass }: Particle): FourVector => fromPtEtaPhiM(pt, eta, phi, mass);
const total = (list: readonly Particle[]): FourVector =>
  list.map(vectorOf).reduce((a, b) => a.add(b), new FourVector(0, 0, 0, 0));

function expectVectors(column: Column, expected: readonly FourVector[]): void {
  for (const name of names) {
    const values = (toList(property(column, name)) as unknown[]).flat() as number[];
    expect(values.length).toBe(expected.length);
    values.forEach((value, i) => {
      expect(Math.abs(value - expected[i]![name])).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(expected[i]!.energy)));
    });
  }
}

test("the sum of each list is that of its vectors one by one, in any order", () => {
  fc.assert(
    fc.property(events, (lists) => {
      expectVectors(sum(listsOf(lists)), lists.map(total));
      expectVectors(sum(listsOf(lists.map((list) => list.toReversed()))), lists.map(total));
    }),
  );
});

test("axis 0 adds the first vectors of all lists, the second ones, and so on", () => {
  fc.assert(
    fc.property(events, (lists) => {
      const longest = Math.max(0, ...lists.map((list) => list.length));
      const columns = Array.from({ length: longest }, (_, k) => lists.flatMap((list) => list.slice(k, k + 1)));
      expectVectors(sum(listsOf(lists), { axis: 0 }), columns.map(total));
      expectVectors(sum(flatOf(lists.flat())), [total(lists.flat())]);
    }),
  );
});

test("an empty list gives the zero vector, a missing vector is left out, a missing list is missing", () => {
  const one: Particle = { pt: 3, eta: 0, phi: 0, mass: 4 };
  const sums = sum(listsOf([[], [one, null], null]));
  expect(toList(property(sums, "energy"))).toEqual([0, 5, null]);
  expect(toList(property(sums, "mass"))).toEqual([0, 4, null]);
  for (const name of ["pt", "eta", "phi"] as const) expect((toList(property(sums, name)) as number[])[0]).toBe(0);
});

test("combinations are those of three nested loops, in their order", () => {
  fc.assert(
    fc.property(events, (lists) => {
      const triples = lists.map((list) =>
        list.flatMap((a, i) => list.slice(i + 1).flatMap((b, j) => list.slice(i + j + 2).map((c) => total([a, b, c])))),
      );
      const sums = combinationSums(listsOf(lists), 3) as ListColumn;
      expect([...sums.offsets].slice(1).map((stop, i) => stop - sums.offsets[i]!)).toEqual(
        triples.map((t) => t.length),
      );
      expectVectors(sums, triples.flat());
    }),
  );
  const one: Particle = { pt: 3, eta: 0, phi: 0, mass: 4 };
  expect(toList(property(combinationSums(listsOf([[one, null, one]]), 2), "energy"))).toEqual([[null, 10, null]]);
  expect(() => combinationSums(listsOf([]), 0)).toThrow("n must be an integer of at least 1");
});

test("what is added and taken away again is gone; charges go along", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(particle, particle), { maxLength: 5 }), (pairs) => {
      const [a, b] = [flatOf(pairs.map(([p]) => p)), flatOf(pairs.map(([, p]) => p))];
      expectVectors(
        subtract(add(a, b), b),
        pairs.map(([p]) => vectorOf(p)),
      );
      expectVectors(
        scale(add(a, b), 2),
        pairs.map(([p, q]) => vectorOf(p).add(vectorOf(q)).scale(2)),
      );
    }),
  );
  const type = "{pt: float32, eta: float32, phi: float32, mass: float32, charge: int32}";
  const [plus, minus] = [1, -1].map((charge) => fromList([{ pt: 5, eta: 0, phi: 1, mass: 0, charge }], type));
  expect(toList(add(plus!, minus!))).toMatchObject([{ charge: 0 }]);
  expect(toList(subtract(plus!, minus!))).toMatchObject([{ charge: 2 }]);
});

test("the mass of a float32 pair keeps the precision of float32", () => {
  const type = "{pt: float32, eta: float32, phi: float32, mass: float32}";
  const a = fromList([{ pt: 500, eta: 2.5, phi: 0.1, mass: 0.105 }], type);
  const b = fromList([{ pt: 490, eta: 2.5, phi: 0.1, mass: 0.105 }], type);
  const exact = fromPtEtaPhiM(500, 2.5, Math.fround(0.1), Math.fround(0.105));
  const other = fromPtEtaPhiM(490, 2.5, Math.fround(0.1), Math.fround(0.105));
  const mass = (toList(property(add(a, b), "mass")) as number[])[0]!;
  expect(Math.abs(mass / exact.add(other).mass - 1)).toBeLessThan(1e-5);
});
