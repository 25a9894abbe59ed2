import { CortadoError } from "../errors.ts";
import { type Column, type ListColumn, type PrimitiveColumn, typeName } from "../jagged/index.ts";
import { cartesianOf, totals } from "./arithmetic.ts";
import { type Coordinate, coordinatesOf } from "./coordinates.ts";
import { closeLists } from "./nesting.ts";
import { valuesIn } from "./property.ts";
import { type Numbers, readVectors, rowIsValid, type Vectors } from "./vectors.ts";

/**
 * The sum of the vectors of each list, as `add` has it, accumulated in float64: one vector an event for lists of objects.
 * An empty list gives the zero vector, a missing list a missing vector; missing vectors are left out. Charges add
 * (in int64, or in the type of the column if that is a float). `axis: 0` adds over the events instead: the first
 * objects of all events, the second ones, …; for vectors without lists it is the only axis and gives one vector.
 * Throws ShapeError for `axis: 0` of lists of lists. Cost: one pass.
 */
export function sum(column: Column, options: { readonly axis?: 0 | -1 } = {}): Column {
  const v = readVectors("sum", column);
  const depth = v.lists.length;
  if (depth === 0) return into(v, [], Int32Array.from({ length: v.rows }).fill(0), 1, undefined);
  const inner = v.lists[depth - 1]!;
  const place = new Int32Array(v.rows).fill(-1);
  if (options.axis === 0) {
    if (depth > 1)
      throw new CortadoError("ShapeError", `sum with axis 0 adds lists of vectors, not ${typeName(column)}`, {
        code: "NotFlat",
      });
    let longest = 0;
    for (let i = 0; i < inner.length; i++) {
      const [start, stop] = [inner.offsets[i]!, inner.offsets[i + 1]!];
      longest = Math.max(longest, stop - start);
      for (let row = start; row < stop; row++) place[row] = row - start;
    }
    return into(v, [], place, longest, undefined);
  }
  for (let i = 0; i < inner.length; i++) place.fill(i, inner.offsets[i]!, inner.offsets[i + 1]!);
  return into(v, v.lists.slice(0, -1), place, inner.length, inner);
}

/** Adds row `r` to place `place[r]` of `length` (−1: nowhere; written for missing rows); what is missing in `present` is missing in the result. */
function into(
  v: Vectors,
  lists: readonly ListColumn[],
  place: Int32Array,
  length: number,
  present: ListColumn | undefined,
): Column {
  const system = cartesianOf(v);
  const values = valuesIn(v, system);
  const sums: { [C in Coordinate]?: Numbers } = {};
  if (v.validity !== undefined) for (let row = 0; row < v.rows; row++) if (!rowIsValid(v, row)) place[row] = -1;
  for (const name of coordinatesOf(system)) {
    const from = values[name]!;
    const out = new Float64Array(length);
    for (let row = 0; row < v.rows; row++) if (place[row]! >= 0) out[place[row]!]! += from[row]!;
    sums[name] = out;
  }
  let charge: PrimitiveColumn | undefined;
  if (v.charge !== undefined) {
    const out = new Float64Array(length);
    for (let row = 0; row < v.rows; row++) if (place[row]! >= 0) out[place[row]!]! += Number(v.charge.values[row]);
    const { dtype } = v.charge;
    charge = dtype.startsWith("float")
      ? {
          kind: "primitive",
          dtype: dtype as "float64",
          values: dtype === "float32" ? (new Float32Array(out) as never) : out,
          length,
        }
      : { kind: "primitive", dtype: "int64", values: BigInt64Array.from(out, (q) => BigInt(q)), length };
  }
  const { validity, ...rest } = v;
  const missing = present?.validity;
  const shape: Vectors = { ...rest, lists: [], rows: length, ...(missing !== undefined && { validity: missing }) };
  const rows = totals(shape, v.system.time === "tau", sums, charge);
  return closeLists(lists, rows);
}
