import { expect, test } from "vitest";
import { toCsv } from "../../src/io/index.ts";
import { fromList } from "../../src/jagged/index.ts";

test("numbers, texts and what is missing", () => {
  const columns = {
    x: fromList([0.1, -0, 1e21, 5e-324, Number.NaN, -Infinity, null]),
    "n, m": fromList([1n, null, 2n ** 63n - 1n, 0n, -1n, 2n, 3n], "?int64"),
    ok: fromList([true, false, null, true, true, true, true]),
    text: fromList(["a", "", null, 'b"c', "d,e", " f", "g\nh"]),
  };
  expect(toCsv(columns)).toBe(
    `x,"n, m",ok,text
0.1,1,true,a
-0,,false,""
1e+21,9223372036854775807,,
5e-324,0,true,"b""c"
nan,-1,true,"d,e"
-inf,2,true," f"
,3,true,"g
h"
`,
  );
  expect(toCsv({ x: fromList([], "float64") })).toBe("x\n");
  expect(toCsv({})).toBe("");
});

test.each([
  [{ x: fromList([[1]]) }, /"x" cannot be a column of CSV: it holds var \* float64/],
  [{ x: fromList([{ a: 1 }]) }, /it holds \{a: float64\}/],
  [{ x: fromList([Uint8Array.of(1)]) }, /it holds bytes/],
  [{ x: fromList([1]), y: fromList([1, 2]) }, /columns "x" and "y" have 1 and 2/],
])("%j is refused", (columns, message) => {
  expect(() => toCsv(columns as never)).toThrow(
    expect.objectContaining({ kind: "ShapeError", message: expect.stringMatching(message) }),
  );
});
