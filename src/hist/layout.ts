/** Cells of a histogram: row-major in axis order, each axis with its flow cells. */
import { type AnyCategoryAxis, type Axis, binCount, cellCount, firstBin, isCategorical } from "./axis.ts";

/** Number of cells of a histogram with these axes; 1 without axes. */
export function totalCells(axes: readonly Axis[]): number {
  return axes.reduce((product, axis) => product * cellCount(axis), 1);
}

/** How far apart neighbouring cells of each axis lie; the last axis has 1. */
export function strides(axes: readonly Axis[]): number[] {
  const found = axes.map(() => 1);
  for (let i = axes.length - 2; i >= 0; i--) found[i] = found[i + 1]! * cellCount(axes[i + 1]!);
  return found;
}

/** The cells that are bins on every axis, row-major: what remains without flow. */
export function innerCells(axes: readonly Axis[]): Int32Array {
  const picked = axes.map((axis) => Int32Array.from({ length: binCount(axis) }, (_, i) => firstBin(axis) + i));
  return combine(picked, strides(axes));
}

/**
 * For each cell of `from` its cell of `to`. Axis by axis `to` has at least the bins, categories and flow bins of `from`.
 */
export function cellMap(from: readonly Axis[], to: readonly Axis[]): Int32Array {
  const maps = from.map((axis, i) => axisMap(axis, to[i]!));
  return combine(maps, strides(to));
}

function axisMap(from: Axis, to: Axis): Int32Array {
  const first = firstBin(from);
  const bins = binCount(from);
  return Int32Array.from({ length: cellCount(from) }, (_, cell) => {
    if (cell < first) return 0;
    if (cell >= first + bins) return firstBin(to) + binCount(to);
    return firstBin(to) + (isCategorical(from) ? categoryIndex(from, to, cell) : cell - first);
  });
}

function categoryIndex(from: AnyCategoryAxis, to: Axis, bin: number): number {
  return (to as AnyCategoryAxis).categories.indexOf(from.categories[bin] as never);
}

/** Every choice of one entry from each list, the last list running fastest, as a sum of entry times stride. */
function combine(lists: readonly Int32Array[], stride: readonly number[]): Int32Array {
  let cells = Int32Array.of(0);
  lists.forEach((list, axis) => {
    const next = new Int32Array(cells.length * list.length);
    let k = 0;
    for (const cell of cells) for (const entry of list) next[k++] = cell + entry * stride[axis]!;
    cells = next;
  });
  return cells;
}
