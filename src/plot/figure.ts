import { fontFamily, frameLayers } from "./frame.ts";
import { labelLayer } from "./labels.ts";
import { describePanel, type Layout, layOut, type PanelContent } from "./layout.ts";
import { legendLayers } from "./legend.ts";
import { markLayers } from "./marks.ts";
import { plainText } from "./mini-tex.ts";
import type { PlotOptions } from "./options.ts";
import { renderPng } from "./render-png.ts";
import { renderSvg } from "./render-svg.ts";
import type { JsonObject, Layer, Medium } from "./spec.ts";

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

/** A figure of one panel. Layout happens now, so that whatever is wrong with the input is reported here. */
export function panelFigure(content: PanelContent, options: PlotOptions): Figure {
  const layout = layOut(content, options);
  const description = options.title === undefined ? describePanel(content) : plainText(options.title);
  let svg: Promise<string> | undefined;
  const draw = (): Promise<string> => (svg ??= renderSvg(panelSpec(content, layout, "static"), description));
  return {
    description,
    spec: () => panelSpec(content, layout, "interactive"),
    svg: draw,
    png: async ({ scale = 2 } = {}) => renderPng(await draw(), scale),
  };
}

/** The whole specification of a single panel. */
export function panelSpec(content: PanelContent, layout: Layout, medium: Medium): JsonObject {
  const { margins, width, height } = layout;
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v5.json",
    background: "white",
    autosize: { type: "none", contains: "content" },
    padding: { left: margins.left, right: margins.right, top: margins.top, bottom: margins.bottom },
    width,
    height,
    layer: panelLayers(content, layout, medium),
    config: { font: fontFamily, view: { stroke: null }, aria: false },
  };
}

/** Marks, then frame and ticks over them, then texts: what a panel is made of, also one of several. */
export function panelLayers(content: PanelContent, layout: Layout, medium: Medium): Layer[] {
  const { style, x, y, width, height, labels, legend } = layout;
  const binWidth = width / (content.edges.length - 1);
  const diameter = Math.min(Math.sqrt(style.point / 0.785), Math.max(binWidth * 1.1, style.line * 2));
  const context = { x: x.scale, y: y.scale, line: style.line, point: diameter * diameter * 0.785, medium };
  return [
    ...content.marks.flatMap((mark, i) => markLayers(mark, `${mark.mark}-${i}`, context)),
    ...frameLayers(x, y, width, height, style, medium),
    ...(legend === undefined ? [] : legendLayers(legend.box, legend.left, legend.top, style, medium)),
    ...labels.map((label) => labelLayer(label, medium)),
  ];
}
