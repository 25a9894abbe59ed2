import { type Axis, axisTitle, binCount, cellCount, centers, firstBin, isCategorical } from "./axis.ts";
import { badArgument } from "./axis-options.ts";
import { axisPosition } from "./axis-position.ts";
import { cellVariances } from "./contents.ts";
import type { HistData } from "./hist-data.ts";
import { combine, strides, totalCells } from "./layout.ts";
import type { MeanStorage } from "./mean-storage.ts";
import { emptyStorage, holdsMeans, type NanWeights } from "./storage.ts";

/**
 * The mean along one axis as a histogram over the others, with `mean` storage; every bin stands for its centre x, flow
 * cells are left out. With the weights w of the bins and their variances v, n = Σw and m = Σwx/n, the sample variance is
 * (Σvx² − m² Σv) / n, as Python's `hist` has it. Cost: one pass over the bins.
 *
 * @throws UsageError for an axis of categories, or a histogram of means.
 */
export function profile(hist: HistData, name: string | number): HistData {
  const along = axisPosition(hist.axes, name);
  const axis = hist.axes[along]!;
  if (isCategorical(axis)) throw badArgument(`There is no mean along ${axisTitle(axis, along)}: it has categories.`);
  if (holdsMeans(hist.storage))
    throw badArgument(`A profile is made of counts or weights, not of a ${hist.storage.kind} storage.`);
  const { values } = hist.storage;
  const variances = cellVariances(hist.storage) ?? values;
  const axes = hist.axes.filter((_, i) => i !== along);
  const cells = totalCells(axes);
  const [counts, sums, squares, errors] = [0, 0, 0, 0].map(() => new Float64Array(cells)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const target = targetCells(hist.axes, along);
  const center = centerOfCell(hist.axes, along, centers(axis));
  for (const [cell, into] of target.entries()) {
    if (into < 0) continue;
    const x = center(cell);
    counts[into]! += values[cell]!;
    sums[into]! += values[cell]! * x;
    squares[into]! += variances[cell]! * x * x;
    errors[into]! += variances[cell]!;
  }
  const storage = emptyStorage("mean", cells) as MeanStorage & NanWeights;
  for (const [cell, count] of counts.entries()) {
    if (count === 0) continue;
    const mean = sums[cell]! / count;
    storage.counts[cell] = count;
    storage.values[cell] = mean;
    storage.deltas[cell] = ((squares[cell]! - errors[cell]! * mean * mean) / count) * (count - 1);
  }
  if (hist.storage.nanWeights !== undefined) storage.nanWeights = hist.storage.nanWeights;
  return { ...hist, axes, storage };
}

/** For each cell the cell of the other axes; -1 for flow cells. */
function targetCells(axes: readonly Axis[], along: number): Int32Array {
  const others = axes.filter((_, i) => i !== along);
  const stride = strides(others);
  stride.splice(along, 0, 0);
  const inner = axes.map((axis) =>
    Int32Array.from({ length: cellCount(axis) }, (_, cell) => (isBin(axis, cell) ? cell : -1)),
  );
  return combine(inner, stride);
}

const isBin = (axis: Axis, cell: number): boolean => cell >= firstBin(axis) && cell < firstBin(axis) + binCount(axis);

function centerOfCell(axes: readonly Axis[], along: number, middles: Float64Array): (cell: number) => number {
  const stride = strides(axes)[along]!;
  const axis = axes[along]!;
  const [size, first] = [cellCount(axis), firstBin(axis)];
  return (cell) => middles[(Math.floor(cell / stride) % size) - first]!;
}
