/** Axes with fewer bins: a range of them, several as one, some categories. */
import {
  type AnyCategoryAxis,
  type Axis,
  binCount,
  cellCount,
  firstBin,
  isCategorical,
  type NumericAxis,
} from "./axis.ts";
import { badArgument } from "./axis-options.ts";
import { integer } from "./integer-axis.ts";
import { categoryAt, type Titled } from "./place.ts";
import { type RegularAxis, regular, regularValue } from "./regular-axis.ts";
import type { Move } from "./reshape.ts";
import type { Rebin } from "./selection.ts";
import { variable } from "./variable-axis.ts";

/** Bins `begin` to before `end` become `groups.length` ones; group sizes add up to no more than there are. */
interface Cut {
  readonly begin: number;
  readonly end: number;
  readonly groups: readonly number[];
}

/**
 * Bins `begin` to before `end`, `rebin`ned; what is cut off or left over goes to the flow bins that the axis has.
 *
 * @throws UsageError for axes that cannot be cut or whose bins cannot be merged, and for groups or edges that do not fit.
 */
export function cutMove(on: Titled, begin: number, end: number, rebin: Rebin | undefined): Move {
  const { axis, title } = on;
  const whole = begin === 0 && end === binCount(axis);
  if (rebin === undefined && whole) return { axis, cells: shifted(axis, axis, { begin, end, groups: ones(end) }) };
  if (axis.kind === "boolean")
    throw badArgument(`The bins of the boolean ${title} are not cut or merged: choose true or false.`);
  if (rebin !== undefined && (isCategorical(axis) || axis.kind === "integer"))
    throw badArgument(
      `The bins of ${title} cannot be merged: ${isCategorical(axis) ? "they are categories" : "they are integers"}.`,
    );
  if (!isCategorical(axis) && axis.circular && !whole) throw badArgument(`The circular ${title} cannot be cut.`);
  const groups = rebin === undefined ? ones(end - begin) : groupsOf(on as Titled<NumericAxis>, begin, end, rebin);
  const cut: Cut = { begin, end, groups };
  const narrow = isCategorical(axis)
    ? fewerCategories(axis, axis.categories.slice(begin, end))
    : fewerBins(on as Titled<NumericAxis>, cut, rebin);
  return { axis: narrow, cells: shifted(axis, narrow, cut) };
}

/**
 * Categories by name or number, in the order given; the others are dropped, and unknown ones stay in overflow.
 *
 * @throws UsageError for another kind of axis, an unknown or repeated category, or none.
 */
export function pickMove({ axis, title }: Titled, picked: readonly (string | number)[]): Move {
  if (!isCategorical(axis)) throw badArgument(`A list picks categories, and ${title} has none.`);
  if (picked.length === 0) throw badArgument(`No category of ${title} is picked.`);
  const bins = picked.map((pick) => pickedBin({ axis, title }, pick));
  const twice = bins.findIndex((bin, i) => bins.indexOf(bin) !== i);
  if (twice >= 0) throw badArgument(`Category ${JSON.stringify(picked[twice])} of ${title} is picked twice.`);
  const cells = new Int32Array(cellCount(axis)).fill(-1);
  for (const [i, bin] of bins.entries()) cells[bin] = i;
  if (axis.overflow) cells[axis.categories.length] = bins.length;
  return {
    axis: fewerCategories(
      axis,
      bins.map((bin) => axis.categories[bin]!),
    ),
    cells,
  };
}

function pickedBin(on: Titled<AnyCategoryAxis>, pick: string | number): number {
  if (typeof pick === "string") return categoryAt(on, pick);
  const count = on.axis.categories.length;
  const bin = pick < 0 ? pick + count : pick;
  if (Number.isInteger(bin) && bin >= 0 && bin < count) return bin;
  throw badArgument(`${on.title} has no category number ${pick}: it has ${count}.`);
}

const ones = (count: number): number[] => new Array<number>(count).fill(1);

function groupsOf({ axis, title }: Titled<NumericAxis>, begin: number, end: number, rebin: Rebin): readonly number[] {
  const bins = end - begin;
  if (rebin.factor !== undefined) {
    const merged = Math.floor(bins / rebin.factor);
    if (merged === 0) throw badArgument(`${bins} bins of ${title} do not make one of ${rebin.factor}.`);
    if (axis.circular && merged * rebin.factor !== bins)
      throw badArgument(
        `The ${bins} bins of the circular ${title} cannot be merged by ${rebin.factor}: some would be left over.`,
      );
    return new Array<number>(merged).fill(rebin.factor);
  }
  const groups = rebin.groups ?? groupsBetween({ axis, title }, begin, end, rebin.edges ?? []);
  const total = groups.reduce((a, b) => a + b, 0);
  if (groups.some((n) => !Number.isInteger(n) || n < 1))
    throw badArgument(`Groups of bins are whole numbers from 1, not ${groups.join(", ")}.`);
  if (total !== bins)
    throw badArgument(`Groups of ${groups.join(", ")} bins are ${total} in all; ${title} has ${bins}.`);
  return groups;
}

/** Edges agree if they are within 1e-9 of the width of a bin. */
function groupsBetween(
  { axis, title }: Titled<NumericAxis>,
  begin: number,
  end: number,
  edges: readonly number[],
): number[] {
  const bins = edges.map((edge) => {
    const found = axis.edges.findIndex((own, i) => {
      const next = axis.edges[i === axis.bins ? i - 1 : i + 1]!;
      return Math.abs(own - edge) <= 1e-9 * Math.abs(next - own);
    });
    if (found < 0) throw badArgument(`${edge} is no edge of ${title}: it has ${[...axis.edges].join(", ")}.`);
    return found;
  });
  if (bins[0] !== begin || bins.at(-1) !== end)
    throw badArgument(
      `The edges given for ${title} go from ${edges[0]} to ${edges.at(-1)}, its own from ${axis.edges[begin]} to ${axis.edges[end]}.`,
    );
  return bins.slice(1).map((bin, i) => bin - bins[i]!);
}

function fewerCategories(axis: AnyCategoryAxis, categories: readonly (string | number)[]): AnyCategoryAxis {
  return { ...axis, categories } as AnyCategoryAxis;
}

function fewerBins({ axis }: Titled<NumericAxis>, { begin, end, groups }: Cut, rebin: Rebin | undefined): Axis {
  const used = begin + groups.reduce((a, b) => a + b, 0);
  if (axis.kind === "integer") return integer(axis.start + begin, axis.start + end, axis);
  if (axis.kind === "regular" && (rebin === undefined || rebin.factor !== undefined))
    return regularPart(axis, groups.length, regularValue(axis, begin), regularValue(axis, used));
  let bin = begin;
  const edges = [axis.edges[begin]!, ...groups.map((n) => axis.edges[(bin += n)]!)];
  const { name, label, metadata = {}, underflow, overflow } = axis;
  const ends = axis.kind === "variable" ? axis : { name, label, metadata, underflow, overflow };
  return variable(edges, ends);
}

/** Rounding makes an end of the part -2e-16 where 0 is meant; the sum of start and width is what others report. */
function regularPart(axis: RegularAxis, bins: number, start: number, stop: number): RegularAxis {
  return regular(bins, start, axis.transform === undefined ? start + (stop - start) : stop, axis);
}

/** Cells of the old axis as cells of the narrower one. */
function shifted(axis: Axis, narrow: Axis, { begin, groups }: Cut): Int32Array {
  const first = firstBin(axis);
  const newFirst = firstBin(narrow);
  const under = newFirst === 1 ? 0 : -1;
  const over = narrow.overflow ? newFirst + groups.length : -1;
  const cells = new Int32Array(cellCount(axis)).fill(over);
  cells.fill(isCategorical(axis) ? over : under, 0, first + begin);
  let cell = first + begin;
  for (const [group, size] of groups.entries()) cells.fill(newFirst + group, cell, (cell += size));
  return cells;
}
