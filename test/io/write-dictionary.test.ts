import fc from "fast-check";
import { expect, test } from "vitest";
import { bitKeys, buildDictionary, indexWidth, stringKeys } from "../../src/io/write-dictionary.ts";

test("indices and first appearances give the values back, told apart by their bits", () => {
  const word = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(0x7fc00000, 0x7fc00001, -0x80000000));
  fc.assert(
    fc.property(fc.array(word, { minLength: 40, maxLength: 300 }), (values) => {
      const dictionary = buildDictionary(bitKeys(Int32Array.from(values), 1), 1 << 20)!;
      expect(dictionary.size).toBe(new Set(values).size);
      expect([...dictionary.indices].map((entry) => values[dictionary.first[entry]!])).toEqual(values);
    }),
  );
});

test("NaN payloads and -0 stay different", () => {
  const floats = Float64Array.of(0, -0, Number.NaN);
  const words = new Int32Array(floats.buffer);
  const many = new Int32Array(600);
  for (let i = 0; i < 300; i++) many.set(words.subarray(2 * (i % 3), 2 * (i % 3) + 2), 2 * i);
  many[4] = 1; // one NaN with another payload
  expect(buildDictionary(bitKeys(many, 2), 1 << 20)!.size).toBe(4);
});

test("strings", () => {
  const encoder = new TextEncoder();
  const words = Array.from({ length: 100 }, (_, i) => ["", "ab", "ba", "µ"][i % 4]!);
  const encoded = words.map((word) => encoder.encode(word));
  const offsets = Int32Array.from([
    0,
    ...encoded.map((_, i) => encoded.slice(0, i + 1).reduce((n, b) => n + b.length, 0)),
  ]);
  const bytes = Uint8Array.from(encoded.flatMap((b) => [...b]));
  const dictionary = buildDictionary(stringKeys(bytes, offsets, 100), 1 << 20)!;
  expect([...dictionary.indices].map((entry) => words[dictionary.first[entry]!])).toEqual(words);
});

test("it grows, and gives up where it does not pay", () => {
  const from = (count: number, distinct: number): Int32Array =>
    Int32Array.from({ length: count }, (_, i) => (i % distinct) << 13);
  expect(buildDictionary(bitKeys(from(200_000, 5000), 1), 1 << 20)!.size).toBe(5000);
  expect(buildDictionary(bitKeys(from(1000, 1000), 1), 1 << 20)).toBeUndefined();
  expect(buildDictionary(bitKeys(from(200_000, 100_000), 1), 1 << 20)).toBeUndefined();
  expect(buildDictionary(bitKeys(from(200_000, 5000), 1), 4 * 4999)).toBeUndefined();
  expect(buildDictionary(bitKeys(new Int32Array(0), 1), 1 << 20)).toBeUndefined();
});

test("width of an index", () => {
  expect([1, 2, 3, 4, 5, 256, 257].map(indexWidth)).toEqual([1, 1, 2, 2, 3, 8, 9]);
});
