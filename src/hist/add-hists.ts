import { CortadoError } from "../errors.ts";
import {
  type AnyCategoryAxis,
  type Axis,
  addable,
  axisTitle,
  closeEdges,
  describeAxis,
  isCategorical,
} from "./axis.ts";
import type { HistData } from "./hist-data.ts";
import { integer } from "./integer-axis.ts";
import { cellMap, totalCells } from "./layout.ts";
import { addMoved, emptyStorage } from "./storage.ts";
import type { VariableAxis } from "./variable-axis.ts";

/**
 * The sum of two histograms, cell by cell, as new data. Axes must agree in kind, name, label and bins; the sum has
 * the flow bins of both. Growing axes of categories and of integers are united: the categories of `a`, then the new ones
 * of `b`; all integers from the lowest to the highest. Other growing axes must have grown alike.
 *
 * @throws MergeError: `AxisMismatch` naming the axis and both ranges, `StorageMismatch`.
 */
export function addHists(a: HistData, b: HistData): HistData {
  const axes = unitedAxes(a, b);
  if (a.storage.kind !== b.storage.kind)
    throw new CortadoError("MergeError", `Storages ${a.storage.kind} and ${b.storage.kind} do not add.`, {
      code: "StorageMismatch",
      path: [],
    });
  const storage = emptyStorage(a.storage.kind, totalCells(axes));
  for (const hist of [a, b]) addMoved(storage, hist.storage, cellMap(hist.axes, axes));
  return { ...a, axes, storage };
}

/**
 * The axes of a sum.
 *
 * @throws MergeError (`AxisMismatch`) naming the axis and both ranges.
 */
export function unitedAxes(a: HistData, b: HistData): readonly Axis[] {
  if (a.axes.length !== b.axes.length)
    throw mismatch(`Histograms with ${a.axes.length} and ${b.axes.length} axes do not add.`);
  return a.axes.map((left, i) => {
    const right = b.axes[i]!;
    if (!addable(left, right)) throw mismatch(whyNot(left, right, i));
    return united(left, right);
  });
}

function united(left: Axis, right: Axis): Axis {
  const overflow = left.overflow || right.overflow;
  if (isCategorical(left)) {
    const known = new Set<string | number>(left.categories);
    for (const c of (right as AnyCategoryAxis).categories) known.add(c);
    return { ...left, categories: [...known], overflow } as AnyCategoryAxis;
  }
  const other = right as typeof left;
  if (left.kind === "integer" && left.growth)
    return integer(Math.min(left.edges[0]!, other.edges[0]!), Math.max(left.edges.at(-1)!, other.edges.at(-1)!), left);
  return { ...left, underflow: left.underflow || other.underflow, overflow };
}

function whyNot(left: Axis, right: Axis, position: number): string {
  const title = axisTitle(left, position);
  if (left.name !== right.name) return `Axes not mergeable: ${title} and ${axisTitle(right, position)}.`;
  if (addable(left, { ...right, label: left.label }))
    return `Axes not mergeable: ${title} has the labels "${left.label}" and "${right.label}".`;
  if (left.kind === "variable" && right.kind === "variable" && sameEnds(left, right))
    return whichEdge(left, right, title);
  const [a, b] = [describeAxis(left), describeAxis(right)];
  const grown = left.growth && right.growth ? " They grew differently: give such an axis its range." : "";
  return `Axes not mergeable: ${title} is ${a} and ${b}.${grown}`;
}

const sameEnds = (a: VariableAxis, b: VariableAxis): boolean => a.circular === b.circular && a.growth === b.growth;

function whichEdge(left: VariableAxis, right: VariableAxis, title: string): string {
  const grown = left.growth ? " They grew differently: give such an axis its range." : "";
  if (left.bins !== right.bins) return `Axes not mergeable: ${title} has ${left.bins} and ${right.bins} bins.${grown}`;
  const edge = left.edges.findIndex((own, i) => own !== right.edges[i] && !closeEdges([own], [right.edges[i]!]));
  return `Axes not mergeable: edge ${edge} of ${title} is ${left.edges[edge]} and ${right.edges[edge]}.${grown}`;
}

function mismatch(message: string): CortadoError {
  return new CortadoError("MergeError", message, { code: "AxisMismatch", path: [] });
}
