import fc from "fast-check";
import { expect, test } from "vitest";
import type { Missing } from "../../src/io/bitmap.ts";
import { addLevels, type LevelBytes, type LevelState, levelWidth } from "../../src/io/levels.ts";
import { packHybrid, packLegacy } from "./level-encoder.ts";

interface Shape {
  readonly slotAt: readonly number[];
  readonly maxDefinition: number;
  readonly checks: readonly { readonly depth: number; readonly presentAt: number }[];
}

interface Pair {
  readonly repetition: number;
  readonly definition: number;
}

function stateOf(shape: Shape, pairs: number): LevelState {
  const maxRepetition = shape.slotAt.length - 1;
  return {
    maxRepetition,
    maxDefinition: shape.maxDefinition,
    slotAt: shape.slotAt,
    offsets: Array.from({ length: maxRepetition }, () => new Int32Array(pairs + 1)),
    counts: new Array(maxRepetition + 1).fill(0),
    checks: shape.checks.map((check) => ({ ...check, missing: { bits: undefined, capacity: pairs } })),
  };
}

/** What the levels say, worked out slot by slot with nested arrays. */
function expected(shape: Shape, pairs: readonly Pair[]) {
  const slots: number[][] = shape.slotAt.map(() => []);
  const starts: number[][] = shape.slotAt.slice(1).map(() => []);
  for (const { repetition, definition } of pairs)
    for (let depth = repetition; depth < shape.slotAt.length && definition >= shape.slotAt[depth]!; depth++) {
      if (depth + 1 < shape.slotAt.length) starts[depth]!.push(slots[depth + 1]!.length);
      slots[depth]!.push(definition);
    }
  return {
    counts: slots.map((list) => list.length),
    starts,
    present: pairs.filter((pair) => pair.definition === shape.maxDefinition).length,
    missing: shape.checks.map(({ depth, presentAt }) => slots[depth]!.map((definition) => definition < presentAt)),
  };
}

const missingBits = (missing: Missing, count: number): boolean[] =>
  Array.from({ length: count }, (_, i) => missing.bits !== undefined && ((missing.bits[i >> 3]! >> (i & 7)) & 1) === 0);

type Encoder = (values: readonly number[], max: number) => LevelBytes;

function hybrid(least: number, groups: number): Encoder {
  return (values, max) => {
    const bytes = max === 0 ? [] : packHybrid(values, levelWidth(max), least, groups);
    return { bytes: Uint8Array.from([9, ...bytes]), start: 1, end: 1 + bytes.length, legacy: false };
  };
}

const legacy: Encoder = (values, max) => {
  const bytes = packLegacy(values, levelWidth(max));
  return { bytes: Uint8Array.from(bytes), start: 0, end: bytes.length, legacy: true };
};

/** Pairs of valid levels: rows of lists, runs of equal rows among them. */
function pairsOf(shape: Shape): fc.Arbitrary<Pair[]> {
  const depth = shape.slotAt.length - 1;
  const definition = fc.integer({ min: 0, max: shape.maxDefinition });
  const row = fc.array(fc.tuple(definition, fc.integer({ min: 1, max: Math.max(1, depth) })), {
    minLength: 1,
    maxLength: 9,
  });
  return fc.array(fc.tuple(row, fc.integer({ min: 1, max: 10 })), { maxLength: 12 }).map((rows) =>
    rows.flatMap(([cells, times]) => {
      const pairs: Pair[] = [];
      for (const [k, [level, wanted]] of cells.entries()) {
        if (k > 0 && depth === 0) break;
        const repetition = k === 0 ? 0 : wanted;
        // a list can only go on if it has begun: the pair before must reach its depth, and so must this one
        if (
          k > 0 &&
          (pairs[pairs.length - 1]!.definition < shape.slotAt[repetition]! || level < shape.slotAt[repetition]!)
        )
          continue;
        pairs.push({ repetition, definition: level });
      }
      return new Array<Pair[]>(times).fill(pairs).flat();
    }),
  );
}

const shapes: Readonly<Record<string, Shape>> = {
  required: { slotAt: [0], maxDefinition: 0, checks: [] },
  optional: { slotAt: [0], maxDefinition: 1, checks: [{ depth: 0, presentAt: 1 }] },
  "optional in two records": { slotAt: [0], maxDefinition: 3, checks: [{ depth: 0, presentAt: 3 }] },
  "record and member": { slotAt: [0], maxDefinition: 2, checks: [1, 2].map((presentAt) => ({ depth: 0, presentAt })) },
  "required list of required": { slotAt: [0, 1], maxDefinition: 1, checks: [] },
  "optional list of optional": {
    slotAt: [0, 2],
    maxDefinition: 3,
    checks: [
      { depth: 0, presentAt: 1 },
      { depth: 1, presentAt: 3 },
    ],
  },
  "list of records that may be missing": {
    slotAt: [0, 2],
    maxDefinition: 4,
    checks: [
      { depth: 0, presentAt: 1 },
      { depth: 1, presentAt: 3 },
      { depth: 1, presentAt: 4 },
    ],
  },
  "list of lists": {
    slotAt: [0, 2, 4],
    maxDefinition: 5,
    checks: [
      { depth: 0, presentAt: 1 },
      { depth: 1, presentAt: 3 },
      { depth: 2, presentAt: 5 },
    ],
  },
};

for (const [name, shape] of Object.entries(shapes))
  test(`levels of ${name}, in any runs and pages, give the offsets of a naive reading`, () => {
    const depth = shape.slotAt.length - 1;
    const encoder = fc.oneof(
      fc.constant(legacy),
      fc
        .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 4 }))
        .map(([least, groups]) => hybrid(least, groups)),
    );
    fc.assert(
      fc.property(
        pairsOf(shape),
        encoder,
        encoder,
        fc.array(fc.nat(200), { maxLength: 3 }),
        (pairs, repetition, definition, cuts) => {
          const state = stateOf(shape, pairs.length);
          let present = 0;
          const pages = [0, ...cuts.filter((cut) => cut < pairs.length).sort((a, b) => a - b), pairs.length];
          for (let p = 0; p + 1 < pages.length; p++) {
            const page = pairs.slice(pages[p], pages[p + 1]);
            present += addLevels(
              state,
              repetition(
                page.map((pair) => pair.repetition),
                depth,
              ),
              definition(
                page.map((pair) => pair.definition),
                shape.maxDefinition,
              ),
              page.length,
            );
          }
          const want = expected(shape, pairs);
          expect(state.counts).toEqual(want.counts);
          expect(present).toBe(want.present);
          for (const [d, starts] of want.starts.entries())
            expect([...state.offsets[d]!.subarray(0, want.counts[d])]).toEqual(starts);
          for (const [i, check] of state.checks.entries())
            expect(missingBits(check.missing, want.counts[check.depth]!)).toEqual(want.missing[i]);
        },
      ),
      { numRuns: 200 },
    );
  });

test("levels that no list can have are refused", () => {
  const shape = shapes["optional list of optional"]!;
  const refuse = (repetition: number[], definition: number[], how: Encoder): void =>
    expect(() =>
      addLevels(stateOf(shape, repetition.length), how(repetition, 1), how(definition, 3), repetition.length),
    ).toThrow(/empty list goes on/);
  for (const how of [hybrid(1, 1), hybrid(9, 1), legacy]) {
    refuse([0, 1], [3, 1], how);
    refuse([0, 1, 1, 1, 1, 1, 1, 1, 1, 1], [0, 0, 0, 0, 0, 0, 0, 0, 0, 0], how);
  }
});
