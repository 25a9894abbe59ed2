import { type AxisEnds, type AxisText, axisEnds, axisText, badArgument, type NumericOptions } from "./axis-options.ts";
import type { CellRule } from "./cell-rule.ts";

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
 * Cells of values on this axis, flow cells included. Bin `i` holds `edges[i] <= x < edges[i+1]`; NaN is overflow. Without
 * overflow the upper edge belongs to the last bin. A circular axis moves values by whole turns first; one that rounding
 * then puts below the first edge has no cell, as in boost-histogram: the float just below the last edge may be such a value.
 * Cost: with a guide, one or two comparisons for most values; without, a binary search.
 */
export function variableRule(axis: VariableAxis, guided: boolean): CellRule {
  const { edges, bins, circular, underflow, overflow } = axis;
  const first = underflow ? 1 : 0;
  const under = underflow ? 0 : -1;
  const over = overflow ? first + bins : -1;
  const top = overflow ? over : first + bins - 1;
  const complete = underflow && overflow;
  const values = { edges, bins, low: edges[0]!, high: edges[bins]!, first, under, over, top };
  const name = `variable ${guided} ${circular} ${complete}`;
  if (!guided) return { name, text: variableText(circular, "let below = 0; let above = bins - 1;"), values, complete };
  const guide = { guide: guideOf(edges), scale: guideScale(edges) };
  return { name, text: variableText(circular, guidedText), values: { ...values, ...guide }, complete };
}

const guidedText = "const part = ((x - low) * scale) | 0; let below = guide[part]; let above = guide[part + 1];";

const variableText = (circular: boolean, range: string): string => `
  ${circular ? "x -= Math.floor((x - low) / (high - low)) * (high - low);" : ""}
  if (x < high) {
    if (x >= low) {
      ${range}
      while (below < above) {
        const middle = (below + above + 1) >> 1;
        if (x >= edges[middle]) below = middle;
        else above = middle - 1;
      }
      cell = first + below;
    } else cell = under;
  } else cell = x === high ? top : over;`;

/** Parts of equal width for each bin. */
const partsPerBin = 8;
const guides = new WeakMap<Float64Array, Int32Array>();

const guideScale = (edges: Float64Array): number =>
  (partsPerBin * (edges.length - 1)) / (edges[edges.length - 1]! - edges[0]!);

/**
 * For each part of the range the bin of its beginning; the next entry is the bin of its end. A value and an edge are compared
 * by the number of their part first, which rounds alike for both.
 */
function guideOf(edges: Float64Array): Int32Array {
  let guide = guides.get(edges);
  if (guide !== undefined) return guide;
  const bins = edges.length - 1;
  const scale = guideScale(edges);
  guide = new Int32Array(partsPerBin * bins + 3);
  let bin = 0;
  for (let part = 0; part < guide.length; part++) {
    while (bin < bins - 1 && (((edges[bin + 1]! - edges[0]!) * scale) | 0) < part) bin++;
    guide[part] = bin;
  }
  guides.set(edges, guide);
  return guide;
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
