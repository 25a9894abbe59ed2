import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AdditionTable, copy, identity, merge, mergeAll, pathText, revive } from "../../src/accumulator/index.ts";
import { isCortadoError } from "../../src/errors.ts";

/** A tagged class such as Hist is: own plain properties, methods on the prototype. */
class Total {
  readonly tag = "total";
  readonly counts: number[];
  constructor(counts: number[]) {
    this.counts = counts;
  }
  first(): number {
    return this.counts[0] ?? 0;
  }
}
const table: AdditionTable = {
  total: {
    add: (a: Total, b: Total) => new Total(a.counts.map((n, i) => n + (b.counts[i] ?? 0))),
    revive: (data: Total) => new Total(data.counts),
  },
};

function thrown(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

/** Results of one processor on different chunks: the same kinds everywhere, keys may be absent. */
const result = fc.record(
  {
    n: fc.integer({ min: -1e6, max: 1e6 }),
    big: fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }),
    names: fc.uniqueArray(fc.string({ maxLength: 3 })).map((names) => new Set(names)),
    runs: fc.array(fc.integer(), { maxLength: 4 }),
    bins: fc
      .array(fc.integer({ min: -1000, max: 1000 }), { minLength: 3, maxLength: 3 })
      .map((v) => Float64Array.from(v)),
    cutflow: fc.dictionary(fc.constantFrom("all", "trigger", "two jets", "__proto__"), fc.nat(1000), {
      noNullPrototype: true,
    }),
    byRun: fc
      .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.nat(100)), { selector: ([k]) => k })
      .map((e) => new Map(e)),
    total: fc.tuple(fc.nat(99), fc.nat(99)).map((counts) => new Total(counts)),
    maybe: fc.constantFrom(null, 1, 2),
  },
  { requiredKeys: [], noNullPrototype: true },
);

/** Order of keys and of set members does not count. */
function unordered(value: unknown): unknown {
  if (value instanceof Set) return new Set([...value].toSorted());
  return value;
}

describe("laws", () => {
  test("a missing result is the identity on both sides", () =>
    fc.assert(
      fc.property(result, (a) => {
        expect(mergeAll([identity, a], table)).toStrictEqual(a);
        expect(mergeAll([a, identity], table)).toStrictEqual(a);
        expect(mergeAll([a], table)).toStrictEqual(a);
      }),
    ));

  test("addition of integers is associative to the last digit, key order included", () =>
    fc.assert(
      fc.property(result, result, result, (a, b, c) => {
        const left = merge(merge(a, b, table), c, table);
        const right = merge(a, merge(b, c, table), table);
        expect(left).toStrictEqual(right);
        expect(mergeAll([a, b, c], table)).toStrictEqual(left);
        expect(JSON.stringify(Object.keys(left))).toBe(JSON.stringify(Object.keys(right)));
      }),
    ));

  test("addition commutes but for lists and the order of keys", () =>
    fc.assert(
      fc.property(result, result, (a, b) => {
        const ab: Record<string, unknown> = { ...merge(a, b, table) };
        const ba: Record<string, unknown> = { ...merge(b, a, table) };
        ab["runs"] = ba["runs"] = undefined;
        for (const key of Object.keys(ab)) expect(unordered(ab[key])).toEqual(unordered(ba[key]));
      }),
    ));

  test("a sum shares nothing with its items and leaves them as they were", () =>
    fc.assert(
      fc.property(result, result, (a, b) => {
        const before = structuredClone([a, b]);
        for (const sum of [merge(a, b, table), copy(a, table), copy(b, table)]) overwrite(sum);
        expect(structuredClone([a, b])).toStrictEqual(before);
      }),
    ));

  test("clones from another thread add like the originals, and revive gives the methods back", () =>
    fc.assert(
      fc.property(result, result, (a, b) => {
        const here = merge(a, b, table);
        const there = merge(structuredClone(a), structuredClone(b), table);
        expect(revive(structuredClone(there), table)).toStrictEqual(here);
        const back = revive(structuredClone({ deep: new Map([["x", [{ ...a }]]]) }), table).deep.get("x")?.[0];
        if (a.total !== undefined) expect(back?.total?.first()).toBe(a.total.counts[0]);
      }),
    ));
});

/** Destroys everything reachable, to show that nothing of it is shared. */
function overwrite(value: unknown): void {
  if (value instanceof Map || value instanceof Set) {
    for (const item of value.values()) overwrite(item);
    value.clear();
  } else if (ArrayBuffer.isView(value)) (value as Float64Array).fill(-77);
  else if (Array.isArray(value)) value.splice(0, value.length, "gone");
  else if (typeof value === "object" && value !== null)
    for (const key of Object.keys(value)) {
      overwrite((value as Record<string, unknown>)[key]);
      if (Object.getOwnPropertyDescriptor(value, key)?.writable) (value as Record<string, unknown>)[key] = "gone";
    }
}

describe("rules", () => {
  test("keys stay in the order in which they first appeared", () => {
    const sum = mergeAll<Record<string, number>>(
      [
        { z: 1, a: 1 },
        { m: 1, a: 1 },
        { b: 1, z: 1 },
      ],
      table,
    );
    expect(JSON.stringify(sum)).toBe('{"z":2,"a":2,"m":1,"b":1}');
  });

  test("nothing to add gives undefined, missing items are skipped at every level", () => {
    expect(mergeAll([], table)).toBeUndefined();
    expect(mergeAll([undefined, undefined], table)).toBeUndefined();
    expect(mergeAll([null, 4, undefined], table)).toBe(4);
    expect(merge<object>({ a: null, b: 1 }, { a: 2 }, table)).toEqual({ a: 2, b: 1 });
    expect(mergeAll([{ a: null }], table)).toEqual({ a: null });
  });

  test("lists of many chunks concatenate in order", () => {
    const lists = Array.from({ length: 1000 }, (_, i) => [i, -i]);
    expect(mergeAll(lists, table)).toEqual(lists.flat());
  });

  test("an integer array that would wrap around is an error", () => {
    expect(() => merge(Uint8Array.of(1, 200), Uint8Array.of(1, 100), table)).toThrow("element 1, 300, does not fit");
    expect(() => merge(BigInt64Array.of(2n ** 62n), BigInt64Array.of(2n ** 62n), table)).toThrow("does not fit");
    expect(merge(Float32Array.of(0.1), Float32Array.of(0.2), table)).toEqual(
      Float32Array.of(Math.fround(0.1) + Math.fround(0.2)),
    );
  });
});

describe("mismatches", () => {
  const cases: [string, unknown, unknown, string[], string][] = [
    [
      "number and set",
      { cutflow: { "all events": 1 } },
      { cutflow: { "all events": new Set([1]) } },
      ["cutflow", "all events"],
      `cutflow > "all events": a number and a set do not add`,
    ],
    ["record and number", { a: 1 }, 1, [], "the result: a record and a number do not add"],
    ["record and map", { a: { b: 1 } }, { a: new Map() }, ["a"], "a: a record and a map"],
    ["number and bigint", { n: 1 }, { n: 1n }, ["n"], "n: a number and a bigint"],
    [
      "arrays of other types",
      { h: Float64Array.of(1) },
      { h: Float32Array.of(1) },
      ["h"],
      "a Float64Array and a Float32Array",
    ],
    ["arrays of other lengths", { h: Float64Array.of(1, 2) }, { h: Float64Array.of(3) }, ["h"], "length 2 and 1"],
    ["strings", { s: "a" }, { s: "a" }, ["s"], "a string and a string do not add"],
    ["booleans", { s: true }, { s: true }, ["s"], "a boolean and a boolean do not add"],
    ["tagged and record", { m: new Total([1]) }, { m: { x: 1 } }, ["m"], "m: a total and a record"],
    ["in a map", new Map([[7, 1]]), new Map([[7, [1]]]), ["7"], "7: a number and a list"],
  ];
  test.each(cases)("%s", (_, a, b, path, message) => {
    const error = thrown(() => merge(a, b, table));
    expect(isCortadoError(error, "MergeError") && error.fields.path).toEqual(path);
    expect((error as Error).message).toContain(message);
  });

  test("a key path in words", () => {
    expect(pathText([])).toBe("the result");
    expect(pathText(["cutflow", "two jets", "q1"])).toBe('cutflow > "two jets" > q1');
  });
});
