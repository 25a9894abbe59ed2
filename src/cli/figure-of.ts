import { type Axis, type Hist, isCategorical, type NumericAxis } from "../hist/index.ts";
import type { Figure, HistOrHists, PlotHist } from "../plot/index.ts";
import { wantsLogScale } from "./log-scale.ts";

/**
 * The figure of a histogram: steps if it has one axis, its categories over one another if it has one category axis and then
 * a numeric one, cells of colour of any other two. Undefined for more: no figure shows it without choosing.
 */
export async function figureOf(hist: Hist, options: { readonly title?: string } = {}): Promise<Figure | undefined> {
  const { heatmap, step } = await import("../plot/index.ts");
  const log = wantsLogScale(hist);
  const lines = linesOf(hist);
  if (lines !== undefined) return step(lines, { ...options, counted: "Entries", logY: log });
  return hist.axes.length === 2 && hist.values().length > 0
    ? heatmap(hist, { ...options, zLabel: "Entries", logZ: log })
    : undefined;
}

function linesOf(hist: Hist): HistOrHists | undefined {
  if (hist.axes.length === 1) return hist;
  const [first, second] = hist.axes as readonly (Axis | undefined)[];
  if (first === undefined || second === undefined || hist.axes.length > 2) return undefined;
  if (!isCategorical(first) || isCategorical(second) || first.categories.length === 0) return undefined;
  return Object.fromEntries(first.categories.map((name, row) => [String(name), rowOf(hist, second, row)]));
}

/** One category of a histogram of a category axis and a numeric one. */
function rowOf(hist: Hist, axis: NumericAxis, row: number): PlotHist {
  const pick = (all: Float64Array | undefined, choice: { readonly flow?: boolean }): Float64Array | undefined => {
    const cells = hist.shape(choice)[1]!;
    return all?.slice(row * cells, (row + 1) * cells);
  };
  return {
    axes: [axis],
    values: (choice = {}) => pick(hist.values(choice), choice),
    variances: (choice = {}) => pick(hist.variances(choice), choice),
  };
}
