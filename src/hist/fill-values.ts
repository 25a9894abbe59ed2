/** Which value goes to which axis, by name or by position. */
import { CortadoError, nearest, whatExists } from "../errors.ts";
import { type Axis, axisTitle } from "./axis.ts";
import { type FillValue, type Input, isSource, readInput } from "./fill-input.ts";

/** Values by axis name; `weight` is the weight of each row, `sample` what a mean storage averages. */
export type FillByName = { readonly [axis: string]: FillValue | undefined };
/** Values by position, one for each axis. */
export type FillByPosition = readonly FillValue[];

export interface FillOptions {
  /** The weight of each row; in a fill by name it may stand among the values. */
  readonly weight?: FillValue | undefined;
  /** What a storage of means averages, a number for each row; as `weight`, it may stand among the values. */
  readonly sample?: FillValue | undefined;
}

export interface FillInputs {
  /** One for each axis, in axis order. */
  readonly axes: readonly Input[];
  readonly weight?: Input;
  readonly sample?: Input;
}

/**
 * @throws UsageError for an axis that does not exist or has no values; ShapeError (`OtherEvents`) when two lazy
 * chains go over different events, `TypeMismatch` and `NotFlat` from {@link readInput}.
 */
export function fillInputs(
  axes: readonly Axis[],
  values: FillByName | FillByPosition,
  options: FillOptions,
): FillInputs {
  for (const option of Object.keys(options))
    if (!isExtra(option)) throw usage(`A fill has no option "${option}"; there are weight and sample.`);
  const given = isByPosition(values) ? byPosition(axes, values) : byName(axes, values);
  const all: [FillValue, string][] = given.map((value, i) => [value, axisTitle(axes[i]!, i)]);
  const extra = (name: "weight" | "sample"): FillValue | undefined =>
    options[name] ?? (isByPosition(values) ? undefined : values[name]);
  const [weight, sample] = [extra("weight"), extra("sample")];
  requireSameAlignment([
    ...all,
    ...(weight === undefined ? [] : [[weight, weightTitle] as [FillValue, string]]),
    ...(sample === undefined ? [] : [[sample, sampleTitle] as [FillValue, string]]),
  ]);
  return {
    axes: all.map(([value, title]) => readInput(value, title)),
    ...(weight !== undefined && { weight: readNumbers(weight, weightTitle) }),
    ...(sample !== undefined && { sample: readNumbers(sample, sampleTitle) }),
  };
}

const weightTitle = "the weight";
const sampleTitle = "the sample";

/** True for the words of a fill that are no axes. */
const isExtra = (name: string): boolean => name === "weight" || name === "sample";

function isByPosition(values: FillByName | FillByPosition): values is FillByPosition {
  return Array.isArray(values);
}

function byPosition(axes: readonly Axis[], values: FillByPosition): FillValue[] {
  if (values.length !== axes.length)
    throw usage(`The histogram has ${axes.length} axes, but ${values.length} values are given: one for each axis.`);
  return [...values];
}

function byName(axes: readonly Axis[], values: FillByName): FillValue[] {
  const names = axes.map((axis) => axis.name);
  for (const name of Object.keys(values)) {
    if (isExtra(name) || names.includes(name)) continue;
    const near = nearest(name, names);
    throw usage(`The histogram has no axis "${name}". ${whatExists(name, names.filter(Boolean))}`, near);
  }
  return axes.map((axis, i) => {
    if (axis.name === "")
      throw usage(`Axis ${i} has no name: give it one, or fill by position, as in fill([values, …]).`);
    const value = values[axis.name];
    if (value === undefined) throw usage(`No values for ${axisTitle(axis, i)}.`);
    return value;
  });
}

function requireSameAlignment(values: readonly [FillValue, string][]): void {
  const sources = values.filter(([value]) => value !== null && isSource(value)) as [{ alignment: object }, string][];
  const [first, ...others] = sources;
  for (const [source, title] of others) {
    if (first === undefined || source.alignment === first[0].alignment) continue;
    const message = `Cannot fill ${first[1]} and ${title} together: they come from differently filtered events.`;
    throw new CortadoError("ShapeError", message, { code: "OtherEvents" });
  }
}

function readNumbers(value: FillValue, title: string): Input {
  const input = readInput(value, title);
  const isText = "scalar" in input ? typeof input.scalar === "string" : input.leaves.kind === "strings";
  if (!isText) return input;
  throw new CortadoError("ShapeError", `${title.replace("t", "T")} cannot be a string.`, { code: "TypeMismatch" });
}

function usage(message: string, near?: readonly string[]): CortadoError {
  return new CortadoError("UsageError", message, { code: "BadArgument", ...(near !== undefined && { nearest: near }) });
}
