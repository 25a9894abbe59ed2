import { expect, test } from "vitest";
import { type CortadoError, isCortadoError } from "../../src/errors.ts";
import * as jagged from "../../src/jagged/index.ts";
import { type Column, fromList, slice } from "../../src/jagged/index.ts";

const pt = fromList([[1, 2, 3], [], [4, 5]], "var * float32");
const eta = fromList([[1, 2, 3], [], [4]], "var * float32");
const flat = fromList([1, 2, 3], "int32");
const short = fromList([1, 2], "int32");
const missing = fromList([[1], null], "option[var * float64]");
const deep = fromList([[[1], [2, 3]], [[4]]], "var * var * int32");
const deepOther = fromList([[[1], [2, 3]], [[4, 5]]], "var * var * int32");
const muons = fromList([[{ pt: 1, charge: 1 }]], "var * {pt: float64, charge: int32}");
const jets = fromList([[{ pt: 1, btag: 1 }]], "var * {pt: float64, btag: float64}");
const names = fromList([["mu"]], "var * string");

/** Each error says in one line what was asked, of which types, and where it first goes wrong. */
const cases: readonly (readonly [string, () => unknown, string, RegExp, number?])[] = [
  [
    "lists differ",
    () => jagged.add(pt, eta),
    "ShapeError/OffsetsMismatch",
    /add: cannot broadcast var \* float32 with var \* float32: at event 2 their lists hold 2 and 1|1 and 2/,
    2,
  ],
  ["deep lists differ", () => jagged.less(deep, deepOther), "ShapeError/OffsetsMismatch", /at event 1 /, 1],
  [
    "lengths differ",
    () => jagged.multiply(pt, short),
    "ShapeError/LengthMismatch",
    /2 \* int32 with 3 \* var \* float32/,
  ],
  [
    "zip names the fields",
    () => jagged.zip({ pt, eta }),
    "ShapeError/OffsetsMismatch",
    /^zip of pt, eta: .* event 2/,
    2,
  ],
  [
    "records have no arithmetic",
    () => jagged.add(muons, 1),
    "ShapeError/TypeMismatch",
    /\{pt: float64, charge: int32\}.*take a field/,
  ],
  ["strings have none", () => jagged.add(names, 1), "ShapeError/TypeMismatch", /string and number 1/],
  ["no bits of floats", () => jagged.and(pt, 1), "ShapeError/TypeMismatch", /and is not defined for float32/],
  ["no columns", () => jagged.add(1, 2), "UsageError/BadArgument", /at least one operand is a column/],
  [
    "too deep",
    () => jagged.num(pt, { axis: 2 }),
    "UsageError/BadArgument",
    /num: axis 2 does not exist in 3 \* var \* float32, which has the axes 0 to 1/,
  ],
  ["not deep enough", () => jagged.flatten(flat), "UsageError/BadArgument", /flatten: axis 1 does not exist/],
  [
    "empty list",
    () => jagged.at(pt, slice(), 0),
    "ShapeError/IndexOutOfRange",
    /index 0 is out of range at event 1, .* holds 0 elements \(firsts/,
    1,
  ],
  [
    "jagged index",
    () => jagged.at(pt, fromList([[0], [], [2]], "var * int32")),
    "ShapeError/IndexOutOfRange",
    /index 2 .* event 2/,
    2,
  ],
  [
    "shorter mask list",
    () => jagged.at(pt, fromList([[true], [], [true, true]], "var * bool")),
    "ShapeError/OffsetsMismatch",
    /at event 0 they hold 1 and 3/,
    0,
  ],
  [
    "mask of the wrong length",
    () => jagged.at(pt, fromList([true], "bool")),
    "ShapeError/LengthMismatch",
    /mask has 1 entries, var \* float32 has 3/,
  ],
  [
    "argmax without keepdims",
    () => jagged.at(pt, flat),
    "ShapeError/TypeMismatch",
    /whole events .* keepdims: true .* pick\(column, index\)/,
  ],
  [
    "unknown field",
    () => jagged.at(muons, "chrage"),
    "MissingColumnError/UnknownColumn",
    /no field "chrage". Nearest: charge/,
  ],
  ["no records", () => jagged.at(pt, "pt"), "MissingColumnError/UnknownColumn", /holds no records/],
  [
    "field to remove",
    () => jagged.withoutField(muons, "eta"),
    "MissingColumnError/UnknownColumn",
    /withoutField: there is no field "eta"/,
  ],
  [
    "field of other lists",
    () => jagged.withField(jagged.zip({ pt }), eta, "eta"),
    "ShapeError/OffsetsMismatch",
    /^withField "eta": .* event 2/,
    2,
  ],
  [
    "different fields",
    () => jagged.concatenate([muons, jets]),
    "ShapeError/TypeMismatch",
    /"btag" is in one only. .*at\(column, \["pt"\]\)/,
  ],
  [
    "a union",
    () => jagged.fillNone(missing, 0, { axis: null }),
    "ShapeError/TypeMismatch",
    /both var \* float64 and int32 \(entry 1 is missing\): fill missing lists with \[\]/,
  ],
  [
    "a union of lists and numbers",
    () => jagged.concatenate([pt, flat]),
    "ShapeError/TypeMismatch",
    /both var \* float32 and int32/,
  ],
  [
    "where with missing lists",
    () => jagged.where(jagged.greater(missing, 0), missing, 1),
    "ShapeError/OffsetsMismatch",
    /missing at entry 1/,
    1,
  ],
  ["where without bool", () => jagged.where(flat, 1, 2), "ShapeError/TypeMismatch", /condition is int32, not bool/],
  [
    "counts too many",
    () => jagged.unflatten(flat, [2, 2]),
    "ShapeError/LengthMismatch",
    /add up to 4 with count 1, int32 has 3/,
    1,
  ],
  ["counts too few", () => jagged.unflatten(flat, [1, 1]), "ShapeError/LengthMismatch", /add up to 2 in all/],
  ["negative counts", () => jagged.unflatten(flat, [4, -1]), "ShapeError/LengthMismatch", /unflatten/],
  [
    "counts across lists",
    () => jagged.unflatten(pt, [2, 3], { axis: 1 }),
    "ShapeError/LengthMismatch",
    /list of event 0 \(3 elements\) ends inside/,
    0,
  ],
  ["ragged", () => jagged.toRegular(pt), "ShapeError/OffsetsMismatch", /first holds 3, that of event 1 0 elements/, 1],
  ["ragged to typed array", () => jagged.toTypedArray(pt), "ShapeError/OffsetsMismatch", /different lengths/, 1],
  [
    "missing to typed array",
    () => jagged.toTypedArray(fromList([1, null], "?float64")),
    "MissingValueError/",
    /entry 1 .* is missing: say what stands for it/,
    1,
  ],
  ["n of combinations", () => jagged.combinations(pt, 0), "UsageError/BadArgument", /at least 1, not 0/],
  [
    "names of combinations",
    () => jagged.combinations(pt, 2, { fields: ["a"] }),
    "UsageError/BadArgument",
    /1 names \(a\) .* of 2/,
  ],
  [
    "nested name",
    () => jagged.cartesian({ a: pt, b: pt }, { nested: ["c"] }),
    "UsageError/BadArgument",
    /nested names "c"/,
  ],
  [
    "truth of many",
    () => jagged.truthValue(flat),
    "ShapeError/LengthMismatch",
    /neither true nor false; any\(column\) and all\(column\) are/,
  ],
  ["slice bounds", () => slice(0.5), "UsageError/BadArgument", /bounds are integers or null/],
  ["unknown dtype", () => jagged.valuesAstype(pt, "int" as "int32"), "UsageError/BadArgument", /no dtype "int"/],
];

test.each(cases.map((c) => [c[0], c] as const))("%s", (_, [, act, kind, message, event]) => {
  let thrown: unknown;
  try {
    act();
  } catch (error) {
    thrown = error;
  }
  expect(isCortadoError(thrown), String(thrown)).toBe(true);
  const error = thrown as CortadoError;
  const fields = error.fields as { readonly code?: string; readonly event?: number };
  expect(`${error.kind}/${fields.code ?? ""}`).toBe(kind);
  expect(error.message).toMatch(message);
  expect(error.message).not.toContain("\n");
  if (event !== undefined) expect(fields.event).toBe(event);
});

test("columns of files without events give empty columns of the right type", () => {
  const none: Column = fromList([], "var * float32");
  const types = [
    jagged.num(none),
    jagged.flatten(none),
    jagged.firsts(none),
    jagged.combinations(none, 2),
    jagged.cartesian([none, none], { nested: true }),
    jagged.at(none, jagged.greater(none, 1)),
    jagged.add(none, none),
    jagged.concatenate([none, none], { axis: 1 }),
    jagged.padNone(none, 2, { clip: true }),
  ].map((column) => `${column.length} * ${jagged.typeName(column)}`);
  expect(types).toEqual([
    "0 * int32",
    "0 * float32",
    "0 * float32",
    "0 * var * {0: float32, 1: float32}",
    "0 * var * var * {0: float32, 1: float32}",
    "0 * var * float32",
    "0 * var * float32",
    "0 * var * float32",
    "0 * 2 * float32",
  ]);
});
