import { CortadoError, nearest, whatExists } from "../errors.ts";
import type { Axis } from "./axis.ts";

/**
 * The position of an axis that is given by name, or by position (negative from the end).
 *
 * @throws UsageError naming the axes that exist.
 */
export function axisPosition(axes: readonly Axis[], name: string | number): number {
  if (typeof name === "number") {
    const position = name < 0 ? name + axes.length : name;
    if (Number.isInteger(position) && position >= 0 && position < axes.length) return position;
    throw unknown(`The histogram has ${axes.length} axes and no axis ${name}.`);
  }
  const position = name === "" ? -1 : axes.findIndex((axis) => axis.name === name);
  if (position >= 0) return position;
  const names = axes.map((axis) => axis.name).filter(Boolean);
  throw unknown(`The histogram has no axis "${name}". ${whatExists(name, names)}`, nearest(name, names));
}

function unknown(message: string, near?: readonly string[]): CortadoError {
  return new CortadoError("UsageError", message, { code: "BadArgument", ...(near !== undefined && { nearest: near }) });
}
