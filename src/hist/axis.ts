/** What an axis is, whichever its kind: cells, their number, equality. The kinds are in files of their own. */
import { endsText } from "./axis-options.ts";
import { type BooleanAxis, boolean, booleanRule } from "./boolean-axis.ts";
import { type CategoryAxis, category, type IntCategoryAxis, intCategory } from "./category-axis.ts";
import type { CellRule } from "./cell-rule.ts";
import { type IntegerAxis, integer, integerRule } from "./integer-axis.ts";
import { type RegularAxis, regular, regularRule, regularValue } from "./regular-axis.ts";
import { sameTransform, transformText } from "./transform.ts";
import { type VariableAxis, variable, variableRule } from "./variable-axis.ts";

export type NumericAxis = RegularAxis | VariableAxis | IntegerAxis | BooleanAxis;
export type AnyCategoryAxis = CategoryAxis | IntCategoryAxis;
export type Axis = NumericAxis | AnyCategoryAxis;

/** Makes axes: `axis.regular(50, 0, 100, { name: "MET", label: "MET [GeV]" })`, `axis.category("dataset")`. */
export const axis: {
  readonly regular: typeof regular;
  readonly variable: typeof variable;
  readonly integer: typeof integer;
  readonly boolean: typeof boolean;
  readonly category: typeof category;
  readonly intCategory: typeof intCategory;
} = { regular, variable, integer, boolean, category, intCategory };

export function isCategorical(axis: Axis): axis is AnyCategoryAxis {
  return axis.kind === "category" || axis.kind === "intCategory";
}

/** Number of bins, without flow. */
export function binCount(axis: Axis): number {
  return isCategorical(axis) ? axis.categories.length : axis.bins;
}

/** Number of cells before the first bin: 1 if there is an underflow bin. */
export function firstBin(axis: Axis): number {
  return !isCategorical(axis) && axis.underflow ? 1 : 0;
}

/** Number of cells: underflow, bins, overflow, as far as the axis has them. */
export function cellCount(axis: Axis): number {
  return firstBin(axis) + binCount(axis) + (axis.overflow ? 1 : 0);
}

/**
 * How values find their cell on a numeric axis, flow cells included. `many` says that there are enough values for tables
 * that make each one faster. On a boolean axis values are 0 and 1 only.
 */
export function axisRule(axis: NumericAxis, many: boolean): CellRule {
  if (axis.kind === "regular") return regularRule(axis);
  if (axis.kind === "variable") return variableRule(axis, many);
  return axis.kind === "integer" ? integerRule(axis) : booleanRule;
}

/** Middles of the bins of a numeric axis, `bins` numbers; for a regular axis by the formula of its edges. */
export function centers(axis: NumericAxis): Float64Array {
  if (axis.kind === "regular") return Float64Array.from({ length: axis.bins }, (_, i) => regularValue(axis, i + 0.5));
  return Float64Array.from({ length: axis.bins }, (_, i) => 0.5 * (axis.edges[i]! + axis.edges[i + 1]!));
}

/** Widths of the bins of a numeric axis, `bins` numbers; negative where the axis runs downwards. */
export function widths(axis: NumericAxis): Float64Array {
  return Float64Array.from({ length: axis.bins }, (_, i) => axis.edges[i + 1]! - axis.edges[i]!);
}

/** What an axis is called in a message: its name, or its position where it has none. */
export function axisTitle(axis: Axis, position: number): string {
  return axis.name === "" ? `axis ${position}` : `axis "${axis.name}"`;
}

/** Kind and range in words: `regular(50, 0, 100)`, `category("ttbar", "wjets", growing)`. */
export function describeAxis(axis: Axis): string {
  switch (axis.kind) {
    case "regular": {
      const scale = axis.transform === undefined ? "" : `, ${transformText(axis.transform)}`;
      return `regular(${axis.bins}, ${axis.start}, ${axis.stop}${scale}${endsText(axis)})`;
    }
    case "variable":
      return `variable(${axis.edges.join(", ")}${endsText(axis)})`;
    case "integer":
      return `integer(${axis.start}, ${axis.stop}${endsText(axis)})`;
    case "boolean":
      return "boolean()";
    case "category":
    case "intCategory": {
      const words = axis.categories.map((c) => JSON.stringify(c));
      return `${axis.kind}(${[...words, ...(axis.growth ? ["growing"] : [])].join(", ")})`;
    }
  }
}

/**
 * True if bins and text agree, edges up to rounding: other programs compute them in another order. Flow bins may differ,
 * and the bins of growing axes of categories or integers.
 */
export function addable(a: Axis, b: Axis): boolean {
  if (a.kind !== b.kind || a.name !== b.name || a.label !== b.label || a.growth !== b.growth) return false;
  if (isCategorical(a)) return a.growth || sameItems(a.categories, (b as AnyCategoryAxis).categories);
  const right = b as NumericAxis;
  if (a.circular !== right.circular) return false;
  if (a.kind === "regular" && !sameTransform(a.transform, (right as RegularAxis).transform)) return false;
  return (a.kind === "integer" && a.growth) || closeEdges(a.edges, right.edges);
}

/** True if the axes are the same in everything, edges up to rounding. */
export function sameAxis(a: Axis, b: Axis): boolean {
  if (!addable(a, b) || a.overflow !== b.overflow || firstBin(a) !== firstBin(b)) return false;
  if (isCategorical(a)) return sameItems(a.categories, (b as AnyCategoryAxis).categories);
  return closeEdges(a.edges, (b as NumericAxis).edges);
}

/** True if edges agree to 1e-13 of the largest. */
export function closeEdges(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i]!), Math.abs(b[i]!));
  for (let i = 0; i < a.length; i++) if (!(Math.abs(a[i]! - b[i]!) <= 1e-13 * largest)) return false;
  return true;
}

function sameItems(a: ArrayLike<unknown>, b: ArrayLike<unknown>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
