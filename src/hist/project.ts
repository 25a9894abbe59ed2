import { badArgument } from "./axis-options.ts";
import { axisPosition } from "./axis-position.ts";
import type { HistData } from "./hist-data.ts";
import { reshape, summed, unmoved } from "./reshape.ts";

/**
 * The histogram over the named axes alone, in that order; the others are summed over, flow bins included. Without any
 * name everything ends in one cell.
 *
 * @throws UsageError for an axis that does not exist or is named twice.
 */
export function project(hist: HistData, names: readonly (string | number)[]): HistData {
  const order = names.map((name) => axisPosition(hist.axes, name));
  const twice = names.find((_, i) => order.indexOf(order[i]!) !== i);
  if (twice !== undefined) throw badArgument(`Axis ${JSON.stringify(twice)} is named twice.`);
  const moves = hist.axes.map((axis, i) => (order.includes(i) ? unmoved(axis) : summed(axis)));
  return reshape(hist, moves, order);
}
