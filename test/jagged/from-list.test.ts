import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isCortadoError } from "../../src/errors.ts";
import { type Column, fromList, toList, typeName } from "../../src/jagged/index.ts";

/** Nested values of one kind all through, with nulls and empties at every level, and their awkward type. */
const leaf = fc.constantFrom(
  { type: "float64", value: fc.double() as fc.Arbitrary<unknown> },
  { type: "float32", value: fc.float() },
  { type: "int8", value: fc.integer({ min: -128, max: 127 }) },
  { type: "uint32", value: fc.integer({ min: 0, max: 2 ** 32 - 1 }) },
  { type: "int64", value: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }) },
  { type: "uint64", value: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }) },
  { type: "bool", value: fc.boolean() },
  { type: "string", value: fc.string({ unit: "grapheme" }) },
  { type: "bytes", value: fc.uint8Array() },
);
interface Case {
  readonly type: string;
  readonly value: fc.Arbitrary<unknown>;
}
const optional = (inner: Case): Case => ({ type: `option[${inner.type}]`, value: fc.option(inner.value) });
const list = (inner: Case): Case => ({ type: `var * ${inner.type}`, value: fc.array(inner.value, { maxLength: 4 }) });
const record = (a: Case, b: Case): Case => ({
  type: `{a: ${a.type}, "b c": ${b.type}}`,
  value: fc.record({ a: a.value, "b c": b.value }, { noNullPrototype: true }),
});
const tuple = (a: Case, b: Case): Case => ({ type: `(${a.type}, ${b.type})`, value: fc.tuple(a.value, b.value) });
const nested = fc.letrec<{ node: Case }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    leaf,
    tie("node").map(optional),
    tie("node").map(list),
    fc.tuple(tie("node"), tie("node")).map(([a, b]) => record(a, b)),
    fc.tuple(tie("node"), tie("node")).map(([a, b]) => tuple(a, b)),
  ),
})).node;

test("toList undoes fromList for any type", () => {
  fc.assert(
    fc.property(
      nested.chain((c) => fc.tuple(fc.constant(c.type), fc.array(c.value, { maxLength: 8 }))),
      ([type, data]) => {
        expect(toList(fromList(data, type))).toStrictEqual(data);
        expect(toList(fromList(data, `${data.length} * ${type}`))).toStrictEqual(data);
      },
    ),
    { numRuns: 500 },
  );
});

test("what is inferred holds the data, and inferring again gives the same", () => {
  const value = fc.oneof(
    fc.array(fc.array(fc.array(fc.option(fc.double())))),
    fc.array(fc.option(fc.array(fc.string({ unit: "grapheme" })))),
    fc.array(
      fc.record(
        { pt: fc.double(), tags: fc.array(fc.boolean()), id: fc.option(fc.bigInt({ min: 0n, max: 2n ** 62n })) },
        { noNullPrototype: true },
      ),
    ),
  );
  fc.assert(
    fc.property(value, (data) => {
      expect(toList(fromList(data))).toStrictEqual(data);
    }),
    { numRuns: 300 },
  );
});

describe("layout", () => {
  test("values, offsets and validity lie as Arrow has them", () => {
    const column = fromList([[1, null], null, [], [3]], "option[var * ?float32]") as Column & { kind: "list" };
    expect(column.length).toBe(4);
    expect(column.offsets).toEqual(Int32Array.of(0, 2, 2, 2, 3));
    expect(column.validity).toEqual(Uint8Array.of(0b1101));
    expect(column.content).toMatchObject({ kind: "primitive", dtype: "float32", validity: Uint8Array.of(0b101) });
    expect((column.content as { values: unknown }).values).toEqual(Float32Array.of(1, Number.NaN, 3));
  });

  test("there is no bitmap where nothing is missing", () => {
    expect(fromList([1, 2], "?int32").validity).toBeUndefined();
  });

  test.each([
    [[1, 2.5], "float64"],
    [[1n], "int64"],
    [[true], "bool"],
    [["a"], "string"],
    [[Uint8Array.of(1)], "bytes"],
    [[], "float64"],
    [[[], []], "var * float64"],
    [[null], "?float64"],
    [[Float32Array.of(1, 2)], "var * float64"],
    [[{ x: 1 }, { x: 2, y: [null, 1] }], "{x: float64, y: option[var * ?float64]}"],
  ])("%o is %s", (data, type) => {
    expect(typeName(fromList(data))).toBe(type);
  });

  test("a field named __proto__ is a field", () => {
    const data = JSON.parse('[{"__proto__": 1}]');
    expect(JSON.stringify(toList(fromList(data)))).toBe('[{"__proto__":1}]');
  });

  test("floats keep -0 and infinities, float32 rounds", () => {
    expect(toList(fromList([-0, Infinity, 0.1], "float32"))).toStrictEqual([-0, Infinity, Math.fround(0.1)]);
    expect(toList(fromList([2n ** 60n], "float64"))).toStrictEqual([2 ** 60]);
  });
});

describe("errors name the path", () => {
  test.each([
    [
      "mixed kinds",
      [
        [1, 2],
        [3, "x"],
      ],
      undefined,
      /\[1\]\[1\] is the string "x" but \[0\]\[0\] is the number 1/,
      1,
    ],
    ["ragged depth", [[1], 2], undefined, /\[1\] is the number 2 but \[0\] is a list/, 1],
    ["number and bigint", [1, 2n], undefined, /\[1\] is the bigint 2n/, 1],
    ["an unknown thing", [{ at: new Date(0) }], undefined, /\[0\]\.at is an instance of Date/, 0],
    [
      "another kind than given",
      [[0.5], [true]],
      "var * float32",
      /\[1\]\[0\] is the boolean true, expected a number/,
      1,
    ],
    [
      "out of range",
      [{ q: 1 }, { q: 300 }],
      "{q: uint8}",
      /\[1\]\.q is the number 300, expected an integer in the range of uint8/,
      1,
    ],
    ["not an integer", [1.5], "int64", /\[0\] is the number 1.5/, 0],
    ["a bigint that no float holds", [2n ** 53n + 1n], "float64", /fits float64/, 0],
    ["a field too many", [{ x: 1, y: 2 }], "{x: float64}", /field "y" that the type does not have; it has x/, 0],
    ["a tuple too short", [[1]], "(float64, float64)", /an array of 2 values/, 0],
  ])("%s", (_, data, type, message, event) => {
    const error = errorOf(() => fromList(data, type));
    expect(isCortadoError(error, "ShapeError") && error.fields).toEqual({ code: "TypeMismatch", event });
    expect((error as Error).message).toMatch(message);
  });

  test("a missing value where the type has none", () => {
    const error = errorOf(() => fromList([{ pt: [1] }, { pt: [2, null] }], "{pt: var * float64}"));
    expect(isCortadoError(error, "MissingValueError") && error.fields).toEqual({ column: "pt", event: 1 });
    expect((error as Error).message).toContain("[1].pt[1] is missing");
  });

  test("regular lists keep their size, also where one is missing", () => {
    const column = fromList([[1, 2], null], "2 * option[2 * ?float64]");
    expect(column).toMatchObject({ kind: "list", size: 2, offsets: Int32Array.of(0, 2, 2) });
    expect(typeName(column)).toBe("option[2 * float64]");
    expect(typeName(fromList([], "0 * 3 * int32"))).toBe("3 * int32");
    expect(toList(column)).toEqual([[1, 2], null]);
  });

  test("a length that is not met", () => {
    expect(errorOf(() => fromList([1], "2 * float64"))).toMatchObject({ fields: { code: "LengthMismatch" } });
    expect(errorOf(() => fromList([[1, 2, 3], [1]], "2 * 3 * float64"))).toMatchObject({ fields: { event: 1 } });
  });

  test.each([
    "",
    "var float64",
    "flaot64",
    "{x}",
    "option[float64",
    "float64 junk",
    "{x: float64,}",
    "var *",
  ])("type %j cannot be read", (type) => {
    const error = errorOf(() => fromList([], type));
    expect(isCortadoError(error, "UsageError")).toBe(true);
    expect((error as Error).message).toContain("at character");
  });
});

function errorOf(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}
