import { binErrors } from "./bin-errors.ts";
import type { Figure } from "./figure.ts";
import type { BinMark } from "./marks.ts";
import type { PlotOptions } from "./options.ts";
import { palette } from "./palette.ts";
import { figureOf, type HistOrHists, named1d, who } from "./step.ts";

export interface PointsOptions extends PlotOptions {
  /** "show" draws a point at 0 and its upper limit in bins without content; "hide" unless told. */
  readonly emptyBins?: "hide" | "show" | undefined;
}

/**
 * Data points with error bars: central Poisson (Garwood) intervals of 68.27 % for counts, the root of the sum of squared
 * weights otherwise. One histogram is black, several have the colours of the palette.
 *
 * @throws UsageError as `step` with errors.
 */
export function points(hists: HistOrHists, options: PointsOptions = {}): Figure {
  const named = named1d(hists, options);
  const colours = named.length === 1 ? ["black"] : palette(named.length);
  const marks: BinMark[] = named.map(({ label, bins }, i) => ({
    mark: "points",
    label,
    colour: options.colours?.[label] ?? colours[i]!,
    edges: bins.edges,
    values: bins.values,
    skipEmpty: options.emptyBins !== "show",
    ...binErrors(bins, who(label)),
  }));
  return figureOf(named, marks, options);
}
