import { broadcast, isColumn, type Operand } from "./broadcast.ts";
import { blankMissing } from "./cast.ts";
import type { Column } from "./column.ts";
import { binary, type ElementOperation } from "./elementwise.ts";
import { contentOf, primitive } from "./gather.ts";
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
  return broadcast("isclose", [a, b], ([x, y], length) => {
    if ([x, y].some((side) => isColumn(side) && side.kind === "list")) return undefined;
    const difference = binary(inDoubles("isclose", "a - b"), x!, y!);
    const [left, right] = [x!, y!].map((side) => doubles(side));
    const out = new Uint8Array(length);
    const close = closeness(rtol, atol, equalNan);
    for (let i = 0; i < length; i++) out[i] = Number(close(left!(i), right!(i)));
    return [primitive("bool", blankMissing(out, "bool", difference.validity), difference.validity)];
  })[0]!;
}

const inDoubles = (name: string, expression: string): ElementOperation => ({
  name,
  computes: () => "float64",
  expression: () => expression,
});

function doubles(side: Operand): (i: number) => number {
  if (!isColumn(side)) return () => Number(side);
  const values = (side.kind === "primitive" ? side.values : []) as ArrayLike<number | bigint>;
  return (i) => Number(values[i]);
}

function closeness(rtol: number, atol: number, equalNan: boolean): (a: number, b: number) => boolean {
  return (a, b) =>
    a === b ||
    (Number.isFinite(b) && Math.abs(a - b) <= atol + rtol * Math.abs(b)) ||
    (equalNan && Number.isNaN(a) && Number.isNaN(b));
}

/**
 * True if the columns have the same type (regular lists beside regular ones, dtypes included), the same lists, the same
 * missing entries and equal values; NaN is equal to nothing unless `equalNan`. Cost: one pass.
 */
export function arrayEqual(a: Column, b: Column, { equalNan = false }: { readonly equalNan?: boolean } = {}): boolean {
  return sameStructure(a, b, true, (x, y) => x === y || (equalNan && Number.isNaN(x) && Number.isNaN(y)));
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
  const close = closeness(rtol, atol, equalNan);
  return sameStructure(a, b, dtypeExact, (x, y) => x === y || close(Number(x), Number(y)));
}

type Same = (x: number | bigint, y: number | bigint) => boolean;

function sameStructure(a: Column, b: Column, exact: boolean, same: Same): boolean {
  if (a.length !== b.length || a.kind !== b.kind) return false;
  for (let i = 0; i < a.length; i++) if (isSet(a.validity, i) !== isSet(b.validity, i)) return false;
  if (a.kind === "list" && b.kind === "list") {
    if ((a.size === undefined) !== (b.size === undefined)) return false;
    for (let i = 0; i < a.length; i++) if (a.offsets[i + 1] !== b.offsets[i + 1]) return false;
    return sameStructure(contentOf(a), contentOf(b), exact, same);
  }
  if (a.kind === "record" && b.kind === "record") {
    const names = [...a.fields.keys()];
    return (
      names.length === b.fields.size &&
      names.every((name) => b.fields.has(name) && sameStructure(a.fields.get(name)!, b.fields.get(name)!, exact, same))
    );
  }
  if (a.kind === "string" && b.kind === "string") {
    const [p, q] = [a, b].map((side) => side.bytes.subarray(0, side.offsets[side.length]));
    if (a.offsets.some((offset, i) => i <= a.length && offset !== b.offsets[i])) return false;
    return p!.every((byte, i) => byte === q![i]);
  }
  if (a.kind !== "primitive" || b.kind !== "primitive") return false;
  if (exact && a.dtype !== b.dtype) return false;
  for (let i = 0; i < a.length; i++) if (isSet(a.validity, i) && !same(a.values[i]!, b.values[i]!)) return false;
  return true;
}
