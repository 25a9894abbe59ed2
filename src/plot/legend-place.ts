import type { PanelContent } from "./layout.ts";
import { type LegendBox, legendObstacle } from "./legend.ts";
import { extentOf, levelOf } from "./marks.ts";
import type { PlotOptions } from "./options.ts";
import { type InsideText, inset } from "./panel-texts.ts";
import type { Style } from "./style.ts";
import { type Extent, linearRange, logRange, type Obstacle, type YRange } from "./y-range.ts";

export interface Placing {
  readonly width: number;
  readonly height: number;
  readonly style: Style;
  readonly xAt: (v: number) => number;
  readonly box: LegendBox;
  readonly inside: InsideText;
}

export interface Placed {
  readonly left: number;
  readonly top: number;
  readonly textAlign: "left" | "right";
  readonly range: YRange;
}

/** Letters of the short texts over bins. */
export const binTextSize = (style: Style): number => style.fonts.note;

/** Legend on the right or left, text on the other side, whichever asks for less head room; right if it is about equal. */
export function placeLegend(content: PanelContent, options: PlotOptions, placing: Placing): Placed {
  const { width, height, style, xAt, box, inside } = placing;
  const margin = inset(style);
  const around = style.gap * 0.9;
  const positive = content.marks.every((mark) => mark.values.every((v) => !(v < 0)));
  const extents: Extent[] = content.x.edges.slice(0, -1).map((edge, i) => {
    const spans = content.marks.map((mark) => extentOf(mark, i));
    return {
      left: xAt(edge),
      right: xAt(content.x.edges[i + 1]!),
      // Where no bin is negative the axis begins at 0, wherever errors end.
      low: Math.max(positive ? 0 : Number.NEGATIVE_INFINITY, Math.min(...spans.map((s) => s.low))),
      high: Math.max(...spans.map((s) => s.high)),
      above: (content.binTexts?.[i]?.length ?? 0) * binTextSize(style) * 1.3,
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
    const found =
      options.logY === true ? logRange(extents, height, obstacles, smallest) : linearRange(extents, height, obstacles);
    const range = { low: found.low, high: Math.max(found.high, content.yAtLeast ?? found.high) };
    return { left, top, textAlign, range };
  };
  const asked = options.legend === "left" || options.legend === "right" ? options.legend : undefined;
  const [right, other] = [at("right"), at("left")];
  if (asked !== undefined) return asked === "right" ? right : other;
  const cost = (p: Placed): number =>
    options.logY === true ? Math.log(p.range.high / p.range.low) : p.range.high - p.range.low;
  return cost(other) < 0.95 * cost(right) ? other : right;
}
