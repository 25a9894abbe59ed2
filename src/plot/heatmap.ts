import {
  barAt,
  barLabels,
  type ColourOptions,
  type ColourScale,
  colourBar,
  colourOf,
  colourScale,
  seam,
} from "./colour-scale.ts";
import { experimentLabels } from "./experiment-label.ts";
import { type Figure, figure } from "./figure.ts";
import { type AxisPlan, frameLayers } from "./frame.ts";
import { type Grid, grid } from "./grid.ts";
import { cut, type Label, labelLayer, labelWidth } from "./labels.ts";
import { leftMargin, smallPrintPlace, styleOf } from "./layout.ts";
import { plainText } from "./mini-tex.ts";
import type { FrameOptions } from "./options.ts";
import { headLabels, insideText } from "./panel-texts.ts";
import type { PlotHist } from "./plot-hist.ts";
import { type JsonObject, type Layer, type Medium, pixels, px } from "./spec.ts";
import type { Style } from "./style.ts";
import { factorText, shortNumber } from "./ticks.ts";
import { axisTicks, place, planX, scaleOf, uncrowded } from "./x-axis.ts";

export interface HeatmapOptions extends FrameOptions, ColourOptions {
  /** Writes the contents into the cells. */
  readonly numbers?: boolean | undefined;
  /**
   * Content outside of the axes: "hint" (the default) names it in small print below the frame, "show" makes bins of it,
   * "sum" adds it to the outermost bins, "none" says nothing.
   */
  readonly flow?: "hint" | "show" | "sum" | "none" | undefined;
}

/**
 * A 2-D histogram as cells of colour, with a colour bar; the first axis is x. The colours (viridis) rise in lightness, so
 * they can be told apart without seeing colour.
 *
 * @throws UsageError for histograms that are not 2-D, infinite contents, and a colour range that is none.
 */
export function heatmap(hist: PlotHist, options: HeatmapOptions = {}): Figure {
  const cells = grid(hist, options);
  const z = colourScale(cells.values, options);
  const layout = layOut(cells, z, options);
  const zTitle = plainText(z.title);
  const axes = `${plainText(layout.y.title) || "y"} against ${plainText(layout.x.title) || "x"}`;
  const description = options.title === undefined ? `${zTitle}: ${axes}` : plainText(options.title);
  return figure(description, (medium) => spec(cells, z, layout, options, medium));
}

interface HeatmapLayout {
  readonly style: Style;
  readonly margins: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  readonly width: number;
  readonly height: number;
  readonly x: AxisPlan;
  readonly y: AxisPlan;
  readonly labels: readonly Label[];
  /** The box behind the texts in the frame; absent without any. */
  readonly box: JsonObject | undefined;
  /** Left and right end of the colour bar. */
  readonly bar: readonly [number, number];
}

function layOut(cells: Grid, z: ColourScale, options: HeatmapOptions): HeatmapLayout {
  const style = styleOf(options);
  const { fonts, gap } = style;
  const zAxis = verticalAxis({ ...cells.y, title: z.title }, 100, style, 0);
  const zLabels = Math.max(0, ...z.ticks.labels.map((l) => labelWidth(l, fonts.tick)));
  const barWidth = px(gap * 2.2);
  const right = px(gap * 2 + barWidth + gap * 0.8 + zLabels + zAxis.titleSize * 1.35);
  const note = smallPrint(cells, z, options);
  let left = px(fonts.tick * 3);
  for (let attempt = 0; ; attempt++) {
    const plan = planX({ ...cells.x, title: options.xLabel ?? cells.x.title }, style, left, right);
    const small = smallPrintPlace(note, plan.axis, style, left, plan.width);
    const top = px(fonts.experiment + gap * 1.3);
    const bottom = px(plan.titleOffset + fonts.title * 0.4 + small.height + gap * 0.2);
    const height = px(style.height - top - bottom);
    const y = verticalAxis({ ...cells.y, title: options.yLabel ?? cells.y.title }, height, style, left);
    const needed = leftMargin([y], style);
    if (needed > left && attempt < 3) {
      left = needed;
      continue;
    }
    const { width } = plan;
    const bar = [px(width + gap * 2), px(width + gap * 2 + barWidth)] as const;
    const heads = experimentLabels({ ...options, position: options.position ?? 0 }, width, style);
    const inside = insideText([...heads.inside, ...heads.lines], width, style);
    const margin = style.tick.major + gap * 0.8;
    const labels: Label[] = [...headLabels(heads.above, width, y.ticks, style), ...inside.labels("left")];
    labels.push(...barLabels(z, bar, height, right, style, width));
    if (note !== "")
      labels.push({
        name: "flow",
        text: cut(note, fonts.note, style.width - 2 * gap),
        x: small.x,
        y: height + small.y,
        align: "left",
        fontSize: fonts.note,
        colour: "#555555",
      });
    const box =
      inside.width === 0
        ? undefined
        : {
            x: px(margin - gap * 0.6),
            x2: px(margin + inside.width + gap * 0.6),
            y: px(margin - gap * 0.2),
            y2: px(margin + inside.height + gap * 0.4),
          };
    return { style, margins: { left, right, top, bottom }, width, height, x: plan.axis, y, labels, box, bar };
  }
}

/** The y axis over bins: from below to above. */
function verticalAxis(content: Grid["y"], height: number, style: Style, left: number): AxisPlan {
  const at = place(content.edges, height, content.log);
  const ticks = axisTicks(content, 6);
  const half = style.fonts.tick * 0.55;
  const labels = uncrowded(ticks, (i) => [at(ticks.major[i]!) - half, at(ticks.major[i]!) + half], content.flowBins);
  const titleSize = style.fonts.title;
  const room = style.width * 0.25;
  return {
    scale: scaleOf(content.edges, content.log),
    at: (v) => height - at(v),
    ticks: { ...ticks, labels: labels.map((l) => cut(l, style.fonts.tick, room)), exponent: 0 },
    title: cut(`${content.title} ${factorText(ticks)}`.trim(), titleSize, Math.max(height, 1)),
    titleSize,
    titleOffset: px(left - titleSize * 1.05),
    labelAngle: 0,
  };
}

function smallPrint(
  { outside, values, nanWeights }: Grid,
  { log }: ColourScale,
  { flow = "hint" }: HeatmapOptions,
): string {
  const empty = values.filter((v) => Number.isNaN(v)).length;
  const negative = log ? values.filter((v) => v < 0).length : 0;
  const cells = (n: number): string => `${n} cell${n === 1 ? "" : "s"}`;
  return [
    ...(flow === "hint" && outside !== 0 ? [`outside of the axes: ${shortNumber(outside, 6)}`] : []),
    ...(empty > 0 ? [`${cells(empty)} without value (NaN)`] : []),
    ...(nanWeights > 0 ? [`${nanWeights} weight${nanWeights === 1 ? "" : "s"} NaN or infinite`] : []),
    ...(negative > 0 ? [`${cells(negative)} below 0 not shown`] : []),
  ].join("; ");
}

function spec(cells: Grid, z: ColourScale, layout: HeatmapLayout, options: HeatmapOptions, medium: Medium): JsonObject {
  const { style, margins, width, height, x, y, labels, bar, box } = layout;
  const colour = colourOf(z);
  const rows = cells.y.edges.length - 1;
  const edge = (list: readonly number[], index: string): string => `${JSON.stringify(list)}[${index}]`;
  const [column, row] = [`floor(datum.cell / ${rows})`, `datum.cell % ${rows}`];
  const ends = { x: pixels("x"), x2: { field: "x2" }, y: pixels("y"), y2: { field: "y2" } };
  const layer: Layer[] = [
    {
      name: "cells",
      data: { values: [{ value: cells.values.map((v) => (Number.isNaN(v) ? null : v)) }] },
      transform: [
        { flatten: ["value"] },
        { window: [{ op: "row_number", as: "number" }] },
        { calculate: "datum.number - 1", as: "cell" },
        { calculate: edge(cells.x.edges, column), as: "x" },
        { calculate: edge(cells.x.edges, `${column} + 1`), as: "x2" },
        { calculate: edge(cells.y.edges, row), as: "y" },
        { calculate: edge(cells.y.edges, `${row} + 1`), as: "y2" },
        { filter: z.log ? "isValid(datum.value) && datum.value > 0" : "isValid(datum.value)" },
      ],
      mark: { type: "rect", clip: true, strokeWidth: seam },
      encoding: {
        x: { field: "x", type: "quantitative", scale: x.scale },
        x2: { field: "x2" },
        y: { field: "y", type: "quantitative", scale: y.scale },
        y2: { field: "y2" },
        fill: colour,
        stroke: colour,
      },
    },
    ...colourBar(z, bar, height, style),
    ...(box === undefined
      ? []
      : [
          {
            name: "text-box",
            data: { values: [box] },
            mark: { type: "rect", color: "white", opacity: 0.8 },
            encoding: ends,
          },
        ]),
    ...frameLayers(x, y, width, height, style, medium),
    ...(options.numbers === true ? numberLabels(cells, z, layout) : []).map((label) => labelLayer(label, medium)),
    ...labels.map((label) => labelLayer(label, medium)),
  ];
  const { left, right, top, bottom } = margins;
  return {
    autosize: { type: "none", contains: "content" },
    padding: { left, right, top, bottom },
    width,
    height,
    layer,
  };
}

/** The contents in their cells, white on dark ones. */
function numberLabels({ x, y, values }: Grid, z: ColourScale, { style, width, height }: HeatmapLayout): Label[] {
  const rows = y.edges.length - 1;
  const [atX, atY] = [place(x.edges, width, x.log), place(y.edges, height, y.log)];
  const size = style.fonts.note;
  const part = barAt(z, 1);
  return values.flatMap((value, cell): Label[] => {
    if (Number.isNaN(value) || (z.log && !(value > 0))) return [];
    const [i, j] = [Math.floor(cell / rows), cell % rows];
    const middle = (at: (v: number) => number, edges: readonly number[], bin: number): number =>
      (at(edges[bin]!) + at(edges[bin + 1]!)) / 2;
    const dark = part(Math.min(Math.max(value, z.low), z.high)) > 0.4;
    return [
      {
        name: `number-${cell}`,
        text: shortNumber(value, 3),
        x: middle(atX, x.edges, i),
        y: height - middle(atY, y.edges, j) + size * 0.35,
        align: "center",
        fontSize: size,
        colour: dark ? "white" : "black",
      },
    ];
  });
}
