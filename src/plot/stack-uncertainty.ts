/** What a stack is uncertain by: statistics of the simulation, and shifts up and down. */
import { heights, heightVariances } from "./heights.ts";
import { misuse } from "./misuse.ts";
import type { NamedBins } from "./overlay.ts";
import type { PlotHist } from "./plot-hist.ts";

/** Varied histograms by background; the others keep their own. */
export type Varied = Readonly<Record<string, PlotHist>>;

/** The backgrounds after a shift up and one down; with one of the two alone the other is its mirror image. */
export interface Shift {
  readonly up?: Varied | undefined;
  readonly down?: Varied | undefined;
}

export interface Uncertainty {
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/**
 * Below and above the sum of `backgrounds` (heights): the root of the summed variances, and the effect of each shift on the
 * sum, in quadrature. Of a shift whose two sides move a bin the same way the larger one counts, on that side alone.
 * `read` gives the bins of a varied histogram.
 *
 * @throws UsageError for a shift that has neither side or names a background that is not there, and for variances that are
 * not known.
 */
export function stackUncertainty(
  backgrounds: readonly NamedBins[],
  systematics: Readonly<Record<string, Shift>>,
  read: (hist: PlotHist, name: string, label: string) => NamedBins,
): Uncertainty {
  const unknown = backgrounds.find((b) => b.bins.variances === undefined);
  if (unknown !== undefined)
    throw misuse(
      `Histogram "${unknown.label}" was filled with weights but does not know its variances, so the stack has no uncertainty: give it weight storage, or set uncertainty: false.`,
    );
  const nominal = backgrounds.map(({ bins }) => heights(bins));
  const total = sumOf(nominal);
  const statistical = sumOf(backgrounds.map(({ bins }) => heightVariances(bins)!));
  const below = statistical.map((v) => Math.max(0, v));
  const above = [...below];
  for (const [name, shift] of Object.entries(systematics)) {
    if (shift.up === undefined && shift.down === undefined)
      throw misuse(`Systematic "${name}" has neither up nor down: give one of them, by background.`);
    const effect = (side: "up" | "down"): number[] | undefined => {
      const varied = shift[side];
      if (varied === undefined) return undefined;
      const strange = Object.keys(varied).find((label) => !backgrounds.some((b) => b.label === label));
      if (strange !== undefined)
        throw misuse(
          `Systematic "${name}" varies "${strange}", which is no background: there are ${backgrounds.map((b) => b.label).join(", ")}.`,
        );
      const shifted = backgrounds.map(({ label }, i) => {
        const hist = varied[label];
        return hist === undefined ? nominal[i]! : heights(read(hist, `${label}, ${name} ${side}`, label).bins);
      });
      return sumOf(shifted).map((v, bin) => v - total[bin]!);
    };
    const [up, down] = [effect("up"), effect("down")];
    total.forEach((_, bin) => {
      const one = up?.[bin] ?? -down![bin]!;
      const other = down?.[bin] ?? -up![bin]!;
      above[bin]! += Math.max(0, one, other) ** 2;
      below[bin]! += Math.min(0, one, other) ** 2;
    });
  }
  return {
    low: total.map((v, bin) => v - Math.sqrt(below[bin]!)),
    high: total.map((v, bin) => v + Math.sqrt(above[bin]!)),
  };
}

/** Bin by bin. */
export function sumOf(lists: readonly (readonly number[])[]): number[] {
  return (lists[0] ?? []).map((_, bin) => lists.reduce((sum, list) => sum + list[bin]!, 0));
}
