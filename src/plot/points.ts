import { binErrors } from "./bin-errors.ts";
import type { Figure } from "./figure.ts";
import { heights } from "./heights.ts";
import type { BinMark } from "./marks.ts";
import { coloursOf, type HistOrHists, named1d, type OverlayOptions, overlay, who } from "./overlay.ts";

export interface PointsOptions extends OverlayOptions {
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
  const colours = coloursOf(named, options, "black");
  const marks = named.map(({ label, bins }, i): BinMark => {
    const { low, high } = binErrors(bins, who(label));
    const [colour, edges, values] = [colours[i]!, bins.edges, heights(bins)];
    return { mark: "points", label, colour, edges, values, skipEmpty: options.emptyBins !== "show", low, high };
  });
  return overlay(named, marks, colours, options);
}
