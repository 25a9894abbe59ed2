import { binErrors } from "./bin-errors.ts";
import type { Figure } from "./figure.ts";
import { heights } from "./heights.ts";
import type { BinMark } from "./marks.ts";
import { coloursOf, type HistOrHists, named1d, type OverlayOptions, overlay, who } from "./overlay.ts";

export interface StepOptions extends OverlayOptions {
  /** Error bars at one standard deviation; none unless told. */
  readonly errors?: boolean | undefined;
}

/**
 * Outlines of one or several 1-D histograms of the same bins.
 *
 * @throws UsageError for histograms that are not 1-D or whose bins differ, for contents that are infinite, and for
 * error bars of weighted contents whose variances are not known.
 */
export function step(hists: HistOrHists, options: StepOptions = {}): Figure {
  const named = named1d(hists, options);
  const colours = coloursOf(named, options);
  const marks = named.map(({ label, bins }, i): BinMark => {
    const errors = options.errors === true ? binErrors(bins, who(label)) : undefined;
    const { low, high } = errors ?? {};
    return {
      mark: "outline",
      label,
      colour: colours[i]!,
      dashed: false,
      edges: bins.edges,
      values: heights(bins),
      low,
      high,
    };
  });
  return overlay(named, marks, colours, options);
}
