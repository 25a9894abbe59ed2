/** Where everything of a panel goes, in pixels: margins, scales, legend, texts. The numbers come from the marks. */

import type { AxisPlan } from "./frame.ts";
import { cut, fitted, type Label, labelWidth } from "./labels.ts";
import type { LegendBox, LegendEntry } from "./legend.ts";
import { legendObstacle, measureLegend } from "./legend.ts";
import { type BinMark, extentOf, levelOf } from "./marks.ts";
import { plainText } from "./mini-tex.ts";
import type { PlotOptions } from "./options.ts";
import { px } from "./spec.ts";
import { defaultSize, type Style, styleFor } from "./style.ts";
import { linearTicks, logTicks, type Ticks } from "./ticks.ts";
import { type Extent, linearRange, logRange, type Obstacle, type YRange } from "./y-range.ts";

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

export function layOut(content: PanelContent, options: PlotOptions): Layout {
  const style = styleFor(options.width ?? defaultSize.width, options.height ?? defaultSize.height);
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

  const inside = insideLines(content, options, width, style);
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

/** Distance of texts and legend from the frame: clear of the ticks. */
const inset = (style: Style): number => style.tick.major + style.gap * 0.8;

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

/** Experiment and status (or the title) on the left above the frame, luminosity and energy on the right. */
function headLabels(options: PlotOptions, width: number, yTicks: Ticks, style: Style): Label[] {
  const { fonts, gap } = style;
  const labels: Label[] = [];
  const y = -gap * 0.75;
  const conditions = conditionsText(options);
  const rightSize = px(fonts.tick * 0.98);
  const rightWidth = conditions === "" ? 0 : labelWidth(conditions, rightSize) + gap * 1.5;
  if (conditions !== "")
    labels.push({ name: "conditions", text: conditions, x: width, y, align: "right", fontSize: rightSize });
  if (options.experiment !== undefined) {
    const size = fonts.experiment;
    labels.push({
      name: "experiment",
      text: options.experiment,
      x: 0,
      y,
      align: "left",
      fontSize: size,
      weight: "bold",
    });
    if (options.status !== undefined) {
      const start = labelWidth(options.experiment, size, "bold") + size * 0.3;
      const room = width - start - rightWidth;
      const statusSize = fitted(options.status, px(size * 0.8), room);
      labels.push({
        name: "status",
        text: cut(options.status, statusSize, room),
        x: start,
        y,
        align: "left",
        fontSize: statusSize,
        italic: true,
      });
    }
  } else if (options.title !== undefined) {
    const size = fitted(options.title, fonts.tick, width - rightWidth);
    labels.push({
      name: "title",
      text: cut(options.title, size, width - rightWidth),
      x: 0,
      y,
      align: "left",
      fontSize: size,
    });
  }
  if (yTicks.exponent !== 0) {
    const text = `×10^{${String(yTicks.exponent).replace("-", "−")}}`;
    labels.push({ name: "y-factor", text, x: -gap * 0.8, y, align: "right", fontSize: px(fonts.tick * 0.9) });
  }
  return labels;
}

/** `11.5 fb⁻¹ (8 TeV)`, or what there is of it. */
function conditionsText({ lumi, energy }: PlotOptions): string {
  const first = typeof lumi === "number" ? `${lumi} fb^{−1}` : (lumi ?? "");
  const second = typeof energy === "number" ? `${energy} TeV` : (energy ?? "");
  if (first === "") return typeof energy === "number" ? `√s = ${second}` : second;
  return second === "" ? first : `${first} (${second})`;
}

interface InsideText {
  readonly width: number;
  readonly height: number;
  readonly labels: (align: "left" | "right") => Label[];
}

/** The lines of text inside the frame, at its top. */
function insideLines(_content: PanelContent, options: PlotOptions, width: number, style: Style): InsideText {
  const given = options.text === undefined ? [] : typeof options.text === "string" ? [options.text] : options.text;
  const lines = [...(options.experiment !== undefined && options.title !== undefined ? [options.title] : []), ...given];
  const size = Math.min(
    style.fonts.legend,
    ...lines.map((l) => fitted(l, style.fonts.legend, width - 2 * inset(style))),
  );
  const margin = inset(style);
  return {
    width: Math.max(0, ...lines.map((l) => labelWidth(l, size))),
    height: lines.length * size * 1.3,
    labels: (align) =>
      lines.map((line, i) => ({
        name: `text-${i}`,
        text: cut(line, size, width - 2 * margin),
        x: align === "left" ? margin : width - margin,
        y: margin + size * (1.3 * i + 0.95),
        align,
        fontSize: size,
      })),
  };
}

interface Placing {
  readonly width: number;
  readonly height: number;
  readonly style: Style;
  readonly xAt: (v: number) => number;
  readonly box: LegendBox;
  readonly inside: InsideText;
}

interface Placed {
  readonly left: number;
  readonly top: number;
  readonly textAlign: "left" | "right";
  readonly range: YRange;
}

/** Legend on the right or left, text on the other side, whichever asks for less head room; right if it is about equal. */
function placeLegend(content: PanelContent, options: PlotOptions, placing: Placing): Placed {
  const { width, height, style, xAt, box, inside } = placing;
  const margin = inset(style);
  const around = style.gap * 0.9;
  const extents: Extent[] = content.edges.slice(0, -1).map((edge, i) => {
    const spans = content.marks.map((mark) => extentOf(mark, i));
    return {
      left: xAt(edge),
      right: xAt(content.edges[i + 1]!),
      low: Math.min(...spans.map((s) => s.low)),
      high: Math.max(...spans.map((s) => s.high)),
    };
  });
  const levels = content.marks.flatMap((mark) => mark.values.map((_, i) => levelOf(mark, i))).filter((v) => v > 0);
  const smallest = levels.length === 0 ? undefined : levels.reduce((a, b) => Math.min(a, b));
  const stacked = inside.width > 0 && box.width > 0 && inside.width + box.width + 2 * margin + style.gap * 2 > width;
  const at = (side: "left" | "right"): Placed => {
    const left = side === "right" ? width - margin - box.width : margin;
    const top = margin + (stacked ? inside.height + style.gap * 0.3 : 0);
    const textAlign = stacked ? side : side === "right" ? "left" : "right";
    const obstacles: Obstacle[] = [];
    if (box.entries.length > 0) obstacles.push(legendObstacle(box, left, top, around));
    if (inside.width > 0) {
      const start = textAlign === "left" ? margin : width - margin - inside.width;
      obstacles.push({
        left: start - around,
        right: start + inside.width + around,
        bottom: margin + inside.height + around,
      });
    }
    const range =
      options.logY === true ? logRange(extents, height, obstacles, smallest) : linearRange(extents, height, obstacles);
    return { left, top, textAlign, range };
  };
  const asked = options.legend === "left" || options.legend === "right" ? options.legend : undefined;
  const [right, other] = [at("right"), at("left")];
  if (asked !== undefined) return asked === "right" ? right : other;
  const cost = (p: Placed): number =>
    options.logY === true ? Math.log(p.range.high / p.range.low) : p.range.high - p.range.low;
  return cost(other) < 0.95 * cost(right) ? other : right;
}

/** The plain text of a figure's axis titles, for people who cannot see it. */
export function describePanel(content: PanelContent): string {
  const parts = [
    `${plainText(content.yTitle)} over ${plainText(content.xTitle) || "bins"}`,
    ...content.legend.map((e) => plainText(e.label)),
  ];
  return parts.join("; ");
}
