import { axisBins, axisNames, numbersOf, outerEdges } from "./axis-bins.ts";
import { misuse } from "./misuse.ts";
import { isHist, type PlotAxis, type PlotHist } from "./plot-hist.ts";
import type { AxisContent } from "./x-axis.ts";

/** The cells of a 2-D histogram that a figure shows. */
export interface Grid {
  readonly x: AxisContent;
  readonly y: AxisContent;
  /** One column of `y` after the other; NaN where there is none. */
  readonly values: readonly number[];
  /** The sum of what is not shown. */
  readonly outside: number;
  /** Entries whose weight was NaN or infinite. */
  readonly nanWeights: number;
}

export interface GridOptions {
  /** "show" makes bins of what lies outside, "sum" adds it to the outermost ones. */
  readonly flow?: "hint" | "show" | "sum" | "none" | undefined;
  readonly logX?: boolean | undefined;
  readonly logY?: boolean | undefined;
}

/** Throws UsageError for anything that is not 2-D, infinite contents, and axes that cannot be logarithmic. */
export function grid(hist: PlotHist, options: GridOptions): Grid {
  if (!isHist(hist)) throw misuse(`A heatmap is of a histogram, not of ${hist === null ? "null" : typeof hist}.`);
  const [first, second] = hist.axes;
  if (first === undefined || second === undefined || hist.axes.length !== 2)
    throw misuse(
      `A heatmap shows two axes; the histogram has ${hist.axes.length} (${axisNames(hist)}): project or slice first.`,
    );
  const cells = numbersOf(hist.values({ flow: true }), "The histogram, values with flow");
  const inner = numbersOf(hist.values({ flow: false }), "The histogram, values");
  const counts = hist.axes.map((axis) => axis.categories?.length ?? (axis.edges?.length ?? 1) - 1);
  const x = oneAxis(first, counts[0]!, options.logX, options.flow, "x");
  const y = oneAxis(second, counts[1]!, options.logY, options.flow, "y");
  if (inner.length !== counts[0]! * counts[1]! || cells.length !== x.cells * y.cells)
    throw misuse(
      `The histogram has ${inner.length} bins, ${cells.length} with flow, where its axes have ${counts.join(" × ")} bins.`,
    );
  const [columns, rows] = [x.content.edges.length - 1, y.content.edges.length - 1];
  const values = Array.from({ length: columns * rows }, () => 0);
  let outside = 0;
  cells.forEach((value, cell) => {
    const [i, j] = [x.bin(Math.floor(cell / y.cells)), y.bin(cell % y.cells)];
    if (i === undefined || j === undefined) outside += Number.isNaN(value) ? 0 : value;
    else values[i * rows + j]! += value;
  });
  return { x: x.content, y: y.content, values, outside, nanWeights: hist.storage?.nanWeights ?? 0 };
}

interface GridAxis {
  readonly content: AxisContent;
  /** Number of cells, with flow. */
  readonly cells: number;
  /** Where a cell is shown; `undefined` if it is not. */
  readonly bin: (cell: number) => number | undefined;
}

function oneAxis(
  axis: PlotAxis,
  bins: number,
  wanted: boolean | undefined,
  flow: GridOptions["flow"],
  name: string,
): GridAxis {
  const { edges, categories, title, log: own, falling } = axisBins(axis, `Axis ${name} of the histogram`);
  const log = wanted ?? own;
  if (log && (categories !== undefined || !(edges[0]! > 0)))
    throw misuse(
      `Axis ${name} cannot be logarithmic: ${categories === undefined ? `it begins at ${edges[0]}` : "its bins have names"}.`,
    );
  const named = axis.categories !== undefined;
  const there = {
    under: !named && axis.underflow !== false,
    over: named ? axis.overflow === true : axis.overflow !== false,
  };
  const cells = bins + (there.under ? 1 : 0) + (there.over ? 1 : 0);
  const before = there.under ? 1 : 0;
  const sides = falling ? { under: there.over, over: there.under } : there;
  const shown = flow === "show" ? sides : { under: false, over: false };
  const outer = outerEdges(edges, log, categories !== undefined);
  const around = <T>(list: readonly T[], low: T, high: T): T[] => [
    ...(shown.under ? [low] : []),
    ...list,
    ...(shown.over ? [high] : []),
  ];
  const content: AxisContent = {
    edges: around(edges, outer.first, outer.last),
    categories: categories === undefined ? undefined : around(categories, "underflow", "overflow"),
    log,
    title,
    flowBins: shown,
  };
  const bin = (cell: number): number | undefined => {
    const inAxis = falling ? bins - 1 - (cell - before) : cell - before;
    if (flow === "show") return inAxis + (shown.under ? 1 : 0);
    if (flow === "sum") return Math.min(Math.max(inAxis, 0), bins - 1);
    return inAxis >= 0 && inAxis < bins ? inAxis : undefined;
  };
  return { content, cells, bin };
}
