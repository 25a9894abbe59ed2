import type { Figure } from "./figure.ts";
import { heights } from "./heights.ts";
import type { BinMark } from "./marks.ts";
import { coloursOf, type HistOrHists, named1d, type OverlayOptions, overlay } from "./overlay.ts";

/**
 * Filled bins of one or several 1-D histograms of the same bins; several are translucent, with their outlines.
 *
 * @throws UsageError as `step`.
 */
export function fill(hists: HistOrHists, options: OverlayOptions = {}): Figure {
  const named = named1d(hists, options);
  const colours = coloursOf(named, options);
  const several = named.length > 1;
  const filled = named.map(({ label, bins }, i): BinMark => {
    const values = heights(bins);
    const base = values.map(() => 0);
    const look = several ? { opacity: 0.4 } : {};
    return { mark: "filled", label, colour: colours[i]!, edges: bins.edges, values, base, ...look };
  });
  const outlines = several
    ? named.map(({ bins }, i): BinMark => {
        const rest = { edges: bins.edges, values: heights(bins), dashed: false };
        return { mark: "outline", label: "", colour: colours[i]!, ...rest };
      })
    : [];
  return overlay(named, [...filled, ...outlines], colours, options);
}
