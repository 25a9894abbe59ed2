/** What is drawn of the bins, as Vega-Lite layers. The data of a layer are the heights of the histogram, unrounded. */
import { hatchFill, type Json, type JsonObject, type Layer, type Medium } from "./spec.ts";

interface Drawn {
  readonly label: string;
  readonly edges: readonly number[];
  /** Heights of the bins (a signal: times its scale); NaN where nothing is drawn. */
  readonly values: readonly number[];
}

/** Bins filled from `base` to `base + value`. */
export interface FilledMark extends Drawn {
  readonly mark: "filled";
  readonly colour: string;
  readonly base: readonly number[];
  /** 1 unless told. */
  readonly opacity?: number;
}

/** The outline of the bins, with error bars if `low` and `high` are there. */
export interface OutlineMark extends Drawn {
  readonly mark: "outline";
  readonly colour: string;
  readonly dashed: boolean;
  readonly low?: readonly number[] | undefined;
  readonly high?: readonly number[] | undefined;
  /** Ends at the first and last bin instead of at 0. */
  readonly open?: boolean;
}

/** Points at the middles of the bins with error bars. */
export interface PointsMark extends Drawn {
  readonly mark: "points";
  readonly colour: string;
  /** NaN for a point without error bar. */
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** Bins without content get no point and no bar. */
  readonly skipEmpty: boolean;
}

/** Boxes from `low` to `high`: hatched in grey, or of a translucent colour. */
export interface BandMark extends Drawn {
  readonly mark: "band";
  readonly colour?: string | undefined;
  readonly low: readonly number[];
  readonly high: readonly number[];
}

export type BinMark = FilledMark | OutlineMark | PointsMark | BandMark;

/** The scales that all marks of a panel share, and its line widths. */
export interface MarkContext {
  readonly x: JsonObject;
  readonly y: JsonObject;
  readonly line: number;
  readonly point: number;
  readonly medium: Medium;
  /** Lowest and highest height that is in the panel; points beyond become arrows. */
  readonly range?: readonly [number, number] | undefined;
}

/** How a box or a band looks: in a static picture without a colour of its own hatched. */
export function bandLook(colour: string | undefined, medium: Medium): { readonly [key: string]: Json } {
  if (colour !== undefined) return { color: colour, opacity: 0.35 };
  return medium === "static" ? { color: hatchFill } : { color: "#555555", opacity: 0.35 };
}

/** The layers of one mark; `name` makes their names, which tests and viewers can look up. */
export function markLayers(mark: BinMark, name: string, context: MarkContext): Layer[] {
  const { line } = context;
  const x: JsonObject = { field: "x", type: "quantitative", scale: context.x };
  const y = (field: string): JsonObject => ({ field, type: "quantitative", scale: context.y });
  switch (mark.mark) {
    case "filled":
    case "band": {
      const filled = mark.mark === "filled";
      const rows = steps(mark, true, (i) =>
        filled
          ? { value: mark.values[i]!, base: mark.base[i]!, top: mark.base[i]! + mark.values[i]! }
          : { value: mark.values[i]!, low: mark.low[i]!, high: mark.high[i]! },
      );
      const look = filled
        ? { color: mark.colour, ...(mark.opacity !== undefined && { opacity: mark.opacity }) }
        : bandLook(mark.colour, context.medium);
      const style = { type: "area", interpolate: "step-after", clip: true, line: false, ...look };
      const encoding = { x, y: { ...y(filled ? "top" : "high"), stack: null }, y2: { field: filled ? "base" : "low" } };
      return [{ name, data: { values: rows }, mark: style, encoding: { ...encoding, ...parted(rows) } }];
    }
    case "outline": {
      const bins = steps(mark, mark.open === true, (i) => ({ value: mark.values[i]! }));
      const rows = mark.open === true ? bins : toBase(bins, mark.edges);
      const style = {
        type: "line",
        interpolate: "step-after",
        color: mark.colour,
        strokeWidth: line,
        strokeJoin: "miter",
        clip: true,
        ...(mark.dashed && { strokeDash: [3 * line, 1.8 * line] }),
      };
      const encoding = { x, y: y("value"), ...parted(rows) };
      const outline = { name, data: { values: rows }, mark: style, encoding };
      const { low, high } = mark;
      if (low === undefined || high === undefined) return [outline];
      return [outline, bars({ ...mark, low, high, skipEmpty: false }, `${name}-errors`)];
    }
    case "points": {
      const all = middles(mark, context);
      const [bottom, top] = context.range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
      const rows = all.filter(({ value }) => value >= bottom && value <= top);
      const style = { type: "point", filled: true, size: context.point, color: mark.colour, opacity: 1 };
      const beyond = all.filter((row) => !rows.includes(row));
      const layers: Layer[] = [
        bars(mark, `${name}-errors`),
        {
          name,
          data: { values: rows },
          mark: { ...style, shape: "circle", clip: true },
          encoding: { x, y: y("value") },
        },
      ];
      for (const [shape, edge] of [
        ["triangle-up", top],
        ["triangle-down", bottom],
      ] as const) {
        const arrows = beyond.filter(({ value }) => (shape === "triangle-up" ? value > top : value < bottom));
        if (arrows.length === 0) continue;
        const values = arrows.map((row) => ({ ...row, edge }));
        layers.push({
          name: `${name}-beyond-${shape.slice(9)}`,
          data: { values },
          mark: { ...style, shape, yOffset: (shape === "triangle-up" ? 1 : -1) * Math.sqrt(context.point) * 0.6 },
          encoding: { x, y: y("edge") },
        });
      }
      return layers;
    }
  }

  function bars(drawn: Omit<PointsMark, "mark">, id: string): Layer {
    const style = { type: "rule", color: drawn.colour, strokeWidth: line * 0.75, clip: true };
    const rows = middles(drawn, context).filter(({ low, high }) => low !== null && high !== null);
    return { name: id, data: { values: rows }, mark: style, encoding: { x, y: y("low"), y2: { field: "high" } } };
  }
}

type Row = { readonly [key: string]: Json };

/**
 * One row per bin that has a height, at its left edge; `closed` ends each run of such bins with the last one once more at
 * its right edge. Bins without height part the runs, which `part` then numbers.
 */
function steps({ edges, values }: Drawn, closed: boolean, row: (bin: number) => Row): Row[] {
  const rows: { [key: string]: Json }[] = [];
  let part = 0;
  values.forEach((value, i) => {
    if (Number.isNaN(value)) {
      if (rows.length > 0 && !Number.isNaN(values[i - 1]!)) part++;
      return;
    }
    rows.push({ x: edges[i]!, ...row(i), part });
    const last = i === values.length - 1 || Number.isNaN(values[i + 1]!);
    if (last && (closed || i < values.length - 1)) rows.push({ x: edges[i + 1]!, ...row(i), part });
  });
  const parts = new Set(rows.map((r) => r["part"]));
  return parts.size > 1 ? rows : rows.map(({ part: _, ...rest }) => rest);
}

/** Lines from 0 to the first bin and from the last one down, for each run. */
function toBase(rows: readonly Row[], edges: readonly number[]): Row[] {
  return rows.flatMap((row, i) => {
    const part = row["part"] === undefined ? {} : { part: row["part"] };
    const first = i === 0 || rows[i - 1]!["part"] !== row["part"];
    const last = i === rows.length - 1 || rows[i + 1]!["part"] !== row["part"];
    const right = i === rows.length - 1 && row["x"] !== edges.at(-1) ? edges.at(-1)! : row["x"]!;
    return [
      ...(first ? [{ x: row["x"]!, value: 0, ...part }] : []),
      row,
      ...(last ? [{ x: right, value: 0, ...part }] : []),
    ];
  });
}

const parted = (rows: readonly Row[]): Row =>
  rows.some((row) => row["part"] !== undefined) ? { detail: { field: "part", type: "nominal" } } : {};

interface Middle extends Row {
  readonly x: number;
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}

function middles(drawn: Omit<PointsMark, "mark">, { x }: MarkContext): Middle[] {
  const { edges, values } = drawn;
  const known = (v: number): number | null => (Number.isNaN(v) ? null : v);
  return values.flatMap((value, i) => {
    if (Number.isNaN(value) || (drawn.skipEmpty && value === 0)) return [];
    return [
      { x: middleOf(edges, i, x["type"] === "log"), value, low: known(drawn.low[i]!), high: known(drawn.high[i]!) },
    ];
  });
}

/** Where a bin's middle is drawn. */
export function middleOf(edges: readonly number[], bin: number, log: boolean): number {
  const [left, right] = [edges[bin]!, edges[bin + 1]!];
  return log ? Math.sqrt(left * right) : (left + right) / 2;
}

/** Lowest and highest number that a mark shows in a bin, errors included; 0 where it shows none. */
export function extentOf(mark: BinMark, bin: number): { low: number; high: number } {
  const value = mark.values[bin]!;
  if (Number.isNaN(value)) return { low: 0, high: 0 };
  const or = (end: number | undefined): number => (end === undefined || Number.isNaN(end) ? value : end);
  switch (mark.mark) {
    case "filled":
      return { low: Math.min(mark.base[bin]!, mark.base[bin]! + value), high: mark.base[bin]! + Math.max(0, value) };
    case "points":
      if (mark.skipEmpty && value === 0) return { low: 0, high: 0 };
      return { low: or(mark.low[bin]), high: or(mark.high[bin]) };
    case "band":
      return { low: mark.low[bin]!, high: mark.high[bin]! };
    case "outline":
      return { low: or(mark.low?.[bin]), high: or(mark.high?.[bin]) };
  }
}

/** Heights in a bin that a logarithmic axis should still show; NaN where there is none. */
export function levelOf(mark: BinMark, bin: number): number {
  return mark.mark === "filled" ? mark.base[bin]! + mark.values[bin]! : mark.values[bin]!;
}
