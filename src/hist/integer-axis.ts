import { type AxisEnds, type AxisText, axisEnds, axisText, badArgument, type NumericOptions } from "./axis-options.ts";

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
 * Cells of `count` values on this axis, flow cells included; -1 where a value has none. The bin of integer `k` holds
 * `k <= x < k + 1`; NaN is overflow; without overflow `stop` has no cell. A circular axis moves values by whole turns.
 */
export function integerCells(axis: IntegerAxis, values: Float64Array, count: number, cells: Int32Array): void {
  const { start, stop, bins, circular } = axis;
  const first = axis.underflow ? 1 : 0;
  const under = axis.underflow ? 0 : -1;
  const over = axis.overflow ? first + bins : -1;
  for (let i = 0; i < count; i++) {
    const k = Math.floor(values[i]!);
    const x = circular ? k - Math.floor((k - start) / bins) * bins : k;
    if (x < stop) cells[i] = x >= start ? first + x - start : under;
    else cells[i] = over;
  }
}
