import { binErrors } from "./bin-errors.ts";
import { type Figure, panelFigure } from "./figure.ts";
import { heights } from "./heights.ts";
import { legendEntry } from "./legend.ts";
import type { BinMark } from "./marks.ts";
import { misuse } from "./misuse.ts";
import type { PlotOptions } from "./options.ts";
import { axisContent, coloursOf, type HistOrHists, hintsOf, named1d, who } from "./overlay.ts";
import type { PlotHist } from "./plot-hist.ts";
import { smallPrint } from "./small-print.ts";
import { shortNumber } from "./ticks.ts";

/** The numbers of a cutflow: labels of the steps and what each leaves, as `Cutflow` has them. */
export interface CutSteps {
  readonly labels: readonly string[];
  readonly cutflow: {
    readonly events: readonly number[];
    readonly sumw?: readonly number[];
    readonly sumw2?: readonly number[];
  };
}

export type CutflowInput = CutSteps | HistOrHists | Readonly<Record<string, CutSteps>>;

export interface CutflowOptions extends PlotOptions {
  /** Sums of weights instead of numbers of events. */
  readonly weighted?: boolean | undefined;
}

/**
 * What each cut leaves, as bars over the names of the cuts: a cutflow, or a histogram of its yields; several by their labels.
 * One alone has numbers over its bars, and what part of the first step they are. Logarithmic unless `logY` is false.
 *
 * @throws UsageError as `step`, for different cuts, and for weights where there were none.
 */
export function cutflow(input: CutflowInput, options: CutflowOptions = {}): Figure {
  const hists = isSteps(input)
    ? yieldHist(input, options)
    : Object.values(input ?? {}).some(isSteps)
      ? Object.fromEntries(
          Object.entries(input as Record<string, CutSteps>).map(([label, one]) => [label, yieldHist(one, options)]),
        )
      : (input as HistOrHists);
  const named = named1d(hists, options);
  const [first] = named;
  if (first!.bins.categories === undefined)
    throw misuse(`${who(first!.label)} has no names of cuts: a cutflow has a category axis.`);
  const all = { ...options, logY: options.logY ?? first!.bins.values.some((v) => v > 0) };
  const colours = coloursOf(named, options);
  const edges = first!.bins.edges;
  const single = named.length === 1;
  const marks = named.map(({ label, bins }, i): BinMark => {
    const values = heights(bins);
    const rest = { label, colour: colours[i]!, edges, values };
    if (single) return { mark: "filled", ...rest, base: values.map(() => 0), opacity: 0.75 };
    const { low, high } = bins.variances === undefined ? {} : binErrors(bins, who(label));
    return { mark: "outline", ...rest, dashed: false, low, high };
  });
  const initial = first!.bins.values[0]!;
  const number = (v: number): string => (Number.isInteger(v) ? shortNumber(v, 9) : shortNumber(v));
  const part = (v: number): string[] => (initial === 0 ? [] : [`${shortNumber((100 * v) / initial, 3)} %`]);
  const texts = first!.bins.values.map((v, i) => [number(v), ...(i === 0 ? [] : part(v))]);
  return panelFigure(
    {
      marks,
      legend: marks.filter((mark) => mark.label !== "").map(legendEntry),
      x: axisContent(first!.bins, options),
      yTitle: options.yLabel ?? options.counted ?? (options.weighted === true ? "Weighted events" : "Events"),
      note: smallPrint(named, options.flow),
      hints: hintsOf(named, options),
      binTexts: single ? texts : undefined,
    },
    all,
  );
}

function isSteps(value: unknown): value is CutSteps {
  const candidate = value as Partial<CutSteps> | null | undefined;
  return Array.isArray(candidate?.labels) && Array.isArray(candidate.cutflow?.events);
}

function yieldHist({ labels, cutflow: yields }: CutSteps, { weighted = false }: CutflowOptions): PlotHist {
  if (weighted && yields.sumw === undefined)
    throw misuse("This cutflow has no weights: draw it without weighted: true.");
  return {
    axes: [{ categories: labels }],
    values: () => (weighted ? yields.sumw : yields.events),
    variances: () => (weighted ? yields.sumw2 : yields.events),
  };
}
