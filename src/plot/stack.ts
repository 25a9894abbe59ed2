import { CortadoError } from "../errors.ts";
import { binErrors } from "./bin-errors.ts";
import { type Binned, binned, countsTitle, isHist, type PlotHist } from "./binned.ts";
import { type Figure, panelFigure } from "./figure.ts";
import { flowNote } from "./flow-note.ts";
import type { LegendEntry } from "./legend.ts";
import type { BinMark } from "./marks.ts";
import type { PlotOptions } from "./options.ts";
import { palette } from "./palette.ts";
import { sameEdges } from "./same-edges.ts";
import { type NamedBins, who } from "./step.ts";

/** A signal: a histogram, or one drawn `scale` times as large, which its legend entry says. */
export type Signal = PlotHist | { readonly hist: PlotHist; readonly scale: number };

export interface StackInput {
  /** By label, bottom one first. */
  readonly backgrounds: Readonly<Record<string, PlotHist>>;
  readonly data?: PlotHist | undefined;
  /** Drawn as dashed lines over the stack, not added to it. */
  readonly signal?: Readonly<Record<string, Signal>> | undefined;
}

export interface StackOptions extends PlotOptions {
  /** The hatched statistical uncertainty of the sum of the backgrounds: there unless `false`. */
  readonly uncertainty?: boolean | undefined;
  readonly dataLabel?: string | undefined;
  readonly uncertaintyLabel?: string | undefined;
  /** "show" draws data points at 0 in bins without data; "hide" unless told. */
  readonly emptyBins?: "hide" | "show" | undefined;
}

/**
 * Backgrounds stacked as filled histograms, the statistical uncertainty of their sum as a hatched band (the root of the
 * summed variances), signals as dashed lines, data as points with error bars.
 *
 * @throws UsageError as `step`; also without backgrounds, or if the band is asked for and a background has weights but
 * no variances.
 */
export function stack(input: StackInput, options: StackOptions = {}): Figure {
  const backgrounds = Object.entries(input.backgrounds ?? {}).map(([label, hist]) => ({
    label,
    bins: binned(hist, who(label), options),
  }));
  if (backgrounds.length === 0)
    throw new CortadoError("UsageError", "A stack needs at least one background histogram.", { code: "BadArgument" });
  const dataLabel = options.dataLabel ?? "Data";
  const data =
    input.data === undefined ? undefined : { label: dataLabel, bins: binned(input.data, who(dataLabel), options) };
  const signals = Object.entries(input.signal ?? {}).map(([label, signal]) => scaledSignal(label, signal, options));
  sameEdges([...backgrounds, ...signals, ...(data === undefined ? [] : [data])]);

  const { edges } = backgrounds[0]!.bins;
  const colours = palette(Math.max(backgrounds.length + signals.length, 6));
  const colourOf = (label: string, i: number): string => options.colours?.[label] ?? colours[i]!;
  let base: readonly number[] = edges.slice(0, -1).map(() => 0);
  const filled: BinMark[] = backgrounds.map(({ label, bins }, i) => {
    const mark: BinMark = { mark: "filled", label, colour: colourOf(label, i), edges, values: bins.values, base };
    base = base.map((b, bin) => b + bins.values[bin]!);
    return mark;
  });
  const total = totalOf(backgrounds, base, options.uncertainty !== false);
  const marks: BinMark[] = [...filled];
  if (options.uncertainty !== false) {
    const sigma = total.variances!.map((v) => Math.sqrt(Math.max(0, v)));
    const low = total.values.map((v, i) => v - sigma[i]!);
    const high = total.values.map((v, i) => v + sigma[i]!);
    marks.push({
      mark: "band",
      label: options.uncertaintyLabel ?? "Stat. unc.",
      edges,
      values: total.values,
      low,
      high,
    });
  }
  signals.forEach(({ label, key, bins }, i) => {
    const colour = colourOf(key, colours.length - 1 - i);
    marks.push({ mark: "outline", label, colour, dashed: true, edges, values: bins.values });
  });
  if (data !== undefined) {
    const errors = binErrors(data.bins, who(dataLabel));
    const skipEmpty = options.emptyBins !== "show";
    const colour = options.colours?.[dataLabel] ?? "black";
    marks.push({ mark: "points", label: dataLabel, colour, edges, values: data.bins.values, skipEmpty, ...errors });
  }
  const shown: NamedBins[] = [
    ...(data === undefined ? [] : [data]),
    { label: data === undefined ? "" : "model", bins: total },
  ];
  return panelFigure(
    {
      marks,
      legend: legendOrder(marks),
      edges,
      categories: total.categories,
      xTitle: options.xLabel ?? total.title,
      yTitle: options.yLabel ?? countsTitle(total, options.counted),
      note: (options.flow ?? "hint") === "hint" ? flowNote(shown) : "",
    },
    options,
  );
}

function scaledSignal(label: string, signal: Signal, options: PlotOptions): NamedBins & { readonly key: string } {
  const { hist, scale } = isHist(signal) ? { hist: signal, scale: 1 } : signal;
  if (!Number.isFinite(scale))
    throw new CortadoError("UsageError", `Signal "${label}" cannot be scaled by ${scale}.`, { code: "BadArgument" });
  const bins = binned(hist, who(label), options);
  const values = bins.values.map((v) => v * scale);
  return { key: label, label: scale === 1 ? label : `${label} × ${scale}`, bins: { ...bins, values } };
}

/** The sum of the backgrounds; its values are the top of the stack. */
function totalOf(backgrounds: readonly NamedBins[], values: readonly number[], needed: boolean): Binned {
  const unknown = backgrounds.find((b) => b.bins.variances === undefined);
  if (unknown !== undefined && needed)
    throw new CortadoError(
      "UsageError",
      `${who(unknown.label)} was filled with weights but does not know its variances, so the stack has no uncertainty: give it weight storage, or set uncertainty: false.`,
      { code: "BadArgument" },
    );
  const add = (of: (bins: Binned) => number): number => backgrounds.reduce((sum, b) => sum + of(b.bins), 0);
  const variances = unknown === undefined ? values.map((_, i) => add((b) => b.variances![i]!)) : undefined;
  return { ...backgrounds[0]!.bins, values, variances, under: add((b) => b.under), over: add((b) => b.over) };
}

/** Data first, the stack from its top down, its uncertainty, the signals. */
function legendOrder(marks: readonly BinMark[]): LegendEntry[] {
  const of = (kind: BinMark["mark"]): BinMark[] => marks.filter((m) => m.mark === kind);
  return [...of("points"), ...of("filled").reverse(), ...of("band"), ...of("outline")].map((mark) => ({
    label: mark.label,
    look: mark.mark,
    colour: mark.mark === "band" ? "#555555" : mark.colour,
    dashed: mark.mark === "outline",
  }));
}
