import fc from "fast-check";
import { expect, test } from "vitest";
import { DecodeFailure } from "../../src/io/decode-failure.ts";
import { lz4Decompress } from "../../src/io/lz4.ts";

interface Step {
  readonly literals: readonly number[];
  readonly distance: number;
  readonly length: number;
}

/** A block of literals and matches, and what it says; the last step has literals only. */
function block(steps: readonly Step[], last: readonly number[]): { bytes: number[]; text: number[] } {
  const bytes: number[] = [];
  const text: number[] = [];
  const more = (n: number): number[] => {
    if (n < 15) return [];
    const rest = n - 15;
    return [...new Array(Math.floor(rest / 255)).fill(255), rest % 255];
  };
  for (const { literals, distance, length } of steps) {
    const before = text.length + literals.length;
    if (before === 0) continue;
    const back = 1 + (distance % Math.min(before, 65535));
    const token = (Math.min(literals.length, 15) << 4) | Math.min(length - 4, 15);
    bytes.push(token, ...more(literals.length), ...literals, back & 255, back >> 8, ...more(length - 4));
    text.push(...literals);
    for (let i = 0; i < length; i++) text.push(text[text.length - back]!);
  }
  bytes.push(Math.min(last.length, 15) << 4, ...more(last.length), ...last);
  text.push(...last);
  return { bytes, text };
}

const bytes = fc.array(fc.nat(255), { maxLength: 40 });
const long = fc.array(fc.nat(255), { minLength: 250, maxLength: 300 });
const step = fc.record({
  literals: fc.oneof(bytes, long),
  distance: fc.nat(400),
  length: fc.integer({ min: 4, max: 600 }),
});

test("literals and matches of any length, overlapping ones too", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 6 }), bytes, (steps, last) => {
      const { bytes, text } = block(steps, last);
      expect([...lz4Decompress(Uint8Array.from(bytes), text.length)]).toEqual(text);
    }),
  );
});

test("damage gives an error or bytes of at most the announced length", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 4 }), bytes, fc.nat(), fc.nat(255), (steps, last, at, value) => {
      const { bytes, text } = block(steps, last);
      bytes[at % bytes.length] = value;
      try {
        expect(lz4Decompress(Uint8Array.from(bytes), text.length).length).toBeLessThanOrEqual(text.length);
      } catch (error) {
        expect(error).toBeInstanceOf(DecodeFailure);
      }
    }),
  );
});
