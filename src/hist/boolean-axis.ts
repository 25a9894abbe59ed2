import { CortadoError } from "../errors.ts";
import { type AxisEnds, type AxisText, type AxisTextOptions, axisText } from "./axis-options.ts";

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

/**
 * Cells of `count` values, 0 for false and 1 for true.
 *
 * @throws ShapeError (`TypeMismatch`) for another number.
 */
export function booleanCells(values: Float64Array, count: number, cells: Int32Array): void {
  for (let i = 0; i < count; i++) {
    const x = values[i]!;
    if (x !== 0 && x !== 1)
      throw new CortadoError("ShapeError", `A boolean axis cannot be filled with ${x}: only with true and false.`, {
        code: "TypeMismatch",
      });
    cells[i] = x;
  }
}
