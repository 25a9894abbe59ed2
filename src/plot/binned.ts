import { CortadoError } from "../errors.ts";
import { shortNumber } from "./ticks.ts";

/** What a figure needs of an axis: edges of numeric bins, or the names of categories. */
export interface PlotAxis {
  readonly name?: string | undefined;
  readonly label?: string | undefined;
  /** Finite edges of the bins, one more than there are bins, in either order. */
  readonly edges?: ArrayLike<number> | undefined;
  readonly categories?: readonly (string | number)[] | undefined;
  /** Whether the first bin with flow is the underflow bin; told from the number of bins if absent. */
  readonly underflow?: boolean | undefined;
  readonly overflow?: boolean | undefined;
  /** "integer": the bins are whole numbers, named at their middles where there is room. */
  readonly kind?: string | undefined;
}

/** What a figure needs of a histogram; `Hist` is one. A 1-D histogram gives flat arrays, in the order of the bins. */
export interface PlotHist {
  readonly axes: readonly PlotAxis[];
  values(options?: { readonly flow?: boolean }): unknown;
  /** Per bin, sums of squared weights; `undefined` where they are not known. */
  variances(options?: { readonly flow?: boolean }): unknown;
}

/** The bins of one histogram that a figure shows, all arrays of the same length but `edges`, which is one longer. */
export interface Binned {
  readonly edges: readonly number[];
  readonly values: readonly number[];
  /** `undefined` if the histogram does not know them. */
  readonly variances: readonly number[] | undefined;
  /** Content that is not shown below and above: flow bins, and bins outside the range asked for. */
  readonly under: number;
  readonly over: number;
  /** Names of the bins, of a category axis or of a short integer axis; `undefined` for other axes. */
  readonly categories: readonly string[] | undefined;
  /** The label of the axis, else its name. */
  readonly title: string;
}

/** Integer axes with more bins than this have a scale like other axes. */
const namedIntegers = 20;

export type FlowMode = "hint" | "sum" | "none";

export interface BinOptions {
  /** Shown part of the axis, widened to the edges of the bins it falls in. */
  readonly range?: readonly [number, number] | undefined;
  /** "sum" adds what lies outside to the first and last bin shown. */
  readonly flow?: FlowMode | undefined;
}

/**
 * The bins of a 1-D histogram as plain arrays. Throws UsageError for anything that is not 1-D, has values that are not
 * finite, or a range that contains no bin.
 */
export function binned(hist: PlotHist, who: string, options: BinOptions = {}): Binned {
  if (!isHist(hist)) throw usage(`${who} is not a histogram but ${hist === null ? "null" : typeof hist}.`);
  const axis = hist.axes[0];
  if (axis === undefined || hist.axes.length !== 1) {
    const names = hist.axes.map((a) => a.name || a.label || "unnamed").join(", ");
    throw usage(`${who} has ${hist.axes.length} axes (${names}); a figure draws one: project or slice first.`);
  }
  const title = axis.label || axis.name || "";
  const whole = axis.kind === "integer" && axis.edges !== undefined && axis.edges.length <= namedIntegers + 1;
  const categories = whole ? Array.from(axis.edges).slice(0, -1).map(String) : axis.categories?.map(String);
  let values = numbers(hist.values({ flow: false }), `${who}, values`);
  const known = hist.variances({ flow: false });
  let variances = known === undefined || known === null ? undefined : numbers(known, `${who}, variances`);
  let edges =
    axis.categories !== undefined
      ? Array.from({ length: values.length + 1 }, (_, i) => i)
      : [...Array.from(axis.edges ?? [])];
  if (values.length === 0)
    throw usage(`${who} has no bins${categories === undefined ? "" : ": its category axis has not grown yet"}.`);
  if (edges.length !== values.length + 1)
    throw usage(`${who} has ${values.length} bins and ${edges.length} edges; there must be one edge more than bins.`);
  if (edges[0]! > edges.at(-1)!) {
    edges = edges.reverse();
    values = values.reverse();
    variances = variances?.reverse();
  }
  const flow = flowBins(hist, axis, values.length, who);
  const shown = shownBins(edges, options.range, who);
  const below = {
    value: flow.under.value + sum(values.slice(0, shown.from)),
    variance: flow.under.variance + sum((variances ?? []).slice(0, shown.from)),
  };
  const above = {
    value: flow.over.value + sum(values.slice(shown.to)),
    variance: flow.over.variance + sum((variances ?? []).slice(shown.to)),
  };
  values = values.slice(shown.from, shown.to);
  variances = variances?.slice(shown.from, shown.to);
  if (options.flow === "sum" && values.length > 0) {
    values[0]! += below.value;
    values[values.length - 1]! += above.value;
    if (variances !== undefined) {
      variances[0]! += below.variance;
      variances[variances.length - 1]! += above.variance;
    }
  }
  const hidden = options.flow === "sum" ? { under: 0, over: 0 } : { under: below.value, over: above.value };
  return {
    edges: edges.slice(shown.from, shown.to + 1),
    values,
    variances,
    ...hidden,
    categories: categories?.slice(shown.from, shown.to),
    title,
  };
}

/** True for anything with axes and values, as a `Hist` has. */
export function isHist(value: unknown): value is PlotHist {
  const candidate = value as Partial<PlotHist> | null | undefined;
  return typeof candidate?.values === "function" && Array.isArray(candidate.axes);
}

/** The content of the two flow bins; 0 where there is none. */
function flowBins(hist: PlotHist, axis: PlotAxis, bins: number, who: string): { under: Flow; over: Flow } {
  const values = numbers(hist.values({ flow: true }), `${who}, values with flow`);
  const known = hist.variances({ flow: true });
  const variances = known === undefined || known === null ? undefined : numbers(known, `${who}, variances with flow`);
  const extra = values.length - bins;
  const under = extra === 2 || (extra === 1 && axis.underflow === true && axis.overflow !== true);
  const over = extra === 2 || (extra === 1 && !under);
  const at = (i: number, there: boolean): Flow => ({
    value: there ? values.at(i)! : 0,
    variance: there ? (variances?.at(i) ?? 0) : 0,
  });
  const first = at(0, under);
  const last = at(-1, over);
  const falling = axis.edges !== undefined && axis.edges[0]! > axis.edges[axis.edges.length - 1]!;
  return falling ? { under: last, over: first } : { under: first, over: last };
}

interface Flow {
  readonly value: number;
  readonly variance: number;
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
  const first = Math.max(from, 0);
  const last = to === -1 ? bins : to;
  if (!(low < high) || low >= edges[bins]! || high <= edges[0]!)
    throw usage(
      `The range ${low} to ${high} shows no bin of ${who}, whose axis goes from ${edges[0]} to ${edges[bins]}.`,
    );
  return { from: first, to: last };
}

function numbers(array: unknown, who: string): number[] {
  const list =
    Array.isArray(array) || ArrayBuffer.isView(array) ? Array.from(array as ArrayLike<number | bigint>) : undefined;
  if (list === undefined)
    throw usage(`${who}: expected an array of numbers, got ${array === null ? "null" : typeof array}.`);
  return list.map((v, i) => {
    const value = typeof v === "bigint" ? Number(v) : v;
    if (typeof value !== "number" || !Number.isFinite(value))
      throw usage(`${who}: bin ${i} holds ${String(value)}, which cannot be drawn.`);
    return value;
  });
}

const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);

function usage(message: string): CortadoError {
  return new CortadoError("UsageError", message, { code: "BadArgument" });
}

/** The unit in the brackets at the end of an axis label: "GeV" of `MET [GeV]`; "" if there is none. */
export function unitOf(title: string): string {
  return /[[(]\s*([^[\]()]+?)\s*[\])]\s*$/.exec(title)?.[1] ?? "";
}

/** The y title: `Events / 20 GeV` from the width of the bins and the unit of the x title, `Events / bin` if widths differ. */
export function countsTitle(bins: Binned, counted = "Events"): string {
  if (bins.categories !== undefined || bins.edges.length < 2) return counted;
  const width = (bins.edges.at(-1)! - bins.edges[0]!) / (bins.edges.length - 1);
  const even = bins.edges.every((e, i) => i === 0 || Math.abs(e - bins.edges[i - 1]! - width) < 1e-6 * width);
  if (!even) return `${counted} / bin`;
  const unit = unitOf(bins.title);
  if (unit === "" && width === 1) return counted;
  return `${counted} / ${shortNumber(width)}${unit === "" ? "" : ` ${unit}`}`;
}
