/** The legend, drawn by hand: Vega-Lite's own knows neither error bars nor hatching. */
import type { BinMark } from "./marks.ts";
import { plainText } from "./mini-tex.ts";
import { hatchFill, type Layer, type Medium, pixels, px } from "./spec.ts";
import type { Style } from "./style.ts";
import { textWidth } from "./text-width.ts";
import type { Obstacle } from "./y-range.ts";

export interface LegendEntry {
  readonly label: string;
  readonly look: BinMark["mark"];
  readonly colour: string;
  readonly dashed: boolean;
}

/** A legend and the room it takes; where it stands is decided later. */
export interface LegendBox {
  readonly entries: readonly LegendEntry[];
  readonly columns: number;
  readonly fontSize: number;
  readonly columnWidth: number;
  readonly width: number;
  readonly height: number;
}

/** Entries up to this number stand in one column. */
const oneColumn = 6;

/** The size of a legend of these entries, with letters made smaller if it would not fit in `room` pixels. */
export function measureLegend(entries: readonly LegendEntry[], style: Style, room: number): LegendBox {
  const columns = entries.length > oneColumn ? 2 : 1;
  const widthAt = (size: number): number =>
    Math.max(0, ...entries.map((e) => textWidth(plainText(e.label), size))) + size * (swatchWidth + 0.45);
  const gap = style.gap * 1.5;
  const wanted = widthAt(style.fonts.legend) * columns + gap * (columns - 1);
  const fontSize = style.fonts.legend * Math.min(1, Math.max(0.55, room / wanted));
  const columnWidth = widthAt(fontSize);
  const rows = Math.ceil(entries.length / columns);
  return {
    entries,
    columns,
    fontSize: px(fontSize),
    columnWidth: columnWidth + gap,
    width: columnWidth * columns + gap * (columns - 1),
    height: rows * fontSize * rowHeight,
  };
}

/** In units of the font size. */
const swatchWidth = 1.6;
const rowHeight = 1.34;

/** The legend as an obstacle for the data, with a margin around it. */
export function legendObstacle(box: LegendBox, left: number, top: number, margin: number): Obstacle {
  return { left: left - margin, right: left + box.width + margin, bottom: top + box.height + margin };
}

/** The layers of a legend whose upper left corner stands at `left`, `top` (pixels inside the frame). */
export function legendLayers(box: LegendBox, left: number, top: number, style: Style, medium: Medium): Layer[] {
  const { fontSize, entries, columns } = box;
  const rows = Math.ceil(entries.length / columns);
  const placed = entries.map((entry, i) => {
    const x = px(left + Math.floor(i / rows) * box.columnWidth);
    const y = px(top + ((i % rows) + 0.5) * fontSize * rowHeight);
    const x2 = px(x + fontSize * swatchWidth);
    return { entry, x, x2, y, middle: px((x + x2) / 2) };
  });
  const layers: Layer[] = [];
  const half = px(fontSize * 0.36);
  placed.forEach(({ entry, x, x2, y, middle }, i) => {
    const colour = entry.colour;
    const at = { x: pixels("x"), x2: { field: "x2" }, y: pixels("y"), y2: { field: "y2" } };
    const name = `legend-${i}`;
    if (entry.look === "filled" || entry.look === "band") {
      const hatch = medium === "static" ? { color: hatchFill } : { color: "#555555", opacity: 0.35 };
      const look = entry.look === "band" ? hatch : { color: colour };
      const values = [{ x, x2, y: px(y - half), y2: px(y + half) }];
      layers.push({ name, data: { values }, mark: { type: "rect", ...look }, encoding: at });
      return;
    }
    const points = entry.look === "points";
    const bar = points ? { x: middle, x2: middle, y: px(y - half * 1.3), y2: px(y + half * 1.3) } : { x, x2, y, y2: y };
    const dash = entry.dashed ? { strokeDash: [3 * style.line, 1.8 * style.line] } : {};
    const rule = { type: "rule", color: colour, strokeWidth: points ? style.line * 0.75 : style.line, ...dash };
    layers.push({ name, data: { values: [bar] }, mark: rule, encoding: at });
    if (points) {
      const mark = { type: "point", shape: "circle", filled: true, size: style.point, color: colour, opacity: 1 };
      const values = [{ x: middle, y }];
      layers.push({ name: `${name}-point`, data: { values }, mark, encoding: { x: pixels("x"), y: pixels("y") } });
    }
  });
  const texts = placed.map(({ entry, x2, y }) => ({
    x: px(x2 + fontSize * 0.45),
    y: px(y + fontSize * 0.35),
    text: medium === "static" ? entry.label : plainText(entry.label),
  }));
  if (texts.length > 0) {
    const mark = { type: "text", align: "left", baseline: "alphabetic", fontSize, color: "black" };
    const encoding = { x: pixels("x"), y: pixels("y"), text: { field: "text" } };
    layers.push({ name: "legend-texts", data: { values: texts }, mark, encoding });
  }
  return layers;
}
