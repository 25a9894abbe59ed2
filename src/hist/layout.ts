/** Cells of a histogram: row-major in axis order, each axis with its flow cells. */
import { CortadoError } from "../errors.ts";
import {
  type AnyCategoryAxis,
  type Axis,
  binCount,
  cellCount,
  firstBin,
  isCategorical,
  type NumericAxis,
} from "./axis.ts";

/** A histogram may have this many cells: 1 GiB with one number in each. */
const mostCells = 2 ** 27;

/** Number of cells of a histogram with these axes; 1 without axes. */
export function totalCells(axes: readonly Axis[]): number {
  return axes.reduce((product, axis) => product * cellCount(axis), 1);
}

/** @throws UsageError for axes that would have more cells than a histogram may have. */
export function requireCells(axes: readonly Axis[]): void {
  const cells = totalCells(axes);
  if (cells <= mostCells) return;
  const message = `A histogram of ${axes.map(cellCount).join(" x ")} cells is too large: it may have ${mostCells}.`;
  throw new CortadoError("UsageError", message, { code: "BadArgument" });
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
  const shift = isCategorical(from) ? 0 : binsBelow(from, to as NumericAxis);
  return Int32Array.from({ length: cellCount(from) }, (_, cell) => {
    if (cell < first) return 0;
    if (cell >= first + bins) return firstBin(to) + binCount(to);
    return firstBin(to) + (isCategorical(from) ? categoryIndex(from, to, cell) : cell - first + shift);
  });
}

/** How many bins a grown axis has below the ones that it had. */
function binsBelow(from: NumericAxis, to: NumericAxis): number {
  if (from.edges.length === to.edges.length) return 0;
  if (to.kind === "integer") return from.edges[0]! - to.edges[0]!;
  if (to.kind === "variable") return to.edges.indexOf(from.edges[0]!);
  const width = (to.edges[to.bins]! - to.edges[0]!) / to.bins;
  return Math.round((from.edges[0]! - to.edges[0]!) / width);
}

function categoryIndex(from: AnyCategoryAxis, to: Axis, bin: number): number {
  return (to as AnyCategoryAxis).categories.indexOf(from.categories[bin] as never);
}

/**
 * Every choice of one entry from each list, the last list running fastest, as a sum of entry times stride; -1 where an
 * entry is -1.
 */
export function combine(lists: readonly Int32Array[], stride: readonly number[]): Int32Array {
  let cells = Int32Array.of(0);
  lists.forEach((list, axis) => {
    const next = new Int32Array(cells.length * list.length);
    let k = 0;
    for (const cell of cells)
      for (const entry of list) next[k++] = cell < 0 || entry < 0 ? -1 : cell + entry * stride[axis]!;
    cells = next;
  });
  return cells;
}
