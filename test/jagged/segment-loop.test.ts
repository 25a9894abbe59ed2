import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as jagged from "../../src/jagged/index.ts";
import { type Column, fromList, toList } from "../../src/jagged/index.ts";

const reductions = {
  sum: jagged.sum,
  prod: jagged.prod,
  max: jagged.max,
  min: jagged.min,
  argmax: jagged.argmax,
  argmin: jagged.argmin,
  countNonzero: jagged.countNonzero,
  any: jagged.any,
  all: jagged.all,
} as const;

const floats = [0, -0, 1, -1, 1.5, -2.5, 1 + 2 ** -22, Number.NaN, Infinity, -Infinity];
const values: { readonly [dtype: string]: readonly unknown[] } = {
  float32: floats,
  float64: [...floats, 1 + 2 ** -50, 1 + 2 ** -51],
  int32: [0, 1, -1, 7, 2 ** 31 - 1, -(2 ** 31)],
  uint32: [0, 1, 7, 2 ** 31, 2 ** 32 - 1],
  int64: [0n, 1n, -1n, 7n, 2n ** 40n, -(2n ** 40n), 2n ** 63n - 1n, -(2n ** 63n)],
  uint64: [0n, 1n, 7n, 2n ** 40n, 2n ** 63n, 2n ** 64n - 1n],
  bool: [true, false],
};

describe("lists are reduced alike, whatever the lengths of the lists beside them", () => {
  for (const [dtype, choices] of Object.entries(values))
    test(dtype, () => {
      const type = `var * ${dtype}`;
      const lists = fc.integer({ min: 1, max: 24 }).chain((longest) =>
        fc.array(fc.array(fc.constantFrom(...choices), { minLength: longest >> 1, maxLength: longest, size: "max" }), {
          minLength: 1,
          maxLength: 6,
        }),
      );
      fc.assert(
        fc.property(lists, (data) => {
          // Beside 200 values of another list, no list counts as short.
          const long = new Array<unknown>(200 * data.length).fill(choices[0]);
          for (const [name, reduce] of Object.entries(reductions)) {
            const of = (entries: readonly unknown[]): unknown[] =>
              toList((reduce as (c: Column, o: object) => Column)(fromList(entries, type), { axis: 1 })) as unknown[];
            expect([name, of(data)]).toEqual([name, of([...data, long]).slice(0, -1)]);
          }
        }),
        { numRuns: 60 },
      );
    });
});

describe("one long list is reduced as its pieces are", () => {
  const length = 50_001;
  const column = (place: number, value: number): Column => {
    const data = new Float64Array(length).map((_, i) => Math.sin(i));
    data[place] = value;
    return { kind: "primitive", dtype: "float64", length, values: data };
  };

  test.each([0, 4095, 4096, 31_234, length - 1])("extremes at %i", (place) => {
    expect(jagged.max(column(place, 3))).toBe(3);
    expect(jagged.min(column(place, -3))).toBe(-3);
    expect(jagged.argmax(column(place, 3))).toBe(place);
    expect(jagged.max(column(place, Number.NaN))).toBeNaN();
    expect(jagged.max(column(place, 3), { initial: Number.NaN })).toBeNaN();
  });

  test("booleans are counted from any place on", () => {
    for (const offset of [0, 1, 2, 3]) {
      const data = new Uint8Array(length + offset).map((_, i) => Number(i % 3 === 0)).subarray(offset);
      const column: Column = { kind: "primitive", dtype: "bool", length, values: data };
      const expected = data.reduce((total, value) => total + value, 0);
      expect(jagged.countNonzero(column)).toBe(expected);
      expect(jagged.sum(column)).toBe(BigInt(expected));
    }
  });

  test("correlation and fit of a line", () => {
    const of = (value: (i: number) => number): Column => ({
      kind: "primitive",
      dtype: "float64",
      length,
      values: new Float64Array(length).map((_, i) => value(i)),
    });
    const [x, y] = [of((i) => i % 10), of((i) => 2 * (i % 10) - 1)];
    expect(jagged.corr(x, y)).toBeCloseTo(1, 12);
    const { slope, intercept } = jagged.linearFit(x, y);
    expect([slope, intercept]).toEqual([expect.closeTo(2, 9), expect.closeTo(-1, 9)]);
  });
});
