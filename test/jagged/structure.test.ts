import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as jagged from "../../src/jagged/index.ts";
import { type Column, fromList, slice, toList } from "../../src/jagged/index.ts";
import { agrees, type Element, type Events, each, lists, pairs, triples, type } from "./nested-model.ts";

describe("an operation equals the same on nested arrays", () => {
  test("num, localIndex, isNone", () => {
    agrees(
      (c) => jagged.num(c),
      each((l) => l.length),
    );
    agrees(
      (c) => jagged.num(c, { axis: 0 }),
      (d) => d.length,
    );
    agrees(
      (c) => jagged.localIndex(c),
      each((l) => l.map((_, i) => i)),
    );
    agrees(
      (c) => jagged.isNone(c),
      (d) => d.map((l) => l === null),
    );
    agrees(
      (c) => jagged.isNone(c, { axis: -1 }),
      each((l) => l.map((v) => v === null)),
    );
  });
  test("flatten, ravel, firsts, singletons", () => {
    const present = (d: Events): Element[] => d.filter((l) => l !== null).flat();
    agrees((c) => jagged.flatten(c), present);
    agrees((c) => jagged.ravel(c), present);
    agrees(
      (c) => jagged.flatten(c, { axis: null }),
      (d) => present(d).filter((v) => v !== null),
    );
    agrees(
      (c) => jagged.flatten(c, { axis: 0 }),
      (d) => d.filter((l) => l !== null),
    );
    agrees(
      (c) => jagged.firsts(c),
      (d) => d.map((l) => l?.[0] ?? null),
    );
    agrees(
      (c) => jagged.singletons(c),
      (d) => d.map((l) => (l === null ? [] : [l])),
    );
    agrees(
      (c) => jagged.firsts(jagged.singletons(c)),
      (d) => d,
    );
    agrees(
      (c) => jagged.flatten(jagged.singletons(c, { axis: 1 }), { axis: 2 }),
      each((l) => l.filter((v) => v !== null)),
    );
  });
  test("dropNone, fillNone, padNone", () => {
    const dropped = each((l) => l.filter((v) => v !== null));
    agrees(
      (c) => jagged.dropNone(c),
      (d) => dropped(d).filter((l) => l !== null),
    );
    agrees((c) => jagged.dropNone(c, { axis: 1 }), dropped);
    agrees(
      (c) => jagged.fillNone(c, -1.5),
      each((l) => l.map((v) => v ?? -1.5)),
    );
    agrees(
      (c) => jagged.fillNone(c, [], { axis: 0 }),
      (d) => d.map((l) => l ?? []),
    );
    const padded = (l: Element[], n: number): Element[] => [...l, ...Array<null>(Math.max(0, n - l.length)).fill(null)];
    agrees(
      (c) => jagged.padNone(c, 3),
      each((l) => padded(l, 3)),
    );
    agrees(
      (c) => jagged.padNone(c, 2, { clip: true }),
      each((l) => padded(l, 2).slice(0, 2)),
    );
    agrees(
      (c) => jagged.padNone(c, 4, { axis: 0 }),
      (d) => [...d, ...Array<null>(Math.max(0, 4 - d.length)).fill(null)],
    );
  });
  test("combinations and argcombinations of 1, 2, 3, with replacement", () => {
    agrees(
      (c) => jagged.combinations(c, 1),
      each((l) => l.map((v) => [v])),
    );
    agrees((c) => jagged.combinations(c, 2), each(pairs));
    agrees((c) => jagged.combinations(c, 3), each(triples));
    agrees(
      (c) => jagged.argcombinations(c, 2),
      each((l) => pairs([...l.keys()])),
    );
    agrees(
      (c) => jagged.combinations(c, 2, { replacement: true, fields: ["a", "b"] }),
      each((l) => l.flatMap((a, i) => l.slice(i).map((b) => ({ a, b })))),
    );
  });
  test("cartesian and argcartesian, flat and nested", () => {
    const reverse = (c: Column): Column => jagged.at(c, slice(), slice(null, null, -1));
    const product = (l: Element[]): Element[][][] => l.map((a) => [...l].reverse().map((b) => [a, b]));
    agrees(
      (c) => jagged.cartesian([c, reverse(c)]),
      each((l) => product(l).flat()),
    );
    agrees((c) => jagged.cartesian([c, reverse(c)], { nested: true }), each(product));
    agrees(
      (c) => jagged.argcartesian([c, c]),
      each((l) => l.flatMap((_, i) => l.map((_, j) => [i, j]))),
    );
    agrees(
      (c) => jagged.cartesian({ x: c, y: c, z: c }, { nested: ["x"] }),
      each((l) => l.map((x) => l.flatMap((y) => l.map((z) => ({ x, y, z }))))),
    );
  });
  test("slices, integers, masks, indices", () => {
    const bound = fc.option(fc.integer({ min: -7, max: 7 }));
    fc.assert(
      fc.property(bound, bound, fc.constantFrom(1, 2, -1, -2, null), (start, stop, step) => {
        const python = <T>(all: readonly T[]): T[] => {
          const s = step ?? 1;
          const n = all.length;
          const fix = (v: number | null, other: number): number =>
            v === null ? other : Math.min(s > 0 ? n : n - 1, Math.max(s > 0 ? 0 : -1, v < 0 ? v + n : v));
          const [first, end] = [fix(start, s > 0 ? 0 : n - 1), fix(stop, s > 0 ? n : -1)];
          const taken: T[] = [];
          for (let i = first; s > 0 ? i < end : i > end; i += s) taken.push(all[i]!);
          return taken;
        };
        const data: Events = [[1, 2, 3, 4, 5], [], null, [6, null]];
        const column = fromList(data, type);
        expect(toList(jagged.at(column, slice(start, stop, step)))).toEqual(python(data));
        expect(toList(jagged.at(column, slice(), slice(start, stop, step)))).toEqual(each((l) => python(l))(data));
      }),
    );
    agrees(
      (c) => jagged.at(c, jagged.greater(c, 0)),
      each((l) => l.filter((v) => v === null || v > 0)),
    );
    agrees(
      (c) => jagged.at(c, jagged.isNone(c)),
      (d) => d.filter((l) => l === null),
    );
    agrees(
      (c) => jagged.at(c, jagged.localIndex(c)),
      (d) => d,
    );
    agrees(
      (c) => jagged.at(c, jagged.newaxis),
      (d) => [d],
    );
    agrees(
      (c) => jagged.at(c, slice(), jagged.newaxis),
      (d) => d.map((l) => [l]),
    );
    agrees(
      (c) => jagged.at(jagged.padNone(c, 2), slice(), 1),
      each((l) => l[1] ?? null),
    );
    agrees(
      (c) => jagged.at(c, jagged.ellipsis, slice(0, 1)),
      each((l) => l.slice(0, 1)),
    );
  });
  test("mask, where, concatenate", () => {
    const positive = (v: Element): boolean => v !== null && v > 0;
    agrees(
      (c) => jagged.mask(c, jagged.greater(c, 0)),
      each((l) => l.map((v) => (positive(v) ? v : null))),
    );
    agrees(
      (c) => jagged.mask(c, jagged.greater(jagged.num(c), 1)),
      (d) => d.map((l) => ((l?.length ?? 0) > 1 ? l : null)),
    );
    const filled = (c: Column): Column => jagged.fillNone(c, [], { axis: 0 });
    agrees(
      (c) => jagged.where(jagged.greater(filled(c), 0), filled(c), -9),
      (d) => d.map((l) => (l ?? []).map((v) => (v === null ? null : v > 0 ? v : -9))),
    );
    agrees(
      (c) => jagged.concatenate([c, c]),
      (d) => [...d, ...d],
    );
    agrees(
      (c) => jagged.concatenate([c, c], { axis: 1 }),
      (d) => d.map((l) => [...(l ?? []), ...(l ?? [])]),
    );
  });
  test("runLengths and unflatten undo each other's flattening", () => {
    const runs = (l: Element[]): Element[][] => {
      const groups: Element[][] = [];
      for (const v of l) {
        const last = groups.at(-1);
        if (last !== undefined && last[0] === v) last.push(v);
        else groups.push([v]);
      }
      return groups;
    };
    agrees(
      (c) => jagged.runLengths(c),
      each((l) => runs(l).map((g) => g.length)),
    );
    agrees((c) => jagged.unflatten(c, jagged.runLengths(c), { axis: 1 }), each(runs));
    agrees(
      (c) => jagged.unflatten(jagged.flatten(c), jagged.num(c)),
      (d) => d,
    );
  });
  test("zip and unzip, fields, broadcasting of events into lists", () => {
    agrees(
      (c) => jagged.zip({ x: c, n: 1 }),
      each((l) => l.map((x) => ({ x, n: 1 }))),
    );
    agrees(
      (c) => jagged.unzip(jagged.zip({ x: c, y: jagged.localIndex(c) })).map(toList),
      (d) => [d, each((l) => l.map((_, i) => i))(d)],
    );
    agrees(
      (c) => jagged.add(c, jagged.fillNone(jagged.num(c), 0)),
      each((l) => l.map((v) => (v === null ? null : v + l.length))),
    );
    agrees(
      (c) => jagged.at(jagged.withField(jagged.zip({ x: c }), 3, "y"), "y"),
      each((l) => l.map(() => 3)),
    );
  });
  test("casts and fillers", () => {
    agrees(
      (c) => jagged.zerosLike(c),
      each((l) => l.map((v) => (v === null ? null : 0))),
    );
    agrees(
      (c) => jagged.valuesAstype(c, "bool"),
      each((l) => l.map((v) => (v === null ? null : v !== 0))),
    );
    agrees(
      (c) => jagged.nanToNone(c),
      each((l) => l.map((v) => (Number.isNaN(v) ? null : v))),
    );
    agrees(
      (c) => jagged.nanToNum(c, { nan: 2 }),
      each((l) => l.map((v) => (Number.isNaN(v) ? 2 : v))),
    );
    agrees(
      (c) => jagged.notEqual(c, c),
      each((l) => l.map((v) => (v === null ? null : Number.isNaN(v)))),
    );
  });
  test("indices pick what they say, or name the event", () => {
    fc.assert(
      fc.property(lists, fc.integer({ min: -3, max: 3 }), (data, k) => {
        const column = fromList(data, "var * ?float64");
        const bad = data.findIndex((l) => (k < 0 ? -k > l.length : k >= l.length));
        const indices = fromList(
          data.map(() => k),
          "int32",
        );
        for (const take of [() => jagged.at(column, slice(), k), () => jagged.pick(column, indices)])
          if (bad < 0) expect(toList(take())).toEqual(data.map((l) => l.at(k)));
          else expect(take).toThrow(`index ${k} is out of range at event ${bad}, whose list`);
      }),
    );
  });
});

test("results share what they can", () => {
  const column = fromList([[1, 2], [3], []], "var * float64") as Column & { kind: "list" };
  const values = (c: Column): ArrayBufferLike => (c as Column & { kind: "primitive" }).values.buffer as ArrayBuffer;
  expect(values(jagged.flatten(column))).toBe(values(column.content));
  expect(values(jagged.flatten(jagged.at(column, slice(1, 3))))).toBe(values(column.content));
  const records = jagged.zip({ a: column, b: column }) as Column & { kind: "list" };
  expect(records.offsets).toBe(column.offsets);
  expect(values(jagged.flatten(jagged.at(records, "a")))).toBe(values(column.content));
  const again = jagged.unflatten(jagged.flatten(column), [1, 2]) as Column & { kind: "list" };
  expect(values(again.content)).toBe(values(column.content));
});
