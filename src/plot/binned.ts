import { axisBins, axisNames, flowCells, numbersOf, outerEdges } from "./axis-bins.ts";
import { misuse } from "./misuse.ts";
import { isHist, type PlotAxis, type PlotHist } from "./plot-hist.ts";

/** The bins of one histogram that a figure shows, all arrays of the same length but `edges`, which is one longer. */
export interface Binned {
  readonly edges: readonly number[];
  /** Contents; NaN where there is none, as in an empty bin of a profile, and where bins are blinded. */
  readonly values: readonly number[];
  /** `undefined` if the histogram does not know them. */
  readonly variances: readonly number[] | undefined;
  /** What each bin's content is multiplied by to be drawn: 1 unless densities are. */
  readonly factors: readonly number[];
  /** Content that is not shown below and above: flow bins, and bins outside the range asked for. */
  readonly under: number;
  readonly over: number;
  /** Whether the first bin holds the underflow, and the last one the overflow. */
  readonly flowBins: { readonly under: boolean; readonly over: boolean };
  /** Names of the bins, of a category axis or of a short integer axis; `undefined` for other axes. */
  readonly categories: readonly string[] | undefined;
  /** The label of the axis, else its name. */
  readonly title: string;
  readonly logX: boolean;
  /** Entries whose weight was NaN or infinite, wherever they are. */
  readonly nanWeights: number;
  /** Edges between which contents are hidden. */
  readonly blinded?: readonly [number, number] | undefined;
}

export type FlowMode = "hint" | "show" | "sum" | "none";

export interface BinOptions {
  /** Shown part of the axis, widened to the edges of the bins it falls in. */
  readonly range?: readonly [number, number] | undefined;
  /** "sum" adds what lies outside to the first and last bin shown, "show" makes bins of it. */
  readonly flow?: FlowMode | undefined;
  readonly logX?: boolean | undefined;
  /** Contents of bins that reach into this range are hidden. */
  readonly blind?: readonly [number, number] | undefined;
}

interface Cell {
  readonly value: number;
  readonly variance: number;
}

/**
 * The bins of a 1-D histogram as plain arrays. Throws UsageError for anything that is not 1-D, has infinite contents, a
 * range that contains no bin, or edges that a logarithmic axis cannot show.
 */
export function binned(hist: PlotHist, who: string, options: BinOptions = {}): Binned {
  if (!isHist(hist)) throw misuse(`${who} is not a histogram but ${hist === null ? "null" : typeof hist}.`);
  const axis = hist.axes[0];
  if (axis === undefined || hist.axes.length !== 1)
    throw misuse(
      `${who} has ${hist.axes.length} axes (${axisNames(hist)}); a figure draws one: project or slice first${hist.axes.length === 2 ? ", or draw a heatmap" : ""}.`,
    );
  const all = axisBins(axis, who);
  const contents = readContents(hist, { flow: false }, who);
  const bins = all.edges.length - 1;
  if (contents.values.length !== bins)
    throw misuse(
      `${who} has ${contents.values.length} bins and ${all.edges.length} edges; there must be one edge more than bins.`,
    );
  if (all.falling) for (const list of [contents.values, contents.variances]) list?.reverse();
  const flow = flowContents(hist, axis, bins, who, all.falling);
  const shown = shownBins(all.edges, options.range, who);
  const part = (from: number, to: number): Cell => ({
    value: sum(contents.values.slice(from, to)),
    variance: sum(contents.variances?.slice(from, to) ?? []),
  });
  const below = plus(flow.under ?? nothing, part(0, shown.from));
  const above = plus(flow.over ?? nothing, part(shown.to, bins));
  let edges = all.edges.slice(shown.from, shown.to + 1);
  let categories = all.categories?.slice(shown.from, shown.to);
  let values = contents.values.slice(shown.from, shown.to);
  let variances = contents.variances?.slice(shown.from, shown.to);
  const logX = options.logX ?? all.log;
  if (logX && (categories !== undefined || !(edges[0]! > 0)))
    throw misuse(
      `${who} has no logarithmic axis: ${categories === undefined ? `it begins at ${edges[0]}` : "its bins have names"}.`,
    );
  let flowBins = { under: false, over: false };
  if (options.flow === "sum") {
    values[0]! += content(below);
    values[values.length - 1]! += content(above);
    if (variances !== undefined) {
      variances[0]! += below.variance;
      variances[variances.length - 1]! += above.variance;
    }
  } else if (options.flow === "show") {
    flowBins = { under: flow.under !== undefined || shown.from > 0, over: flow.over !== undefined || shown.to < bins };
    const { under, over } = flowBins;
    const around = <T>(list: readonly T[], first: T, last: T): T[] => [
      ...(under ? [first] : []),
      ...list,
      ...(over ? [last] : []),
    ];
    values = around(values, below.value, above.value);
    variances = variances === undefined ? undefined : around(variances, below.variance, above.variance);
    const outer = outerEdges(edges, logX, categories !== undefined);
    categories = categories === undefined ? undefined : around(categories, "underflow", "overflow");
    edges = around(edges, outer.first, outer.last);
  }
  const blind = blindBins(edges, options.blind, who);
  if (blind !== undefined) for (const list of [values, variances]) list?.fill(Number.NaN, blind.from, blind.to);
  const hidden = options.flow === "sum" || options.flow === "show" ? { under: 0, over: 0 } : undefined;
  return {
    edges,
    values,
    variances,
    factors: values.map(() => 1),
    ...(hidden ?? { under: content(below), over: content(above) }),
    flowBins,
    categories,
    title: all.title,
    logX,
    nanWeights: hist.storage?.nanWeights ?? 0,
    ...(blind !== undefined && { blinded: [edges[blind.from]!, edges[blind.to]!] as const }),
  };
}

function blindBins(
  edges: readonly number[],
  blind: readonly [number, number] | undefined,
  who: string,
): { from: number; to: number } | undefined {
  if (blind === undefined) return undefined;
  const [low, high] = blind;
  const inside = edges.flatMap((edge, i) => (i < edges.length - 1 && edge < high && edges[i + 1]! > low ? [i] : []));
  if (!(low < high) || inside.length === 0)
    throw misuse(`${low} to ${high} blinds no bin of ${who}, which is shown from ${edges[0]} to ${edges.at(-1)}.`);
  return { from: inside[0]!, to: inside.at(-1)! + 1 };
}

const nothing: Cell = { value: 0, variance: 0 };
const plus = (a: Cell, b: Cell): Cell => ({ value: a.value + b.value, variance: a.variance + b.variance });
/** NaN in a flow bin is no content: 0 / 0 of a quotient. If it is from weights, `nanWeights` says so. */
const content = ({ value }: Cell): number => (Number.isNaN(value) ? 0 : value);
const sum = (list: readonly number[]): number => list.reduce((a, b) => a + (Number.isNaN(b) ? 0 : b), 0);

function readContents(
  hist: PlotHist,
  choice: { readonly flow: boolean },
  who: string,
): { values: number[]; variances: number[] | undefined } {
  const known = hist.variances(choice);
  const where = choice.flow ? " with flow" : "";
  return {
    values: numbersOf(hist.values(choice), `${who}, values${where}`),
    variances: known === undefined || known === null ? undefined : numbersOf(known, `${who}, variances${where}`),
  };
}

/** The two flow bins; `undefined` where there is none. */
function flowContents(
  hist: PlotHist,
  axis: PlotAxis,
  bins: number,
  who: string,
  falling: boolean,
): { under: Cell | undefined; over: Cell | undefined } {
  const { values, variances } = readContents(hist, { flow: true }, who);
  const there = flowCells(axis, bins, values.length);
  const at = (i: number): Cell => ({ value: values.at(i)!, variance: variances?.at(i) ?? 0 });
  const first = there.under ? at(0) : undefined;
  const last = there.over ? at(-1) : undefined;
  return falling ? { under: last, over: first } : { under: first, over: last };
}

function shownBins(
  edges: readonly number[],
  range: readonly [number, number] | undefined,
  who: string,
): { from: number; to: number } {
  const bins = edges.length - 1;
  if (range === undefined) return { from: 0, to: bins };
  const [low, high] = range;
  const from = edges.findLastIndex((e, i) => i < bins && e <= low + 1e-9 * Math.abs(low));
  const to = edges.findIndex((e, i) => i > 0 && e >= high - 1e-9 * Math.abs(high));
  if (!(low < high) || low >= edges[bins]! || high <= edges[0]!)
    throw misuse(
      `The range ${low} to ${high} shows no bin of ${who}, whose axis goes from ${edges[0]} to ${edges[bins]}.`,
    );
  return { from: Math.max(from, 0), to: to === -1 ? bins : to };
}
