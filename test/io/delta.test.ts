import fc from "fast-check";
import { expect, test } from "vitest";
import { DecodeFailure } from "../../src/io/decode-failure.ts";
import { deltaIntegers } from "../../src/io/delta.ts";
import { fixedSink } from "../../src/io/sink.ts";

function varint(value: bigint): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return [...bytes, Number(rest)];
}

const zigzag = (value: bigint): number[] => varint(BigInt.asUintN(64, (value << 1n) ^ (value >> 63n)));

/** DELTA_BINARY_PACKED by the book: blocks of 128 in 4 parts, deltas wrapping at `bits`. */
function encode(values: readonly bigint[], bits: number): number[] {
  const bytes = [...varint(128n), ...varint(4n), ...varint(BigInt(values.length)), ...zigzag(values[0] ?? 0n)];
  const deltas = values.slice(1).map((value, i) => BigInt.asIntN(bits, value - values[i]!));
  for (let at = 0; at < deltas.length; at += 128) {
    const block = deltas.slice(at, at + 128);
    const least = block.reduce((a, b) => (a < b ? a : b));
    const rest = block.map((delta) => BigInt.asUintN(bits, delta - least));
    bytes.push(...zigzag(least));
    const parts = [0, 32, 64, 96].map((from) => rest.slice(from, from + 32));
    const widths = parts.map((part) => part.reduce((width, value) => Math.max(width, value.toString(2).length), 0));
    bytes.push(...widths);
    for (const [i, part] of parts.entries()) {
      if (part.length === 0) continue;
      let all = 0n;
      for (const [k, value] of part.entries()) all |= value << BigInt(k * widths[i]!);
      for (let k = 0; k < 4 * widths[i]!; k++) bytes.push(Number((all >> BigInt(8 * k)) & 255n));
    }
  }
  return bytes;
}

function decode(bytes: readonly number[], count: number, width: number): bigint[] {
  const sink = fixedSink(width, count + 1);
  const all = Uint8Array.from([1, 2, ...bytes, 3]);
  const end = deltaIntegers({ bytes: all, start: 2, end: all.length }, count, sink, 1);
  expect(end).toBe(all.length - 1);
  const values = width === 8 ? new BigInt64Array(sink.bytes.buffer) : new Int32Array(sink.bytes.buffer);
  return Array.from(values.subarray(1, count + 1) as Iterable<number | bigint>, BigInt);
}

for (const bits of [32, 64])
  test(`integers of ${bits} bits, whatever their differences`, () => {
    const any = fc.bigInt({ min: -(2n ** BigInt(bits - 1)), max: 2n ** BigInt(bits - 1) - 1n });
    const near = fc.bigInt({ min: -300n, max: 300n });
    const extreme = fc.constantFrom(-(2n ** BigInt(bits - 1)), 2n ** BigInt(bits - 1) - 1n, 0n, -1n);
    fc.assert(
      fc.property(fc.array(fc.oneof(any, near, near, extreme), { minLength: 1, maxLength: 300 }), (values) => {
        expect(decode(encode(values, bits), values.length, bits / 8)).toEqual(values);
      }),
    );
  });

test("damaged headers are refused", () => {
  const refuse = (bytes: number[]): void =>
    expect(() =>
      deltaIntegers({ bytes: Uint8Array.from(bytes), start: 0, end: bytes.length }, 5, fixedSink(4, 5), 0),
    ).toThrow(DecodeFailure);
  refuse([]);
  refuse([128, 1, 0, 5, 0]);
  refuse([128, 1, 4, 3, 0]);
  refuse([7, 4, 5, 0]);
  refuse([128, 1, 4, 5, 0]);
  refuse([128, 1, 4, 5, 0, 0, 65, 0, 0, 0]);
  refuse([128, 1, 4, 5, 0, 0, 32, 0, 0, 0, 1]);
});
