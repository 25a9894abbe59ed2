import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { boostedTrees } from "../../src/correction/index.ts";
import { fromList, toList } from "../../src/jagged/index.ts";

interface Made {
  readonly objective: string;
  readonly model: { learner: { gradient_booster: { name: string; model: { trees: { left_children: number[] }[] } } } };
  readonly rows: readonly (number | null)[];
  readonly predictions: readonly number[];
  readonly margins: readonly number[];
}

const made = JSON.parse(readFileSync(join(import.meta.dirname, "../fixtures/boosted-trees.json"), "utf8")) as Made[];

function farthest(got: ArrayLike<number>, expected: readonly number[]): number {
  expect(got.length).toBe(expected.length);
  return expected.reduce((worst, value, i) => Math.max(worst, Math.abs(got[i]! - value)), 0);
}

test.each(made.map((one, i) => [`${one.objective} ${i}`, one] as const))("%s predicts as xgboost does", (_, given) => {
  const model = boostedTrees(given.model);
  const rows = Float32Array.from(given.rows, (value) => value ?? Number.NaN);
  expect(farthest(model.predictRows(rows), given.predictions)).toBeLessThan(1e-6);
  expect(farthest(model.predictRows(rows, { margin: true }), given.margins)).toBeLessThan(2e-6);
  expect(model.predict(rows.subarray(0, model.features))).toBe(model.predictRows(rows)[0]);

  const columns = [0, 1, 2, 3].map((feature) => {
    const values = given.rows.filter((_, i) => i % 4 === feature);
    return fromList([values.slice(0, 25), [], values.slice(25)], "var * ?float64");
  });
  const lists = toList(model.predictColumns(columns)) as number[][];
  expect(lists.map((list) => list.length)).toEqual([25, 0, 35]);
  expect(lists.flat(2)).toEqual([...model.predictRows(rows)]);
});

test("what cannot be evaluated is refused by name", () => {
  const changed = (change: (model: Made["model"]) => void) => {
    const model = structuredClone(made[0]!.model);
    change(model);
    return () => boostedTrees(model);
  };
  const booster = (m: Made["model"]) => m.learner.gradient_booster;
  expect(changed((m) => (booster(m).name = "dart"))).toThrow(
    'gradient_booster.name: there is no "dart" here. There are: gbtree.',
  );
  expect(changed((m) => (booster(m).model.trees[1]!.left_children[0] = 0))).toThrow(
    /trees\[1\]: node 0 has the children 0 and 2/,
  );
  expect(() => boostedTrees("{")).toThrow(/model is not JSON/);
  const model = boostedTrees(made[0]!.model);
  expect(() => model.predict([1, 2])).toThrow("the model has 4 features, not 2");
  expect(() => model.predictRows(new Float32Array(5))).toThrow("5 numbers are no whole rows");
});
