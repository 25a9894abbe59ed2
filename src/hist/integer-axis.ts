import { type AxisEnds, type AxisText, axisEnds, axisText, badArgument, type NumericOptions } from "./axis-options.ts";
import type { CellRule } from "./cell-rule.ts";

/** One bin for each integer from `start` to `stop - 1`. */
export interface IntegerAxis extends AxisText, AxisEnds {
  readonly kind: "integer";
  readonly bins: number;
  readonly start: number;
  readonly stop: number;
  /** `bins + 1` edges: the integers from `start` to `stop`. */
  readonly edges: Float64Array;
}

/** @throws UsageError unless `start < stop` are integers, and for options that exclude each other. */
export function integer(start: number, stop: number, options: NumericOptions = {}): IntegerAxis {
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(stop) || start >= stop)
    throw badArgument(`An integer axis cannot go from ${start} to ${stop}.`);
  const edges = Float64Array.from({ length: stop - start + 1 }, (_, i) => start + i);
  const ends = axisEnds(options, "integers");
  return { kind: "integer", ...axisText(options), bins: stop - start, start, stop, ...ends, edges };
}

/**
 * Cells of values on this axis, flow cells included. The bin of integer `k` holds `k <= x < k + 1`; NaN is overflow; without
 * overflow `stop` has no cell. A circular axis moves values by whole turns.
 */
export function integerRule(axis: IntegerAxis): CellRule {
  const { start, stop, bins, circular, underflow, overflow } = axis;
  const first = underflow ? 1 : 0;
  const under = underflow ? 0 : -1;
  const over = overflow ? first + bins : -1;
  const complete = underflow && overflow;
  const values = { start, stop, bins, first, under, over };
  return { name: `integer ${circular} ${complete}`, text: integerText(circular), values, complete };
}

const integerText = (circular: boolean): string => `x = Math.floor(x);
  ${circular ? "x -= Math.floor((x - start) / bins) * bins;" : ""}
  if (x < stop) cell = x >= start ? (first + x - start) | 0 : under;
  else cell = over;`;
