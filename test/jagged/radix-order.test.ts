import fc from "fast-check";
import { expect, test } from "vitest";
import { argsort, type Column, sort } from "../../src/jagged/index.ts";
import { radixOrder } from "../../src/jagged/radix-order.ts";

/** The places in the order of the values: NaN first, equal ones as they stand. */
function expected(values: readonly number[]): number[] {
  const compare = (a: number, b: number): number =>
    Number(Number.isNaN(b)) - Number(Number.isNaN(a)) || (a < b ? -1 : a > b ? 1 : 0);
  return values.map((_, i) => i).toSorted((i, j) => compare(values[i]!, values[j]!));
}

test("radixOrder is a stable sort, NaN first and zeros equal", () => {
  const special = fc.constantFrom(0, -0, 1, -1, Number.NaN, Infinity, -Infinity, 5e-324, -5e-324, 1 + Number.EPSILON);
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.double(), fc.float(), special), { maxLength: 200 }),
      fc.nat(5),
      (values, start) => {
        const keys = Float64Array.of(...new Array<number>(start).fill(7), ...values);
        expect([...radixOrder(keys, start, keys.length)]).toEqual(expected(values).map((i) => start + i));
      },
    ),
    { numRuns: 500 },
  );
});

test("flat columns of thousands of values are ordered as short lists are", () => {
  const length = 10_000;
  const values = new Float32Array(length).map((_, i) => (i % 97 === 0 ? Number.NaN : ((i * 7919) % 1009) - 500));
  const column: Column = { kind: "primitive", dtype: "float32", length, values };
  for (const ascending of [true, false]) {
    const order = expected([...values].map((value) => (ascending ? value : -value)));
    expect(argsort(column, { ascending })).toMatchObject({ values: Int32Array.from(order) });
    expect(sort(column, { ascending })).toMatchObject({ values: Float32Array.from(order, (i) => values[i]!) });
  }
});
