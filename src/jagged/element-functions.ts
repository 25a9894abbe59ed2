import type { Column, DType } from "./column.ts";
import { asIs, type ElementOperation, inFloat, numbersOnly, unary } from "./elementwise.ts";
import { isBig, isFloat } from "./promote.ts";

/**
 * Functions of each element. float32 stays float32 (computed in double precision, rounded once), integers become
 * float32 up to 16 bits and float64 beyond where the result is not an integer. Missing stays missing.
 * All throw ShapeError `TypeMismatch` for records and strings. Cost: one pass.
 */
type Unary = (column: Column) => Column;

const fn = (
  name: string,
  expression: string | ((dtype: DType) => string),
  computes: ElementOperation["computes"] = inFloat,
  answers?: DType,
): Unary => {
  const text = typeof expression === "string" ? () => expression : expression;
  const operation: ElementOperation = { name, computes, expression: text, ...(answers && { answers }) };
  return (column) => unary(operation, column);
};

export const negative: Unary = fn("negative", "-a", numbersOnly);
export const absolute: Unary = fn("absolute", (t) => (isBig(t) ? "a < 0n ? -a : a" : "Math.abs(a)"), asIs);
/** -1, 0 or 1; NaN for NaN. */
export const sign: Unary = fn(
  "sign",
  (t) => (isBig(t) ? "a > 0n ? 1n : a < 0n ? -1n : 0n" : "Math.sign(a) + 0"),
  numbersOnly,
);
export const sqrt: Unary = fn("sqrt", "Math.sqrt(a)");
export const exp: Unary = fn("exp", "Math.exp(a)");
export const expm1: Unary = fn("expm1", "Math.expm1(a)");
export const log: Unary = fn("log", "Math.log(a)");
export const log10: Unary = fn("log10", "Math.log10(a)");
export const log1p: Unary = fn("log1p", "Math.log1p(a)");
export const sin: Unary = fn("sin", "Math.sin(a)");
export const cos: Unary = fn("cos", "Math.cos(a)");
export const tan: Unary = fn("tan", "Math.tan(a)");
export const arcsin: Unary = fn("arcsin", "Math.asin(a)");
export const arccos: Unary = fn("arccos", "Math.acos(a)");
export const arctan: Unary = fn("arctan", "Math.atan(a)");
export const sinh: Unary = fn("sinh", "Math.sinh(a)");
export const cosh: Unary = fn("cosh", "Math.cosh(a)");
export const tanh: Unary = fn("tanh", "Math.tanh(a)");
export const arcsinh: Unary = fn("arcsinh", "Math.asinh(a)");
export const arccosh: Unary = fn("arccosh", "Math.acosh(a)");
export const arctanh: Unary = fn("arctanh", "Math.atanh(a)");

const rounded = (name: string, expression: string): Unary => fn(name, (t) => (isFloat(t) ? expression : "a"), asIs);
/** Rounds down; integers stay what they are. */
export const floor: Unary = rounded("floor", "Math.floor(a)");
/** Rounds up; integers stay what they are. */
export const ceil: Unary = rounded("ceil", "Math.ceil(a)");
/** Rounds toward zero; integers stay what they are. */
export const trunc: Unary = rounded("trunc", "Math.trunc(a)");
/** Rounds to the nearest integer, halves to the even one, as a float. */
export const rint: Unary = fn("rint", "f.rint(a)");

const test = (name: string, expression: string, ofIntegers: string): Unary =>
  fn(name, (t) => (isFloat(t) ? expression : ofIntegers), asIs, "bool");
export const isnan: Unary = test("isnan", "(a !== a) | 0", "0");
export const isfinite: Unary = test("isfinite", "(a - a === 0) | 0", "1");
export const isinf: Unary = test("isinf", "(Math.abs(a) === Infinity) | 0", "0");
