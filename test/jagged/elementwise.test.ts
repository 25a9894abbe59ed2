import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as jagged from "../../src/jagged/index.ts";
import { type Column, fromList, toList, typeName } from "../../src/jagged/index.ts";

/** NumPy 2's table of result dtypes for two arrays, read off numpy.result_type. */
const dtypes = ["bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float32", "float64"];
const table = `
  bool    int8    int16   int32   int64   uint8   uint16  uint32  uint64  float32 float64
  int8    int8    int16   int32   int64   int16   int32   int64   float64 float32 float64
  int16   int16   int16   int32   int64   int16   int32   int64   float64 float32 float64
  int32   int32   int32   int32   int64   int32   int32   int64   float64 float64 float64
  int64   int64   int64   int64   int64   int64   int64   int64   float64 float64 float64
  uint8   int16   int16   int32   int64   uint8   uint16  uint32  uint64  float32 float64
  uint16  int32   int32   int32   int64   uint16  uint16  uint32  uint64  float32 float64
  uint32  int64   int64   int64   int64   uint32  uint32  uint32  uint64  float64 float64
  uint64  float64 float64 float64 float64 uint64  uint64  uint64  uint64  float64 float64
  float32 float32 float32 float64 float64 float32 float32 float64 float64 float32 float64
  float64 float64 float64 float64 float64 float64 float64 float64 float64 float64 float64`;

test("dtypes promote as in NumPy 2", () => {
  const rows = table
    .trim()
    .split("\n")
    .map((row) => row.trim().split(/\s+/));
  for (const [i, a] of dtypes.entries())
    for (const [j, b] of dtypes.entries()) {
      const [x, y] = [fromList([], a), fromList([], b)];
      expect(typeName(jagged.maximum(x, y)), `${a}, ${b}`).toBe(rows[i]![j]);
    }
});

test.each([
  ["float32", 0.1, "float32"],
  ["int32", 2, "int32"],
  ["int32", 2.5, "float64"],
  ["uint8", 255, "uint8"],
  ["int64", 3, "int64"],
  ["int64", 0.5, "float64"],
  ["bool", 2, "int32"],
])("a plain number is weak: %s + %s is %s", (dtype, value, answer) => {
  expect(typeName(jagged.add(fromList([], dtype), value))).toBe(answer);
});

test("a number that the integers cannot hold is an error, a comparison with it is not", () => {
  const column = fromList([[200, 5]], "var * uint8");
  expect(() => jagged.add(column, 300)).toThrow("add: 300 does not fit uint8, which holds 0 to 255.");
  expect(toList(jagged.less(column, 300))).toEqual([[true, true]]);
  expect(toList(jagged.equal(column, -1))).toEqual([[false, false]]);
});

test("float32 is compared with the literal rounded to float32", () => {
  const column = fromList([0.15, 2.1], "float32");
  expect(toList(jagged.greaterEqual(column, 0.15))).toEqual([true, true]);
  expect(toList(jagged.equal(column, 2.1))).toEqual([false, true]);
  expect(toList(jagged.equal(jagged.valuesAstype(column, "float64"), 2.1))).toEqual([false, false]);
});

test("integers wrap, divide and round as NumPy's", () => {
  const int = (values: readonly number[]): Column => fromList(values, "int32");
  const big = fromList([2n ** 63n - 1n, -7n], "int64");
  expect(toList(jagged.multiply(int([65537, 2 ** 30]), int([65537, 4])))).toEqual([131073, 0]);
  expect(toList(jagged.add(int([2 ** 31 - 1]), 1))).toEqual([-(2 ** 31)]);
  expect(toList(jagged.add(big, 1))).toEqual([-(2n ** 63n), -6n]);
  expect(toList(jagged.floorDivide(big, 2))).toEqual([2n ** 62n - 1n, -4n]);
  expect(toList(jagged.mod(big, fromList([0n, 4n], "int64")))).toEqual([0n, 1n]);
  expect(toList(jagged.power(int([3, 2]), int([4, 31])))).toEqual([81, -(2 ** 31)]);
  expect(toList(jagged.divide(int([1, 0, -1]), int([0, 0, 2])))).toEqual([Infinity, Number.NaN, -0.5]);
  expect(toList(jagged.negative(fromList([1, 0], "uint8")))).toEqual([255, 0]);
  expect(() => jagged.power(int([2]), -1)).toThrow("2 to the power of -1 is no integer");
  expect(toList(jagged.xor(fromList([5n], "int64"), 3))).toEqual([6n]);
});

describe("each operation equals JavaScript's on the elements", () => {
  const number = fc.oneof(fc.double({ min: -50, max: 50 }), fc.constantFrom(Number.NaN, Infinity, -Infinity, 0, -0));
  const python = { mod: (a: number, b: number) => a - b * Math.floor(a / b) };
  const binary: Readonly<Record<string, (a: number, b: number) => number | boolean>> = {
    add: (a, b) => a + b,
    subtract: (a, b) => a - b,
    multiply: (a, b) => a * b,
    divide: (a, b) => a / b,
    maximum: Math.max,
    minimum: Math.min,
    hypot: Math.hypot,
    arctan2: Math.atan2,
    less: (a, b) => a < b,
    lessEqual: (a, b) => a <= b,
    greater: (a, b) => a > b,
    greaterEqual: (a, b) => a >= b,
    equal: (a, b) => a === b,
    notEqual: (a, b) => a !== b,
  };
  const unary: Readonly<Record<string, (a: number) => number | boolean>> = {
    negative: (a) => -a,
    absolute: Math.abs,
    sign: (a) => Math.sign(a) + 0,
    sqrt: Math.sqrt,
    exp: Math.exp,
    expm1: Math.expm1,
    log: Math.log,
    log10: Math.log10,
    log1p: Math.log1p,
    sin: Math.sin,
    cos: Math.cos,
    tan: Math.tan,
    arcsin: Math.asin,
    arccos: Math.acos,
    arctan: Math.atan,
    sinh: Math.sinh,
    cosh: Math.cosh,
    tanh: Math.tanh,
    arcsinh: Math.asinh,
    arccosh: Math.acosh,
    arctanh: Math.atanh,
    floor: Math.floor,
    ceil: Math.ceil,
    trunc: Math.trunc,
    isnan: Number.isNaN,
    isfinite: Number.isFinite,
    isinf: (a) => Math.abs(a) === Infinity,
  };
  const pairs = fc.array(fc.array(fc.option(fc.tuple(number, number)), { maxLength: 4 }), { maxLength: 5 });
  const operations = jagged as unknown as Record<string, (...columns: unknown[]) => Column>;
  test.each(Object.keys(binary))("%s", (name) => {
    fc.assert(
      fc.property(pairs, (data) => {
        const side = (k: 0 | 1): Column =>
          fromList(
            data.map((l) => l.map((p) => p?.[k] ?? null)),
            "var * ?float64",
          );
        const expected = data.map((l) => l.map((p) => (p === null ? null : binary[name]!(...p))));
        expect(toList(operations[name]!(side(0), side(1)))).toEqual(expected);
      }),
    );
  });
  test.each(Object.keys(unary))("%s", (name) => {
    fc.assert(
      fc.property(pairs, (data) => {
        const column = fromList(
          data.map((l) => l.map((p) => p?.[0] ?? null)),
          "var * ?float64",
        );
        const expected = data.map((l) => l.map((p) => (p === null ? null : unary[name]!(p[0]))));
        expect(toList(operations[name]!(column))).toEqual(expected);
      }),
    );
  });
  test("mod and floorDivide follow the divisor's sign and belong together", () => {
    const finite = fc.integer({ min: -40, max: 40 });
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            finite,
            finite.filter((b) => b !== 0),
          ),
        ),
        (data) => {
          for (const dtype of ["int32", "float64", "int64"]) {
            const side = (k: 0 | 1): Column =>
              jagged.valuesAstype(
                fromList(
                  data.map((p) => p[k]),
                  "float64",
                ),
                dtype as "int32",
              );
            const [rest, quotient] = [jagged.mod(side(0), side(1)), jagged.floorDivide(side(0), side(1))];
            expect(
              toList(rest)
                .map(Number)
                .map((v) => v + 0),
            ).toEqual(data.map(([a, b]) => python.mod(a, b) + 0));
            expect(jagged.arrayEqual(jagged.add(jagged.multiply(quotient, side(1)), rest), side(0))).toBe(true);
          }
        },
      ),
    );
  });
  test("rint rounds halves to even", () => {
    const column = fromList([0.5, 1.5, 2.5, -0.5, -1.5, 2.4, -2.6, 0.49999999999999994, 2251799813685249.5], "float64");
    expect(toList(jagged.rint(column))).toEqual([0, 2, 2, -0, -2, 2, -3, 0, 2251799813685250]);
  });
});
