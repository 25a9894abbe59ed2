import fc from "fast-check";
import { expect, test } from "vitest";
import * as jagged from "../../src/jagged/index.ts";
import { type Column, fromList, slice, toList } from "../../src/jagged/index.ts";

/** Lists of records with strings, lists and options inside: what is moved is moved as a whole. */
const type = "var * ?{name: string, hits: var * ?int64, inner: ?{x: float32, ok: bool}}";
const entry = fc.option(
  fc.record(
    {
      name: fc.string({ unit: "grapheme", maxLength: 4 }),
      hits: fc.array(fc.option(fc.bigInt({ min: -9n, max: 9n })), { maxLength: 3 }),
      inner: fc.option(
        fc.record({ x: fc.constantFrom(0.5, Number.NaN, -2), ok: fc.boolean() }, { noNullPrototype: true }),
      ),
    },
    { noNullPrototype: true },
  ),
);
const data = fc.array(fc.array(entry, { maxLength: 4 }), { maxLength: 8 });
type Data = typeof data extends fc.Arbitrary<infer T> ? T : never;

function check(operate: (column: Column, data: Data) => Column, model: (data: Data) => unknown): void {
  fc.assert(
    fc.property(data, (lists) => {
      const whole = fromList([[null], ...lists, []], type);
      for (const column of [fromList(lists, type), jagged.at(whole, slice(1, -1))])
        expect(toList(operate(column, lists))).toEqual(model(lists));
    }),
    { numRuns: 80 },
  );
}

test("taking, padding, filtering and joining of nested records", () => {
  check(
    (c) => jagged.at(c, slice(null, null, -1)),
    (d) => [...d].reverse(),
  );
  check(
    (c, d) =>
      jagged.at(
        c,
        d.map((_, i) => i).filter((i) => i % 2 === 0),
      ),
    (d) => d.filter((_, i) => i % 2 === 0),
  );
  check(
    (c) => jagged.at(c, slice(), slice(null, null, -1)),
    (d) => d.map((l) => [...l].reverse()),
  );
  check(
    (c) => jagged.padNone(c, 3),
    (d) => d.map((l) => [...l, ...Array(Math.max(0, 3 - l.length)).fill(null)]),
  );
  check(
    (c) => jagged.firsts(c),
    (d) => d.map((l) => l[0] ?? null),
  );
  check(
    (c) => jagged.concatenate([c, c], { axis: 1 }),
    (d) => d.map((l) => [...l, ...l]),
  );
  check(
    (c) => jagged.concatenate([c, c]),
    (d) => [...d, ...d],
  );
  check(
    (c) => jagged.dropNone(c, { axis: 1 }),
    (d) => d.map((l) => l.filter((r) => r !== null)),
  );
  check(
    (c) => jagged.at(c, "hits"),
    (d) => d.map((l) => l.map((r) => r?.hits ?? null)),
  );
  check(
    (c) => jagged.at(c, "inner", "x"),
    (d) => d.map((l) => l.map((r) => r?.inner?.x ?? null)),
  );
  check(
    (c) => jagged.equal(jagged.at(c, "name"), "a"),
    (d) => d.map((l) => l.map((r) => (r === null ? null : r.name === "a"))),
  );
  check(
    (c) => jagged.num(jagged.at(c, "hits"), { axis: 2 }),
    (d) => d.map((l) => l.map((r) => r?.hits.length ?? null)),
  );
  check(
    (c) => jagged.combinations(c, 2, { fields: ["a", "b"] }),
    (d) => d.map((l) => l.flatMap((a, i) => l.slice(i + 1).map((b) => ({ a, b })))),
  );
  check(
    (c) => jagged.at(jagged.withField(c, jagged.localIndex(c), "i"), "i"),
    (d) => d.map((l) => l.map((r, i) => (r === null ? null : i))),
  );
  check(
    (c) => jagged.where(jagged.isNone(c, { axis: 1 }), jagged.at(c, slice(), slice(null, null, -1)), c),
    (d) => d.map((l) => l.map((r, i) => (r === null ? l[l.length - 1 - i] : r))),
  );
});

test("deep lists broadcast from the left, level by level", () => {
  const deep = fc.array(fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 3 }), { maxLength: 3 }), {
    maxLength: 5,
  });
  fc.assert(
    fc.property(deep, (lists) => {
      const column = fromList(lists, "var * var * int32");
      const perEvent = jagged.num(column);
      const perList = jagged.num(column, { axis: 2 });
      expect(toList(jagged.add(column, perEvent))).toEqual(lists.map((e) => e.map((l) => l.map((v) => v + e.length))));
      expect(toList(jagged.multiply(perList, column))).toEqual(
        lists.map((e) => e.map((l) => l.map((v) => v * l.length))),
      );
      expect(toList(jagged.flatten(column, { axis: 2 }))).toEqual(lists.map((e) => e.flat()));
      expect(toList(jagged.flatten(column, { axis: -1 }))).toEqual(lists.map((e) => e.flat()));
      expect(toList(jagged.at(column, slice(), slice(), slice(0, 1)))).toEqual(
        lists.map((e) => e.map((l) => l.slice(0, 1))),
      );
      expect(toList(jagged.at(column, jagged.greater(column, 0)))).toEqual(
        lists.map((e) => e.map((l) => l.filter((v) => v > 0))),
      );
      expect(toList(jagged.at(column, jagged.greater(perList, 1)))).toEqual(
        lists.map((e) => e.filter((l) => l.length > 1)),
      );
      expect(toList(jagged.combinations(column, 2, { axis: 2 }))).toEqual(
        lists.map((e) => e.map((l) => l.flatMap((a, i) => l.slice(i + 1).map((b) => [a, b])))),
      );
      expect(toList(jagged.concatenate([column, column], { axis: 2 }))).toEqual(
        lists.map((e) => e.map((l) => [...l, ...l])),
      );
      expect(toList(jagged.cartesian([column, column], { axis: 2 }))).toEqual(
        lists.map((e) => e.map((l) => l.flatMap((a) => l.map((b) => [a, b])))),
      );
    }),
    { numRuns: 80 },
  );
});

test("a regular dimension of size 1 broadcasts, also one made by newaxis; regular stays regular", () => {
  const regular = fromList(
    [
      [1, 2],
      [3, 4],
    ],
    "2 * 2 * int32",
  );
  const ones = fromList([[10], [20]], "2 * 1 * int32");
  expect(toList(jagged.add(regular, ones))).toEqual([
    [11, 12],
    [23, 24],
  ]);
  expect(jagged.typeName(jagged.add(regular, ones))).toBe("2 * int32");
  expect(toList(jagged.add(fromList([[1], [2, 3]], "var * int32"), ones))).toEqual([[11], [22, 23]]);
  expect(() => jagged.add(regular, fromList([[10], [20]], "var * int32"))).toThrow("at event 0 their lists hold");
  const [a, b] = [fromList([1, 2, 3], "int32"), fromList([10, 20, 30], "int32")];
  const outer = jagged.add(jagged.at(a, slice(), jagged.newaxis), jagged.at(b, jagged.newaxis));
  expect(toList(outer)).toEqual([
    [11, 21, 31],
    [12, 22, 32],
    [13, 23, 33],
  ]);
  expect(Array.from(jagged.toTypedArray(outer) as Int32Array)).toEqual([11, 21, 31, 12, 22, 32, 13, 23, 33]);
  expect(jagged.typeName(jagged.withName(jagged.zip({ pt: a }), "Muon"))).toBe("Muon[pt: int32]");
});
