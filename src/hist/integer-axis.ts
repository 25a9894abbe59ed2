import { type AxisText, axisText, badAxis, type FlowOptions, flowBins } from "./axis-options.ts";

/** One bin for each integer from `start` to `stop - 1`. */
export interface IntegerAxis extends AxisText {
  readonly kind: "integer";
  readonly bins: number;
  readonly start: number;
  readonly stop: number;
  readonly underflow: boolean;
  readonly overflow: boolean;
  /** `bins + 1` edges: the integers from `start` to `stop`. */
  readonly edges: Float64Array;
}

/** @throws UsageError unless `start` and `stop` are integers with `start < stop`. */
export function integer(start: number, stop: number, options: FlowOptions = {}): IntegerAxis {
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(stop) || start >= stop)
    throw badAxis(`An integer axis cannot go from ${start} to ${stop}.`);
  const edges = Float64Array.from({ length: stop - start + 1 }, (_, i) => start + i);
  return { kind: "integer", ...axisText(options), bins: stop - start, start, stop, ...flowBins(options), edges };
}

/**
 * Cells of `count` values on this axis, flow cells included; -1 where a value has none. The bin of integer `k` holds
 * `k <= x < k + 1`; NaN is overflow; without overflow `stop` has no cell.
 */
export function integerCells(axis: IntegerAxis, values: Float64Array, count: number, cells: Int32Array): void {
  const { start, stop, bins } = axis;
  const first = axis.underflow ? 1 : 0;
  const under = axis.underflow ? 0 : -1;
  const over = axis.overflow ? first + bins : -1;
  for (let i = 0; i < count; i++) {
    const x = values[i]!;
    if (x < stop) cells[i] = x >= start ? first + Math.floor(x) - start : under;
    else cells[i] = over;
  }
}
