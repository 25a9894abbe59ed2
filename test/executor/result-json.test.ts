import { expect, test } from "vitest";
import { resultJson } from "../../src/executor/index.ts";
import { axis, Hist } from "../../src/hist/index.ts";

const parsed = (result: unknown): unknown => JSON.parse(resultJson({ result }));

test("the result as it was returned, keys in that order", () => {
  const result = { z: 1, a: { y: [1, 2], b: 'text \u2028 " é' }, none: null, yes: true };
  expect(parsed(result)).toEqual(result);
  expect(Object.keys(parsed(result) as object)).toEqual(["z", "a", "none", "yes"]);
  expect(resultJson({ result })).toBe(resultJson({ result: structuredClone(result) }));
  expect(resultJson({ result: undefined })).toBe("null\n");
});

test("a Hist in its place is UHI JSON, also one that crossed a thread", () => {
  const h = Hist.of(axis.regular(2, 0, 2, { name: "x" })).fill({ x: [0.5, 1.5, 1.5, 7] });
  const result = { cuts: { h } };
  expect(parsed(result)).toMatchObject({ cuts: { h: { uhi_schema: 1, storage: { values: [0, 1, 2, 1] } } } });
  expect(resultJson({ result: structuredClone(result) })).toBe(resultJson({ result }));
});

test("sets, maps, typed arrays, bigints and numbers that JSON does not have", () => {
  expect(parsed(new Set([3, 1]))).toEqual([3, 1]);
  expect(
    parsed(
      new Map<unknown, unknown>([
        ["b", 1],
        [2, new Set()],
      ]),
    ),
  ).toEqual({ b: 1, 2: [] });
  expect(
    resultJson({
      result: new Map([
        ["b", 1],
        ["2", 2],
      ]),
    }),
  ).toMatch(/"b": 1,\s+"2": 2/);
  expect(parsed([new Float32Array([0.5, 1]), new BigInt64Array([5n, 9007199254740993n])])).toEqual([
    [0.5, 1],
    [5, "9007199254740993"],
  ]);
  expect(parsed([Number.NaN, Infinity, -Infinity, -0, 1e300])).toEqual(["NaN", "Infinity", "-Infinity", 0, 1e300]);
});
