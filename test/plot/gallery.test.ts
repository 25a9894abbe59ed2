/** The figures of the gallery as snapshots, and what must hold of every one of them. */
import { resolve } from "node:path";
import { expect, test, vi } from "vitest";
import { galleryFigures } from "../../scripts/gallery-figures.ts";
import { drawWithVega } from "../../src/plot/render-svg.ts";
import { complaint, schemas } from "../fixtures/plot-json-schema.ts";
import { layers, normalised } from "../fixtures/plot-read-back.ts";
import { overlapping, textBoxes } from "../fixtures/plot-text-boxes.ts";

const fixtures = resolve(import.meta.dirname, "../fixtures");
const names = Object.keys(galleryFigures);

test.each(names)("%s: the drawing", async (name) => {
  const svg = await galleryFigures[name]!().svg();
  await expect(normalised(svg)).toMatchFileSnapshot(`${fixtures}/plot-${name}.svg`);
});

test.each(names)("%s: a valid specification without events, drawn without warnings", async (name) => {
  const figure = galleryFigures[name]!();
  const spec = figure.spec();
  for (const schema of Object.values(schemas)) expect(complaint(spec, schema, schema)).toBeUndefined();
  expect(JSON.stringify(spec).length).toBeLessThan(60_000);
  expect(JSON.stringify(spec)).not.toContain("url(#hatch)");
  const warn = vi.spyOn(console, "warn");
  expect((await drawWithVega(spec)).warnings).toEqual([]);
  expect(await figure.svg()).not.toMatch(/NaN|Infinity|undefined/);
  expect(warn).not.toHaveBeenCalled();
  warn.mockRestore();
});

test.each(names)("%s: every text is inside, large enough at half size, and clear of the others", async (name) => {
  const svg = await galleryFigures[name]!().svg();
  const { width, height, boxes } = textBoxes(svg);
  expect([width, height]).toEqual([640, 600]);
  expect(boxes.length).toBeGreaterThan(5);
  for (const box of boxes) {
    expect(box.size / 2, box.text).toBeGreaterThan(6.9);
    expect(Math.min(box.left, box.top, width - box.right, height - box.bottom), box.text).toBeGreaterThanOrEqual(0);
  }
  expect(overlapping(boxes)).toEqual([]);
  for (const [, family] of svg.matchAll(/font-family="([^"]*)"/g))
    expect(["Arimo, Helvetica, Arial, sans-serif", "DejaVu Sans"]).toContain(family);
});

test.each(names)("%s: every tick has its label", async (name) => {
  const figure = galleryFigures[name]!();
  const wanted = layers(figure)
    .filter((layer) => layer.name.endsWith("axes"))
    .flatMap(({ encoding }) => [encoding["x"]!, encoding["y"]!])
    .flatMap(({ axis }) => {
      const { labelExpr } = axis as { labelExpr: string };
      return Object.values(JSON.parse(labelExpr.replace("[datum.value]", "")) as Record<string, string>);
    });
  const { svg } = await drawWithVega(figure.spec());
  const groups = [...svg.matchAll(/role-axis-label"[^>]*>(.*?)<\/g>/gs)].map((match) => match[1]!);
  const drawn = groups.flatMap((group) => [...group.matchAll(/<text [^>]*[^/]>([^<]+)</g)].map((match) => match[1]!));
  const plain = (text: string): string => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
  expect(drawn.map(plain).sort()).toEqual(wanted.filter((label) => label !== "").sort());
});
