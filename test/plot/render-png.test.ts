import { Resvg } from "@resvg/resvg-js";
import { expect, test } from "vitest";
import { fontFiles } from "../../src/plot/font-files.ts";
import { points, stack, step } from "../../src/plot/index.ts";
import { renderPng } from "../../src/plot/render-png.ts";
import { backgrounds, contents, counts, data, met, signal } from "../fixtures/plot-hists.ts";

interface Picture {
  readonly width: number;
  readonly height: number;
  /** One number for each pixel, 0xffffffff where it is white. */
  readonly pixels: Uint32Array;
}

const white = 0xffffffff;

function picture(svg: string, fonts: readonly string[] = fontFiles()): Picture {
  const font = { loadSystemFonts: false, fontFiles: [...fonts], defaultFontFamily: "Arimo" };
  const { width, height, pixels } = new Resvg(svg, { background: "white", font }).render();
  return { width, height, pixels: new Uint32Array(Uint8Array.from(pixels).buffer) };
}

/** Number of pixels that differ. */
function difference(a: Picture, b: Picture): number {
  return a.pixels.reduce((count, pixel, i) => count + (pixel === b.pixels[i] ? 0 : 1), 0);
}

const full = stack(
  { background: backgrounds(), data: data(), signal: { "Z'": signal() } },
  { experiment: "CMS", status: "Open Data", lumi: 2.3, com: 13, text: "e/#mu", flow: "hint" },
);

test("a PNG of twice the size, on white", async () => {
  const png = Buffer.from(await full.png());
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1280, 1200]);
  const small = Buffer.from(await full.png({ scale: 1 }));
  expect([small.readUInt32BE(16), small.readUInt32BE(20)]).toEqual([640, 600]);
  await expect(full.png({ scale: 0 })).rejects.toThrow("cannot have scale 0");
});

test("every text is drawn: without it the picture is another one", async () => {
  const svg = await full.svg();
  const all = [...svg.matchAll(/<text [^>]*>.*?<\/text>/g)];
  expect(all.length).toBeGreaterThan(20);
  const whole = picture(svg);
  for (const [text] of all) expect(difference(whole, picture(svg.replace(text, ""))), text).toBeGreaterThan(8);
});

test("without fonts there is no text: the check above would notice", async () => {
  const svg = await full.svg();
  expect(difference(picture(svg), picture(svg, []))).toBeGreaterThan(2000);
  expect(
    difference(
      picture(svg.replace(/<text [^>]*>.*?<\/text>/g, "")),
      picture(svg.replace(/<text [^>]*>.*?<\/text>/g, ""), []),
    ),
  ).toBe(0);
});

test("a symbol that the text face lacks is drawn with the other, and what stands beside it is not", async () => {
  const svg = await step(counts([1]), { title: "statistical ⊕ systematic" }).svg();
  const symbol = /<tspan x="[\d.]+" font-family="DejaVu Sans">⊕<\/tspan>/;
  expect(svg).toMatch(symbol);
  const arimo = fontFiles().slice(0, 4);
  const [whole, without] = [picture(svg), picture(svg.replace(symbol, ""))];
  expect(difference(whole, without)).toBeGreaterThan(40);
  // Not more than its own box: the words beside it would differ in hundreds of pixels more.
  expect(difference(whole, without)).toBeLessThan(400);
  expect(difference(without, picture(svg.replace(symbol, ""), arimo))).toBe(0);
});

test("every text names our faces only", async () => {
  for (const svg of [await full.svg(), await step(met(), { title: "χ² ⊕ √s → μ" }).svg()])
    for (const [, family] of svg.matchAll(/font-family="([^"]*)"/g))
      expect(["Arimo, Helvetica, Arial, sans-serif", "DejaVu Sans"]).toContain(family);
});

test("nothing is clipped at the edge of the picture", async () => {
  const long =
    "A text that is far too long for any slide, with p_T > 30 GeV and more words than anybody will ever read in a talk";
  const figures = [
    full,
    points({ Data: data() }, { logY: true }),
    step(contents([1.5e8, 7e8], { high: 2000 })),
    step(contents([-0.00012, 0.0004])),
    step(
      { [long]: counts([1, 2]), b: counts([1, 1]) },
      { title: long, xLabel: long, yLabel: long, text: long, experiment: "CMS", status: long, lumi: 1 },
    ),
    step(met(), { width: 240, height: 200, experiment: "CMS", status: "Simulation", com: 13 }),
  ];
  for (const figure of figures) {
    const { width, height, pixels } = picture(await figure.svg());
    const edge = [...pixels.keys()].filter((i) => {
      const [x, y] = [i % width, Math.floor(i / width)];
      return (x === 0 || y === 0 || x === width - 1 || y === height - 1) && pixels[i] !== white;
    });
    expect(edge, figure.description).toEqual([]);
  }
});

test("a rendering is the same every time", async () => {
  const svg = await full.svg();
  expect(Buffer.compare(Buffer.from(await renderPng(svg, 1)), Buffer.from(await renderPng(svg, 1)))).toBe(0);
});
