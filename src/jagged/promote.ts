import { CortadoError } from "../errors.ts";
import type { DType } from "./column.ts";

/**
 * The dtype of an operation of two columns, as NumPy 2 has it: the smallest that holds both kinds. Signed with unsigned
 * takes the next larger signed integer (int64 with uint64: float64), integers of 32 bits and more with float32 float64.
 */
export function promote(a: DType, b: DType): DType {
  if (a === b) return a;
  const [x, y] = [bits(a), bits(b)];
  if (a === "bool") return b;
  if (b === "bool") return a;
  if (isFloat(a) || isFloat(b)) {
    const float = Math.max(isFloat(a) ? x : 0, isFloat(b) ? y : 0);
    const integer = Math.max(isFloat(a) ? 0 : x, isFloat(b) ? 0 : y);
    return float === 64 || integer > 16 ? "float64" : "float32";
  }
  if (isUnsigned(a) === isUnsigned(b)) return x > y ? a : b;
  const [signed, unsigned] = isUnsigned(a) ? [y, x] : [x, y];
  if (signed > unsigned) return isUnsigned(a) ? b : a;
  return unsigned === 64 ? "float64" : (`int${unsigned * 2}` as DType);
}

/**
 * The dtype of an operation of a column with a plain value, which is weak: an integer takes the column's dtype, another
 * number float64 beside integers and the column's beside floats. Beside bool it takes what
 * it is on its own ({@link dtypeOf}).
 * Throws UsageError for an integer that the column's dtype cannot hold.
 */
export function promoteWeak(operation: string, dtype: DType, value: number | bigint | boolean): DType {
  if (typeof value === "boolean") return dtype;
  if (isFloat(dtype)) return dtype;
  if (typeof value === "number" && !Number.isInteger(value)) return "float64";
  if (dtype === "bool") return dtypeOf(value);
  const [low, high] = integerRange(dtype);
  if (value >= low && value <= high) return dtype;
  throw new CortadoError(
    "UsageError",
    `${operation}: ${value} does not fit ${dtype}, which holds ${low} to ${high}. ` +
      'Convert the column first, as in valuesAstype(column, "float64").',
    { code: "BadArgument" },
  );
}

/** The dtype a plain value has on its own: bool, int64 for a bigint, int32 for an integer of 32 bits, else float64. */
export function dtypeOf(value: number | bigint | boolean): DType {
  if (typeof value === "boolean") return "bool";
  if (typeof value === "bigint") return "int64";
  if (!Number.isInteger(value) || Object.is(value, -0)) return "float64";
  return value === (value | 0) ? "int32" : "float64";
}

/** The float dtype of a function like sqrt: float32 for bool and integers up to 16 bits, float64 for larger ones. */
export function floatOf(dtype: DType): DType {
  if (isFloat(dtype)) return dtype;
  return bits(dtype) <= 16 ? "float32" : "float64";
}

export const isFloat = (dtype: DType): dtype is "float32" | "float64" => dtype === "float32" || dtype === "float64";
export const isBig = (dtype: DType): dtype is "int64" | "uint64" => dtype === "int64" || dtype === "uint64";
const isUnsigned = (dtype: DType): boolean => dtype.startsWith("u");
const bits = (dtype: DType): number => (dtype === "bool" ? 8 : Number(/\d+/.exec(dtype)![0]));

function integerRange(dtype: DType): [bigint, bigint] {
  const n = BigInt(bits(dtype));
  return isUnsigned(dtype) ? [0n, (1n << n) - 1n] : [-(1n << (n - 1n)), (1n << (n - 1n)) - 1n];
}
