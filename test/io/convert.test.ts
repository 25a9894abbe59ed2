import { expect, test } from "vitest";
import { decimalText, halfToSingle, int96ToNanoseconds, narrow } from "../../src/io/convert.ts";
import { fixedSink } from "../../src/io/sink.ts";

test("every float16 is the number it is", () => {
  const from = fixedSink(2, 65536);
  const bits = new Uint16Array(from.bytes.buffer);
  for (let i = 0; i < 65536; i++) bits[i] = i;
  const to = fixedSink(4, 65536);
  halfToSingle(from, 65536, to, 0);
  const exact = new Float16Array(from.bytes.buffer);
  const got = new Float32Array(to.bytes.buffer);
  for (let i = 0; i < 65536; i++)
    if (!Object.is(got[i], exact[i])) expect.fail(`${i}: ${got[i]} instead of ${exact[i]}`);
});

test("decimals keep every digit", () => {
  expect(decimalText(0n, 2)).toBe("0.00");
  expect(decimalText(-1n, 2)).toBe("-0.01");
  expect(decimalText(12345n, 2)).toBe("123.45");
  expect(decimalText(-12345n, 0)).toBe("-12345");
  expect(decimalText(12n, -3)).toBe("12000");
  expect(decimalText(10n ** 37n, 38)).toBe(`0.1${"0".repeat(37)}`);
});

test("INT96 timestamps before and after 1970", () => {
  const from = fixedSink(12, 3);
  const view = new DataView(from.bytes.buffer);
  const put = (i: number, nanoseconds: bigint, day: number): void => {
    view.setBigInt64(12 * i, nanoseconds, true);
    view.setInt32(12 * i + 8, day, true);
  };
  put(0, 0n, 2440588);
  put(1, 1n, 2440587);
  put(2, 86_399_999_999_999n, 2440588 + 20000);
  const to = fixedSink(8, 3);
  int96ToNanoseconds(from, 3, to, 0);
  const day = 86_400_000_000_000n;
  expect([...new BigInt64Array(to.bytes.buffer)]).toEqual([0n, 1n - day, 20001n * day - 1n]);
});

test("an integer that does not fit its type means damage", () => {
  const from = fixedSink(4, 3);
  from.words.set([-128, 127, 0]);
  const to = fixedSink(1, 3);
  narrow(from, 3, "int8", to, 0);
  expect([...new Int8Array(to.bytes.buffer, 0, 3)]).toEqual([-128, 127, 0]);
  from.words[1] = 128;
  expect(() => narrow(from, 3, "int8", to, 0)).toThrow(/128 in a column of int8/);
  expect(() => narrow(from, 3, "uint16", fixedSink(2, 3), 0)).toThrow(/-128 in a column of uint16/);
});
