import { binned } from "./binned.ts";
import { compare } from "./comparison.ts";
import { type ComparisonOptions, comparisonPanel } from "./comparison-panel.ts";
import { type Figure, panelFigure } from "./figure.ts";
import { countsTitle, heights, normalised } from "./heights.ts";
import type { LowerContent } from "./layout.ts";
import { legendEntry } from "./legend.ts";
import type { BinMark } from "./marks.ts";
import { misuse } from "./misuse.ts";
import type { PlotOptions } from "./options.ts";
import { axisContent, hintsOf, type NamedBins, sideOf } from "./overlay.ts";
import { palette } from "./palette.ts";
import type { PlotHist } from "./plot-hist.ts";
import { sameEdges } from "./same-edges.ts";
import { smallPrint } from "./small-print.ts";

export interface VariationsInput {
  readonly nominal: PlotHist;
  /** By the name of what varies; one side alone is drawn alone. */
  readonly variations: Readonly<Record<string, { readonly up?: PlotHist; readonly down?: PlotHist }>>;
}

export interface VariationsOptions extends PlotOptions, ComparisonOptions {
  /** What the nominal histogram is called. */
  readonly nominalLabel?: string | undefined;
}

/**
 * A histogram and what it becomes when something varies: up as a full line, down as a dashed one, and below them what they
 * are relative to the nominal one (`ratio`, unless another comparison or "none" is asked for), with its own statistical
 * uncertainty as a hatched band.
 *
 * @throws UsageError as `step`; also without variations, or for one with neither up nor down.
 */
export function variations(input: VariationsInput, options: VariationsOptions = {}): Figure {
  const nominalLabel = options.nominalLabel ?? "Nominal";
  const read = (hist: PlotHist, label: string): NamedBins => {
    const name = `Histogram "${label}"`;
    return { label, bins: normalised(binned(hist, name, options), options, name) };
  };
  const nominal = read(input.nominal, nominalLabel);
  const names = Object.keys(input.variations ?? {});
  if (names.length === 0) throw misuse("There is no variation to draw.");
  const colours = palette(names.length);
  const sides = names.flatMap((name, i) => {
    const { up, down } = input.variations[name]!;
    if (up === undefined && down === undefined) throw misuse(`Variation "${name}" has neither up nor down.`);
    const colour = options.colours?.[name] ?? colours[i]!;
    const side = (hist: PlotHist | undefined, word: string, dashed: boolean) =>
      hist === undefined ? [] : [{ ...read(hist, `${name} ${word}`), colour, dashed }];
    return [...side(up, "up", false), ...side(down, "down", true)];
  });
  sameEdges([nominal, ...sides]);
  const { edges } = nominal.bins;
  const black = { label: nominalLabel, colour: options.colours?.[nominalLabel] ?? "black", dashed: false };
  const marks = [...sides, { ...black, bins: nominal.bins }].map(
    ({ label, bins, colour, dashed }): BinMark => ({
      mark: "outline",
      label,
      colour,
      dashed,
      edges,
      values: heights(bins),
    }),
  );
  return panelFigure(
    {
      marks,
      legend: [marks.at(-1)!, ...marks.slice(0, -1)].map(legendEntry),
      x: axisContent(nominal.bins, options),
      yTitle: options.yLabel ?? countsTitle(nominal.bins, options),
      note: smallPrint([nominal], options.flow),
      hints: hintsOf([nominal], options),
      lower: relative(nominal, sides, options),
    },
    options,
  );
}

interface VariedSide extends NamedBins {
  readonly colour: string;
  readonly dashed: boolean;
}

/** The panel below: lines without errors, which are those of the same events, over the statistics of the nominal histogram. */
function relative(
  nominal: NamedBins,
  sides: readonly VariedSide[],
  options: VariationsOptions,
): LowerContent | undefined {
  const { comparison: kind = "ratio" } = options;
  if (kind === "none") return undefined;
  const { edges } = nominal.bins;
  const reference = { label: nominal.label, ...sideOf(nominal, kind) };
  const contenders = sides.map(({ label, bins, colour, dashed }) => {
    const side = kind === "pull" || kind === "efficiency" ? sideOf({ label, bins }, kind) : { values: heights(bins) };
    return { label, colour, dashed, look: "outline" as const, ...side };
  });
  const comparisonLabel = options.comparisonLabel ?? (kind === "ratio" ? "Var. / nom." : undefined);
  const lower = comparisonPanel(kind, contenders, reference, edges, { ...options, comparisonLabel });
  if (kind !== "ratio") return lower;
  const { band } = compare("split_ratio", reference, reference, [nominal.label, nominal.label]);
  if (band === undefined) return lower;
  const values = band.low.map((v) => (Number.isNaN(v) ? Number.NaN : 1));
  return { ...lower, marks: [{ mark: "band", label: "", edges, values, ...band }, ...lower.marks] };
}
