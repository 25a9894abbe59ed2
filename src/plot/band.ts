import { binErrors } from "./bin-errors.ts";
import type { Figure } from "./figure.ts";
import { heights } from "./heights.ts";
import type { BinMark } from "./marks.ts";
import { coloursOf, type HistOrHists, named1d, type OverlayOptions, overlay, who } from "./overlay.ts";

/**
 * Contents with their errors at one standard deviation as bands: hatched for one histogram, translucent for several.
 *
 * @throws UsageError as `step` with errors.
 */
export function band(hists: HistOrHists, options: OverlayOptions = {}): Figure {
  const named = named1d(hists, options);
  const colours = coloursOf(named, options);
  const marks = named.flatMap(({ label, bins }, i): BinMark[] => {
    const { low, high } = binErrors(bins, who(label));
    const [colour, edges, values] = [colours[i]!, bins.edges, heights(bins)];
    const hatched = named.length === 1 && options.colours?.[label] === undefined;
    return [
      { mark: "band", label, ...(!hatched && { colour }), edges, values, low, high },
      { mark: "outline", label: "", colour, edges, values, dashed: false },
    ];
  });
  return overlay(named, marks, colours, options);
}
