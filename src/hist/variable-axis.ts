import { type AxisEnds, type AxisText, axisEnds, axisText, badArgument, type NumericOptions } from "./axis-options.ts";

/** Bins between given edges. */
export interface VariableAxis extends AxisText, AxisEnds {
  readonly kind: "variable";
  readonly bins: number;
  /** `bins + 1` strictly increasing edges. */
  readonly edges: Float64Array;
}

/** @throws UsageError for fewer than two edges, edges that do not increase, or options that exclude each other. */
export function variable(edges: ArrayLike<number>, options: NumericOptions = {}): VariableAxis {
  const own = Float64Array.from(edges);
  if (own.length < 2) throw badArgument(`A variable axis needs at least two edges, not ${own.length}.`);
  for (let i = 0; i < own.length; i++) {
    if (!Number.isFinite(own[i]!)) throw badArgument(`Edge ${i} of a variable axis is ${own[i]}.`);
    if (i > 0 && !(own[i]! > own[i - 1]!))
      throw badArgument(`The edges of a variable axis must increase: edge ${i}, ${own[i]}, follows ${own[i - 1]}.`);
  }
  const ends = axisEnds(options, "continuous");
  return { kind: "variable", ...axisText(options), bins: own.length - 1, ...ends, edges: own };
}

/**
 * Cells of `count` values on this axis, flow cells included; -1 where a value has none. Bin `i` holds
 * `edges[i] <= x < edges[i+1]`; NaN is overflow. Without overflow the upper edge belongs to the last bin. A circular
 * axis moves values by whole turns first; one that rounding then puts below the first edge has no cell, as in
 * boost-histogram: the float just below the last edge may be such a value.
 * Cost: a binary search for each value.
 */
export function variableCells(axis: VariableAxis, values: Float64Array, count: number, cells: Int32Array): void {
  const { edges, bins, circular } = axis;
  const low = edges[0]!;
  const high = edges[bins]!;
  const turn = high - low;
  const first = axis.underflow ? 1 : 0;
  const under = axis.underflow ? 0 : -1;
  const over = axis.overflow ? first + bins : -1;
  const top = axis.overflow ? over : first + bins - 1;
  for (let i = 0; i < count; i++) {
    const given = values[i]!;
    const x = circular ? given - Math.floor((given - low) / turn) * turn : given;
    if (x < high) cells[i] = x >= low ? first + binOf(edges, bins, x) : under;
    else cells[i] = x === high ? top : over;
  }
}

/** The bin of `x`, which lies between the first and the last edge. */
export function binOf(edges: ArrayLike<number>, bins: number, x: number): number {
  let below = 0;
  let above = bins;
  while (above - below > 1) {
    const middle = (below + above) >> 1;
    if (x >= edges[middle]!) below = middle;
    else above = middle;
  }
  return below;
}
