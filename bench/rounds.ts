/** Seconds of several contestants that take turns, so that a slow moment of the machine meets all of them. */
export interface Rounds {
  /** For each contestant, its seconds in each round; undefined for one that is missing. */
  readonly seconds: readonly (readonly number[] | undefined)[];
}

/** A run of one contestant: the seconds it took, by its own clock. */
export type Contestant = () => Promise<number>;

/** Runs every contestant `warmup` times uncounted, then `count` rounds, in turn and in alternating order. */
export async function rounds(
  contestants: readonly (Contestant | undefined)[],
  { warmup = 2, count = 9 } = {},
): Promise<Rounds> {
  const seconds = contestants.map((c) => (c === undefined ? undefined : ([] as number[])));
  for (let round = -warmup; round < count; round++) {
    const order = contestants.map((_, i) => i);
    if (round % 2 !== 0) order.reverse();
    for (const i of order) {
      const taken = await contestants[i]?.();
      if (taken !== undefined && round >= 0) seconds[i]!.push(taken);
    }
  }
  return { seconds };
}

/** Median, and the quartiles as spread. */
export interface Summary {
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

export function summary(values: readonly number[]): Summary {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (fraction: number): number => {
    const position = fraction * (sorted.length - 1);
    const below = Math.floor(position);
    const above = Math.min(below + 1, sorted.length - 1);
    return sorted[below]! + (position - below) * (sorted[above]! - sorted[below]!);
  };
  return { low: at(0.25), median: at(0.5), high: at(0.75) };
}

/** How many times faster the first is than the second, round by round. */
export function speedup(first: readonly number[], second: readonly number[]): Summary {
  return summary(first.map((seconds, i) => second[i]! / seconds));
}

/** `1.23 (1.20-1.31)` */
export function text({ low, median, high }: Summary, digits = 2): string {
  return `${median.toFixed(digits)} (${low.toFixed(digits)}-${high.toFixed(digits)})`;
}
