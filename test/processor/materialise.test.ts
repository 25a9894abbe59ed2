import { expect, test } from "vitest";
import { fromList } from "../../src/jagged/index.ts";
import { materialise } from "../../src/processor/materialise.ts";

const source = (list: unknown[]): object => ({ alignment: {}, toColumn: () => fromList(list) });

test("columns become lists wherever they are", () => {
  expect(materialise(source([1, 2]))).toEqual([1, 2]);
  expect(materialise({ a: 1, b: { c: [source([[1], []])] }, m: new Map([["k", source([true])]]) })).toEqual({
    a: 1,
    b: { c: [[[1], []]] },
    m: new Map([["k", [true]]]),
  });
});

test("what holds no column is kept as it is", () => {
  const result = { a: 1, b: { c: [1, new Set([2])] }, m: new Map([["k", new Date(0)]]), f: () => 1, n: null };
  expect(materialise(result)).toBe(result);
});
