import fc from "fast-check";
import { expect, test } from "vitest";
import { MergeFailed, mergeTree } from "../../src/executor/merge-tree.ts";

/** Results whose sum depends on the order of adding in the last bits. */
const value = (leaf: number): { x: number; list: number[] } => ({
  x: Math.sin(leaf * 7.3) * 1e3 + 1e-7 * leaf,
  list: [leaf],
});

function sumInOrder(order: readonly number[]): unknown {
  const tree = mergeTree(order.length, {});
  for (const leaf of order) tree.put(leaf, value(leaf));
  return tree.sum();
}

test("the sum does not depend on the order of arrival, to the last bit", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), fc.integer(), (leaves, seed) => {
      const order = Array.from({ length: leaves }, (_, i) => i);
      const shuffled = fc.sample(fc.shuffledSubarray(order, { minLength: leaves }), { seed, numRuns: 1 })[0]!;
      const sum = sumInOrder(order) as { x: number; list: number[] };
      expect(sumInOrder(shuffled)).toEqual(sum);
      expect(sum.list).toEqual(order);
    }),
    { numRuns: 40 },
  );
});

test("leaves without a result are passed over, also those that never come", () => {
  const tree = mergeTree(100, {});
  for (let leaf = 0; leaf < 100; leaf += 3) tree.put(leaf, leaf % 2 === 0 ? { list: [leaf] } : undefined);
  expect(tree.sum()).toEqual({ list: Array.from({ length: 17 }, (_, i) => 6 * i) });
  expect(mergeTree(100, {}).sum()).toBeUndefined();
  expect(mergeTree(0, {}).sum()).toBeUndefined();
});

test("the sum can be looked at while results arrive, and shares nothing with them", () => {
  const tree = mergeTree(3, {});
  const first = { list: [1] };
  tree.put(0, first);
  expect(tree.sum()).toEqual(first);
  (tree.sum() as typeof first).list.push(7);
  tree.put(2, { list: [3] });
  tree.put(1, { list: [2] });
  expect(tree.sum()).toEqual({ list: [1, 2, 3] });
});

test("what does not add names the leaf, and only what is added with it is lost", () => {
  const tree = mergeTree(20, {});
  const put = (leaf: number): void => tree.put(leaf, leaf === 11 ? { x: [11] } : { x: 1 });
  const failure = (): MergeFailed => {
    try {
      for (let leaf = 0; leaf < 20; leaf++) put(leaf);
    } catch (error) {
      return error as MergeFailed;
    }
    throw new Error("nothing was thrown");
  };
  const failed = failure();
  expect(failed).toBeInstanceOf(MergeFailed);
  expect([failed.from, failed.to, failed.leaf]).toEqual([8, 16, 11]);
  for (let leaf = 16; leaf < 20; leaf++) put(leaf);
  expect(tree.sum()).toEqual({ x: 12 });
});
