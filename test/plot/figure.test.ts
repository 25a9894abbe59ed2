import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { axis, Hist } from "../../src/hist/index.ts";
import { cutflow, efficiency, type Figure, heatmap, points, stack, step } from "../../src/plot/index.ts";
import { drawWithVega } from "../../src/plot/render-svg.ts";
import { backgrounds, contents, counts, data, met, signal } from "../fixtures/plot-hists.ts";
import { complaint, schemas } from "../fixtures/plot-json-schema.ts";
import { column, layers, yScale } from "../fixtures/plot-read-back.ts";
import { overlapping, textBoxes } from "../fixtures/plot-text-boxes.ts";

const long =
  "A title that is far too long for any slide, with p_T > 30 GeV and more words than anybody will ever read in a talk";
const cuts = (): Hist =>
  Hist.of(axis.category("cut")).fill([
    ["all events", "all events", "trigger", "two muons of opposite charge and 60 < m < 120 GeV"],
  ]);

/** Every kind of figure and of content. */
const figures: Readonly<Record<string, () => Figure>> = {
  step: () => step(met(), { experiment: "CMS", status: "Open Data", title: "Q1", com: 8 }),
  stepLog: () => step({ a: met(), b: met(100) }, { logY: true, errors: true }),
  points: () => points({ Data: data() }, { lumi: 11.5, com: 8 }),
  stack: () => stack({ background: backgrounds(), data: data(), signal: { s: signal() } }, { text: ["4j", "1b"] }),
  stackLog: () => stack({ background: backgrounds(), data: data() }, { logY: true }),
  manyProcesses: () =>
    stack({ background: Object.fromEntries(Array.from({ length: 14 }, (_, i) => [`process ${i}`, counts([5, i])])) }),
  empty: () => step(counts([0, 0, 0])),
  emptyLog: () => points({ Data: counts([0, 0]) }, { logY: true }),
  oneBin: () => points(counts([3])),
  negative: () => step(contents([-3, 2, -1]), { errors: true }),
  negativeLog: () => step(contents([-3, 2, -1]), { errors: true, logY: true }),
  large: () => step(contents([2.5e8, 7.1e12], { high: 3e6 })),
  small: () => step(contents([2.5e-8, 7.1e-6], { high: 1e-5 }), { logY: true }),
  categories: () => step(cuts(), { logY: true }),
  longTexts: () =>
    stack(
      { background: { [long]: counts([1, 2]), b: counts([2, 1]) } },
      { title: long, xLabel: long, yLabel: long, experiment: "CMS", status: long, lumi: 1, text: long },
    ),
  ranged: () => step(met(), { range: [20, 60] }),
  tiny: () => step(met(), { width: 240, height: 200 }),
  wide: () => step(met(), { width: 1200, height: 400 }),
  oneBinStack: () => stack({ background: { a: counts([3]) }, data: counts([2]) }),
  negativeStack: () =>
    stack({ background: { a: contents([-3, -2]) }, data: contents([-4, -1]) }, { comparison: "difference" }),
  zeroModel: () => stack({ background: { a: counts([0, 0, 4]) }, data: counts([1, 0, 5]) }, { logY: true }),
  noProcess: () => stack({ background: { a: counts([0, 0]) } }, { logY: true }),
  fourteenWithData: () =>
    stack({
      background: Object.fromEntries(
        Array.from({ length: 14 }, (_, i) => [`a process with a name ${i}`, counts([5, i])]),
      ),
      data: counts([60, 90]),
    }),
  emptyRatio: () => step({ a: counts([0, 0]), b: counts([0, 0]) }, { comparison: "ratio" }),
  emptyEfficiency: () => efficiency({ passed: counts([0]), total: counts([0]) }),
  emptyCutflow: () => cutflow({ labels: ["all", "none"], cutflow: { events: [0, 0] } }),
  manyCuts: () =>
    cutflow({
      labels: Array.from({ length: 25 }, (_, i) => `the cut with number ${i}`),
      cutflow: { events: Array.from({ length: 25 }, (_, i) => 10 ** 6 - 4e4 * i) },
    }),
  shortLogX: () => step(Hist.of(axis.variable([20, 30, 50, 70])).fill([[25, 60]]), { logX: true }),
  largeHeatmap: () =>
    heatmap(Hist.of(axis.regular(2, 0, 3e6), axis.regular(2, 0, 2e-7)).fill([[1e6], [1e-7]], { weight: 7e9 })),
  tinyRatio: () => stack({ background: backgrounds(), data: data() }, { width: 300, height: 300, experiment: "CMS" }),
  markup: () => step({ "<script>&\"'": counts([1]) }, { title: "a < b & \"c\" > 'd'" }),
};

test.each(Object.keys(figures))("%s: valid Vega-Lite, no warnings, both forms", async (name) => {
  const figure = figures[name]!();
  const spec = figure.spec();
  for (const schema of Object.values(schemas)) expect(complaint(spec, schema, schema)).toBeUndefined();
  expect(JSON.stringify(spec).length).toBeLessThan(200_000);
  const warn = vi.spyOn(console, "warn");
  expect((await drawWithVega(spec)).warnings).toEqual([]);
  const svg = await figure.svg();
  expect(warn).not.toHaveBeenCalled();
  warn.mockRestore();
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  expect(await figures[name]!().svg()).toBe(svg);
  const { width, height, boxes } = textBoxes(svg);
  for (const { text, left, top, right, bottom } of boxes)
    expect(Math.min(left, top, width - right, height - bottom), text).toBeGreaterThanOrEqual(0);
  expect(overlapping(boxes)).toEqual([]);
});

test.each(Object.keys(schemas))("the schema check finds a wrong specification, %s", (version) => {
  const schema = schemas[version]!;
  const spec = figures["step"]!().spec();
  expect(complaint({ ...spec, nonsense: 1 }, schema, schema)).toBeDefined();
  const wrong = structuredClone(spec) as { layer: { mark: Record<string, unknown> }[] };
  wrong.layer[0]!.mark["interpolate"] = "stairs";
  expect(complaint(wrong, schema, schema)).toBeDefined();
});

test("drawn heights read back from the scene graph are the contents", async () => {
  const [vega, vegaLite] = await Promise.all([import("vega"), import("vega-lite")]);
  for (const logY of [false, true]) {
    const figure = points({ Data: data() }, { logY });
    const view = new vega.View(vega.parse(vegaLite.compile(figure.spec() as never).spec), { renderer: "none" });
    await view.runAsync();
    const items: { x: number; y: number; y2?: number }[] = [];
    const errors: typeof items = [];
    const visit = (node: { name?: string; items?: unknown[] }): void => {
      if (node.name === "points_0_marks") items.push(...(node.items as typeof items));
      else if (node.name === "points_0_errors_marks") errors.push(...(node.items as typeof items));
      else for (const inner of (node.items ?? []) as { items?: unknown[] }[]) visit(inner);
    };
    visit((view.scenegraph() as unknown as { root: { items: unknown[] } }).root);
    const { domain } = yScale(figure);
    const height = figure.spec()["height"] as number;
    const value = (y: number): number => {
      const t = 1 - y / height;
      return logY ? domain[0] * (domain[1] / domain[0]) ** t : domain[0] + t * (domain[1] - domain[0]);
    };
    const filled = [...data().values()].filter((v) => v > 0);
    expect(items).toHaveLength(filled.length);
    items.forEach((item, i) => void expect(value(item.y) / filled[i]!).toBeCloseTo(1, 6));
    const highs = column(figure, "points-0", "high");
    errors.forEach((item, i) => void expect(value(Math.min(item.y, item.y2!)) / highs[i]!).toBeCloseTo(1, 6));
    view.finalize();
  }
});

test("no bin reaches into the legend, whatever the contents", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 50 }),
      fc.boolean(),
      fc.integer({ min: 1, max: 9 }),
      (values, logY, series) => {
        const named = Object.fromEntries(
          Array.from({ length: series }, (_, i) => [`series ${i}`, contents(values.map((v) => v / (i + 1)))]),
        );
        const figure = step(named, { logY });
        const { domain } = yScale(figure);
        const [width, height] = [figure.spec()["width"] as number, figure.spec()["height"] as number];
        const legendTexts = layers(figure).find((l) => l.name === "legend-texts")!.data.values as unknown as {
          x: number;
          y: number;
        }[];
        const swatches = layers(figure)
          .filter((l) => /^legend-\d+$/.test(l.name))
          .map((l) => l.data.values[0] as unknown as { x: number });
        const left = Math.min(...swatches.map((s) => s.x));
        const right = Math.max(...legendTexts.map((t) => t.x)) + 70;
        const bottom = Math.max(...legendTexts.map((t) => t.y));
        values.forEach((value, i) => {
          const [from, to] = [(i / values.length) * width, ((i + 1) / values.length) * width];
          if (to < left || from > right) return;
          const t = logY
            ? Math.log(Math.max(value, domain[0]) / domain[0]) / Math.log(domain[1] / domain[0])
            : (value - domain[0]) / (domain[1] - domain[0]);
          expect(height * (1 - t)).toBeGreaterThan(bottom);
        });
      },
    ),
    { numRuns: 60 },
  );
});

test("importing the package's plot loads neither vega nor resvg; drawing does", () => {
  const script = `
    import { registerHooks } from "node:module";
    const seen = new Set();
    registerHooks({ resolve(name, context, next) { if (/^(vega|vega-lite|@resvg)/.test(name)) seen.add(name.split("/")[0]); return next(name, context); } });
    const { step } = await import("cortado/plot");
    const hist = { axes: [{ edges: [0, 1] }], values: () => [2], variances: () => [2] };
    const figure = step(hist);
    figure.spec();
    const before = [...seen];
    await figure.png();
    process.stdout.write(JSON.stringify([before, ["vega", "vega-lite", "@resvg"].map((n) => seen.has(n))]));`;
  const root = resolve(import.meta.dirname, "../..");
  const child = spawnSync(process.execPath, ["--input-type=module", "-e", script], { cwd: root, encoding: "utf8" });
  expect(child.stderr).toBe("");
  expect(JSON.parse(child.stdout)).toEqual([[], [true, true, true]]);
  expect(createRequire(pathToFileURL(`${root}/`)).resolve("vega")).toContain("vega");
});
