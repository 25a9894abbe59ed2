import { type Column, fromList } from "../../src/jagged/index.ts";

/** A column of every kind there is, all of four entries. */
export const samples: Readonly<Record<string, Column>> = {
  bool: fromList([true, false, null, true], "?bool"),
  int8: fromList([-128, 127, 0, 1], "int8"),
  int16: fromList([-32768, null, 0, 1], "?int16"),
  int32: fromList([1, 2, 3, 4], "int32"),
  int64: fromList([2n ** 63n - 1n, -(2n ** 63n), null, 0n], "?int64"),
  uint8: fromList([255, 0, 1, 2], "uint8"),
  uint16: fromList([65535, 0, 1, 2], "uint16"),
  uint32: fromList([4294967295, 0, 1, 2], "uint32"),
  uint64: fromList([2n ** 64n - 1n, 0n, 1n, 2n], "uint64"),
  float32: fromList([1.5, -0, Infinity, Number.NaN], "float32"),
  float64: fromList([0.1, null, Number.NaN, -Infinity], "?float64"),
  string: fromList(["µ", "", "long enough", "x"]),
  maybeString: fromList(["a", null, "", "b"]),
  bytes: fromList([new Uint8Array([0, 255]), new Uint8Array(), null, new Uint8Array([1])], "?bytes"),
  lists: fromList([[1, 2], [], [3], [4, 5, 6]], "var * float32"),
  maybeLists: fromList([[1, null], null, [], [2]], "option[var * ?int32]"),
  flags: fromList([[true, false], [], [true], []], "var * bool"),
  words: fromList([["a", "b"], [], ["c"], []]),
  deep: fromList([[[1], []], [], [[2, 3]], [[], []]], "var * var * int16"),
  record: fromList([
    { pt: 1.5, hits: [1], tag: "a" },
    { pt: 2.5, hits: [], tag: "b" },
    { pt: 3.5, hits: [2, 3], tag: "c" },
    { pt: 4.5, hits: [4], tag: "d" },
  ]),
  maybeRecord: fromList(
    [{ x: 1, ok: true }, null, { x: null, ok: false }, { x: 4, ok: true }],
    "?{x: ?int32, ok: bool}",
  ),
  jets: fromList([
    [{ pt: 1, b: true }],
    [],
    [
      { pt: 2, b: false },
      { pt: 3, b: true },
    ],
    [],
  ]),
  tuple: fromList(
    [
      [1, true],
      [2, false],
      [3, true],
      [4, true],
    ],
    "(int32, bool)",
  ),
};
