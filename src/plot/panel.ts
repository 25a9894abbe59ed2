/** Panels as specifications: marks, then frame and ticks over them, then texts. */
import { type AxisPlan, frameLayers } from "./frame.ts";
import { type Label, labelLayer, labelWidth } from "./labels.ts";
import type { Layout, LowerContent, PanelContent } from "./layout.ts";
import { legendLayers } from "./legend.ts";
import { binTextSize } from "./legend-place.ts";
import { extentOf, type MarkContext, markLayers, middleOf } from "./marks.ts";
import { type JsonObject, type Layer, type Medium, pixels, px } from "./spec.ts";

/** The size, margins and panels of a figure. */
export function panelSpec(content: PanelContent, layout: Layout, medium: Medium): JsonObject {
  const { margins, width, height, lower } = layout;
  const layer = upperLayers(content, layout, medium);
  const autosize = { type: "none", contains: "content" };
  const { left, right, top, bottom } = margins;
  if (lower === undefined || content.lower === undefined)
    return { autosize, padding: { left, right, top, bottom }, width, height, layer };
  // Vega takes several panels over one another for a view of no height: what they need is in the padding.
  const whole = px(height + lower.spacing + lower.height);
  return {
    autosize,
    padding: { left, right, top, bottom: px(bottom + whole) },
    spacing: lower.spacing,
    bounds: "flush",
    vconcat: [
      { width, height, layer },
      { width, height: lower.height, layer: lowerLayers(content, content.lower, layout, lower, medium) },
    ],
  };
}

function upperLayers(content: PanelContent, layout: Layout, medium: Medium): Layer[] {
  const { style, y, width, height, labels, legend } = layout;
  const x = content.lower === undefined ? layout.x : silent(layout.x);
  const context = contextOf(content, layout, y, medium);
  return [
    ...content.marks.flatMap((mark, i) => markLayers(mark, `${mark.mark}-${i}`, context)),
    ...frameLayers(x, y, width, height, style, medium),
    ...hintLayers(content, layout),
    ...(legend === undefined ? [] : legendLayers(legend.box, legend.left, legend.top, style, medium)),
    ...binTexts(content, layout).map((label) => labelLayer(label, medium)),
    ...labels.map((label) => labelLayer(label, medium)),
  ];
}

function lowerLayers(
  content: PanelContent,
  own: LowerContent,
  layout: Layout,
  { height, y }: { readonly height: number; readonly y: AxisPlan },
  medium: Medium,
): Layer[] {
  const { style, width, x } = layout;
  const context = { ...contextOf(content, layout, y, medium), range: own.range };
  const line = own.line === undefined ? [] : [referenceLine(px(y.at(own.line)), width, style.line)];
  const marks = own.marks.flatMap((mark, i) => markLayers(mark, `${mark.mark}-${i}`, context));
  // Two layers of one name would share their data, whichever panel they are in.
  const layers = [...line, ...marks, ...frameLayers(x, y, width, height, style, medium)];
  return layers.map((layer) => ({ ...layer, name: `lower-${layer["name"]}` }));
}

function referenceLine(at: number, width: number, line: number): Layer {
  return {
    name: "reference",
    data: { values: [{ x: 0, x2: width, y: at, y2: at }] },
    mark: { type: "rule", color: "#555555", strokeWidth: px(line * 0.6), strokeDash: [px(2 * line), px(2 * line)] },
    encoding: { x: pixels("x"), x2: { field: "x2" }, y: pixels("y"), y2: { field: "y2" } },
  };
}

function contextOf(content: PanelContent, { style, width, x }: Layout, y: AxisPlan, medium: Medium): MarkContext {
  const binWidth = width / (content.x.edges.length - 1);
  const diameter = Math.min(Math.sqrt(style.point / 0.785), Math.max(binWidth * 1.1, style.line * 2));
  return { x: x.scale, y: y.scale, line: style.line, point: diameter * diameter * 0.785, medium };
}

/** The axis with its ticks and without its words: another panel has them. */
const silent = (axis: AxisPlan): AxisPlan => ({
  ...axis,
  title: "",
  ticks: { ...axis.ticks, labels: axis.ticks.labels.map(() => "") },
});

/** Small triangles beside the frame where there is content beyond it, and lines where flow bins begin. */
function hintLayers({ hints, x: content }: PanelContent, { width, height, style, x }: Layout): Layer[] {
  const layers: Layer[] = [];
  const { under, over } = content.flowBins;
  const lines = [...(under ? [content.edges[1]!] : []), ...(over ? [content.edges.at(-2)!] : [])].map((v) =>
    px(x.at(v)),
  );
  if (lines.length > 0)
    layers.push({
      name: "flow-bins",
      data: { values: lines.map((at) => ({ x: at, x2: at, y: px(height * 0.5), y2: height })) },
      mark: {
        type: "rule",
        color: "#555555",
        strokeWidth: style.tick.width,
        strokeDash: [px(style.gap * 0.3), px(style.gap * 0.3)],
      },
      encoding: { x: pixels("x"), x2: { field: "x2" }, y: pixels("y"), y2: { field: "y2" } },
    });
  const size = px(style.gap * style.gap * 0.5);
  for (const [shape, there, at] of [
    ["triangle-left", hints.under, -style.gap * 0.6],
    ["triangle-right", hints.over, width + style.gap * 0.6],
  ] as const)
    if (there)
      layers.push({
        name: `flow-${shape.slice(9)}`,
        data: { values: [{ x: px(at), y: px(height - style.fonts.tick) }] },
        mark: { type: "point", shape, filled: true, size, color: "#555555", opacity: 1 },
        encoding: { x: pixels("x"), y: pixels("y") },
      });
  return layers;
}

/** Each line only where it fits between its neighbours. */
function binTexts({ binTexts: texts, marks, x: content }: PanelContent, { style, x, y }: Layout): Label[] {
  const size = binTextSize(style);
  return (texts ?? []).flatMap((lines, i) => {
    const slot = x.at(content.edges[i + 1]!) - x.at(content.edges[i]!);
    const fitting = lines.filter((line) => labelWidth(line, size) <= slot);
    const top = y.at(Math.max(...marks.map((mark) => extentOf(mark, i).high))) - style.gap * 0.5;
    return fitting.map((text, k) => ({
      name: `bin-text-${i}-${k}`,
      text,
      x: x.at(middleOf(content.edges, i, content.log)),
      y: top - (fitting.length - 1 - k) * size * 1.2,
      align: "center" as const,
      fontSize: size,
    }));
  });
}
