import { fontFamily } from "./frame.ts";
import { describePanel, layOut, type PanelContent } from "./layout.ts";
import { plainText } from "./mini-tex.ts";
import type { PlotOptions } from "./options.ts";
import { panelSpec } from "./panel.ts";
import { renderPng } from "./render-png.ts";
import { renderSvg } from "./render-svg.ts";
import type { JsonObject, Medium } from "./spec.ts";

/** A drawing that is not drawn yet: three forms of the same content. */
export interface Figure {
  /** What it shows in one line of plain text. */
  readonly description: string;
  /** A Vega-Lite specification (valid for 5.6 and for 6) with the binned numbers in it, for interactive viewers. */
  spec(): JsonObject;
  /** A standalone SVG text. Loads vega and vega-lite on first use; about 0.1 s. */
  svg(): Promise<string>;
  /** A PNG on white; `scale` 2 (the default) gives two pixels for one of the SVG. Loads resvg on first use. */
  png(options?: { readonly scale?: number }): Promise<Uint8Array>;
}

/** A figure of what `body` gives for each medium. */
export function figure(description: string, body: (medium: Medium) => JsonObject): Figure {
  const spec = (medium: Medium): JsonObject => ({
    $schema: "https://vega.github.io/schema/vega-lite/v5.json",
    background: "white",
    ...body(medium),
    config: { font: fontFamily, view: { stroke: null }, aria: false },
  });
  let svg: Promise<string> | undefined;
  const draw = (): Promise<string> => (svg ??= renderSvg(spec("static"), description));
  return {
    description,
    spec: () => spec("interactive"),
    svg: draw,
    png: async ({ scale = 2 } = {}) => renderPng(await draw(), scale),
  };
}

/** A figure of a panel, and of the one below it. Layout happens now, so that whatever is wrong with the input is reported here. */
export function panelFigure(content: PanelContent, options: PlotOptions): Figure {
  const layout = layOut(content, options);
  const description = options.title === undefined ? describePanel(content) : plainText(options.title);
  return figure(description, (medium) => panelSpec(content, layout, medium));
}
