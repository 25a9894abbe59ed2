/** What `at`, `project` and `sort` have in common: each cell goes to a cell of the new axes, or nowhere. */
import { type Axis, cellCount } from "./axis.ts";
import type { HistData } from "./hist-data.ts";
import { combine, strides, totalCells } from "./layout.ts";
import { moveStorage } from "./storage.ts";

/** What becomes of one axis. */
export interface Move {
  /** The new axis; undefined where it is gone. */
  readonly axis: Axis | undefined;
  /** For each cell of the old axis its cell of the new one, 0 where it is gone; -1 drops it. */
  readonly cells: Int32Array;
}

/** An axis that stays as it is. */
export function unmoved(axis: Axis): Move {
  return { axis, cells: Int32Array.from({ length: cellCount(axis) }, (_, cell) => cell) };
}

/** An axis that is summed over, with its flow bins. */
export function summed(axis: Axis): Move {
  return { axis: undefined, cells: new Int32Array(cellCount(axis)) };
}

/**
 * A new histogram: `moves` says for each axis what becomes of it, `order` in which order the ones that remain follow
 * each other, by their old positions. Cost: one pass over the cells.
 */
export function reshape(hist: HistData, moves: readonly Move[], order: readonly number[]): HistData {
  const axes = order.map((i) => moves[i]!.axis!);
  const stride = new Array<number>(moves.length).fill(0);
  for (const [i, step] of strides(axes).entries()) stride[order[i]!] = step;
  const map = combine(
    moves.map(({ cells }) => cells),
    stride,
  );
  return { ...hist, axes, storage: moveStorage(hist.storage, totalCells(axes), map) };
}
