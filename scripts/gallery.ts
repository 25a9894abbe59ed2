/**
 * `npm run gallery [FOLDER]`: a page of every kind of figure with the code that draws it, and each as SVG and PNG, in
 * out/gallery unless told. With ../shared/data beside the repository (or CORTADO_DATA) also the figures of the Analysis
 * Grand Challenge.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Figure, type ReportSection, reportHtml } from "cortado/plot";
import { agcFigure } from "./gallery-agc.ts";
import { galleryFigures } from "./gallery-figures.ts";

const root = resolve(import.meta.dirname, "..");

/** Draws everything into `folder` and gives the path of the page. */
export async function drawGallery(folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const figures: { svg: string; caption: string }[] = [];
  const code: ReportSection[] = [];
  const draw = async (name: string, figure: Figure, text: string): Promise<void> => {
    const svg = await figure.svg();
    writeFileSync(join(folder, `${name}.svg`), svg);
    writeFileSync(join(folder, `${name}.png`), await figure.png());
    figures.push({ svg, caption: name });
    code.push({ heading: name, blocks: [{ kind: "preformatted", text }] });
  };
  const reference = join(process.env["CORTADO_DATA"] ?? join(root, "../shared/data"), "agc/reference-v2");
  const templates = join(reference, "histos_1_file_per_process.json");
  const agc = {
    "agc-4j1b": agcFigure(templates, "4j1b", "H_T [GeV]"),
    "agc-4j2b": agcFigure(templates, "4j2b", "m_{bjj} [GeV]"),
  };
  for (const [name, figure] of Object.entries(agc))
    if (figure === undefined) console.log(`${name} is not drawn: ${templates} is not there`);
    else await draw(name, figure, "stack({ data, background, systematics }, options): scripts/gallery-agc.ts");
  for (const [name, make] of Object.entries(galleryFigures)) await draw(name, make(), codeOf(make));
  const page = join(folder, "index.html");
  const all: ReportSection = { heading: "Figures", blocks: [{ kind: "figures", figures }] };
  const subtitle = `${figures.length} figures, and below them the code of each`;
  writeFileSync(page, reportHtml({ title: "cortado: figures", subtitle, sections: [all, ...code] }));
  return page;
}

/** The body of `() => …`, with the indentation of its last line taken off. */
function codeOf(make: () => Figure): string {
  const text = String(make).replace(/^\(\) =>\s*/, "");
  const indent = /\n( *)\S[^\n]*$/.exec(text)?.[1] ?? "";
  return text.replaceAll(`\n${indent}`, "\n");
}

if (import.meta.main) console.log(`drawn: ${await drawGallery(resolve(process.argv[2] ?? join(root, "out/gallery")))}`);
