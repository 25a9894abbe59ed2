/** Where on an axis a word of a selection points. */
import { CortadoError, nearest, whatExists } from "../errors.ts";
import {
  type AnyCategoryAxis,
  type Axis,
  axisRule,
  axisTitle,
  binCount,
  cellCount,
  firstBin,
  isCategorical,
  type NumericAxis,
} from "./axis.ts";
import { badArgument } from "./axis-options.ts";
import { requireTruth } from "./boolean-axis.ts";
import { writeCells } from "./row-loop.ts";
import type { Loc, Place } from "./selection.ts";

/** An axis and what it is called in a message. */
export interface Titled<A extends Axis = Axis> {
  readonly axis: A;
  readonly title: string;
}

export const titled = (axis: Axis, position: number): Titled => ({ axis, title: axisTitle(axis, position) });

/**
 * The bin that a place means: -1 is underflow, the number of bins is overflow, whether or not the axis has them. A number
 * may lie outside.
 *
 * @throws UsageError for a category that does not exist, or a place that is none.
 */
export function binAt(on: Titled, place: Place): number {
  const { axis } = on;
  if (typeof place === "number") {
    if (!Number.isInteger(place))
      throw badArgument(`A bin of ${on.title} has a whole number, not ${place}; loc(${place}) is the bin of a value.`);
    return place < 0 ? place + binCount(axis) : place;
  }
  if ("value" in place) return binOfValue(on, place.value) + place.offset;
  return place.place === "underflow" ? -1 : binCount(axis);
}

/**
 * The cell of the one bin that a place means.
 *
 * @throws UsageError where the axis has no such bin.
 */
export function cellAt(on: Titled, place: Place): number {
  const { axis, title } = on;
  const bin = typeof place === "number" && place < -binCount(axis) ? Number.NaN : binAt(on, place);
  const last = binCount(axis) - 1;
  const isBin = bin >= 0 && bin <= last && !(typeof place === "object" && place.place === "len");
  if (
    isBin ||
    (typeof place === "object" && ((bin === -1 && firstBin(axis) === 1) || (bin === last + 1 && axis.overflow)))
  )
    return firstBin(axis) + bin;
  throw badArgument(
    `${title[0]!.toUpperCase()}${title.slice(1)} has no bin ${placeText(place)}: it has the bins 0 to ${last}${flowText(axis)}.`,
  );
}

function binOfValue({ axis, title }: Titled, value: Loc["value"]): number {
  if (isCategorical(axis)) return categoryAt({ axis, title }, value);
  if (typeof value === "string" || Number.isNaN(Number(value)))
    throw badArgument(`${JSON.stringify(value)} is no value of ${title}, whose bins are numbers.`);
  return numericBin(axis, Number(value));
}

/**
 * The cell of one value on an axis, flow cells included; -1 where it has none.
 *
 * @throws ShapeError for a value that is neither 0 nor 1 on a boolean axis.
 */
export function cellOf(axis: NumericAxis, value: number): number {
  if (axis.kind === "boolean") requireTruth(value);
  const cell = new Int32Array(1);
  const column = {
    values: Float64Array.of(value),
    leafOf: undefined,
    rule: axisRule(axis, false),
    cells: cellCount(axis),
    stride: 1,
  };
  writeCells({ columns: [column], base: 0, keep: undefined, from: 0, count: 1 }, cell);
  return cell[0]!;
}

/** The bin of a value: -1 for underflow, the number of bins for overflow. */
export function numericBin(axis: NumericAxis, value: number): number {
  const cell = cellOf(axis, value);
  if (cell >= 0) return cell - firstBin(axis);
  if (axis.circular) return Number.isFinite(value) ? -1 : axis.bins;
  const rises = axis.edges[axis.bins]! > axis.edges[0]!;
  return value < axis.edges[0]! === rises ? -1 : axis.bins;
}

/** @throws UsageError naming the nearest category. */
export function categoryAt({ axis, title }: Titled<AnyCategoryAxis>, value: Loc["value"]): number {
  const bin = (axis.categories as readonly unknown[]).indexOf(value);
  if (bin >= 0) return bin;
  const names = axis.categories.map(String);
  const near = nearest(String(value), names);
  const message = `${JSON.stringify(value)} is no category of ${title}. ${whatExists(String(value), names)}`;
  throw new CortadoError("UsageError", message, { code: "BadArgument", nearest: near });
}

function placeText(place: Place): string {
  if (typeof place === "number") return String(place);
  if (!("value" in place)) return `"${place.place}"`;
  return `loc(${JSON.stringify(place.value)}${place.offset === 0 ? "" : `, ${place.offset}`})`;
}

function flowText(axis: Axis): string {
  const flow = [...(firstBin(axis) === 1 ? ["underflow"] : []), ...(axis.overflow ? ["overflow"] : [])];
  return flow.length === 0 ? " and no flow bins" : ` and ${flow.join(" and ")}`;
}
