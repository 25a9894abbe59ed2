import { type Axis, binCount, cellCount, firstBin } from "./axis.ts";
import { badArgument } from "./axis-options.ts";
import { axisPosition } from "./axis-position.ts";
import { cutMove, pickMove } from "./cut-axis.ts";
import type { HistData } from "./hist-data.ts";
import { binAt, cellAt, type Titled, titled } from "./place.ts";
import { type Move, reshape, summed, unmoved } from "./reshape.ts";
import { type Choice, loc, type Place, type Range, type Selection } from "./selection.ts";

/**
 * The part of a histogram that a selection leaves. Axes that are not named stay as they are; those at one place or
 * summed over are gone.
 *
 * @throws UsageError for axes, bins, categories or edges that do not exist, and empty ranges.
 */
export function at(hist: HistData, selection: Selection): HistData {
  const choices = byPosition(hist.axes, selection);
  const moves = hist.axes.map((axis, i) => moveOf(titled(axis, i), choices[i]));
  const order = moves.flatMap((move, i) => (move.axis === undefined ? [] : [i]));
  return reshape(hist, moves, order);
}

function byPosition(axes: readonly Axis[], selection: Selection): (Choice | undefined)[] {
  if (isList(selection)) {
    if (selection.length !== axes.length)
      throw badArgument(
        `The histogram has ${axes.length} axes, but ${selection.length} choices are given: one for each axis.`,
      );
    return [...selection];
  }
  const found = new Array<Choice | undefined>(axes.length).fill(undefined);
  for (const [name, choice] of Object.entries(selection)) found[axisPosition(axes, name)] = choice;
  return found;
}

const isList = (selection: Selection): selection is readonly (Choice | undefined)[] => Array.isArray(selection);

function moveOf(on: Titled, choice: Choice | undefined): Move {
  if (choice === undefined) return unmoved(on.axis);
  if (typeof choice === "string" || typeof choice === "boolean") return single(on, loc(choice));
  if (typeof choice === "number" || "place" in choice) return single(on, choice);
  if (isPicks(choice)) return pickMove(on, choice);
  return ranged(on, "start" in choice ? choice : { start: undefined, stop: undefined, action: choice });
}

const isPicks = (choice: object): choice is readonly (string | number)[] => Array.isArray(choice);

function single(on: Titled, place: Place): Move {
  const cells = new Int32Array(cellCount(on.axis)).fill(-1);
  cells[cellAt(on, place)] = 0;
  return { axis: undefined, cells };
}

function ranged(on: Titled, { start, stop, action }: Range): Move {
  const { axis, title } = on;
  const bins = binCount(axis);
  const low = start === undefined ? -1 : clamped(binAt(on, start), typeof start === "number" ? 0 : -1, bins);
  const high = stop === undefined ? bins + 1 : clamped(binAt(on, stop), 0, bins);
  const [begin, end] = [Math.max(low, 0), Math.min(high, bins)];
  if (begin >= end && !isWhole(start, stop))
    throw badArgument(`The range from ${begin} to ${end} of ${title} holds no bins.`);
  if (action === undefined || action.action === "rebin") return cutMove(on, begin, end, action);
  if (action.action !== "sum") throw badArgument(`A range of ${title} ends with rebin(…) or sum.`);
  return rangeSum(on, low, high, begin, end);
}

const isWhole = (start: Place | undefined, stop: Place | undefined): boolean =>
  start === undefined && stop === undefined;

/** The cells between, in one; `low` -1 and `high` beyond the bins include the flow bins. */
function rangeSum({ axis, title }: Titled, low: number, high: number, begin: number, end: number): Move {
  const bins = binCount(axis);
  if (low < 0 && high > bins) return summed(axis);
  if ("circular" in axis && axis.circular && end - begin < bins)
    throw badArgument(`The circular ${title} cannot be cut.`);
  const first = firstBin(axis);
  const cells = new Int32Array(cellCount(axis)).fill(-1);
  cells.fill(0, low < 0 ? 0 : first + begin, high > bins ? cells.length : first + end);
  return { axis: undefined, cells };
}

const clamped = (bin: number, low: number, high: number): number => Math.min(high, Math.max(low, bin));
