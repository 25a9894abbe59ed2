import type { Operand } from "./broadcast.ts";
import type { Column, DType } from "./column.ts";
import {
  asIs,
  binary,
  type ElementOperation,
  inDouble,
  inFloat,
  integersOnly,
  numbersOnly,
  unary,
} from "./elementwise.ts";
import { isBig, isFloat } from "./promote.ts";

/**
 * Arithmetic, comparison and logic, element by element. Operands are columns or plain values, broadcast from the left:
 * a flat column repeats into lists. Dtypes promote as in NumPy 2; a plain number is weak (float32 stays float32 and is
 * compared after rounding the number to float32). What is missing on one side is missing in the result.
 * All throw ShapeError for lengths and lists that differ (naming the event) and for types without the operation.
 */
type Binary = (a: Operand, b: Operand) => Column;

const arithmetic = (
  name: string,
  expression: (dtype: DType) => string,
  computes = asIs as ElementOperation["computes"],
) => {
  const operation: ElementOperation = { name, computes, expression };
  return (a: Operand, b: Operand): Column => binary(operation, a, b);
};

const comparison = (name: string, sign: string, strings?: (same: boolean) => boolean) => {
  const operation: ElementOperation = {
    name,
    computes: asIs,
    answers: "bool",
    expression: () => `(a ${sign} b) | 0`,
    ...(strings && { strings }),
  };
  return (a: Operand, b: Operand): Column => binary(operation, a, b);
};

const is32 = (dtype: DType): boolean => dtype === "int32" || dtype === "uint32";

/** `a + b`; integers wrap, bools are "or". */
export const add: Binary = arithmetic("add", (t) => (t === "bool" ? "a | b" : "a + b"));
/** `a - b`; not for bools. */
export const subtract: Binary = arithmetic("subtract", () => "a - b", numbersOnly);
/** `a * b`; integers wrap, bools are "and". */
export const multiply: Binary = arithmetic("multiply", (t) => (is32(t) ? "Math.imul(a, b)" : "a * b"));
/** `a / b` in floating point: integers divide in float64. */
export const divide: Binary = arithmetic("divide", () => "a / b", inDouble);
/** `a / b` rounded down; integers by 0 are 0. */
export const floorDivide: Binary = arithmetic(
  "floorDivide",
  (t) => (isFloat(t) ? "f.floorDivide(a, b)" : isBig(t) ? "f.bigFloorDivide(a, b)" : "f.intFloorDivide(a, b)"),
  (t) => (t === "bool" ? "int8" : t),
);
/** The remainder, with the sign of the divisor (unlike JavaScript's %); integers by 0 are 0. */
export const mod: Binary = arithmetic(
  "mod",
  (t) => (isFloat(t) ? "f.mod(a, b)" : isBig(t) ? "f.bigMod(a, b)" : "f.intMod(a, b)"),
  (t) => (t === "bool" ? "int8" : t),
);
/** `a ** b`; integers wrap, their negative powers are an error. */
export const power: Binary = arithmetic(
  "power",
  (t) => (isFloat(t) ? "f.power(a, b)" : isBig(t) ? "f.bigPower(a, b)" : "f.intPower(a, b)"),
  (t) => (t === "bool" ? "int8" : t),
);
/** The larger one; NaN if one is NaN. */
export const maximum: Binary = arithmetic("maximum", (t) => (isBig(t) ? "a > b ? a : b" : "Math.max(a, b)"));
/** The smaller one; NaN if one is NaN. */
export const minimum: Binary = arithmetic("minimum", (t) => (isBig(t) ? "a < b ? a : b" : "Math.min(a, b)"));
/** The angle of the point (b, a), in -pi to pi. */
export const arctan2: Binary = arithmetic("arctan2", () => "Math.atan2(a, b)", inFloat);
/** sqrt(a² + b²). */
export const hypot: Binary = arithmetic("hypot", () => "Math.hypot(a, b)", inFloat);

export const less: Binary = comparison("less", "<");
export const lessEqual: Binary = comparison("lessEqual", "<=");
export const greater: Binary = comparison("greater", ">");
export const greaterEqual: Binary = comparison("greaterEqual", ">=");
/** Equal numbers, bools or strings. */
export const equal: Binary = comparison("equal", "===", (same) => same);
export const notEqual: Binary = comparison("notEqual", "!==", (same) => !same);

/** Both: logic of bools, bits of integers. What is missing in one is missing, also beside false. */
export const and: Binary = arithmetic("and", () => "a & b", integersOnly);
/** One or both. */
export const or: Binary = arithmetic("or", () => "a | b", integersOnly);
/** One but not both. */
export const xor: Binary = arithmetic("xor", () => "a ^ b", integersOnly);

const inverse: ElementOperation = {
  name: "invert",
  computes: integersOnly,
  expression: (t) => (t === "bool" ? "a ^ 1" : "~a"),
};
/** Not: of bools, of the bits of integers. */
export const invert = (column: Column): Column => unary(inverse, column);
