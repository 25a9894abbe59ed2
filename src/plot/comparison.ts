/** Two histograms compared bin by bin, for the panel below them. */
import { clopperPearsonInterval } from "../hist/index.ts";
import { misuse } from "./misuse.ts";

/**
 * - `ratio`: a / b, with the errors of both
 * - `split_ratio`: a / b with the errors of a alone; those of b are a band around 1
 * - `pull`: (a − b) over the errors of both
 * - `difference`: a − b, `relative_difference`: (a − b) / b, `asymmetry`: (a − b) / (a + b), with the errors of both
 * - `efficiency`: a / b where a counts a part of b (Clopper-Pearson)
 */
export type ComparisonKind =
  | "ratio"
  | "split_ratio"
  | "pull"
  | "difference"
  | "relative_difference"
  | "efficiency"
  | "asymmetry";

/** Heights of the bins of one side, and the ends of their errors where they are known. */
export interface Side {
  readonly values: readonly number[];
  readonly low?: readonly number[] | undefined;
  readonly high?: readonly number[] | undefined;
}

/** NaN where there is nothing to compare: a denominator of 0. */
export interface Compared {
  readonly values: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** The errors of b around the reference; of `split_ratio` only. */
  readonly band?: { readonly low: readonly number[]; readonly high: readonly number[] } | undefined;
}

export const comparisonKinds: readonly ComparisonKind[] = [
  "ratio",
  "split_ratio",
  "pull",
  "difference",
  "relative_difference",
  "efficiency",
  "asymmetry",
];

/**
 * Compares `a` with `b`. Errors are propagated to first order, below and above apart, a and b being independent; where they
 * are not known, values stand alone. `who` names both in messages.
 *
 * @throws UsageError for an unknown kind, a pull without errors, and an efficiency that is not one of counts.
 */
export function compare(kind: ComparisonKind, a: Side, b: Side, who: readonly [string, string]): Compared {
  const none = a.values.map(() => Number.NaN);
  const [la, ha, lb, hb] = [below(a) ?? none, above(a) ?? none, below(b) ?? none, above(b) ?? none];
  const each = (value: (a: number, b: number) => number): number[] =>
    a.values.map((v, i) => finite(value(v, b.values[i]!)));
  /** Ends of errors: `fa` and `fb` are the derivatives after a and b, in absolute value. */
  const ends = (
    values: readonly number[],
    fa: (a: number, b: number) => number,
    fb: (a: number, b: number) => number,
    opposed = true,
  ): Compared => {
    const error = (ea: readonly number[], eb: readonly number[], i: number): number => {
      const [x, y] = [a.values[i]!, b.values[i]!];
      return finite(Math.hypot(fa(x, y) * ea[i]!, fb(x, y) * eb[i]!));
    };
    return {
      values,
      low: values.map((v, i) => v - error(la, opposed ? hb : lb, i)),
      high: values.map((v, i) => v + error(ha, opposed ? lb : hb, i)),
    };
  };
  const one = (): number => 1;
  const overB = (_: number, y: number): number => 1 / Math.abs(y);
  switch (kind) {
    case "ratio":
      return ends(
        each((x, y) => x / y),
        overB,
        (x, y) => Math.abs(x) / y ** 2,
      );
    case "split_ratio": {
      const low = each((_, y) => 1 / Math.abs(y)).map((f, i) => f * la[i]!);
      const high = each((_, y) => 1 / Math.abs(y)).map((f, i) => f * ha[i]!);
      const values = each((x, y) => x / y);
      const around = (error: readonly number[], sign: number): number[] =>
        b.values.map((y, i) => finite(1 + (sign * error[i]!) / Math.abs(y)));
      const band = b.low === undefined ? undefined : { low: around(lb, -1), high: around(hb, 1) };
      return { values, low: values.map((v, i) => v - low[i]!), high: values.map((v, i) => v + high[i]!), band };
    }
    case "pull": {
      for (const [i, side] of [a, b].entries())
        if (side.low === undefined)
          throw misuse(`A pull needs the variances of both histograms; ${who[i]} does not know its own.`);
      const values = a.values.map((x, i) => {
        const y = b.values[i]!;
        return finite((x - y) / (x >= y ? Math.hypot(la[i]!, hb[i]!) : Math.hypot(ha[i]!, lb[i]!)));
      });
      return { values, low: values.map((v) => v - 1), high: values.map((v) => v + 1) };
    }
    case "difference":
      return ends(
        each((x, y) => x - y),
        one,
        one,
      );
    case "relative_difference":
      return ends(
        each((x, y) => (x - y) / y),
        overB,
        (x, y) => Math.abs(x) / y ** 2,
      );
    case "asymmetry":
      return ends(
        each((x, y) => (x - y) / (x + y)),
        (x, y) => (2 * Math.abs(y)) / (x + y) ** 2,
        (x, y) => (2 * Math.abs(x)) / (x + y) ** 2,
      );
    case "efficiency":
      return efficiencyOf(a.values, b.values, who);
    default:
      throw misuse(`There is no comparison ${JSON.stringify(kind)}: there are ${comparisonKinds.join(", ")} and none.`);
  }
}

/** Shares of `b` that passed, with Clopper-Pearson intervals. Throws UsageError for anything but counts, a within b. */
export function efficiencyOf(a: readonly number[], b: readonly number[], who: readonly [string, string]): Compared {
  const intervals = a.map((passed, i) => {
    const total = b[i]!;
    if (!Number.isInteger(passed) || !Number.isInteger(total))
      throw misuse(
        `An efficiency is of counts: bin ${i} of ${Number.isInteger(passed) ? who[1] : who[0]} holds ${Number.isInteger(passed) ? total : passed}.`,
      );
    if (passed > total || passed < 0)
      throw misuse(
        `Bin ${i}: ${passed} of ${who[0]} are not a part of ${total} of ${who[1]}, so there is no efficiency.`,
      );
    const nothing = { low: Number.NaN, high: Number.NaN };
    return total === 0 ? nothing : clopperPearsonInterval(passed, total);
  });
  return {
    values: a.map((passed, i) => (b[i] === 0 ? Number.NaN : passed / b[i]!)),
    low: intervals.map((interval) => interval.low),
    high: intervals.map((interval) => interval.high),
  };
}

const finite = (value: number): number => (Number.isFinite(value) ? value : Number.NaN);
const below = ({ values, low }: Side): number[] | undefined => low?.map((end, i) => values[i]! - end);
const above = ({ values, high }: Side): number[] | undefined => high?.map((end, i) => end - values[i]!);
