/** Where everything of a figure goes, in pixels: margins, scales, legend, texts. The numbers come from the marks. */

import { experimentLabels } from "./experiment-label.ts";
import type { AxisPlan } from "./frame.ts";
import { cut, fitted, type Label, labelWidth } from "./labels.ts";
import type { LegendBox, LegendEntry } from "./legend.ts";
import { measureLegend } from "./legend.ts";
import { placeLegend } from "./legend-place.ts";
import type { BinMark } from "./marks.ts";
import { plainText } from "./mini-tex.ts";
import { misuse } from "./misuse.ts";
import type { FrameOptions, PlotOptions } from "./options.ts";
import { headLabels, insideText } from "./panel-texts.ts";
import { px } from "./spec.ts";
import { defaultSize, type Style, styleFor } from "./style.ts";
import { factorText, linearTicks, logTicks, type Ticks } from "./ticks.ts";
import { type AxisContent, planX } from "./x-axis.ts";

/** What a figure shows over its bins, before anything has a place. */
export interface PanelContent {
  readonly marks: readonly BinMark[];
  readonly legend: readonly LegendEntry[];
  readonly x: AxisContent;
  readonly yTitle: string;
  /** What the y axis reaches at least: 1 of an efficiency. */
  readonly yAtLeast?: number | undefined;
  /** In small print below the frame; "" for nothing. */
  readonly note: string;
  /** Small marks at the edges beyond which there is content. */
  readonly hints: { readonly under: boolean; readonly over: boolean };
  /** Short lines of text over the bins. */
  readonly binTexts?: readonly (readonly string[])[] | undefined;
  readonly lower?: LowerContent | undefined;
}

/** The panel below, over the same bins. */
export interface LowerContent {
  readonly marks: readonly BinMark[];
  readonly range: readonly [number, number];
  /** A dashed line. */
  readonly line?: number;
  /** The first that fits is the y title. */
  readonly titles: readonly string[];
}

export interface Margins {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface Layout {
  readonly style: Style;
  readonly margins: Margins;
  /** Of the upper frame. */
  readonly width: number;
  readonly height: number;
  readonly x: AxisPlan;
  readonly y: AxisPlan;
  readonly labels: readonly Label[];
  readonly legend: { readonly box: LegendBox; readonly left: number; readonly top: number } | undefined;
  readonly lower: { readonly height: number; readonly spacing: number; readonly y: AxisPlan } | undefined;
}

const smallest = 120;
const largest = 10_000;

/** The style of a figure of the size asked for. Throws UsageError for a size that leaves no room for a frame. */
export function styleOf({ width = defaultSize.width, height = defaultSize.height }: FrameOptions): Style {
  if (!(width >= smallest && height >= smallest && width <= largest && height <= largest))
    throw misuse(`A figure cannot be ${width} by ${height} pixels: each side must be ${smallest} to ${largest}.`);
  return styleFor(width, height);
}

/** Gives everything its place. Throws UsageError for a size that leaves no room for a frame. */
export function layOut(content: PanelContent, options: PlotOptions): Layout {
  const style = styleOf(options);
  let left = px(style.fonts.tick * 4.6);
  for (let attempt = 0; ; attempt++) {
    const layout = layOutWith(content, options, style, left);
    const needed = leftMargin([layout.y, ...(layout.lower === undefined ? [] : [layout.lower.y])], style);
    if (needed <= left || attempt === 3) return layout;
    left = needed;
  }
}

/** The room that labels and titles of y axes need. */
export function leftMargin(axes: readonly AxisPlan[], style: Style): number {
  const widest = Math.max(...axes.flatMap((y) => y.ticks.labels.map((l) => labelWidth(l, style.fonts.tick))));
  return px(widest + style.gap * 1.7 + Math.max(...axes.map((y) => y.titleSize)) * 1.1);
}

/** Part of the height of both frames that the lower one has. */
const lowerPart = 0.27;
/** About so many ticks it has. */
const lowerTicks = 4.5;

function layOutWith(content: PanelContent, options: PlotOptions, style: Style, left: number): Layout {
  const { fonts, gap } = style;
  const plan = planX(content.x, style, left, 0);
  const { width, right, titleOffset } = plan;
  const small = smallPrintPlace(content.note, plan.axis, style, left, width);
  const top = px(fonts.experiment + gap * 1.3);
  const bottom = px(titleOffset + fonts.title * 0.4 + small.height + gap * 0.2);
  const frames = px(style.height - top - bottom);
  const spacing = content.lower === undefined ? 0 : px(gap * 1.1);
  const lowerHeight = content.lower === undefined ? 0 : px((frames - spacing) * lowerPart);
  const height = px(frames - spacing - lowerHeight);

  const heads = experimentLabels(options, width, style);
  const inside = insideText([...heads.inside, ...heads.lines], width, style);
  const box = measureLegend(options.legend === false ? [] : content.legend, style, width * 0.92, height * 0.6);
  const place = placeLegend(content, options, { width, height, style, xAt: plan.axis.at, box, inside });
  const y = yAxis(place.range.low, place.range.high, options.logY === true, [content.yTitle], height, style, left, 6);
  const labels = [...headLabels(heads.above, width, y.ticks, style), ...inside.labels(place.textAlign)];
  if (content.note !== "") {
    const below = lowerHeight + spacing + height;
    const text = cut(content.note, fonts.note, style.width - 2 * gap);
    const at = { x: small.x, y: below + small.y, align: "left" } as const;
    labels.push({ name: "flow", text, ...at, fontSize: fonts.note, colour: "#555555" });
  }
  const legend = box.entries.length === 0 ? undefined : { box, left: place.left, top: place.top };
  const { lower: asked } = content;
  const margins = { left, right, top, bottom };
  const layout = { style, margins, width, height, x: plan.axis, y, labels, legend, lower: undefined };
  if (asked === undefined) return layout;
  const [low, high] = asked.range;
  const factor = factorText(linearTicks(low, high, lowerTicks));
  const titles = asked.titles.map((title) => `${title} ${factor}`.trim());
  const lowerY = yAxis(low, high, false, titles, lowerHeight, style, left, lowerTicks);
  const upper = { ...y, ticks: clearOf(y, height, fonts.tick, "bottom") };
  const lower = {
    height: lowerHeight,
    spacing,
    y: { ...lowerY, ticks: clearOf(lowerY, lowerHeight, fonts.tick, "top") },
  };
  return { ...layout, y: upper, lower };
}

/** Where the small print stands: beside the x title, or below it if there is no room. */
export function smallPrintPlace(
  note: string,
  x: AxisPlan,
  style: Style,
  left: number,
  width: number,
): { x: number; y: number; height: number } {
  const { fonts, gap } = style;
  if (note === "") return { x: 0, y: 0, height: 0 };
  const [noteWidth, titleWidth] = [labelWidth(note, fonts.note), labelWidth(x.title, x.titleSize)];
  if (noteWidth + titleWidth + gap * 2 > width + left * 0.8)
    return { x: -left + gap, y: x.titleOffset + fonts.note * 1.6, height: fonts.note * 1.5 };
  return { x: Math.min(0, width - titleWidth - gap * 2 - noteWidth), y: x.titleOffset, height: 0 };
}

/** A y axis; its title is the first of `titles` that fits in letters a fifth smaller, or the last one. */
export function yAxis(
  low: number,
  high: number,
  log: boolean,
  titles: readonly string[],
  height: number,
  style: Style,
  left: number,
  wanted: number,
): AxisPlan {
  const ticks = log ? logTicks(low, high) : linearTicks(low, high, wanted);
  const size = style.fonts.title;
  const fitting = titles.find((t) => labelWidth(t, size * 0.8) <= height) ?? titles.at(-1)!;
  const titleSize = fitted(fitting, size, height);
  const scale = { domain: [low, high], nice: false };
  return {
    scale: log ? { ...scale, type: "log", clamp: true } : { ...scale, zero: false },
    at: log
      ? (v) => height * (1 - Math.log10(Math.max(v, low) / low) / Math.log10(high / low))
      : (v) => height * (1 - (v - low) / (high - low)),
    ticks,
    title: cut(fitting, titleSize, height),
    titleSize,
    titleOffset: px(left - titleSize * 1.05),
    labelAngle: 0,
  };
}

/** The ticks without the labels that would meet those of the panel above or below. */
function clearOf({ ticks, at }: AxisPlan, height: number, fontSize: number, side: "top" | "bottom"): Ticks {
  const near = (v: number): boolean => (side === "top" ? at(v) : height - at(v)) < fontSize * 0.5;
  return { ...ticks, labels: ticks.labels.map((label, i) => (near(ticks.major[i]!) ? "" : label)) };
}

/** The plain text of a figure's axis titles, for people who cannot see it. */
export function describePanel(content: PanelContent): string {
  const parts = [
    `${plainText(content.yTitle)} over ${plainText(content.x.title) || "bins"}`,
    ...content.legend.map((e) => plainText(e.label)),
    ...(content.lower === undefined ? [] : [`below: ${plainText(content.lower.titles[0]!)}`]),
  ];
  return parts.join("; ");
}
