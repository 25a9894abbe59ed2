/** What an axis is, whichever its kind: cells, their number, equality. The kinds are in files of their own. */
import { type CategoryAxis, category, type IntCategoryAxis, intCategory } from "./category-axis.ts";
import { type IntegerAxis, integer } from "./integer-axis.ts";
import { type RegularAxis, regular } from "./regular-axis.ts";
import { type VariableAxis, variable } from "./variable-axis.ts";

export type NumericAxis = RegularAxis | VariableAxis | IntegerAxis;
export type AnyCategoryAxis = CategoryAxis | IntCategoryAxis;
export type Axis = NumericAxis | AnyCategoryAxis;

/** Makes axes: `axis.regular(50, 0, 100, { name: "MET", label: "MET [GeV]" })`, `axis.category("dataset")`. */
export const axis: {
  readonly regular: typeof regular;
  readonly variable: typeof variable;
  readonly integer: typeof integer;
  readonly category: typeof category;
  readonly intCategory: typeof intCategory;
} = { regular, variable, integer, category, intCategory };

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

/** Middles of the bins of a numeric axis, `bins` numbers; for a regular axis by the formula of its edges. */
export function centers(axis: NumericAxis): Float64Array {
  if (axis.kind === "regular") {
    const { bins, start, stop } = axis;
    return Float64Array.from({ length: bins }, (_, i) => (1 - (i + 0.5) / bins) * start + ((i + 0.5) / bins) * stop);
  }
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
    case "regular":
      return `regular(${axis.bins}, ${axis.start}, ${axis.stop})`;
    case "variable":
      return `variable(${axis.edges.join(", ")})`;
    case "integer":
      return `integer(${axis.start}, ${axis.stop})`;
    case "category":
    case "intCategory": {
      const words = axis.categories.map((c) => JSON.stringify(c));
      return `${axis.kind}(${[...words, ...(axis.growth ? ["growing"] : [])].join(", ")})`;
    }
  }
}

/** True if bins and text agree; flow bins, and the categories of growing axes, may differ. */
export function addable(a: Axis, b: Axis): boolean {
  if (a.kind !== b.kind || a.name !== b.name || a.label !== b.label) return false;
  if (isCategorical(a) || isCategorical(b)) {
    const [left, right] = [a as AnyCategoryAxis, b as AnyCategoryAxis];
    return left.growth === right.growth && (left.growth || sameItems(left.categories, right.categories));
  }
  return sameItems(a.edges, b.edges);
}

function sameItems(a: ArrayLike<unknown>, b: ArrayLike<unknown>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
