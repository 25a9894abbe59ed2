/** Figures of one or several 1-D histograms over one another: what `step`, `fill`, `points` and `band` share. */
import { binErrors } from "./bin-errors.ts";
import { type Binned, binned } from "./binned.ts";
import type { ComparisonKind, Side } from "./comparison.ts";
import { type ComparisonOptions, comparisonPanel } from "./comparison-panel.ts";
import { type Figure, panelFigure } from "./figure.ts";
import { countsTitle, heights, normalised } from "./heights.ts";
import type { LowerContent, PanelContent } from "./layout.ts";
import { legendEntry } from "./legend.ts";
import type { BinMark } from "./marks.ts";
import { misuse } from "./misuse.ts";
import type { PlotOptions } from "./options.ts";
import { palette } from "./palette.ts";
import { isHist, type PlotHist } from "./plot-hist.ts";
import { sameEdges } from "./same-edges.ts";
import { smallPrint } from "./small-print.ts";
import type { AxisContent } from "./x-axis.ts";

/** One histogram, or several by their labels in the legend. */
export type HistOrHists = PlotHist | Readonly<Record<string, PlotHist>>;

export interface OverlayOptions extends PlotOptions, ComparisonOptions {
  /** The label of the histogram that the others are compared with; the first unless told. */
  readonly reference?: string | undefined;
}

export interface NamedBins {
  /** "" for a single histogram without a label. */
  readonly label: string;
  readonly bins: Binned;
}

export const who = (label: string): string => (label === "" ? "The histogram" : `Histogram "${label}"`);

/** The histograms with their labels, all of the same bins. */
export function named1d(hists: HistOrHists, options: PlotOptions): NamedBins[] {
  const entries: [string, PlotHist][] = isHist(hists) ? [["", hists]] : Object.entries(hists ?? {});
  if (entries.length === 0) throw misuse("There is no histogram to draw.");
  const named = entries.map(([label, hist]) => ({
    label,
    bins: normalised(binned(hist, who(label), options), options, who(label)),
  }));
  sameEdges(named);
  return named;
}

/** Colours by label, or from the palette. */
export function coloursOf(named: readonly NamedBins[], options: PlotOptions, single?: string): string[] {
  const colours = named.length === 1 && single !== undefined ? [single] : palette(named.length);
  return named.map(({ label }, i) => options.colours?.[label] ?? colours[i]!);
}

/** The x axis of a figure of these bins. */
export function axisContent(bins: Binned, options: PlotOptions): AxisContent {
  const { edges, categories, logX, flowBins } = bins;
  return { edges, categories, log: logX, title: options.xLabel ?? bins.title, flowBins };
}

/** Whether contents are hidden that the edges of the frame should point to. */
export function hintsOf(shown: readonly NamedBins[], options: PlotOptions): PanelContent["hints"] {
  const hint = (options.flow ?? "hint") === "hint";
  return {
    under: hint && shown.some(({ bins }) => bins.under !== 0),
    over: hint && shown.some(({ bins }) => bins.over !== 0),
  };
}

/** Heights with their errors for a comparison; the counts themselves for an efficiency. */
export function sideOf({ label, bins }: NamedBins, kind: ComparisonKind): Side {
  if (kind === "efficiency") return { values: bins.values };
  const known = bins.variances !== undefined || bins.values.every((v) => Number.isInteger(v) && v >= 0);
  return { values: heights(bins), ...(known && binErrors(bins, who(label))) };
}

/** A figure of marks over histograms of the same bins, with a legend of those that have a label, and their comparison. */
export function overlay(
  named: readonly NamedBins[],
  marks: readonly BinMark[],
  colours: readonly string[],
  options: OverlayOptions,
): Figure {
  const { bins } = named[0]!;
  const lower = compared(named, colours, options);
  const content: PanelContent = {
    marks,
    legend: marks.filter((mark) => mark.label !== "").map(legendEntry),
    x: axisContent(bins, options),
    yTitle: options.yLabel ?? countsTitle(bins, options),
    note: smallPrint(named, options.flow),
    hints: hintsOf(named, options),
    ...(lower !== undefined && { lower }),
  };
  return panelFigure(content, options);
}

function compared(
  named: readonly NamedBins[],
  colours: readonly string[],
  options: OverlayOptions,
): LowerContent | undefined {
  const { comparison = "none" } = options;
  if (comparison === "none") return undefined;
  if (named.length < 2) throw misuse("A comparison needs two histograms: give several by their labels.");
  const at = options.reference === undefined ? 0 : named.findIndex(({ label }) => label === options.reference);
  if (at === -1)
    throw misuse(
      `There is no histogram "${options.reference}" to compare with: there are ${named.map((n) => n.label).join(", ")}.`,
    );
  const reference = { label: named[at]!.label, ...sideOf(named[at]!, comparison) };
  const others = named.flatMap((one, i) => {
    if (i === at) return [];
    const side = sideOf(one, comparison);
    const points = side.low !== undefined || comparison === "efficiency";
    return [
      { label: one.label, colour: colours[i]!, look: points ? ("points" as const) : ("outline" as const), ...side },
    ];
  });
  return comparisonPanel(comparison, others, reference, named[0]!.bins.edges, options);
}
