/** What is drawn of the bins, as Vega-Lite layers. The data of a layer are the histogram's own numbers, unrounded. */
import { hatchFill, type Json, type JsonObject, type Layer, type Medium } from "./spec.ts";

interface Drawn {
  readonly label: string;
  readonly edges: readonly number[];
  /** Content of the bins, as the histogram has it (a signal: times its scale). */
  readonly values: readonly number[];
}

/** Bins filled from `base` to `base + value`. */
export interface FilledMark extends Drawn {
  readonly mark: "filled";
  readonly colour: string;
  readonly base: readonly number[];
}

/** The outline of the bins, with error bars if `low` and `high` are there. */
export interface OutlineMark extends Drawn {
  readonly mark: "outline";
  readonly colour: string;
  readonly dashed: boolean;
  readonly low?: readonly number[];
  readonly high?: readonly number[];
}

/** Points at the middles of the bins with error bars. */
export interface PointsMark extends Drawn {
  readonly mark: "points";
  readonly colour: string;
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** Bins without content get no point and no bar. */
  readonly skipEmpty: boolean;
}

/** Hatched boxes from `low` to `high`. */
export interface BandMark extends Drawn {
  readonly mark: "band";
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
}

/** The layers of one mark; `name` makes their names, which tests and viewers can look up. */
export function markLayers(mark: BinMark, name: string, context: MarkContext): Layer[] {
  const { line, point, medium } = context;
  const x: JsonObject = { field: "x", type: "quantitative", scale: context.x };
  const y = (field: string): JsonObject => ({ field, type: "quantitative", scale: context.y });
  switch (mark.mark) {
    case "filled": {
      const rows = closed(mark.edges, (i) => ({
        value: mark.values[i]!,
        base: mark.base[i]!,
        top: mark.base[i]! + mark.values[i]!,
      }));
      const style = { type: "area", interpolate: "step-after", color: mark.colour, clip: true, line: false };
      return [
        {
          name,
          data: { values: rows },
          mark: style,
          encoding: { x, y: { ...y("top"), stack: null }, y2: { field: "base" } },
        },
      ];
    }
    case "band": {
      const rows = closed(mark.edges, (i) => ({ value: mark.values[i]!, low: mark.low[i]!, high: mark.high[i]! }));
      const look = medium === "static" ? { color: hatchFill } : { color: "#555555", opacity: 0.35 };
      const style = { type: "area", interpolate: "step-after", clip: true, line: false, ...look };
      return [
        {
          name,
          data: { values: rows },
          mark: style,
          encoding: { x, y: { ...y("high"), stack: null }, y2: { field: "low" } },
        },
      ];
    }
    case "outline": {
      const bins = mark.values.map((value, i) => ({ x: mark.edges[i]!, value }));
      const ends = [{ x: mark.edges[0]!, value: 0 }, ...bins, { x: mark.edges.at(-1)!, value: 0 }];
      const style = {
        type: "line",
        interpolate: "step-after",
        color: mark.colour,
        strokeWidth: line,
        strokeJoin: "miter",
        clip: true,
        ...(mark.dashed && { strokeDash: [3 * line, 1.8 * line] }),
      };
      const outline = { name, data: { values: ends }, mark: style, encoding: { x, y: y("value") } };
      const { low, high } = mark;
      if (low === undefined || high === undefined) return [outline];
      return [outline, bars(mark, low, high, mark.colour, false, `${name}-errors`)];
    }
    case "points": {
      const rows = middles(mark, mark.low, mark.high, mark.skipEmpty);
      const style = {
        type: "point",
        shape: "circle",
        filled: true,
        size: point,
        color: mark.colour,
        opacity: 1,
        clip: true,
      };
      return [
        bars(mark, mark.low, mark.high, mark.colour, mark.skipEmpty, `${name}-errors`),
        { name, data: { values: rows }, mark: style, encoding: { x, y: y("value") } },
      ];
    }
  }

  function bars(
    drawn: Drawn,
    low: readonly number[],
    high: readonly number[],
    colour: string,
    skip: boolean,
    id: string,
  ): Layer {
    const style = { type: "rule", color: colour, strokeWidth: line * 0.75, clip: true };
    const rows = middles(drawn, low, high, skip);
    return { name: id, data: { values: rows }, mark: style, encoding: { x, y: y("low"), y2: { field: "high" } } };
  }
}

/** One row per bin at its left edge, and the last bin once more at the right edge, which closes a step. */
function closed(edges: readonly number[], row: (bin: number) => { [key: string]: Json }): Json[] {
  return edges.map((x, i) => ({ x, ...row(Math.min(i, edges.length - 2)) }));
}

function middles(drawn: Drawn, low: readonly number[], high: readonly number[], skipEmpty: boolean): Json[] {
  return drawn.values.flatMap((value, i) => {
    if (skipEmpty && value === 0) return [];
    return [{ x: (drawn.edges[i]! + drawn.edges[i + 1]!) / 2, value, low: low[i]!, high: high[i]! }];
  });
}

/** Lowest and highest number that a mark shows in a bin, errors included. */
export function extentOf(mark: BinMark, bin: number): { low: number; high: number } {
  const value = mark.values[bin]!;
  switch (mark.mark) {
    case "filled":
      return { low: Math.min(mark.base[bin]!, mark.base[bin]! + value), high: mark.base[bin]! + value };
    case "points":
      if (mark.skipEmpty && value === 0) return { low: 0, high: 0 };
      return { low: mark.low[bin]!, high: mark.high[bin]! };
    case "band":
      return { low: mark.low[bin]!, high: mark.high[bin]! };
    case "outline":
      return { low: mark.low?.[bin] ?? value, high: mark.high?.[bin] ?? value };
  }
}

/** Heights in a bin that a logarithmic axis should still show. */
export function levelOf(mark: BinMark, bin: number): number {
  return mark.mark === "filled" ? mark.base[bin]! + mark.values[bin]! : mark.values[bin]!;
}
