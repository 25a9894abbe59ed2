import fc from "fast-check";
import { expect, test } from "vitest";
import { growingBytes, putVarint, written } from "../../src/io/write-bytes.ts";
import { endRuns, hybridWriter, putRun, putValues } from "../../src/io/write-hybrid.ts";

/** Decodes the hybrid, by the text of the format: a header's lowest bit tells bit-packed groups from a run. */
function decode(bytes: Uint8Array, width: number, count: number): number[] {
  const values: number[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++]!;
      value += (byte % 128) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const header = varint();
    if (header % 2 === 1) {
      const bits = [...bytes.subarray(at, at + ((header - 1) / 2) * width)].flatMap((byte) =>
        Array.from({ length: 8 }, (_, b) => (byte >> b) & 1),
      );
      at += bits.length / 8;
      for (let i = 0; i < bits.length; i += width)
        values.push(bits.slice(i, i + width).reduce((sum, bit, b) => sum + bit * 2 ** b, 0));
    } else {
      let value = 0;
      for (let shift = 0; shift < width; shift += 8) value += bytes[at++]! * 2 ** shift;
      for (let i = 0; i < header / 2; i++) values.push(value);
    }
  }
  expect(values.length - count).toBeGreaterThanOrEqual(0);
  expect(values.length - count).toBeLessThan(8);
  return values.slice(0, count);
}

test("runs of any width and length come back", () => {
  const runs = fc.integer({ min: 1, max: 20 }).chain((width) =>
    fc.tuple(
      fc.constant(width),
      fc.array(fc.tuple(fc.integer({ min: 0, max: 2 ** width - 1 }), fc.integer({ min: 0, max: 700 })), {
        maxLength: 12,
      }),
    ),
  );
  fc.assert(
    fc.property(runs, ([width, list]) => {
      const plain = list.flatMap(([value, count]) => Array<number>(count).fill(value));
      const byRuns = growingBytes(1);
      const one = hybridWriter(byRuns, width);
      for (const [value, count] of list) putRun(one, value, count);
      endRuns(one);
      expect(decode(written(byRuns), width, plain.length)).toEqual(plain);

      const byValues = growingBytes(1);
      const two = hybridWriter(byValues, width);
      putValues(two, Int32Array.from(plain), 0, plain.length);
      endRuns(two);
      expect(decode(written(byValues), width, plain.length)).toEqual(plain);
    }),
    { numRuns: 200 },
  );
});

test("a long run takes a few bytes, random bits one bit each", () => {
  const long = growingBytes();
  const writer = hybridWriter(long, 1);
  putRun(writer, 1, 1_000_000);
  endRuns(writer);
  expect(written(long)).toEqual(Uint8Array.of(0x80, 0x89, 0x7a, 1));

  const mixed = growingBytes();
  const alternating = hybridWriter(mixed, 1);
  for (let i = 0; i < 8000; i++) putRun(alternating, i % 2, 1);
  endRuns(alternating);
  expect(mixed.length).toBeLessThan(1000 * 1.05);
});

test("varints of up to 53 bits", () => {
  const out = growingBytes(0);
  for (const value of [0, 127, 128, 300, 2 ** 53 - 1]) putVarint(out, value);
  expect([...written(out)]).toEqual([0, 127, 0x80, 1, 0xac, 2, 255, 255, 255, 255, 255, 255, 255, 15]);
});
