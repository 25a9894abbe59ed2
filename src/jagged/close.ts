import { broadcast, isColumn, type Operand } from "./broadcast.ts";
import { castValues } from "./cast.ts";
import type { Column, Values } from "./column.ts";
import { forTypes } from "./element-loop.ts";
import { binary, type ElementOperation } from "./elementwise.ts";
import { contentOf } from "./gather.ts";
import { isBig, isFloat } from "./promote.ts";
import { isBig as isBigValues, wordsOf } from "./slot-values.ts";
import { isSet } from "./validity.ts";

export interface Tolerance {
  /** Relative to the second operand. */
  readonly rtol?: number;
  readonly atol?: number;
  /** NaN is equal to NaN. */
  readonly equalNan?: boolean;
}

/**
 * For each element whether abs(a - b) ≤ atol + rtol·abs(b) (or both are the same infinity), as bool; operands broadcast,
 * missing stays missing. Throws ShapeError for lengths and lists that differ. Cost: one pass.
 */
export function isclose(
  a: Operand,
  b: Operand,
  { rtol = 1e-5, atol = 1e-8, equalNan = false }: Tolerance = {},
): Column {
  const either = equalNan ? " || (a !== a && b !== b)" : "";
  const close = `a === b || (b - b === 0 && Math.abs(a - b) <= c[0] + c[1] * Math.abs(b))${either} ? 1 : 0`;
  const operation: ElementOperation = {
    name: "isclose",
    computes: () => "float64",
    answers: "bool",
    expression: () => close,
    constants: Float64Array.of(atol, rtol),
  };
  return broadcast("isclose", [a, b], ([x, y]) => {
    if ([x, y].some((side) => isColumn(side) && side.kind === "list")) return undefined;
    return [binary(operation, x!, y!)];
  })[0]!;
}

/**
 * True if the columns have the same type (regular lists beside regular ones, dtypes included), the same lists, the same
 * missing entries and equal values; NaN is equal to nothing unless `equalNan`. Cost: one pass.
 */
export function arrayEqual(a: Column, b: Column, { equalNan = false }: { readonly equalNan?: boolean } = {}): boolean {
  return sameStructure(a, b, true, equalNan ? "x !== y && (x === x || y === y)" : "x !== y", [0, 0]);
}

/**
 * True if the columns have the same lists and missing entries and values within tolerance ({@link isclose});
 * dtypes count only with `dtypeExact`. Cost: one pass.
 */
export function almostEqual(
  a: Column,
  b: Column,
  { rtol = 1e-5, atol = 1e-8, equalNan = false, dtypeExact = true }: Tolerance & { readonly dtypeExact?: boolean } = {},
): boolean {
  const far = "x !== y && !(y - y === 0 && Math.abs(x - y) <= c[0] + c[1] * Math.abs(y))";
  return sameStructure(a, b, dtypeExact, equalNan ? `${far} && (x === x || y === y)` : far, [atol, rtol]);
}

/** `differ` is an expression of the values `x` and `y` and of the tolerances `c`. */
function sameStructure(a: Column, b: Column, exact: boolean, differ: string, c: readonly number[]): boolean {
  if (a.length !== b.length || a.kind !== b.kind) return false;
  if (a.validity !== b.validity)
    for (let i = 0; i < a.length; i++) if (isSet(a.validity, i) !== isSet(b.validity, i)) return false;
  if (a.kind === "list" && b.kind === "list") {
    if ((a.size === undefined) !== (b.size === undefined)) return false;
    if (a.offsets !== b.offsets)
      for (let i = 0; i < a.length; i++) if (a.offsets[i + 1] !== b.offsets[i + 1]) return false;
    return sameStructure(contentOf(a), contentOf(b), exact, differ, c);
  }
  if (a.kind === "record" && b.kind === "record") {
    const names = [...a.fields.keys()];
    return (
      names.length === b.fields.size &&
      names.every(
        (name) => b.fields.has(name) && sameStructure(a.fields.get(name)!, b.fields.get(name)!, exact, differ, c),
      )
    );
  }
  if (a.kind === "string" && b.kind === "string") {
    const [p, q] = [a, b].map((side) => side.bytes.subarray(0, side.offsets[side.length]));
    if (a.offsets.some((offset, i) => i <= a.length && offset !== b.offsets[i])) return false;
    return p!.every((byte, i) => byte === q![i]);
  }
  if (a.kind !== "primitive" || b.kind !== "primitive") return false;
  if (exact && a.dtype !== b.dtype) return false;
  if (a.dtype === b.dtype && sameBits(a.values, b.values, a.length, isFloat(a.dtype))) return true;
  // Integers of 64 bits as they are where both are, else as the nearest doubles.
  const alike = isBig(a.dtype) === isBig(b.dtype);
  const [x, y] = [a, b].map((side) => (alike ? side.values : castValues(side.values, side.dtype, "float64", a.length)));
  if (alike && isBig(a.dtype) && !differ.includes("c[")) return sameWords(x!, y!, a.validity, a.length);
  return firstThat(differ, x!, y!)(x, y, c, a.validity, a.length) as boolean;
}

/** Whether no present pair of values differs, compiled for each pair of types. */
function firstThat(differ: string, x: Values, y: Values): (...all: unknown[]) => unknown {
  const wide = isBigValues(x) ? "Number" : "";
  return forTypes(
    x,
    `// ${y.constructor.name}
    return function (a, b, c, validity, n) {
      for (let i = 0; i < n; i++) {
        const x = ${wide}(a[i]), y = ${wide}(b[i]);
        if ((${differ}) && (validity === undefined || (validity[i >> 3] >> (i & 7)) & 1)) return false;
      }
      return true;
    }`,
  );
}

/** Words of one call: V8 enters optimised code where a function is called, a loop that is running stays behind. */
const blockWords = 4096;

/** Whether the values are the same bits, and none of them NaN: what settles most comparisons, in integers and without a branch. */
function sameBits(x: Values, y: Values, length: number, floats: boolean): boolean {
  const bytes = length * x.BYTES_PER_ELEMENT;
  if (((x.byteOffset | y.byteOffset) & 3) !== 0 || (floats && x.BYTES_PER_ELEMENT !== 4)) return false;
  const [p, q] = [x, y].map((values) => new Int32Array(values.buffer, values.byteOffset, bytes >> 2));
  let different = 0;
  for (let i = 0; i < p!.length && different === 0; i += blockWords)
    different = differenceOf(p!, q!, i, Math.min(i + blockWords, p!.length), floats ? 0x7f80_0000 : 0x7fff_ffff);
  for (let i = (bytes & ~3) / x.BYTES_PER_ELEMENT; i < length; i++) different |= Number(x[i]!) ^ Number(y[i]!);
  return different === 0;
}

/** 0 if the words are the same and, without their sign, not above `limit`: those of NaN are. */
function differenceOf(p: Int32Array, q: Int32Array, from: number, to: number, limit: number): number {
  let different = 0;
  for (let i = from; i < to; i++) different |= (p[i]! ^ q[i]!) | ((limit - (p[i]! & 0x7fff_ffff)) & 0x8000_0000);
  return different;
}

function sameWords(x: Values, y: Values, validity: Uint8Array | undefined, length: number): boolean {
  const [p, q] = [wordsOf(x), wordsOf(y)];
  for (let i = 0; i < 2 * length; i++) if (p[i] !== q[i] && isSet(validity, i >> 1)) return false;
  return true;
}
