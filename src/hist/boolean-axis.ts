import { CortadoError } from "../errors.ts";
import { type AxisEnds, type AxisText, type AxisTextOptions, axisText } from "./axis-options.ts";
import type { CellRule } from "./cell-rule.ts";

/** Two bins, false and true, without flow. */
export interface BooleanAxis extends AxisText, AxisEnds {
  readonly kind: "boolean";
  readonly bins: 2;
  /** 0, 1, 2: false is 0, true is 1. */
  readonly edges: Float64Array;
}

export function boolean(options: AxisTextOptions = {}): BooleanAxis {
  const ends = { underflow: false, overflow: false, circular: false, growth: false };
  return { kind: "boolean", ...axisText(options), bins: 2, ...ends, edges: Float64Array.of(0, 1, 2) };
}

/** The cell of a truth value, 0 or 1. */
export const booleanRule: CellRule = { name: "boolean", text: "cell = x;", values: {}, complete: true };

/** @throws ShapeError (`TypeMismatch`) for a number that is no truth value. */
export function requireTruth(x: number): void {
  if (x === 0 || x === 1) return;
  const message = `A boolean axis cannot be filled with ${x}: only with true and false.`;
  throw new CortadoError("ShapeError", message, { code: "TypeMismatch" });
}
