import { type AxisText, axisText, badAxis, type FlowOptions, flowBins } from "./axis-options.ts";

/** `bins` bins of equal width from `start` to `stop`; `start > stop` is allowed. */
export interface RegularAxis extends AxisText {
  readonly kind: "regular";
  readonly bins: number;
  readonly start: number;
  readonly stop: number;
  readonly underflow: boolean;
  readonly overflow: boolean;
  /** `bins + 1` edges; edge `i` is `(1 - i/bins) start + (i/bins) stop`, so an inner edge may be -2e-16 and not 0. */
  readonly edges: Float64Array;
}

/** @throws UsageError for a number of bins that is not a positive integer, or an empty or infinite range. */
export function regular(bins: number, start: number, stop: number, options: FlowOptions = {}): RegularAxis {
  if (!Number.isInteger(bins) || bins < 1) throw badAxis(`A regular axis needs at least one bin, not ${bins}.`);
  if (!Number.isFinite(start) || !Number.isFinite(stop) || start === stop)
    throw badAxis(`A regular axis cannot go from ${start} to ${stop}.`);
  const edges = Float64Array.from({ length: bins + 1 }, (_, i) => (1 - i / bins) * start + (i / bins) * stop);
  return { kind: "regular", ...axisText(options), bins, start, stop, ...flowBins(options), edges };
}

/**
 * Cells of `count` values on this axis, flow cells included; -1 where a value has none. By arithmetic, never by
 * comparing with the edges: `z = (x - start) / (stop - start)`, bin `floor(z bins)`; `z < 0` is underflow, `z >= 1` and
 * NaN are overflow. Without overflow the upper edge itself (`z = 1`) belongs to the last bin.
 */
export function regularCells(axis: RegularAxis, values: Float64Array, count: number, cells: Int32Array): void {
  const { bins, start } = axis;
  const width = axis.stop - start;
  const first = axis.underflow ? 1 : 0;
  const under = axis.underflow ? 0 : -1;
  const over = axis.overflow ? first + bins : -1;
  const edge = axis.overflow ? over : first + bins - 1;
  for (let i = 0; i < count; i++) {
    const z = (values[i]! - start) / width;
    if (z < 1) cells[i] = z >= 0 ? first + ((z * bins) | 0) : under;
    else cells[i] = z === 1 ? edge : over;
  }
}
