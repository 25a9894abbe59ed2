/** Which axis of a histogram of templates is which. */
import { type AnyCategoryAxis, type Axis, axisTitle, isCategorical, type NumericAxis } from "./axis.ts";
import { badArgument } from "./axis-options.ts";
import { axisPosition } from "./axis-position.ts";
import type { Titled } from "./place.ts";

/** Axes by name or position: `"region"`, `"process"` and `"variation"` unless told; the one that is left is the observable. */
export interface TemplateAxes {
  /** A channel for each category; without such an axis there is one channel. */
  readonly region?: string | number;
  /** A sample for each category. */
  readonly process?: string | number;
  /** The nominal category, and two for each systematic; without such an axis nothing varies. */
  readonly variation?: string | number;
}

export interface Role<A extends Axis> extends Titled<A> {
  readonly position: number;
}

export interface AxisRoles {
  readonly region: Role<AnyCategoryAxis> | undefined;
  readonly process: Role<AnyCategoryAxis>;
  readonly variation: Role<AnyCategoryAxis> | undefined;
  readonly observable: Role<NumericAxis>;
}

/** @throws UsageError for axes that do not exist, are no categories, or of which more or less than one is left. */
export function axisRoles(axes: readonly Axis[], named: TemplateAxes): AxisRoles {
  const region = categories(axes, named.region, "region");
  const process = categories(axes, named.process, "process");
  const variation = categories(axes, named.variation, "variation");
  const titles = (positions: readonly number[]): string => positions.map((i) => axisTitle(axes[i]!, i)).join(", ");
  if (process === undefined)
    throw badArgument(
      `Templates need an axis of processes, such as { axes: { process: "dataset" } }; there are ${titles([...axes.keys()]) || "no axes"}.`,
    );
  const taken = [region, process, variation].map((role) => role?.position);
  const left = [...axes.keys()].filter((position) => !taken.includes(position));
  const [position] = left;
  if (position === undefined || left.length > 1)
    throw badArgument(`Templates are of one observable; the axes left for it: ${titles(left) || "none"}.`);
  const axis = axes[position]!;
  if (isCategorical(axis)) throw badArgument(`The observable of templates has edges; ${titles(left)} has categories.`);
  return { region, process, variation, observable: { axis, position, title: axisTitle(axis, position) } };
}

function categories(
  axes: readonly Axis[],
  named: string | number | undefined,
  usual: string,
): Role<AnyCategoryAxis> | undefined {
  const position = named === undefined ? axes.findIndex((axis) => axis.name === usual) : axisPosition(axes, named);
  const axis = axes[position];
  if (axis === undefined) return undefined;
  const title = axisTitle(axis, position);
  if (!isCategorical(axis)) throw badArgument(`The ${usual} of templates is an axis of categories; ${title} is not.`);
  return { axis, position, title };
}
