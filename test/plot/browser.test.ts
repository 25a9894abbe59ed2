/** Figures as JupyterLab draws them (Vega 5.33, Vega-Lite 5.6.1), and in a real browser; set up by `npm run setup:browser`. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { galleryFigures } from "../../scripts/gallery-figures.ts";
import { browserPackage, browserPackages, chromiumPath, noBrowser } from "../../scripts/setup-browser.ts";
import { reportHtml } from "../../src/plot/index.ts";
import type { JsonObject } from "../../src/plot/spec.ts";

const packages = browserPackages();
const figures = Object.entries(galleryFigures);

interface Vega {
  parse(spec: unknown): unknown;
  View: new (runtime: unknown, options: object) => { toSVG(): Promise<string>; finalize(): void };
}
interface VegaLite {
  readonly version: string;
  compile(spec: JsonObject, options: object): { spec: JsonObject };
}

test.skipIf(packages === undefined)(`drawn by Vega 5 without warnings, of the same size${said()}`, async () => {
  const vega = browserPackage("vega") as Vega;
  const vegaLite = browserPackage("vega-lite") as VegaLite;
  expect(vegaLite.version).toBe("5.6.1");
  const warnings: unknown[] = [];
  const warn = (...message: unknown[]): object => {
    warnings.push(message);
    return logger;
  };
  const logger: object = { level: () => logger, error: warn, warn, info: () => logger, debug: () => logger };
  for (const [name, make] of figures) {
    const { spec } = vegaLite.compile(make().spec(), { logger });
    const view = new vega.View(vega.parse(spec), { renderer: "none", logger });
    const svg = await view.toSVG();
    view.finalize();
    expect([name, /<svg [^>]*viewBox="([^"]*)"/.exec(svg)?.[1]]).toEqual([name, "0 0 640 600"]);
    expect([name, warnings]).toEqual([name, []]);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  }
});

interface Page {
  goto(url: string): Promise<unknown>;
  on(event: "console" | "pageerror", listener: (message: { type?(): string; text?(): string }) => void): void;
  evaluate<T>(script: string): Promise<T>;
  screenshot(options: { path: string; fullPage: boolean }): Promise<unknown>;
}
interface Chromium {
  launch(options: object): Promise<{ newPage(options: object): Promise<Page>; close(): Promise<void> }>;
}

const root = resolve(import.meta.dirname, "../..");
let folder: string;
beforeAll(() => {
  mkdirSync(join(root, "out"), { recursive: true });
  folder = mkdtempSync(join(root, "out/browser-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Opens an HTML text and hands over the page, with what it complained about. */
async function open<T>(html: string, look: (page: Page, complaints: string[]) => Promise<T>): Promise<T> {
  const { chromium } = browserPackage("playwright-core") as { chromium: Chromium };
  const { executablePath, args } = await chromiumPath();
  const browser = await chromium.launch({ executablePath, args, headless: true });
  try {
    const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type!())) complaints.push(message.text!());
    });
    const file = join(folder, "page.html");
    writeFileSync(file, html);
    await page.goto(pathToFileURL(file).href);
    return await look(page, complaints);
  } finally {
    await browser.close();
  }
}

/** Texts that reach out of their own SVG by more than a pixel, and how many were looked at. */
const outside = `(() => {
  const found = []; let looked = 0;
  for (const svg of document.querySelectorAll("svg")) {
    const frame = svg.getBoundingClientRect();
    if (frame.width < 100) found.push("an SVG of " + frame.width + " pixels");
    for (const text of svg.querySelectorAll("text")) {
      const box = text.getBoundingClientRect();
      if (box.width === 0) continue;
      looked++;
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1)
        found.push(text.textContent);
    }
  }
  return { found, looked };
})()`;

test.skipIf(packages === undefined)(`the page of all figures in a browser${said()}`, { timeout: 60_000 }, async () => {
  const blocks = await Promise.all(figures.map(async ([name, make]) => ({ caption: name, svg: await make().svg() })));
  const html = reportHtml({
    title: "figures",
    sections: [{ heading: "all", blocks: [{ kind: "figures", figures: blocks }] }],
  });
  await open(html, async (page, complaints) => {
    expect(await page.evaluate("document.querySelectorAll('svg').length")).toBe(figures.length);
    const { found, looked } = await page.evaluate<{ found: string[]; looked: number }>(outside);
    expect(found).toEqual([]);
    expect(looked).toBeGreaterThan(300);
    expect(complaints).toEqual([]);
  });
});

test.skipIf(packages === undefined)(
  `the specifications drawn by Vega 5 in a browser${said()}`,
  { timeout: 60_000 },
  async () => {
    const require = createRequire(pathToFileURL(`${packages}/`));
    const script = (name: string): string => {
      const text = readFileSync(join(packages!, "node_modules", name), "utf8");
      return `<script>${text.replaceAll("</script", "<\\/script")}</script>`;
    };
    expect(require.resolve("vega")).toContain(packages);
    const specs = JSON.stringify(figures.map(([, make]) => make().spec())).replaceAll("<", "\\u003c");
    const body = `<body>${script("vega/build/vega.min.js")}${script("vega-lite/build/vega-lite.min.js")}<script>
      for (const spec of ${specs}) {
        const box = document.body.appendChild(document.createElement("div"));
        new vega.View(vega.parse(vegaLite.compile(spec).spec), { renderer: "svg" }).initialize(box).run();
      }</script></body>`;
    await open(`<!doctype html><meta charset="utf-8">${body}`, async (page, complaints) => {
      const { found, looked } = await page.evaluate<{ found: string[]; looked: number }>(outside);
      expect(complaints).toEqual([]);
      expect(found).toEqual([]);
      expect(looked).toBeGreaterThan(300);
      const kept = process.env["CORTADO_SCREENSHOTS"];
      if (kept !== undefined) await page.screenshot({ path: join(kept, "vega5.png"), fullPage: true });
    });
  },
);

function said(): string {
  return packages === undefined ? ` (${noBrowser})` : "";
}
