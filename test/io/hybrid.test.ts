import fc from "fast-check";
import { expect, test } from "vitest";
import { DecodeFailure } from "../../src/io/decode-failure.ts";
import { gatherBits, unpackBits, unpackHybrid, unpackLegacy, widestGather } from "../../src/io/hybrid.ts";
import { packBits, packHybrid, packLegacy } from "./level-encoder.ts";

const widths = Array.from({ length: 32 }, (_, i) => i + 1);
const below = (width: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: 2 ** Math.min(width, 32) - 1 });
const runs = (width: number): fc.Arbitrary<number[]> =>
  fc
    .array(fc.tuple(below(width), fc.integer({ min: 1, max: 20 })), { maxLength: 12 })
    .map((list) => list.flatMap(([value, n]) => new Array<number>(n).fill(value)));

test("the hybrid encoding of any width and any mixture of runs", () => {
  for (const width of widths)
    fc.assert(
      fc.property(
        runs(width),
        fc.integer({ min: 2, max: 12 }),
        fc.integer({ min: 1, max: 3 }),
        (values, least, groups) => {
          const bytes = Uint8Array.from([7, 7, ...packHybrid(values, width, least, groups)]);
          const out = new Int32Array(values.length);
          unpackHybrid(bytes, 2, bytes.length, width, values.length, out);
          expect([...out].map((value) => value >>> 0)).toEqual(values);
        },
      ),
      { numRuns: 20 },
    );
});

test("values of no bits", () => {
  const out = Int32Array.of(5, 5, 5);
  unpackHybrid(new Uint8Array(0), 0, 0, 0, 3, out);
  expect([...out]).toEqual([0, 0, 0]);
});

test("bits into bytes and words, from any position", () => {
  for (const width of widths)
    fc.assert(
      fc.property(fc.array(below(width), { maxLength: 40 }), fc.nat(5), (values, lead) => {
        const bytes = Uint8Array.from([...new Array(lead).fill(255), ...packBits(values, width)]);
        const out = new Int32Array(values.length);
        unpackBits(bytes, lead, width, values.length, out, 0);
        expect([...out].map((value) => value >>> 0)).toEqual(values);
        if (width > 8) return;
        const small = new Uint8Array(values.length + 1);
        unpackBits(bytes, lead, width, values.length, small, 1);
        expect([...small.subarray(1)]).toEqual(values);
      }),
      { numRuns: 20 },
    );
});

test("gathering by packed indices equals unpacking, then looking up", () => {
  for (let width = 1; width <= widestGather; width++) {
    const size = Math.min(2 ** width, 1000);
    const table = Int32Array.from({ length: size }, (_, i) => 7 * i - 3);
    fc.assert(
      fc.property(fc.array(fc.nat(2 ** width - 1), { maxLength: 60 }), fc.nat(5), fc.nat(9), (indices, lead, more) => {
        const packed = [...new Array(lead).fill(0), ...packBits(indices, width), ...new Array(more).fill(255)];
        const out = new Int32Array(indices.length + 1);
        const view = new DataView(Uint8Array.from(packed).buffer);
        const bad = gatherBits(view, lead, width, indices.length, table, out, 1);
        expect(bad < 0).toBe(indices.some((index) => index >= size));
        if (bad >= 0) expect([...out.subarray(1)]).toEqual(indices.map((index) => table[index]!));
      }),
      { numRuns: 30 },
    );
  }
});

test("the deprecated encoding, most significant bit first", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), fc.array(fc.nat(255), { maxLength: 40 }), (width, raw) => {
      const values = raw.map((value) => value % 2 ** width);
      const bytes = Uint8Array.from([1, ...packLegacy(values, width)]);
      const out = new Uint8Array(values.length);
      unpackLegacy(bytes, 1, bytes.length, width, values.length, out);
      expect([...out]).toEqual(values);
    }),
  );
});

test("bytes that end too early, and nonsense, are refused", () => {
  const out = new Int32Array(100);
  const refuse = (bytes: number[], width: number): void =>
    expect(() => unpackHybrid(Uint8Array.from(bytes), 0, bytes.length, width, 100, out)).toThrow(DecodeFailure);
  refuse([], 3);
  refuse([200], 3);
  refuse([200, 1], 3);
  refuse([3], 3);
  refuse([3, 1, 2], 3);
  refuse([128, 128, 128, 128, 128, 1, 7], 3);
  refuse([0, 0, 0, 0], 3);
  refuse([2, 1], 33);
});
