import { CortadoError } from "../errors.ts";
import { binErrors } from "./bin-errors.ts";
import { type Binned, binned, countsTitle, isHist, type PlotHist } from "./binned.ts";
import { type Figure, panelFigure } from "./figure.ts";
import { flowNote } from "./flow-note.ts";
import type { BinMark } from "./marks.ts";
import type { PlotOptions } from "./options.ts";
import { palette } from "./palette.ts";
import { sameEdges } from "./same-edges.ts";

export interface StepOptions extends PlotOptions {
  /** Error bars at one standard deviation; none unless told. */
  readonly errors?: boolean | undefined;
}

/** One histogram, or several by their labels in the legend. */
export type HistOrHists = PlotHist | Readonly<Record<string, PlotHist>>;

/**
 * Outlines of one or several 1-D histograms of the same bins.
 *
 * @throws UsageError for histograms that are not 1-D or whose bins differ, for contents that are not finite, and for
 * error bars of weighted contents whose variances are not known.
 */
export function step(hists: HistOrHists, options: StepOptions = {}): Figure {
  const named = named1d(hists, options);
  const colours = palette(named.length);
  const marks: BinMark[] = named.map(({ label, bins }, i) => ({
    mark: "outline",
    label,
    colour: options.colours?.[label] ?? colours[i]!,
    dashed: false,
    edges: bins.edges,
    values: bins.values,
    ...(options.errors === true && binErrors(bins, who(label))),
  }));
  return figureOf(named, marks, options);
}

export interface NamedBins {
  /** "" for a single histogram without a label. */
  readonly label: string;
  readonly bins: Binned;
}

export const who = (label: string): string => (label === "" ? "The histogram" : `Histogram "${label}"`);

/** The histograms with their labels, all of the same bins. */
export function named1d(hists: HistOrHists, options: PlotOptions): NamedBins[] {
  const single = isHist(hists);
  const entries: [string, PlotHist][] = single ? [["", hists]] : Object.entries(hists ?? {});
  if (entries.length === 0)
    throw new CortadoError("UsageError", "There is no histogram to draw.", { code: "BadArgument" });
  const named = entries.map(([label, hist]) => ({ label, bins: binned(hist, who(label), options) }));
  sameEdges(named);
  return named;
}

/** A figure of marks over histograms of the same bins, with a legend of those that have a label. */
export function figureOf(named: readonly NamedBins[], marks: readonly BinMark[], options: PlotOptions): Figure {
  const { bins } = named[0]!;
  const entries = marks.filter((mark) => mark.label !== "");
  return panelFigure(
    {
      marks,
      legend: entries.map((mark) => ({
        label: mark.label,
        look: mark.mark,
        colour: mark.mark === "band" ? "#555555" : mark.colour,
        dashed: mark.mark === "outline" && mark.dashed,
      })),
      edges: bins.edges,
      categories: bins.categories,
      xTitle: options.xLabel ?? bins.title,
      yTitle: options.yLabel ?? countsTitle(bins, options.counted),
      note: (options.flow ?? "hint") === "hint" ? flowNote(named) : "",
    },
    options,
  );
}
