import { binErrors } from "./bin-errors.ts";
import { type Binned, binned } from "./binned.ts";
import { type ComparisonOptions, comparisonPanel } from "./comparison-panel.ts";
import { type Figure, panelFigure } from "./figure.ts";
import { countsTitle, heights, normalised } from "./heights.ts";
import { legendEntry } from "./legend.ts";
import type { BinMark } from "./marks.ts";
import { misuse } from "./misuse.ts";
import type { PlotOptions } from "./options.ts";
import { axisContent, hintsOf, type NamedBins, sideOf, who } from "./overlay.ts";
import { palette } from "./palette.ts";
import { isHist, type PlotHist } from "./plot-hist.ts";
import { sameEdges } from "./same-edges.ts";
import { smallPrint } from "./small-print.ts";
import { type Shift, stackUncertainty, sumOf } from "./stack-uncertainty.ts";

/** A signal: a histogram, or one drawn `scale` times as large, which its legend entry says. */
export type Signal = PlotHist | { readonly hist: PlotHist; readonly scale: number };

export interface StackInput {
  /** By label, bottom one first. */
  readonly background: Readonly<Record<string, PlotHist>>;
  readonly data?: PlotHist | undefined;
  /** Drawn as dashed lines over the stack, not added to it. */
  readonly signal?: Readonly<Record<string, Signal>> | undefined;
  /** By the name of their source; they widen the band of the sum of the backgrounds. */
  readonly systematics?: Readonly<Record<string, Shift>> | undefined;
}

export interface StackOptions extends PlotOptions, ComparisonOptions {
  /** The hatched uncertainty of the sum of the backgrounds: there unless `false`. */
  readonly uncertainty?: boolean | undefined;
  readonly uncertaintyLabel?: string | undefined;
  readonly dataLabel?: string | undefined;
  /** What the sum of the backgrounds is called beside a comparison. */
  readonly modelLabel?: string | undefined;
  /** "show" draws data points at 0 in bins without data; "hide" unless told. */
  readonly emptyBins?: "hide" | "show" | undefined;
  /** The order of the stack from its bottom: as given, by sum (the smallest first) or by label; `_r` for the reverse. */
  readonly sort?: "given" | "yield" | "yield_r" | "label" | "label_r" | undefined;
}

/**
 * Backgrounds stacked as filled histograms, the uncertainty of their sum as a hatched band (statistics of the simulation and
 * shifts, in quadrature), signals as dashed lines, data as points with error bars, and below them the ratio of data and
 * backgrounds (`split_ratio`) unless another comparison or "none" is asked for.
 *
 * @throws UsageError as `step`; also without backgrounds, for contents that are NaN, or if the band is asked for and a
 * background has weights but no variances.
 */
export function stack(input: StackInput, options: StackOptions = {}): Figure {
  const { blind: _, ...unblinded } = options;
  const given = readBackgrounds(input.background, unblinded);
  const sum = sumBins(given);
  const norm = (one: NamedBins, scale = 1): NamedBins => {
    const bins = normalised(one.bins, options, who(one.label), sum);
    return { label: one.label, bins: { ...bins, factors: bins.factors.map((f) => f * scale) } };
  };
  const backgrounds = sorted(given, options.sort).map((one) => norm(one));
  const total = norm({ label: options.modelLabel ?? "Pred.", bins: sum });
  const dataLabel = options.dataLabel ?? "Data";
  const data =
    input.data === undefined
      ? undefined
      : ownNormalised({ label: dataLabel, bins: binned(input.data, who(dataLabel), options) }, options);
  const signals = Object.entries(input.signal ?? {}).map(([label, signal]) => {
    const { hist, scale } = isHist(signal) ? { hist: signal, scale: 1 } : signal;
    if (!Number.isFinite(scale)) throw misuse(`Signal "${label}" cannot be scaled by ${scale}.`);
    return { label, scale, bins: norm({ label, bins: binned(hist, who(label), unblinded) }, scale).bins };
  });
  sameEdges([...backgrounds, ...signals, ...(data === undefined ? [] : [data])]);

  const { edges } = total.bins;
  const colourOf = coloursByLabel(
    given.map((b) => b.label),
    signals.map((s) => s.label),
    options,
  );
  let base = edges.slice(1).map(() => 0);
  const marks = backgrounds.map(({ label, bins }): BinMark => {
    const [values, below] = [heights(bins), base];
    base = below.map((b, bin) => b + values[bin]!);
    return { mark: "filled", label, colour: colourOf(label), edges, values, base: below };
  });
  const systematics = input.systematics ?? {};
  const readVaried = (hist: PlotHist, name: string, label: string): NamedBins => {
    const varied = norm({ label: name, bins: binned(hist, who(name), unblinded) });
    sameEdges([{ label, bins: total.bins }, varied]);
    return varied;
  };
  const spread = options.uncertainty === false ? undefined : stackUncertainty(backgrounds, systematics, readVaried);
  if (spread !== undefined) {
    const label = options.uncertaintyLabel ?? (Object.keys(systematics).length > 0 ? "Stat. + syst." : "Stat. unc.");
    marks.push({ mark: "band", label, edges, values: base, ...spread });
  }
  for (const { label, scale, bins } of signals) {
    const shown = scale === 1 ? label : `${label} × ${scale}`;
    const rest = { dashed: true, edges, values: heights(bins) };
    marks.push({ mark: "outline", label: shown, colour: colourOf(label), ...rest });
  }
  const colour = options.colours?.[dataLabel] ?? "black";
  if (data !== undefined) {
    const { low, high } = binErrors(data.bins, who(dataLabel));
    const rest = { edges, values: heights(data.bins), skipEmpty: options.emptyBins !== "show", low, high };
    marks.push({ mark: "points", label: dataLabel, colour, ...rest });
  }
  const shown = [...(data === undefined ? [] : [data]), { label: data === undefined ? "" : "model", bins: total.bins }];
  const comparison = options.comparison ?? (data === undefined ? "none" : "split_ratio");
  if (data === undefined && comparison !== "none") throw misuse("A stack without data has nothing to compare with.");
  const model = { label: total.label, values: base, ...spread };
  const reference = comparison === "efficiency" ? { ...sideOf(total, comparison), label: total.label } : model;
  const lower =
    data === undefined || comparison === "none"
      ? undefined
      : comparisonPanel(
          comparison,
          [{ label: dataLabel, colour, look: "points", ...sideOf(data, comparison) }],
          reference,
          edges,
          options,
        );
  return panelFigure(
    {
      marks,
      legend: legendOrder(marks),
      x: axisContent(total.bins, options),
      yTitle: options.yLabel ?? countsTitle(total.bins, options),
      note: smallPrint(shown, options.flow),
      hints: hintsOf(shown, options),
      lower,
    },
    { ...options, simulation: options.simulation ?? data === undefined },
  );
}

const ownNormalised = (one: NamedBins, options: PlotOptions): NamedBins => ({
  label: one.label,
  bins: normalised(one.bins, options, who(one.label)),
});

function readBackgrounds(background: StackInput["background"], options: PlotOptions): NamedBins[] {
  const read = Object.entries(background ?? {}).map(([label, hist]) => ({
    label,
    bins: binned(hist, who(label), options),
  }));
  if (read.length === 0) throw misuse("A stack needs at least one background histogram.");
  sameEdges(read);
  for (const { label, bins } of read) {
    const bin = bins.values.findIndex((v) => Number.isNaN(v));
    if (bin !== -1) throw misuse(`${who(label)}: bin ${bin} holds NaN, which cannot be stacked.`);
  }
  return read;
}

function sorted(backgrounds: readonly NamedBins[], sort: StackOptions["sort"] = "given"): readonly NamedBins[] {
  const yieldOf = ({ bins }: NamedBins): number => bins.values.reduce((a, b) => a + b, 0);
  const order = { given: undefined, yield: yieldOf, yield_r: yieldOf, label: undefined, label_r: undefined };
  if (!Object.hasOwn(order, sort))
    throw misuse(`A stack is not sorted by ${JSON.stringify(sort)}: there are ${Object.keys(order).join(", ")}.`);
  if (sort === "given") return backgrounds;
  const rising = sort.startsWith("yield")
    ? backgrounds.toSorted((a, b) => yieldOf(a) - yieldOf(b))
    : backgrounds.toSorted((a, b) => (a.label < b.label ? -1 : 1));
  return sort.endsWith("_r") ? rising.reverse() : rising;
}

/** The sum of the backgrounds, as contents. */
function sumBins(backgrounds: readonly NamedBins[]): Binned {
  const values = sumOf(backgrounds.map((b) => b.bins.values));
  const known = backgrounds.every((b) => b.bins.variances !== undefined);
  const variances = known ? sumOf(backgrounds.map((b) => b.bins.variances!)) : undefined;
  const [under, over] = [
    sumOf(backgrounds.map((b) => [b.bins.under]))[0]!,
    sumOf(backgrounds.map((b) => [b.bins.over]))[0]!,
  ];
  const nanWeights = sumOf(backgrounds.map((b) => [b.bins.nanWeights]))[0]!;
  return { ...backgrounds[0]!.bins, values, variances, under, over, nanWeights };
}

/** Colours of backgrounds in the order given, whatever the order of the stack, and of signals from the other end. */
function coloursByLabel(
  backgrounds: readonly string[],
  signals: readonly string[],
  options: PlotOptions,
): (label: string) => string {
  const colours = palette(Math.max(backgrounds.length + signals.length, 6));
  const own = new Map<string, string>();
  signals.forEach((label, i) => void own.set(label, colours[colours.length - 1 - i]!));
  backgrounds.forEach((label, i) => void own.set(label, colours[i]!));
  return (label) => options.colours?.[label] ?? own.get(label)!;
}

/** Data first, the stack from its top down, its uncertainty, the signals. */
function legendOrder(marks: readonly BinMark[]): ReturnType<typeof legendEntry>[] {
  const of = (kind: BinMark["mark"]): BinMark[] => marks.filter((m) => m.mark === kind);
  return [...of("points"), ...of("filled").reverse(), ...of("band"), ...of("outline")].map(legendEntry);
}
