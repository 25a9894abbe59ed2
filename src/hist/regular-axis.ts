import { type AxisEnds, type AxisText, axisEnds, axisText, badArgument, type NumericOptions } from "./axis-options.ts";
import type { CellRule } from "./cell-rule.ts";
import { type AxisTransform, forward, forwardText, inverse, requireTransform } from "./transform.ts";

/** `bins` bins of equal width from `start` to `stop`; `start > stop` is allowed. */
export interface RegularAxis extends AxisText, AxisEnds {
  readonly kind: "regular";
  readonly bins: number;
  readonly start: number;
  readonly stop: number;
  /** The bins have one width in this function of the value. */
  readonly transform?: AxisTransform;
  /** `bins + 1` edges; edge `i` is `(1 - i/bins) start + (i/bins) stop`, so an inner edge may be -2e-16 and not 0. */
  readonly edges: Float64Array;
}

export interface RegularOptions extends NumericOptions {
  readonly transform?: AxisTransform;
}

/**
 * @throws UsageError for a number of bins that is not a positive integer, an empty or infinite range, a range outside
 * of what the transform is defined for, or options that exclude each other.
 */
export function regular(bins: number, start: number, stop: number, options: RegularOptions = {}): RegularAxis {
  const { transform } = options;
  if (!Number.isInteger(bins) || bins < 1) throw badArgument(`A regular axis needs at least one bin, not ${bins}.`);
  if (!Number.isFinite(start) || !Number.isFinite(stop) || start === stop)
    throw badArgument(`A regular axis cannot go from ${start} to ${stop}.`);
  const ends = axisEnds(options, "continuous");
  if (transform !== undefined) requireTransform(transform);
  if (transform !== undefined && !(ends.underflow && ends.overflow && !ends.growth))
    throw badArgument("A regular axis with a transform has both flow bins, is not circular and does not grow.");
  const edges = Float64Array.from({ length: bins + 1 }, (_, i) => place(bins, start, stop, transform, i));
  if (!edges.every(Number.isFinite))
    throw badArgument(`A regular axis in ${JSON.stringify(transform)} cannot go from ${start} to ${stop}.`);
  const scale = transform === undefined ? {} : { transform };
  return { kind: "regular", ...axisText(options), bins, start, stop, ...ends, ...scale, edges };
}

/** The value at bin coordinate `i`, which may lie inside a bin: 0 is the first edge, 0.5 the first centre. */
export function regularValue(axis: RegularAxis, i: number): number {
  return place(axis.bins, axis.start, axis.stop, axis.transform, i);
}

function place(bins: number, start: number, stop: number, transform: AxisTransform | undefined, i: number): number {
  const z = i / bins;
  if (transform === undefined) return (1 - z) * start + z * stop;
  const low = forward(transform, start);
  const high = low + (forward(transform, stop) - low);
  return inverse(transform, (1 - z) * low + z * high);
}

/**
 * Cells of values on this axis, flow cells included. By arithmetic, never by comparing with the edges:
 * `z = (x - start) / (stop - start)`, bin `floor(z bins)`; `z < 0` is underflow, `z >= 1` and NaN are overflow. Without
 * overflow the upper edge itself (`z = 1`) belongs to the last bin. With a transform the same of the transformed values; a
 * circular axis drops the whole turns of `z`, and a `z` that rounding then made 1 is the beginning of the next turn.
 */
export function regularRule(axis: RegularAxis): CellRule {
  const { bins, transform, underflow, overflow } = axis;
  const of = (x: number): number => (transform === undefined ? x : forward(transform, x));
  const start = of(axis.start);
  const width = of(axis.stop) - start;
  const first = underflow ? 1 : 0;
  const under = underflow ? 0 : -1;
  const over = overflow ? first + bins : -1;
  if (axis.circular)
    return { name: "circular regular", text: circularText, values: { start, width, bins, over }, complete: overflow };
  const edge = overflow ? over : first + bins - 1;
  const complete = underflow && overflow;
  const values = { start, width, bins, first, under, over, edge };
  if (transform === undefined)
    return { name: `regular ${underflow} ${overflow}`, text: evenText("x", overflow), values, complete };
  const isPower = typeof transform === "object";
  return {
    name: `regular ${isPower ? "pow" : transform}`,
    text: evenText(forwardText(transform), overflow),
    values: { ...values, ...(isPower && { power: transform.pow }) },
    complete,
  };
}

const evenText = (x: string, overflow: boolean): string => `const z = (${x} - start) / width;
  if (z < 1) cell = z >= 0 ? first + ((z * bins) | 0) : under;
  else cell = ${overflow ? "over" : "z === 1 ? edge : over"};`;

const circularText = `const z = (x - start) / width;
  const turn = z - Math.floor(z);
  cell = turn < 1 ? (turn * bins) | 0 : turn === 1 ? 0 : over;`;
