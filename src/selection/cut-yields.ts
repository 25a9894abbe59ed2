/** Numbers of events and sums of weights after each of several steps. */
import { CortadoError } from "../errors.ts";
import { axis, Hist } from "../hist/index.ts";

/** One entry for each step; sums of weights and of their squares where there are weights. */
export interface Yields {
  readonly events: readonly number[];
  readonly sumw?: readonly number[];
  readonly sumw2?: readonly number[];
}

export interface YieldOptions {
  /** Sums of weights instead of numbers of events. */
  readonly weighted?: boolean;
  /** A factor for all. */
  readonly scale?: number;
}

/** Cost: one pass over the events for each mask. */
export function yieldsOf(masks: readonly Uint8Array[], weights: Float64Array | null): Yields {
  if (weights === null) return { events: masks.map(trueIn) };
  const sums = masks.map((mask) => weightsIn(mask, weights));
  return { events: masks.map(trueIn), sumw: sums.map(({ sumw }) => sumw), sumw2: sums.map(({ sumw2 }) => sumw2) };
}

function trueIn(mask: Uint8Array): number {
  let n = 0;
  for (let i = 0; i < mask.length; i++) n += mask[i]!;
  return n;
}

function weightsIn(mask: Uint8Array, weights: Float64Array): { readonly sumw: number; readonly sumw2: number } {
  let [sumw, sumw2] = [0, 0];
  for (let i = 0; i < mask.length; i++) {
    if (mask[i] === 0) continue;
    const w = weights[i]!;
    sumw += w;
    sumw2 += w * w;
  }
  return { sumw, sumw2 };
}

/** The sums, step by step. */
export function addYields(a: Yields, b: Yields): Yields {
  const add = (x: readonly number[], y: readonly number[]): number[] => x.map((value, k) => value + y[k]!);
  const events = add(a.events, b.events);
  if (a.sumw === undefined || b.sumw === undefined) return { events };
  return { events, sumw: add(a.sumw, b.sumw), sumw2: add(a.sumw2!, b.sumw2!) };
}

/** What two results of cuts must have in common to be added. */
export interface CutText {
  readonly labels: readonly string[];
  readonly weightsmodifier: string | null;
  readonly weighted: boolean;
}

/** Throws `MergeError` unless the cuts, the weights and their variation are the same. */
export function requireSameCuts(a: CutText, b: CutText): void {
  const text = (cuts: CutText): string => {
    const weights = cuts.weighted
      ? `with weights${cuts.weightsmodifier === null ? "" : ` ${cuts.weightsmodifier}`}`
      : "without weights";
    return `${cuts.labels.join(", ")} (${weights})`;
  };
  const same = (cuts: CutText): string => JSON.stringify([cuts.labels, cuts.weighted, cuts.weightsmodifier]);
  if (same(a) === same(b)) return;
  throw new CortadoError("MergeError", `the cuts differ: ${text(a)} and ${text(b)}`, {
    code: "KindMismatch",
    path: [],
  });
}

/**
 * The yields as a histogram with one category for each step, of `weight` storage: its variances are those of a sum of weights.
 * Throws `UsageError` where `weighted` is asked for and there were no weights.
 */
export function yieldHist(
  name: string,
  labels: readonly string[],
  yields: Yields,
  { weighted = false, scale = 1 }: YieldOptions = {},
): Hist {
  if (weighted && yields.sumw === undefined) throw withoutWeights("yieldhist");
  const [values, variances] = weighted ? [yields.sumw!, yields.sumw2!] : [yields.events, yields.events];
  return Hist.from({
    tag: "hist",
    name: "",
    label: "",
    axes: [axis.category(name, { categories: labels, flow: false })],
    storage: {
      kind: "weight",
      values: Float64Array.from(values, (value) => scale * value),
      variances: Float64Array.from(variances, (value) => scale * scale * value),
    },
  });
}

export function withoutWeights(what: string): CortadoError {
  return new CortadoError("UsageError", `${what}: there are no weights; give { weights } to the cuts`, {
    code: "BadArgument",
  });
}
