/** The legend, drawn by hand: Vega-Lite's own knows neither error bars nor hatching. */
import { cut, labelWidth, smallestPart } from "./labels.ts";
import { type BinMark, bandLook } from "./marks.ts";
import { plainText } from "./mini-tex.ts";
import { type Layer, type Medium, pixels, px } from "./spec.ts";
import type { Style } from "./style.ts";
import type { Obstacle } from "./y-range.ts";

export interface LegendEntry {
  readonly label: string;
  readonly look: BinMark["mark"];
  /** Black where there is none; a band without one is hatched. */
  readonly colour: string | undefined;
  readonly dashed: boolean;
  readonly opacity?: number | undefined;
}

/** The entry of a mark. */
export function legendEntry(mark: BinMark): LegendEntry {
  return {
    label: mark.label,
    look: mark.mark,
    colour: mark.colour,
    dashed: mark.mark === "outline" && mark.dashed,
    ...(mark.mark === "filled" && { opacity: mark.opacity }),
  };
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
const mostColumns = 3;

/**
 * The size of a legend of these entries in at most `room` by `most` pixels: in several columns if it would be too high, with
 * smaller letters if it would be too wide, and with labels cut where that is not enough.
 */
export function measureLegend(entries: readonly LegendEntry[], style: Style, room: number, most: number): LegendBox {
  const gap = style.gap * 1.5;
  const widest = (size: number): number => Math.max(0, ...entries.map((e) => labelWidth(e.label, size)));
  const beside = swatchWidth + 0.45;
  const wanted = (columns: number, size: number): number => (widest(size) + size * beside + gap) * columns - gap;
  let columns = entries.length > oneColumn ? 2 : 1;
  const high = (): boolean =>
    Math.ceil(entries.length / columns) * style.fonts.legend * smallestPart * rowHeight > most;
  while (columns < mostColumns && high() && wanted(columns + 1, style.fonts.legend * smallestPart) <= room) columns++;
  while (columns > 1 && wanted(columns, style.fonts.legend * smallestPart) > room && !high()) columns--;
  const rows = Math.ceil(entries.length / columns);
  const fits = Math.min(
    room / Math.max(wanted(columns, style.fonts.legend), 1),
    most / (rows * style.fonts.legend * rowHeight),
  );
  const fontSize = style.fonts.legend * Math.min(1, Math.max(smallestPart, fits));
  const forText = (room + gap) / columns - gap - fontSize * beside;
  const shown = entries.map((e) => ({ ...e, label: cut(e.label, fontSize, forText) }));
  const columnWidth = Math.min(widest(fontSize), forText) + fontSize * beside;
  return {
    entries: shown,
    columns,
    fontSize: px(fontSize),
    columnWidth: columnWidth + gap,
    width: entries.length === 0 ? 0 : columnWidth * columns + gap * (columns - 1),
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
    const colour = entry.colour ?? "black";
    const at = { x: pixels("x"), x2: { field: "x2" }, y: pixels("y"), y2: { field: "y2" } };
    const name = `legend-${i}`;
    if (entry.look === "filled" || entry.look === "band") {
      const opacity = entry.opacity === undefined ? {} : { opacity: entry.opacity };
      const look = entry.look === "band" ? bandLook(entry.colour, medium) : { color: colour, ...opacity };
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
