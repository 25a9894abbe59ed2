import { CortadoError } from "../errors.ts";
import { broadcast, isColumn, type Operand } from "./broadcast.ts";
import { blankMissing, castValues } from "./cast.ts";
import { type Column, type DType, type PrimitiveColumn, type StringColumn, typeName, valuesOf } from "./column.ts";
import { elementLoop } from "./element-loop.ts";
import { lackingOf, primitive } from "./gather.ts";
import { dtypeOf, floatOf, isBig, isFloat, promote, promoteWeak } from "./promote.ts";
import { presentInBoth } from "./validity.ts";

/** An element-wise operation as data: the dtype it computes in, that of its result, and its expression of `a` and `b`. */
export interface ElementOperation {
  readonly name: string;
  /** From the promoted dtype of the operands to the one that is computed in; undefined if there is no such operation. */
  readonly computes: (promoted: DType) => DType | undefined;
  /** The dtype of the result, if it is not the computed one. */
  readonly answers?: DType;
  readonly expression: (computed: DType) => string;
  /** Numbers that the expression looks up as `c[0]`, … */
  readonly constants?: Float64Array;
  /** For operations of strings. */
  readonly strings?: (same: boolean) => boolean;
}

/**
 * Applies an operation to two operands, columns or plain values (at least one is a column), element by element.
 * Throws ShapeError for lists that differ ({@link broadcast}) and for types that the operation does not have.
 */
export function binary(operation: ElementOperation, x: Operand, y: Operand): Column {
  if (!isColumn(x) && !isColumn(y))
    throw new CortadoError("UsageError", `${operation.name}: at least one operand is a column`, {
      code: "BadArgument",
    });
  return broadcast(operation.name, [x, y], ([a, b], length) => {
    if ((isColumn(a) && a.kind === "list") || (isColumn(b) && b.kind === "list")) return undefined;
    return [leaf(operation, a!, b!, length)];
  })[0]!;
}

/** Applies an operation to each element of a column; fields of a record are not looked into. */
export function unary(operation: ElementOperation, x: Column): Column {
  if (!isColumn(x))
    throw new CortadoError("UsageError", `${operation.name} takes a column, not ${typeof x}`, { code: "BadArgument" });
  if (x.kind === "list") return { ...x, content: unary(operation, x.content) };
  if (x.kind !== "primitive") throw unsupported(operation, x);
  const computed = operation.computes(x.dtype);
  if (computed === undefined) throw unsupported(operation, x);
  const answer = operation.answers ?? computed;
  const out = new valuesOf[answer](x.length);
  elementLoop(operation.expression(computed), inLoop(x, computed), 0, out, x.length);
  return { ...primitive(answer, blankMissing(out, answer, x.validity), x.validity), ...lackingOf(x) };
}

function leaf(operation: ElementOperation, a: Operand, b: Operand, length: number): Column {
  if (typeof a === "string" || typeof b === "string" || isString(a) || isString(b))
    return compareStrings(operation, a, b, length);
  const [x, y] = [numbers(operation, a, b), numbers(operation, b, a)];
  const promoted =
    isColumn(x) && isColumn(y)
      ? promote(x.dtype, y.dtype)
      : isColumn(x)
        ? weak(operation, x.dtype, y as number)
        : weak(operation, (y as PrimitiveColumn).dtype, x);
  const computed = operation.computes(promoted);
  if (computed === undefined) throw unsupported(operation, a, b);
  const answer = operation.answers ?? computed;
  const out = new valuesOf[answer](length);
  elementLoop(
    operation.expression(computed),
    inLoop(x, computed),
    inLoop(y, computed),
    out,
    length,
    operation.constants,
  );
  const validity = presentInBoth(isColumn(x) ? x.validity : undefined, isColumn(y) ? y.validity : undefined, length);
  return { ...primitive(answer, blankMissing(out, answer, validity), validity), ...lackingOf(x, y) };
}

/** A comparison takes any integer, also one that the column's dtype cannot hold: it is equal to none of its values. */
function weak(operation: ElementOperation, dtype: DType, value: number | bigint | boolean): DType {
  if (operation.answers === "bool" && !isFloat(dtype)) return promote(dtype, dtypeOf(value));
  return promoteWeak(operation.name, dtype, value);
}

/** The values as a loop in `computed` takes them: bigints for 64-bit integers, numbers of any array type otherwise. */
function inLoop(x: PrimitiveColumn | number | bigint | boolean, computed: DType): unknown {
  if (isColumn(x))
    return isBig(x.dtype) === isBig(computed) ? x.values : castValues(x.values, x.dtype, computed, x.length);
  if (isBig(computed)) return BigInt(x);
  return computed === "float32" ? Math.fround(Number(x)) : Number(x);
}

function numbers(operation: ElementOperation, a: Operand, b: Operand): PrimitiveColumn | number | bigint | boolean {
  if (isColumn(a) ? a.kind !== "primitive" : typeof a === "string" || a === null || typeof a === "object")
    throw unsupported(operation, a, b);
  return a as PrimitiveColumn | number;
}

const isString = (x: Operand): x is StringColumn => isColumn(x) && x.kind === "string";

function compareStrings(operation: ElementOperation, a: Operand, b: Operand, length: number): Column {
  const { strings } = operation;
  const [x, y] = [a, b].map((side) => (typeof side === "string" ? new TextEncoder().encode(side) : side));
  if (strings === undefined) throw unsupported(operation, a, b);
  const bytesAt = (side: unknown, i: number): Uint8Array => {
    if (side instanceof Uint8Array) return side;
    if (!isString(side as Operand)) throw unsupported(operation, a, b);
    const { bytes, offsets } = side as StringColumn;
    return bytes.subarray(offsets[i]!, offsets[i + 1]!);
  };
  const out = new Uint8Array(length);
  for (let i = 0; i < length; i++) {
    const [p, q] = [bytesAt(x, i), bytesAt(y, i)];
    out[i] = Number(strings(p.length === q.length && p.every((byte, k) => byte === q[k])));
  }
  const validity = presentInBoth(isColumn(a) ? a.validity : undefined, isColumn(b) ? b.validity : undefined, length);
  return { ...primitive("bool", blankMissing(out, "bool", validity), validity), ...lackingOf(a, b) };
}

function unsupported(operation: ElementOperation, ...operands: readonly Operand[]): CortadoError {
  const types = operands.map((x) => (isColumn(x) ? typeName(x) : `${typeof x} ${String(x)}`));
  const record = operands.some((x) => isColumn(x) && x.kind === "record");
  return new CortadoError(
    "ShapeError",
    `${operation.name} is not defined for ${types.join(" and ")}${record ? ": take a field of the records first" : ""}`,
    { code: "TypeMismatch" },
  );
}

/** Computes in the promoted dtype. */
export const asIs = (dtype: DType): DType => dtype;
/** Computes in floating point: float32 stays, integers as {@link floatOf} has them. */
export const inFloat: (dtype: DType) => DType = floatOf;
/** Computes in floating point, all integers in float64. */
export const inDouble = (dtype: DType): DType => (dtype === "float32" ? "float32" : "float64");
/** Integers and bool only. */
export const integersOnly = (dtype: DType): DType | undefined => (isFloat(dtype) ? undefined : dtype);
/** Numbers only, not bool. */
export const numbersOnly = (dtype: DType): DType | undefined => (dtype === "bool" ? undefined : dtype);
