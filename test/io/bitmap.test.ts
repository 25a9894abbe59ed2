import fc from "fast-check";
import { expect, test } from "vitest";
import { type Missing, markMissing, validityOf } from "../../src/io/bitmap.ts";

test("any part of a bitmap, moved to begin at 0", () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 70 }), fc.nat(70), fc.nat(70), (valid, a, b) => {
      const [from, to] = [Math.min(a, b, valid.length), Math.min(Math.max(a, b), valid.length)];
      const missing: Missing = { bits: undefined, capacity: valid.length };
      for (const [i, there] of valid.entries()) if (!there) markMissing(missing, i, i + 1);
      const part = valid.slice(from, to);
      const bits = validityOf(missing, from, to);
      expect(bits === undefined).toBe(!part.includes(false));
      if (bits === undefined) return;
      expect(Array.from({ length: bits.length * 8 }, (_, i) => ((bits[i >> 3]! >> (i & 7)) & 1) === 1)).toEqual(
        Array.from({ length: bits.length * 8 }, (_, i) => part[i] ?? false),
      );
    }),
  );
});
