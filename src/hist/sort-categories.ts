import { axisTitle, isCategorical } from "./axis.ts";
import { badArgument } from "./axis-options.ts";
import { axisPosition } from "./axis-position.ts";
import { pickMove } from "./cut-axis.ts";
import type { HistData } from "./hist-data.ts";
import { titled } from "./place.ts";
import { reshape, unmoved } from "./reshape.ts";

export interface SortOptions {
  /** Largest first. */
  readonly reverse?: boolean;
}

/**
 * The same with the categories of one axis in order: strings by their code units, integers by value.
 *
 * @throws UsageError for an axis without categories.
 */
export function sortCategories(hist: HistData, name: string | number, options: SortOptions = {}): HistData {
  const position = axisPosition(hist.axes, name);
  const axis = hist.axes[position]!;
  if (!isCategorical(axis))
    throw badArgument(`There is nothing to sort on ${axisTitle(axis, position)}: it has no categories.`);
  const { categories } = axis;
  const order = categories.map((_, i) => i).sort((a, b) => (categories[a]! < categories[b]! ? -1 : 1));
  if (options.reverse === true) order.reverse();
  const move = order.length === 0 ? unmoved(axis) : pickMove(titled(axis, position), order);
  const moves = hist.axes.map((other, i) => (i === position ? move : unmoved(other)));
  return reshape(
    hist,
    moves,
    hist.axes.map((_, i) => i),
  );
}
