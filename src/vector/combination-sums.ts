import { CortadoError } from "../errors.ts";
import { type Column, type PrimitiveColumn, valuesOf } from "../jagged/index.ts";
import { cartesianOf, totals } from "./arithmetic.ts";
import { type Coordinate, coordinatesOf } from "./coordinates.ts";
import { relisted } from "./nesting.ts";
import { readObjectLists } from "./object-lists.ts";
import { valuesIn } from "./property.ts";
import { type Numbers, rowIsValid } from "./vectors.ts";

/**
 * The sums of all combinations of `n` different vectors of each list, in lexicographic order (0+1, 0+2, …): one list of
 * vectors an event, as `add` has them; charges add in their own type. Fewer than `n` vectors give an empty list, a missing
 * vector a missing sum. Throws UsageError unless n ≥ 1. Cost: n additions a combination, no combination is stored.
 */
export function combinationSums(column: Column, n: number): Column {
  const operation = `combinationSums of ${n}`;
  if (!Number.isInteger(n) || n < 1)
    throw new CortadoError("UsageError", `${operation}: n must be an integer of at least 1`, { code: "BadArgument" });
  const { list, vectors: v } = readObjectLists(operation, column);
  const members = combinations(list.offsets, list.length, n);
  const rows = members.offsets[list.length]!;
  const system = cartesianOf(v);
  const all = valuesIn(v, system);
  const values: { [C in Coordinate]?: Numbers } = {};
  for (const name of coordinatesOf(system)) {
    values[name] = added(all[name]!, members.rows, n, rows);
  }
  let charge: PrimitiveColumn | undefined;
  if (v.charge !== undefined) {
    const { dtype, values: from } = v.charge;
    const out = new valuesOf[dtype](rows) as { [i: number]: number | bigint };
    for (let i = 0; i < rows; i++) {
      let q = 0;
      for (let k = 0; k < n; k++) q += Number(from[members.rows[i * n + k]!]);
      out[i] = dtype.endsWith("int64") ? BigInt(q) : q;
    }
    charge = { kind: "primitive", dtype, values: out as never, length: rows };
  }
  let validity: Uint8Array | undefined;
  if (v.validity !== undefined) {
    validity = new Uint8Array((rows + 7) >> 3);
    for (let i = 0; i < rows; i++) {
      let present = true;
      for (let k = 0; k < n; k++) present &&= rowIsValid(v, members.rows[i * n + k]!);
      if (present) validity[i >> 3]! |= 1 << (i & 7);
    }
  }
  const lists = [relisted(list, members.offsets, list.content)];
  const { validity: _, ...rest } = v;
  const shape = { ...rest, lists, rows, ...(validity !== undefined && { validity }) };
  return totals(shape, v.system.time === "tau", values, charge);
}

/** The sum of the `n` entries of each combination. Pairs and triples, the usual ones, take one pass. */
function added(from: Numbers, members: Int32Array, n: number, length: number): Float64Array {
  const out = new Float64Array(length);
  if (n === 2) for (let i = 0; i < length; i++) out[i] = from[members[2 * i]!]! + from[members[2 * i + 1]!]!;
  else if (n === 3)
    for (let i = 0; i < length; i++)
      out[i] = from[members[3 * i]!]! + from[members[3 * i + 1]!]! + from[members[3 * i + 2]!]!;
  else
    for (let k = 0; k < n; k++)
      for (let i = 0, at = k; i < length; i++, at += n) out[i] = out[i]! + from[members[at]!]!;
  return out;
}

/** Rows of the members of all combinations, `n` a combination, and where those of each list begin. */
function combinations(offsets: Int32Array, length: number, n: number): { offsets: Int32Array; rows: Int32Array } {
  const starts = new Int32Array(length + 1);
  for (let i = 0; i < length; i++) starts[i + 1] = starts[i]! + choose(offsets[i + 1]! - offsets[i]!, n);
  const rows = new Int32Array(starts[length]! * n);
  const chosen = new Int32Array(n);
  let at = 0;
  if (n === 2) {
    for (let i = 0; i < length; i++) {
      const stop = offsets[i + 1]!;
      for (let a = offsets[i]!; a < stop; a++)
        for (let b = a + 1; b < stop; b++) {
          rows[at++] = a;
          rows[at++] = b;
        }
    }
    return { offsets: starts, rows };
  }
  for (let i = 0; i < length; i++) {
    const start = offsets[i]!;
    const count = offsets[i + 1]! - start;
    if (count < n) continue;
    for (let k = 0; k < n; k++) chosen[k] = k;
    for (;;) {
      for (let k = 0; k < n; k++) rows[at++] = start + chosen[k]!;
      let k = n - 1;
      while (k >= 0 && chosen[k] === count - n + k) k--;
      if (k < 0) break;
      chosen[k]!++;
      for (let next = k + 1; next < n; next++) chosen[next] = chosen[next - 1]! + 1;
    }
  }
  return { offsets: starts, rows };
}

function choose(count: number, n: number): number {
  if (count < n) return 0;
  if (n === 2) return (count * (count - 1)) / 2;
  let ways = 1;
  for (let k = 1; k <= n; k++) ways = (ways * (count - n + k)) / k;
  return Math.round(ways);
}
