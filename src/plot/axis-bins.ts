import { misuse } from "./misuse.ts";
import type { PlotAxis, PlotHist } from "./plot-hist.ts";

/** The bins of one axis in rising order, as a figure shows them. */
export interface AxisBins {
  readonly edges: readonly number[];
  /** Names of the bins, of a category axis or of a short integer axis; `undefined` for other axes. */
  readonly categories: readonly string[] | undefined;
  /** The label of the axis, else its name. */
  readonly title: string;
  /** Whether the axis is drawn in logarithms unless told. */
  readonly log: boolean;
  /** Whether the histogram has them in falling order. */
  readonly falling: boolean;
}

/** Integer axes with more bins than this have a scale like other axes. */
const namedIntegers = 20;

/** Throws UsageError for an axis without bins, or edges that are not finite. */
export function axisBins(axis: PlotAxis, who: string): AxisBins {
  const title = axis.label || axis.name || "";
  const listed = Array.from(axis.edges ?? []);
  if (axis.categories !== undefined) {
    if (axis.categories.length === 0) throw misuse(`${who} has no bins: its category axis has not grown yet.`);
    const edges = Array.from({ length: axis.categories.length + 1 }, (_, i) => i);
    return { edges, categories: axis.categories.map(String), title, log: false, falling: false };
  }
  if (listed.length < 2) throw misuse(`${who} has no bins.`);
  const wrong = listed.find((edge) => !Number.isFinite(edge));
  if (wrong !== undefined) throw misuse(`${who} has an edge at ${wrong}, which cannot be drawn.`);
  const falling = listed[0]! > listed.at(-1)!;
  const edges = falling ? listed.reverse() : listed;
  const categories =
    axis.kind === "boolean"
      ? ["false", "true"]
      : axis.kind === "integer" && edges.length <= namedIntegers + 1
        ? edges.slice(0, -1).map(String)
        : undefined;
  return { edges, categories, title, log: axis.transform === "log" && edges[0]! > 0, falling };
}

/** Which flow bins an axis has, told from the number of its cells where it does not say. */
export function flowCells(axis: PlotAxis, bins: number, cells: number): { under: boolean; over: boolean } {
  const extra = cells - bins;
  const under = extra === 2 || (extra === 1 && axis.underflow === true && axis.overflow !== true);
  return { under, over: extra === 2 || (extra === 1 && !under) };
}

/** Width of a bin that shows flow, as a part of the axis. */
const flowBinWidth = 0.06;

/** Where bins end that are added before the first and after the last one. */
export function outerEdges(edges: readonly number[], log: boolean, named: boolean): { first: number; last: number } {
  const [first, last] = [edges[0]!, edges.at(-1)!];
  const far = log ? (last / first) ** flowBinWidth : named ? 1 : (last - first) * flowBinWidth;
  return log ? { first: first / far, last: last * far } : { first: first - far, last: last + far };
}

/** `pt, eta`: the axes of a histogram in a message. */
export function axisNames(hist: PlotHist): string {
  return hist.axes.map((axis) => axis.name || axis.label || "unnamed").join(", ");
}

/** Contents as numbers, NaN where there is none; infinite ones are a UsageError. */
export function numbersOf(array: unknown, who: string): number[] {
  if (!Array.isArray(array) && !ArrayBuffer.isView(array))
    throw misuse(`${who}: expected an array of numbers, got ${array === null ? "null" : typeof array}.`);
  return Array.from(array as ArrayLike<number | bigint>, (v, i) => {
    const value = typeof v === "bigint" ? Number(v) : v;
    if (typeof value !== "number" || Math.abs(value) === Number.POSITIVE_INFINITY)
      throw misuse(`${who}: bin ${i} holds ${String(value)}, which cannot be drawn.`);
    return value;
  });
}
