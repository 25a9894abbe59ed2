import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as jagged from "../../src/jagged/index.ts";
import { fromList, toList } from "../../src/jagged/index.ts";
import { samples, sliced } from "./nested-samples.ts";

/** NaN first, missing last, ties as they stood; places along the axis. */
function arranged(values: readonly unknown[], ascending: boolean): number[] {
  const rank = (v: unknown): number => (v === null ? 2 : Number.isNaN(v) ? 0 : 1);
  type Value = number | bigint | boolean;
  const compare = (a: Value, b: Value): number => (a < b ? -1 : a > b ? 1 : 0);
  return values
    .map((value, index) => ({ value, index }))
    .sort((a, b) => {
      const ranks = rank(a.value) - rank(b.value);
      if (ranks !== 0 || rank(a.value) !== 1) return ranks;
      return compare(a.value as Value, b.value as Value) * (ascending ? 1 : -1);
    })
    .map(({ index }) => index);
}

describe("order", () => {
  const innermost = (data: unknown, depth: number, act: (list: unknown[]) => unknown[]): unknown =>
    data === null
      ? null
      : depth === 1
        ? act(data as unknown[])
        : (data as unknown[]).map((entry) => innermost(entry, depth - 1, act));

  test("sort and argsort of the innermost lists equal a stable sort of arrays", () => {
    fc.assert(
      fc.property(samples(), fc.boolean(), fc.boolean(), ({ depth, type, data }, ascending, slice) => {
        const column = slice ? sliced(fromList(data, type)) : fromList(data, type);
        const before = structuredClone(column);
        const places = innermost(data, depth, (list) => arranged(list, ascending));
        const values = innermost(data, depth, (list) => arranged(list, ascending).map((i) => list[i]));
        expect(toList(jagged.argsort(column, { ascending }))).toEqual(places);
        expect(toList(jagged.sort(column, { ascending }))).toEqual(values);
        expect(column).toEqual(before);
      }),
      { numRuns: 400 },
    );
  });

  test("long lists are sorted as short ones are", () => {
    const value = fc.oneof(fc.double(), fc.constantFrom(0, -0, 1, 2, Number.NaN));
    fc.assert(
      fc.property(
        fc.array(fc.array(value, { minLength: 20, maxLength: 300 }), { maxLength: 4 }),
        fc.boolean(),
        (data, ascending) => {
          const column = fromList(data, "var * float64");
          expect(toList(jagged.argsort(column, { ascending }))).toEqual(data.map((list) => arranged(list, ascending)));
        },
      ),
      { numRuns: 60 },
    );
  });

  test("strings by their bytes", () => {
    const data = fc.array(
      fc.option(fc.array(fc.option(fc.string({ unit: "binary", maxLength: 4 })), { maxLength: 6 })),
    );
    const encoder = new TextEncoder();
    const key = (text: string): string => String.fromCharCode(...encoder.encode(text));
    fc.assert(
      fc.property(data, fc.boolean(), (lists, ascending) => {
        const column = fromList(lists, "option[var * ?string]");
        const order = (list: (string | null)[]): number[] =>
          arranged(list.map((s) => (s === null ? null : key(s))) as never, ascending);
        expect(toList(jagged.argsort(column, { ascending }))).toEqual(lists.map((l) => l && order(l)));
        expect(toList(jagged.sort(column, { ascending }))).toEqual(lists.map((l) => l && order(l).map((i) => l[i])));
      }),
      { numRuns: 200 },
    );
  });

  test("along axis 0 each place is sorted by itself, missing lists come last", () => {
    const column = fromList([[1.1, null, 3.3], [], null, [null], [null, 4, 5]], "option[var * ?float64]");
    expect(toList(jagged.sort(column, { axis: 0 }))).toEqual([[1.1, 4, 3.3], [], [null], [null, null, 5], null]);
    const ints = fromList([[[1n, 2n], []], [], [[3n]], [[4n, 5n], [7n], []]], "var * var * int64");
    expect(toList(jagged.sort(ints, { axis: 1, ascending: false }))).toEqual([
      [[1n, 2n], []],
      [],
      [[3n]],
      [[7n, 5n], [4n], []],
    ]);
    expect(toList(jagged.argsort(ints, { axis: 1, ascending: false }))).toEqual([
      [[0, 0], []],
      [],
      [[0]],
      [[1, 0], [0], []],
    ]);
    expect(toList(jagged.sort(ints, { axis: 0, ascending: false }))).toEqual([
      [[4n, 5n], []],
      [],
      [[3n]],
      [[1n, 2n], [7n], []],
    ]);
  });
});
