/** The frame of a panel: its box, ticks inward on all four sides, and the axes that carry texts only. */

import { textFamily } from "./font-coverage.ts";
import { plainText } from "./mini-tex.ts";
import { type Json, type JsonObject, type Layer, type Medium, pixels, px } from "./spec.ts";
import type { Style } from "./style.ts";
import type { Ticks } from "./ticks.ts";

/** One direction of a panel: what is mapped to pixels, and what is written beside it. */
export interface AxisPlan {
  readonly scale: JsonObject;
  /** Pixel of a value, from the left or from the top of the frame. */
  readonly at: (value: number) => number;
  readonly ticks: Ticks;
  readonly title: string;
  readonly titleSize: number;
  /** Pixels from the frame to the base line of the title. */
  readonly titleOffset: number;
  readonly labelAngle: number;
}

/** What a viewer without our fonts falls back to. */
export const fontFamily: string = `${textFamily}, Helvetica, Arial, sans-serif`;

/** The layers of the frame of `width` by `height` pixels: ticks, box. The first one carries the axes. */
export function frameLayers(
  x: AxisPlan,
  y: AxisPlan,
  width: number,
  height: number,
  style: Style,
  medium: Medium,
): Layer[] {
  const { major, minor } = style.tick;
  const segments: Json[] = [];
  const vertical = (values: readonly number[], length: number): void => {
    for (const at of values.map(x.at)) {
      if (at < 0.5 || at > width - 0.5) continue;
      segments.push({ x: px(at), x2: px(at), y: height, y2: px(height - length) });
      segments.push({ x: px(at), x2: px(at), y: 0, y2: length });
    }
  };
  const horizontal = (values: readonly number[], length: number): void => {
    for (const at of values.map(y.at)) {
      if (at < 0.5 || at > height - 0.5) continue;
      segments.push({ x: 0, x2: length, y: px(at), y2: px(at) });
      segments.push({ x: width, x2: px(width - length), y: px(at), y2: px(at) });
    }
  };
  vertical(x.ticks.major, major);
  vertical(x.ticks.minor, minor);
  horizontal(y.ticks.major, major);
  horizontal(y.ticks.minor, minor);
  const ends = { x: pixels("x"), x2: { field: "x2" }, y: pixels("y"), y2: { field: "y2" } };
  const box = [{ x: 0, x2: width, y: 0, y2: height }];
  return [
    {
      name: "axes",
      data: { values: [{ x: x.ticks.major[0] ?? 0, y: y.ticks.major[0] ?? 1 }] },
      mark: { type: "point", opacity: 0, clip: true },
      encoding: {
        x: { field: "x", type: "quantitative", scale: x.scale, axis: axis(x, style, medium, "bottom") },
        y: { field: "y", type: "quantitative", scale: y.scale, axis: axis(y, style, medium, "left") },
      },
    },
    {
      name: "ticks",
      data: { values: segments },
      mark: { type: "rule", color: "black", strokeWidth: style.tick.width },
      encoding: ends,
    },
    {
      name: "frame",
      data: { values: box },
      mark: { type: "rect", fill: null, filled: false, stroke: "black", strokeWidth: style.frame, strokeJoin: "miter" },
      encoding: ends,
    },
  ];
}

function axis(plan: AxisPlan, style: Style, medium: Medium, side: "bottom" | "left"): JsonObject {
  const texts = plan.ticks.major.map((v, i) => [
    String(v),
    medium === "static" ? plan.ticks.labels[i]! : plainText(plan.ticks.labels[i]!),
  ]);
  const title = medium === "static" ? plan.title : plainText(plan.title);
  const bottom = side === "bottom";
  const tilted = plan.labelAngle !== 0;
  return {
    orient: side,
    title: title === "" ? null : title,
    titleAnchor: "end",
    titleAlign: "right",
    titleBaseline: "alphabetic",
    titleFontWeight: "normal",
    titleFontSize: plan.titleSize,
    titleColor: "black",
    ...(bottom ? { titleY: plan.titleOffset } : { titleX: -plan.titleOffset, titleAngle: -90 }),
    values: [...plan.ticks.major],
    // Vega leaves out every other value if there are more than it would choose itself.
    tickCount: Math.max(plan.ticks.major.length, 1),
    labelExpr: `${JSON.stringify(Object.fromEntries(texts))}[datum.value]`,
    labelFontSize: style.fonts.tick,
    labelColor: "black",
    labelPadding: bottom ? px(style.gap * (tilted ? 1.2 : 0.7)) : px(style.gap * 0.8),
    labelLimit: 0,
    labelOverlap: false,
    labelFlush: false,
    ...(bottom && {
      labelAngle: plan.labelAngle,
      labelAlign: tilted ? "right" : "center",
      labelBaseline: tilted ? "middle" : "top",
    }),
    grid: false,
    ticks: false,
    domain: false,
  };
}
