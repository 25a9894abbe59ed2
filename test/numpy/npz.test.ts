import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { strToU8, unzipSync, zipSync } from "fflate";
import { expect, test } from "vitest";
import { noPython, pythonInterpreter } from "../../scripts/setup-python.ts";
import { axis, Hist } from "../../src/hist/index.ts";
import { type Column, fromList, toList, toRegular, typeName } from "../../src/jagged/index.ts";
import { fromNpz, type NpzValue, toNpz } from "../../src/numpy/index.ts";

const hist = Hist.of(axis.category("dataset"), axis.regular(2, 0, 1, { name: "x" }), { storage: "weight" });
hist.fill({ dataset: ["a", "a", "µµ"], x: [0.1, 0.7, 7] }, { weight: [1, 2, 4] });
const profile = Hist.of(axis.intCategory("year", { categories: [2017, 2018] }), axis.boolean(), { storage: "mean" });
profile.fill([[2018, 2018], true], { sample: [3, 5] });

const given: Record<string, NpzValue> = {
  pt: Float64Array.of(0.1, -0, Number.NaN, Number.NEGATIVE_INFINITY),
  half: Float32Array.of(0.1, 2),
  wide: BigUint64Array.of(2n ** 64n - 1n),
  small: Int8Array.of(-128, 127),
  passed: fromList([true, false]),
  labels: ["MET µ", "", "x"],
  jets: fromList([[50, 20], [], [35]], "var * float32"),
  deep: fromList([[[1], []], [], [[2, 3]]], "var * var * int32"),
  rows: toRegular(
    fromList(
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      "var * int64",
    ),
  ),
  words: fromList([["a", "bc"], []]),
  empty: new Int32Array(0),
  hist,
  profile,
};

const python = pythonInterpreter();
const ask = (script: string, input: Uint8Array): Buffer => {
  const { stdout, stderr, status } = spawnSync(python!, ["-c", script], { input });
  expect([String(stderr), status]).toEqual(["", 0]);
  return stdout;
};

test.skipIf(python === undefined)(`numpy reads what we write${python === undefined ? `: ${noPython}` : ""}`, () => {
  const script = `
import io, json, sys
import numpy as np
arrays = np.load(io.BytesIO(sys.stdin.buffer.read()), allow_pickle=False)
print(json.dumps({k: [v.dtype.str, list(v.shape), repr(v.tolist())] for k, v in arrays.items()}))`;
  const expected = {
    pt: ["<f8", [4], "[0.1, -0.0, nan, -inf]"],
    half: ["<f4", [2], "[0.10000000149011612, 2.0]"],
    wide: ["<u8", [1], "[18446744073709551615]"],
    small: ["|i1", [2], "[-128, 127]"],
    passed: ["|b1", [2], "[True, False]"],
    labels: ["<U5", [3], "['MET µ', '', 'x']"],
    "jets.offsets": ["<i4", [4], "[0, 2, 2, 3]"],
    "jets.values": ["<f4", [3], "[50.0, 20.0, 35.0]"],
    "deep.offsets": ["<i4", [4], "[0, 2, 2, 3]"],
    "deep.values.offsets": ["<i4", [4], "[0, 1, 1, 3]"],
    "deep.values.values": ["<i4", [3], "[1, 2, 3]"],
    rows: ["<i8", [2, 3], "[[1, 2, 3], [4, 5, 6]]"],
    "words.offsets": ["<i4", [3], "[0, 2, 2]"],
    "words.values": ["<U2", [2], "['a', 'bc']"],
    empty: ["<i4", [0], "[]"],
    "hist.values": ["<f8", [2, 2], "[[1.0, 2.0], [0.0, 0.0]]"],
    "hist.variances": ["<f8", [2, 2], "[[1.0, 4.0], [0.0, 0.0]]"],
    "hist.dataset": ["<U2", [2], "['a', 'µµ']"],
    "hist.x": ["<f8", [3], "[0.0, 0.5, 1.0]"],
    "profile.values": ["<f8", [2, 2], "[[0.0, 0.0], [0.0, 4.0]]"],
    "profile.variances": ["<f8", [2, 2], "[[nan, nan], [nan, 1.0]]"],
    "profile.counts": ["<f8", [2, 2], "[[0.0, 0.0], [0.0, 2.0]]"],
    "profile.year": ["<i8", [2], "[2017, 2018]"],
    "profile.axis1": ["<f8", [3], "[0.0, 1.0, 2.0]"],
  };
  for (const compress of [false, true])
    expect(JSON.parse(String(ask(script, toNpz(given, { compress }))))).toEqual(expected);
});

const shown = (columns: Record<string, Column>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, [typeName(column), toList(column)]]));

test.skipIf(python === undefined)(`we read what numpy writes${python === undefined ? `: ${noPython}` : ""}`, () => {
  const script = (save: string): string => `
import sys
import numpy as np
grid = np.arange(6).reshape(2, 3)
np.${save}(sys.stdout.buffer, grid=grid, fortran=np.asfortranarray(grid), big=np.array([1.5, -2], ">f4"), half=np.array([0.1, 65504], "f2"),
  passed=np.array([[True], [False]]), name=np.array(["µ", "", "ab"]), raw=np.array([b"ab", b"c"]), scalar=np.float64(3), swapped=np.array(["µ"], ">U2"),
  cube=np.asfortranarray(np.arange(12, dtype="u2").reshape(2, 3, 2)), none=np.zeros((0, 3), "i4"), **{"jet.values": np.array([1., 2, 3]), "jet.offsets": np.array([0, 2, 2, 3])})`;
  for (const save of ["savez", "savez_compressed"])
    expect(shown(fromNpz(ask(script(save), new Uint8Array())))).toEqual({
      grid: [
        "3 * int64",
        [
          [0n, 1n, 2n],
          [3n, 4n, 5n],
        ],
      ],
      fortran: [
        "3 * int64",
        [
          [0n, 1n, 2n],
          [3n, 4n, 5n],
        ],
      ],
      big: ["float32", [1.5, -2]],
      half: ["float32", [0.0999755859375, 65504]],
      passed: ["1 * bool", [[true], [false]]],
      name: ["string", ["µ", "", "ab"]],
      raw: ["string", ["ab", "c"]],
      swapped: ["string", ["µ"]],
      scalar: ["float64", [3]],
      cube: [
        "3 * 2 * uint16",
        [
          [
            [0, 1],
            [2, 3],
            [4, 5],
          ],
          [
            [6, 7],
            [8, 9],
            [10, 11],
          ],
        ],
      ],
      none: ["3 * int32", []],
      jet: ["var * float64", [[1, 2], [], [3]]],
    });
});

test("the way back, and the same bytes again", () => {
  const columns = Object.fromEntries(Object.entries(given).filter(([, value]) => "kind" in value)) as Record<
    string,
    Column
  >;
  expect(Object.keys(columns)).toEqual(["passed", "jets", "deep", "rows", "words"]);
  for (const compress of [false, true]) {
    const bytes = toNpz(columns, { compress });
    expect(shown(fromNpz(bytes))).toEqual(shown(columns));
    expect(toNpz(fromNpz(bytes), { compress })).toEqual(bytes);
  }
  const long = toNpz({ zeros: new Float64Array(1000) });
  expect(toNpz({ zeros: new Float64Array(1000) }, { compress: true }).length).toBeLessThan(long.length / 10);
});

test("names of JavaScript's own", () => {
  expect(Object.keys(fromNpz(toNpz({ toString: Int8Array.of(1), constructor: ["a"] })))).toEqual([
    "toString",
    "constructor",
  ]);
});

test("any lists come back as they were", () => {
  const lists = fc.array(fc.array(fc.double({ noDefaultInfinity: false })));
  fc.assert(
    fc.property(lists, fc.boolean(), (values, compress) => {
      const back = fromNpz(toNpz({ x: fromList(values, "var * float64") }, { compress }))["x"]!;
      expect(toList(back)).toEqual(values);
    }),
    { numRuns: 50 },
  );
});

test.each([
  ["records", { x: fromList([{ pt: 1 }]) }, "ShapeError", /"x" .* \{pt: float64\}; give its fields by name/],
  ["missing values", { x: fromList([1, null]) }, "MissingValueError", /entry 1 is missing/],
  ["missing in lists", { x: fromList([[1], [null]]) }, "MissingValueError", /"x\.values" .* entry 1/],
  ["bytes", { x: fromList([Uint8Array.of(1)]) }, "ShapeError", /no bytes/],
  ["an array of numbers", { x: [1, 2] }, "UsageError", /element 0 is no text; give numbers as a typed array/],
  ["a number", { x: 3 }, "UsageError", /"x" cannot be written/],
  ["a view without a dtype", { x: new DataView(new ArrayBuffer(8)) }, "UsageError", /a DataView has no dtype/],
  ["two of a name", { x: fromList([[1]]), "x.values": Int8Array.of(1) }, "UsageError", /called "x\.values"/],
])("%s cannot be written", (_, values, kind, message) => {
  expect(() => toNpz(values as never)).toThrow(
    expect.objectContaining({ kind, message: expect.stringMatching(message) }),
  );
});

test.each([
  ["no ZIP", () => Uint8Array.of(1, 2, 3), "NotNumpy", /no \.npz file/],
  ["a changed number", () => flipped(toNpz({ x: Float64Array.of(1, 2) })), "NotNumpy", /checksum of x\.npy is wrong/],
  ["another file in it", () => zipSync({ "x.npy": strToU8("a,b\n1,2\n3,4\n") }), "NotNumpy", /x\.npy is no \.npy file/],
  ["a short file", () => changed((file) => file.subarray(0, -1)), "NotNumpy", /has 15 bytes for 2 elements of 8/],
  ["a header cut off", () => changed((file) => file.subarray(0, 40)), "NotNumpy", /header/],
  ["complex numbers", () => changed((file) => replaced(file, "<f8", "c16")), "UnsupportedType", /type c16/],
  ["Python objects", () => changed((file) => replaced(file, "<f8", "|O8")), "UnsupportedType", /type \|O8/],
  ["offsets that end early", () => offsets([0, 1]), "CorruptOffsets", /"x\.offsets" do not divide the 2 entries/],
  ["offsets that fall", () => offsets([0, 2, 1, 2]), "CorruptOffsets", /never fall/],
  ["no offsets", () => offsets([]), "CorruptOffsets", /begin at 0/],
] as const)("%s is refused", (_, bytes, code, message) => {
  expect(() => fromNpz(bytes())).toThrow(
    expect.objectContaining({
      kind: "FormatError",
      message: expect.stringMatching(message),
      fields: expect.objectContaining({ code }),
    }),
  );
});

/** A file of two numbers with its only array changed. */
function changed(change: (file: Uint8Array) => Uint8Array): Uint8Array {
  const { "x.npy": file } = unzipSync(toNpz({ x: Float64Array.of(1, 2) }));
  return zipSync({ "x.npy": change(file!) });
}

/** A stored file with one bit of its last number changed. */
function flipped(bytes: Uint8Array): Uint8Array {
  const changed = bytes.slice();
  const last = Buffer.from(bytes).indexOf(Buffer.from(Float64Array.of(2).buffer));
  changed[last + 6]! ^= 1;
  return changed;
}

function replaced(file: Uint8Array, from: string, to: string): Uint8Array {
  return Uint8Array.from(Buffer.from(Buffer.from(file).toString("latin1").replace(from, to), "latin1"));
}

const offsets = (values: readonly number[]): Uint8Array =>
  toNpz({ "x.values": Float64Array.of(1, 2), "x.offsets": Int32Array.from(values) });
