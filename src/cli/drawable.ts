import { type Axis, type Hist, isCategorical, type NumericAxis } from "../hist/index.ts";
import type { HistOrHists, PlotHist } from "../plot/index.ts";

/**
 * What a figure shows of a histogram: itself if it has one axis, its categories over one another if it has one category
 * axis and one numeric axis. Undefined for any other: no figure shows it without choosing.
 */
export function drawable(hist: Hist): HistOrHists | undefined {
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
