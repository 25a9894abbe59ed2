import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as jagged from "../../src/jagged/index.ts";
import { type Column, fromList, toList } from "../../src/jagged/index.ts";
import { leaves, samples, sliced } from "./nested-samples.ts";

type Value = number | bigint | boolean;
interface Member {
  readonly value: unknown;
  /** Place along the axis. */
  readonly index: number;
}
/** What a list (or a group of k-th elements) reduces to; its present values with their places. */
type Naive = (
  members: readonly { readonly value: Value; readonly index: number }[],
  dtype: string,
  whole: boolean,
) => unknown;

/** The same operation on nested arrays: missing lists are left out, groups are the elements at equal places. */
function naive(data: unknown, axis: number, depth: number, fold: (members: readonly Member[]) => unknown): unknown {
  if (axis > 0)
    return (data as unknown[]).map((entry) => (entry === null ? null : naive(entry, axis - 1, depth - 1, fold)));
  const group = (members: readonly Member[], levels: number): unknown => {
    const present = members.filter(({ value }) => value !== null);
    if (levels === 1) return fold(present);
    const longest = Math.max(0, ...present.map(({ value }) => (value as unknown[]).length));
    return Array.from({ length: longest }, (_, k) =>
      group(
        present.flatMap(({ value, index }) =>
          (value as unknown[]).length > k ? [{ value: (value as unknown[])[k], index }] : [],
        ),
        levels - 1,
      ),
    );
  };
  const entries = depth === 1 ? (data as unknown[]) : (data as unknown[]).filter((entry) => entry !== null);
  return group(
    entries.map((value, index) => ({ value, index })),
    depth,
  );
}

const isFloat = (dtype: string): boolean => dtype.startsWith("float");
const isNan = (value: unknown): boolean => Number.isNaN(value);
const round = (dtype: string, value: number): number => (dtype === "float32" ? Math.fround(value) : value);
const wrap = (dtype: string, value: bigint): bigint =>
  dtype.startsWith("u") ? BigInt.asUintN(64, value) : BigInt.asIntN(64, value);
const fold =
  (start: number, step: (a: number, b: number) => number, exact: (a: bigint, b: bigint) => bigint): Naive =>
  (members, dtype) =>
    isFloat(dtype)
      ? round(
          dtype,
          members.reduce((a, { value }) => step(a, value as number), start),
        )
      : wrap(
          dtype,
          members.reduce((a, { value }) => exact(a, BigInt(value as bigint)), BigInt(start)),
        );
const withoutNaN =
  (inner: Naive): Naive =>
  (members, dtype, whole) =>
    inner(
      members.filter(({ value }) => !isNan(value)),
      dtype,
      whole,
    );
const orMissing =
  (inner: Naive): Naive =>
  (members, dtype, whole) =>
    members.length === 0 ? null : inner(members, dtype, whole);
const extreme =
  (better: (a: Value, b: Value) => boolean, worst: number): Naive =>
  (members, _, whole) => {
    if (members.length === 0) return null;
    if (whole && members.some(({ value }) => isNan(value))) return Number.NaN;
    const numbers = members.filter(({ value }) => !isNan(value));
    if (numbers.length === 0) return worst;
    return numbers.reduce((a, b) => (better(b.value, a.value) ? b : a)).value;
  };
const place =
  (better: (a: Value, b: Value) => boolean): Naive =>
  (members) =>
    members.length === 0 ? null : members.reduce((a, b) => (better(b.value, a.value) ? b : a)).index;
const [larger, smaller] = [(a: Value, b: Value) => a > b, (a: Value, b: Value) => a < b];
const [max, min] = [extreme(larger, -Infinity), extreme(smaller, Infinity)];
const mean: Naive = (members) => members.reduce((a, { value }) => a + Number(value), 0) / members.length;
const variance: Naive = (members, dtype, whole) => {
  const center = mean(members, dtype, whole) as number;
  return members.reduce((a, { value }) => a + (Number(value) - center) ** 2, 0) / members.length;
};
const std: Naive = (members, dtype, whole) => Math.sqrt(variance(members, dtype, whole) as number);
const ptp: Naive = (members, dtype, whole) => {
  const [high, low] = [max(members, dtype, whole), min(members, dtype, whole)];
  if (high === null) return null;
  if (typeof high === "bigint") return wrap(dtype, high - (low as bigint));
  const distance = (high as number) - (low as number);
  return dtype === "int32" ? distance | 0 : round(dtype, distance);
};
const sum = fold(
  0,
  (a, b) => a + b,
  (a, b) => a + b,
);
const prod = fold(
  1,
  (a, b) => a * b,
  (a, b) => a * b,
);

/** The reductions of one column, each with its version on arrays. */
const reductions: { readonly [name: string]: Naive } = {
  count: (members) => members.length,
  countNonzero: (members) => members.filter(({ value }) => isNan(value) || Boolean(value)).length,
  sum,
  prod,
  max,
  min,
  ptp,
  any: (members) => members.some(({ value }) => isNan(value) || Boolean(value)),
  all: (members) => members.every(({ value }) => isNan(value) || Boolean(value)),
  mean,
  var: variance,
  std,
  argmax: place(larger),
  argmin: place(smaller),
  nansum: withoutNaN(sum),
  nanprod: withoutNaN(prod),
  nanmax: withoutNaN(max),
  nanmin: withoutNaN(min),
  nanargmax: withoutNaN(place(larger)),
  nanargmin: withoutNaN(place(smaller)),
  nanmean: withoutNaN(orMissing(mean)),
  nanvar: withoutNaN(orMissing(variance)),
  nanstd: withoutNaN(orMissing(std)),
};
/** Operations of this family that tests further down compare with arrays in their own way. */
const others = ["corr", "covar", "linearFit", "moment", "softmax", "sort", "argsort"];

type Call = (column: Column, options: object) => unknown;
const call = (name: string): Call => (jagged as unknown as Record<string, Call>)[name]!;

/** Equal, floats up to rounding. */
function expectEqual(actual: unknown, wanted: unknown): void {
  if (Array.isArray(wanted)) {
    expect(actual).toHaveLength(wanted.length);
    for (const [i, item] of wanted.entries()) expectEqual((actual as unknown[])[i], item);
  } else if (typeof wanted === "number" && typeof actual === "number" && Number.isFinite(wanted))
    expect(Math.abs(actual - wanted)).toBeLessThanOrEqual(1e-12 * Math.abs(wanted));
  else expect(actual).toEqual(wanted);
}

test("every reduction offered is compared with arrays", () => {
  const family = Object.entries(jagged)
    .filter(([, value]) => typeof value === "function")
    .map(([name]) => name)
    .filter((name) =>
      /^(nan(?!To)|arg(?!c)|count|sum|prod|max$|min$|ptp|any|all$|mean|var|std|moment|corr|covar|linear|softmax|sort)/.test(
        name,
      ),
    );
  expect(family.sort()).toEqual([...Object.keys(reductions), ...others].sort());
});

describe.each(Object.keys(reductions))("%s", (name) => {
  const reference = reductions[name]!;
  const dtypes = Object.keys(leaves).filter((dtype) => name !== "ptp" || dtype !== "bool");

  test("equals the operation on nested arrays, on every axis", () => {
    fc.assert(
      fc.property(samples(dtypes), fc.boolean(), ({ dtype, depth, type, data }, slice) => {
        const column = slice ? sliced(fromList(data, type)) : fromList(data, type);
        const before = structuredClone(column);
        for (let axis = depth === 1 ? 1 : 0; axis < depth; axis++) {
          const wanted = naive(data, axis, depth, (members) => reference(members as never, dtype, false));
          expectEqual(toList(call(name)(column, { axis }) as Column), wanted);
          expectEqual(toList(call(name)(column, { axis: axis - depth }) as Column), wanted);
        }
        const members = everything(data, depth).map((value, index) => ({ value, index }));
        const present = members.filter(({ value }) => value !== null) as { value: Value; index: number }[];
        expectEqual(call(name)(column, { axis: null }), reference(present, dtype, true));
        expect(column).toEqual(before);
      }),
      { numRuns: 150 },
    );
  });

  test("keepdims leaves a list of one where the axis was", () => {
    fc.assert(
      fc.property(samples(dtypes), ({ depth, type, data }) => {
        const column = fromList(data, type);
        for (let axis = 1; axis < depth; axis++) {
          const plain = toList(call(name)(column, { axis }) as Column);
          const kept = toList(call(name)(column, { axis, keepdims: true }) as Column);
          expectEqual(kept, wrapped(plain, data, axis));
        }
        if (depth === 1)
          expectEqual(toList(call(name)(column, { axis: 0, keepdims: true }) as Column), [call(name)(column, {})]);
        else
          expectEqual(toList(call(name)(column, { axis: 0, keepdims: true }) as Column), [
            toList(call(name)(column, { axis: 0 }) as Column),
          ]);
      }),
      { numRuns: 60 },
    );
  });

  test("maskIdentity decides about groups without values only", () => {
    fc.assert(
      fc.property(samples(dtypes), ({ depth, type, data }) => {
        if (depth === 1) return;
        const column = fromList(data, type);
        const [counts, masked, open] = [
          jagged.count(column, { axis: -1 }),
          call(name)(column, { axis: -1, maskIdentity: true }) as Column,
          call(name)(column, { axis: -1, maskIdentity: false }) as Column,
        ].map((c) => (toList(c) as unknown[]).flat(Infinity));
        for (const [i, n] of counts!.entries()) {
          if (n === null) expect([masked![i], open![i]]).toEqual([null, null]);
          else if (n === 0) {
            expect(masked![i]).toBeNull();
            expect(open![i]).not.toBeNull();
          } else if (!name.startsWith("nan")) expectEqual(masked![i], open![i]);
        }
      }),
      { numRuns: 60 },
    );
  });
});

/** All innermost values in order; missing ones stay, missing lists vanish. */
function everything(data: readonly unknown[], depth: number): unknown[] {
  if (depth === 1) return [...data];
  return data.flatMap((list) => (list === null ? [] : everything(list as unknown[], depth - 1)));
}

/** What keepdims makes of the plain result: the entries of the axis' lists in lists of one. */
function wrapped(plain: unknown[], data: readonly unknown[], axis: number): unknown {
  return data.map((entry, i) => {
    if (entry === null) return null;
    return axis === 1 ? [plain[i]] : wrapped(plain[i] as unknown[], entry as unknown[], axis - 1);
  });
}

test("integers wrap around at 64 bits, also in lists longer than a block", () => {
  expect(jagged.sum(fromList([2n ** 63n - 1n, 1n]))).toBe(-(2n ** 63n));
  expect(jagged.sum(fromList([2n ** 64n - 1n, 2n], "uint64"))).toBe(1n);
  expect(jagged.prod(fromList([2n ** 32n, 2n ** 32n, 3n]))).toBe(0n);
  const values = new Int32Array(2 ** 21 + 5).fill(2 ** 31 - 1);
  expect(jagged.sum({ kind: "primitive", dtype: "int32", length: values.length, values })).toBe(
    BigInt(values.length) * (2n ** 31n - 1n),
  );
  const wide = new BigInt64Array(2 ** 20 + 7).fill(-(2n ** 40n) - 1n);
  expect(jagged.sum({ kind: "primitive", dtype: "int64", length: wide.length, values: wide })).toBe(
    BigInt(wide.length) * (-(2n ** 40n) - 1n),
  );
});

test("regular lists stay regular, and count even where nothing is in them", () => {
  const column = fromList(
    [
      [
        [1, 2],
        [3, 4],
      ],
      [
        [5, 6],
        [7, 8],
      ],
    ],
    "2 * 2 * 2 * int64",
  );
  expect([0, 1, 2].map((axis) => toList(jagged.sum(column, { axis })))).toEqual([
    [
      [6n, 8n],
      [10n, 12n],
    ],
    [
      [4n, 6n],
      [12n, 14n],
    ],
    [
      [3n, 7n],
      [11n, 15n],
    ],
  ]);
  expect(jagged.typeName(jagged.sum(column, { axis: 1, keepdims: true }))).toBe("1 * 2 * int64");
  expect(jagged.typeName(jagged.max(fromList([[1], []]), { axis: 1, keepdims: true }))).toBe("1 * ?float64");
  expect(toList(jagged.sum(fromList([], "0 * 3 * float64"), { axis: 0 }))).toEqual([0, 0, 0]);
});

describe("what is refused", () => {
  const flat = fromList([1, 2]);
  const jets = fromList([[{ pt: 1, eta: 2 }]]);
  test.each([
    [
      "an axis that is not there",
      () => jagged.sum(flat, { axis: 1 }),
      /sum: axis 1 does not exist in float64, whose axes are 0 to 0/,
    ],
    ["a broken axis", () => jagged.sum(flat, { axis: 0.5 }), /axis 0.5 does not exist/],
    [
      "one value as a column",
      () => jagged.max(flat, { axis: -1 }),
      /axis -1 of float64 leaves one value: write axis: null/,
    ],
    [
      "records",
      () => jagged.sum(jets, { axis: 1 }),
      /sum of var \* \{pt: float64, eta: float64\} is not defined; name one of the fields pt, eta/,
    ],
    ["records in order", () => jagged.sort(jets), /take argsort of one field/],
    ["strings", () => jagged.max(fromList(["a"])), /max of string is not defined/],
    ["ptp of booleans", () => jagged.ptp(fromList([true])), /ptp of booleans/],
    [
      "an initial that does not fit",
      () => jagged.max(fromList([1], "uint8"), { initial: 300 }),
      /initial 300 is not a value of uint8/,
    ],
  ])("%s", (_, act, message) => {
    expect(act).toThrow(message);
  });
});
