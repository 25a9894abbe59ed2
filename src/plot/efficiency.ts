import { binned } from "./binned.ts";
import { efficiencyOf } from "./comparison.ts";
import { type Figure, panelFigure } from "./figure.ts";
import { legendEntry } from "./legend.ts";
import type { BinMark } from "./marks.ts";
import { misuse } from "./misuse.ts";
import type { PlotOptions } from "./options.ts";
import { axisContent, coloursOf, hintsOf, type NamedBins } from "./overlay.ts";
import { isHist, type PlotHist } from "./plot-hist.ts";
import { sameEdges } from "./same-edges.ts";
import { smallPrint } from "./small-print.ts";

/** What passed, and what there was. */
export interface Passed {
  readonly passed: PlotHist;
  readonly total: PlotHist;
}

export type EfficiencyInput = Passed | Readonly<Record<string, Passed>>;

/**
 * The part of `total` that passed, bin by bin, with Clopper-Pearson intervals of 68.27 %; several by their labels. Bins
 * without anything have no point.
 *
 * @throws UsageError for histograms of other bins or not of counts, and where more passed than there was.
 */
export function efficiency(input: EfficiencyInput, options: PlotOptions = {}): Figure {
  for (const name of ["density", "binwnorm"] as const)
    if (options[name]) throw misuse(`An efficiency is a share of counts: it has no ${name}.`);
  const single = isHist((input as Passed).passed);
  const entries: [string, Passed][] = single ? [["", input as Passed]] : Object.entries(input ?? {});
  if (entries.length === 0) throw misuse("There is no efficiency to draw.");
  const all = entries.map(([label, { passed, total }]) => {
    const read = (hist: PlotHist, word: string): NamedBins => {
      const name = label === "" ? word : `${word} of ${label}`;
      return { label: name, bins: binned(hist, `Histogram "${name}"`, options) };
    };
    return { label, passed: read(passed, "passed"), total: read(total, "total") };
  });
  const totals = all.map(({ total }) => total);
  sameEdges([...totals, ...all.map(({ passed }) => passed)]);
  const named = all.map(({ label, total }) => ({ label, bins: total.bins }));
  const colours = coloursOf(named, options, "black");
  const { edges } = totals[0]!.bins;
  const marks = all.map(({ label, passed, total }, i): BinMark => {
    const names = [`"${passed.label}"`, `"${total.label}"`] as const;
    const { values, low, high } = efficiencyOf(passed.bins.values, total.bins.values, names);
    return { mark: "points", label, colour: colours[i]!, edges, values, low, high, skipEmpty: false };
  });
  return panelFigure(
    {
      marks,
      legend: marks.filter((mark) => mark.label !== "").map(legendEntry),
      x: axisContent(totals[0]!.bins, options),
      yTitle: options.yLabel ?? "Efficiency",
      yAtLeast: options.logY === true ? undefined : 1.1,
      note: smallPrint(totals, options.flow),
      hints: hintsOf(totals, options),
    },
    options,
  );
}
