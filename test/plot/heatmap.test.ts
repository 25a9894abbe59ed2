import { expect, test } from "vitest";
import { axis, Hist } from "../../src/hist/index.ts";
import { type Figure, heatmap } from "../../src/plot/index.ts";
import { drawWithVega } from "../../src/plot/render-svg.ts";
import { layers, texts } from "../fixtures/plot-read-back.ts";

const two = (x = axis.regular(2, 0, 2, { name: "x" }), y = axis.regular(3, 0, 30, { name: "y" })): Hist =>
  Hist.of(x, y).fill([
    [0.5, 0.5, 1.5, -1, 1.5, 9],
    [5, 5, 25, 15, 99, 99],
  ]);

interface Cell {
  readonly x: number;
  readonly x2: number;
  readonly y: number;
  readonly y2: number;
  readonly value: number;
}

/** The cells as Vega sees them, after its transforms. */
async function cellsOf(figure: Figure): Promise<Cell[]> {
  const [vega, vegaLite] = await Promise.all([import("vega"), import("vega-lite")]);
  const { spec } = vegaLite.compile(figure.spec() as never);
  const view = new vega.View(vega.parse(spec), { renderer: "none" });
  await view.runAsync();
  const found: Cell[] = [];
  const visit = (node: { name?: string; items?: unknown[] }): void => {
    if (node.name === "cells_marks") found.push(...(node.items as { datum: Cell }[]).map((item) => item.datum));
    else for (const inner of (node.items ?? []) as { items?: unknown[] }[]) visit(inner);
  };
  visit((view.scenegraph() as unknown as { root: { items: unknown[] } }).root);
  view.finalize();
  return found.map(({ x, x2, y, y2, value }) => ({ x, x2, y, y2, value }));
}

test("cells have the edges and contents of the histogram, the first axis across", async () => {
  const figure = heatmap(two());
  const cell = (i: number, j: number, value: number) => ({ x: i, x2: i + 1, y: 10 * j, y2: 10 * (j + 1), value });
  expect(await cellsOf(figure)).toEqual([
    cell(0, 0, 2),
    cell(0, 1, 0),
    cell(0, 2, 0),
    cell(1, 0, 0),
    cell(1, 1, 0),
    cell(1, 2, 1),
  ]);
  expect(texts(figure)["flow"]).toEqual(["outside of the axes: 3"]);
});

test("flow: shown as bins, added to the outermost, or not named", async () => {
  const shown = await cellsOf(heatmap(two(), { flow: "show" }));
  expect(shown).toHaveLength(4 * 5);
  expect(shown.reduce((sum, c) => sum + c.value, 0)).toBe(6);
  expect(shown.find((c) => c.x2 === 0 && c.y === 10)!.value).toBe(1);
  const added = await cellsOf(heatmap(two(), { flow: "sum" }));
  expect(added.map((c) => c.value)).toEqual([2, 1, 0, 0, 0, 3]);
  for (const flow of ["show", "sum", "none"] as const) expect(texts(heatmap(two(), { flow }))["flow"]).toBeUndefined();
});

test("axes that fall, that have no flow, and categories", async () => {
  const falling = await cellsOf(heatmap(two(axis.regular(2, 2, 0, { name: "x" }))));
  expect(falling.find((c) => c.x === 0 && c.y === 0)!.value).toBe(2);
  const bare = two(axis.regular(2, 0, 2, { flow: false }), axis.regular(3, 0, 30, { underflow: false }));
  expect((await cellsOf(heatmap(bare))).map((c) => c.value)).toEqual([2, 0, 0, 0, 0, 1]);
  const named = Hist.of(axis.category("from"), axis.intCategory("to")).fill({ from: ["a", "b", "b"], to: [7, 7, 9] });
  expect((await cellsOf(heatmap(named))).map((c) => c.value)).toEqual([1, 0, 1, 1]);
});

test("a logarithmic scale leaves out what is not above 0, and says so of negative cells", async () => {
  const hist = Hist.of(axis.regular(1, 0, 1), axis.regular(3, 0, 3)).fill(
    [
      [0.5, 0.5],
      [0.5, 1.5],
    ],
    { weight: [-2, 100] },
  );
  const figure = heatmap(hist, { logZ: true });
  expect((await cellsOf(figure)).map((c) => c.value)).toEqual([100]);
  expect(texts(figure)["flow"]).toEqual(["1 cell below 0 not shown"]);
});

test("NaN is left white and counted; contents can be written into the cells", async () => {
  const hist = Hist.of(axis.regular(2, 0, 2), axis.regular(1, 0, 1), { storage: "mean" }).fill([[0.5], [0.5]], {
    sample: [3],
  });
  const divided = heatmap(two().divide(two()), { numbers: true });
  expect((await cellsOf(divided)).map((c) => c.value)).toEqual([1, 1]);
  expect(texts(divided)["flow"]![0]).toContain("4 cells without value (NaN)");
  expect(Object.entries(texts(divided)).filter(([name]) => name.startsWith("number-"))).toHaveLength(2);
  expect((await cellsOf(heatmap(hist))).map((c) => c.value)).toContain(3);
});

test("empty, negative, one cell, ten thousand cells", async () => {
  const empty = heatmap(Hist.of(axis.regular(2, 0, 1), axis.regular(2, 0, 1)));
  expect((await drawWithVega(empty.spec())).warnings).toEqual([]);
  expect((await drawWithVega(heatmap(two().scale(-1)).spec())).warnings).toEqual([]);
  expect(await heatmap(Hist.of(axis.regular(1, 0, 1), axis.regular(1, 0, 1)), { logZ: true }).svg()).not.toMatch(/NaN/);
  const many = Hist.of(axis.regular(100, 0, 1), axis.regular(100, 0, 1)).fill([
    Array.from({ length: 20_000 }, (_, i) => (i * 0.618) % 1),
    Array.from({ length: 20_000 }, (_, i) => (i * 0.7548) % 1),
  ]);
  expect(JSON.stringify(heatmap(many).spec()).length).toBeLessThan(60_000);
});

test("what no heatmap shows", () => {
  const one = Hist.of(axis.regular(2, 0, 1, { name: "pt" }));
  expect(() => heatmap(one)).toThrow("A heatmap shows two axes; the histogram has 1 (pt)");
  expect(() => heatmap(two(), { logX: true })).toThrow("Axis x cannot be logarithmic: it begins at 0.");
  expect(() => heatmap(two(), { zRange: [3, 3] })).toThrow("Colours cannot go from 3 to 3.");
  expect(() => heatmap(two(), { logZ: true, zRange: [0, 3] })).toThrow("from 0 to 3 on a logarithmic scale");
  expect(layers(heatmap(two())).some((l) => l.name === "colour-bar")).toBe(true);
});
