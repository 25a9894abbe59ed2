/** Where everything of a panel goes, in pixels: margins, scales, legend, texts. The numbers come from the marks. */

import { CortadoError } from "../errors.ts";
import type { AxisPlan } from "./frame.ts";
import { cut, fitted, type Label, labelWidth } from "./labels.ts";
import type { LegendBox, LegendEntry } from "./legend.ts";
import { measureLegend } from "./legend.ts";
import { placeLegend } from "./legend-place.ts";
import type { BinMark } from "./marks.ts";
import { plainText } from "./mini-tex.ts";
import type { PlotOptions } from "./options.ts";
import { headLabels, insideText } from "./panel-texts.ts";
import { px } from "./spec.ts";
import { defaultSize, type Style, styleFor } from "./style.ts";
import { linearTicks, logTicks, type Ticks } from "./ticks.ts";

/** What a panel shows, before anything has a place. */
export interface PanelContent {
  readonly marks: readonly BinMark[];
  readonly legend: readonly LegendEntry[];
  readonly edges: readonly number[];
  readonly categories: readonly string[] | undefined;
  readonly xTitle: string;
  readonly yTitle: string;
  /** In small print below the frame; "" for nothing. */
  readonly note: string;
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
  /** Of the frame. */
  readonly width: number;
  readonly height: number;
  readonly x: AxisPlan;
  readonly y: AxisPlan;
  readonly labels: readonly Label[];
  readonly legend: { readonly box: LegendBox; readonly left: number; readonly top: number } | undefined;
}

const smallest = 120;
const largest = 10_000;

/** Gives everything its place. Throws UsageError for a size that leaves no room for a frame. */
export function layOut(content: PanelContent, options: PlotOptions): Layout {
  const { width = defaultSize.width, height = defaultSize.height } = options;
  if (!(width >= smallest && height >= smallest && width <= largest && height <= largest))
    throw new CortadoError(
      "UsageError",
      `A figure cannot be ${width} by ${height} pixels: each side must be ${smallest} to ${largest}.`,
      { code: "BadArgument" },
    );
  const style = styleFor(width, height);
  let left = px(style.fonts.tick * 4.6);
  for (let attempt = 0; ; attempt++) {
    const layout = layOutWith(content, options, style, left);
    const widest = Math.max(...layout.y.ticks.labels.map((l) => labelWidth(l, style.fonts.tick)));
    const needed = px(widest + style.gap * 1.7 + layout.y.titleSize * 1.1);
    if (needed <= left || attempt === 3) return layout;
    left = needed;
  }
}

function layOutWith(content: PanelContent, options: PlotOptions, style: Style, left: number): Layout {
  const { fonts, gap } = style;
  const { edges, categories } = content;
  const first = edges[0]!;
  const last = edges.at(-1)!;
  let xTicks = categories === undefined ? linearTicks(first, last, 5) : categoryTicks(edges, categories);
  const overhang =
    Math.max(0, ...xTicks.labels.map((l) => labelWidth(l, fonts.tick) / 2)) * (categories === undefined ? 1 : 0);
  const factor = xTicks.exponent === 0 ? "" : `×10^{${String(xTicks.exponent).replace("-", "−")}}`;
  const right = px(Math.max(overhang + gap * 0.4, gap * 2));
  const width = px(style.width - left - right);
  const slot = categories === undefined ? 0 : width / categories.length;
  const tilted = categories?.some((name) => labelWidth(name, fonts.tick) > slot * 0.95) ?? false;
  if (tilted) xTicks = shortened(xTicks, fonts.tick, slot, Math.min(left + slot / 2 - gap, style.height * 0.6));
  const names = tilted ? Math.max(...xTicks.labels.map((l) => labelWidth(l, fonts.tick))) : 0;
  const labelHeight = tilted ? Math.max(fonts.tick, names * Math.sin(tilt) + fonts.tick * 0.9) : fonts.tick;
  const xTitle = factor === "" ? content.xTitle : `${content.xTitle} ${factor}`.trim();
  const titleSize = fitted(xTitle, fonts.title, width);
  const titleOffset = px(gap * 0.7 + labelHeight + fonts.title * 1.12);
  const noteOwnRow =
    labelWidth(content.note, fonts.note) + labelWidth(xTitle, titleSize) + gap * 2 > width + left * 0.8;
  const top = px(fonts.experiment + gap * 1.3);
  const bottom = px(
    titleOffset + fonts.title * 0.4 + (content.note !== "" && noteOwnRow ? fonts.note * 1.5 : 0) + gap * 0.2,
  );
  const height = px(style.height - top - bottom);
  const xAt = (v: number): number => ((v - first) / (last - first)) * width;

  const inside = insideText(options, width, style);
  const box = measureLegend(options.legend === false ? [] : content.legend, style, width * 0.92);
  const place = placeLegend(content, options, { width, height, style, xAt, box, inside });
  const { range } = place;
  const logY = options.logY === true;
  const yTicks = logY ? logTicks(range.low, range.high) : linearTicks(range.low, range.high, 6);
  const yAt = logY
    ? (v: number): number =>
        height * (1 - Math.log10(Math.max(v, range.low) / range.low) / Math.log10(range.high / range.low))
    : (v: number): number => height * (1 - (v - range.low) / (range.high - range.low));
  const yTitleSize = fitted(content.yTitle, fonts.title, height);
  const yTitleOffset = px(left - yTitleSize * 1.05);

  const x: AxisPlan = {
    scale: { domain: [first, last], nice: false, zero: false },
    at: xAt,
    ticks: xTicks,
    title: xTitle,
    titleSize,
    titleOffset,
    labelAngle: tilted ? (-tilt * 180) / Math.PI : 0,
  };
  const scale = { domain: [range.low, range.high], nice: false };
  const y: AxisPlan = {
    scale: logY ? { ...scale, type: "log", clamp: true } : { ...scale, zero: false },
    at: yAt,
    ticks: yTicks,
    title: content.yTitle,
    titleSize: yTitleSize,
    titleOffset: yTitleOffset,
    labelAngle: 0,
  };
  const labels = [...headLabels(options, width, yTicks, style), ...inside.labels(place.textAlign)];
  if (content.note !== "") {
    const noteX = noteOwnRow
      ? -left + gap
      : Math.min(0, width - labelWidth(xTitle, titleSize) - gap * 2 - labelWidth(content.note, fonts.note));
    const noteY = height + titleOffset + (noteOwnRow ? fonts.note * 1.6 : 0);
    labels.push({
      name: "flow",
      text: content.note,
      x: noteX,
      y: noteY,
      align: "left",
      fontSize: fonts.note,
      colour: "#555555",
    });
  }
  const legend = box.entries.length === 0 ? undefined : { box, left: place.left, top: place.top };
  return { style, margins: { left, right, top, bottom }, width, height, x, y, labels, legend };
}

function categoryTicks(edges: readonly number[], categories: readonly string[]): Ticks {
  const major = categories.map((_, i) => (edges[i]! + edges[i + 1]!) / 2);
  return { major, minor: [], labels: [...categories], exponent: 0 };
}

/** Tilted names of at most `room` pixels across, every so many of them that they do not touch. */
function shortened(ticks: Ticks, fontSize: number, slot: number, room: number): Ticks {
  const every = Math.ceil((fontSize * 1.1) / slot);
  const labels = ticks.labels.map((label, i) => (i % every === 0 ? cut(label, fontSize, room / Math.cos(tilt)) : ""));
  return { ...ticks, labels };
}

/** Of names that do not fit side by side, in radians. */
const tilt = Math.PI / 6;

/** The plain text of a figure's axis titles, for people who cannot see it. */
export function describePanel(content: PanelContent): string {
  const parts = [
    `${plainText(content.yTitle)} over ${plainText(content.xTitle) || "bins"}`,
    ...content.legend.map((e) => plainText(e.label)),
  ];
  return parts.join("; ");
}
