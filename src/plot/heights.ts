/** From contents to what is drawn: densities, contents per unit, and the title that says so. */
import type { Binned } from "./binned.ts";
import { misuse } from "./misuse.ts";
import type { PlotOptions } from "./options.ts";
import { shortNumber } from "./ticks.ts";

/** Contents as they are drawn; NaN where there is none. */
export function heights(bins: Binned): number[] {
  return bins.values.map((v, i) => v * bins.factors[i]!);
}

/** Variances of the heights; `undefined` where they are not known. */
export function heightVariances(bins: Binned): number[] | undefined {
  return bins.variances?.map((v, i) => v * bins.factors[i]! ** 2);
}

/**
 * The same bins, to be drawn as `density` or `binwnorm` say; `total` is what a density is relative to, its own contents
 * unless told. Throws UsageError for both at once, and where a flow bin, which has no width, would be divided by it.
 */
export function normalised(bins: Binned, options: PlotOptions, who: string, total: Binned = bins): Binned {
  const { density = false, binwnorm = false } = options;
  const per = binwnorm === true ? 1 : binwnorm;
  if (!density && per === false) return bins;
  if (density && per !== false) throw misuse("A figure shows density or binwnorm, not both.");
  if (per !== false && !(per > 0 && Number.isFinite(per)))
    throw misuse(`binwnorm is the width that contents are given for, a number above 0, not ${per}.`);
  if (bins.flowBins.under || bins.flowBins.over)
    throw misuse(`${who} cannot be shown with flow: "show": flow bins have no width to divide by.`);
  const sum = total.values.reduce((a, v) => a + (Number.isNaN(v) ? 0 : v), 0);
  if (density && sum === 0 && total.values.some((v) => v !== 0))
    throw misuse(`${who} has no density: its contents add up to 0.`);
  const factor = density ? (sum === 0 ? 1 : 1 / sum) : (per as number);
  return { ...bins, factors: bins.edges.slice(1).map((edge, i) => factor / (edge - bins.edges[i]!)) };
}

/** The unit in the brackets at the end of an axis label: "GeV" of `MET [GeV]`; "" if there is none. */
export function unitOf(title: string): string {
  return /[[(]\s*([^[\]()]+?)\s*[\])]\s*$/.exec(title)?.[1] ?? "";
}

/** The y title: `Events / 20 GeV` from the width of the bins and the unit of the x title, `Events / bin` if widths differ. */
export function countsTitle(bins: Binned, options: PlotOptions = {}): string {
  const { counted = "Events", density = false, binwnorm = false } = options;
  const unit = unitOf(bins.title);
  if (density) return unit === "" ? "Density" : `Density / ${unit}`;
  if (binwnorm !== false) {
    const width = binwnorm === true || binwnorm === 1 ? "" : shortNumber(binwnorm);
    return `${counted} / ${unit === "" && width === "" ? "unit" : `${width} ${unit}`.trim()}`;
  }
  if (bins.categories !== undefined || bins.edges.length < 2) return counted;
  const { under, over } = bins.flowBins;
  const inner = bins.edges.slice(under ? 1 : 0, over ? -1 : undefined);
  const width = (inner.at(-1)! - inner[0]!) / (inner.length - 1);
  const even = inner.every((e, i) => i === 0 || Math.abs(e - inner[i - 1]! - width) < 1e-6 * width);
  if (!even) return `${counted} / bin`;
  if (unit === "" && width === 1) return counted;
  return `${counted} / ${shortNumber(width)}${unit === "" ? "" : ` ${unit}`}`;
}
