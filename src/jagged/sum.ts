import type { DType, PrimitiveColumn } from "./column.ts";
import { type Kernel, type Reducer, reducer } from "./reduce.ts";
import type { Segments } from "./segments.ts";
import { asBigs, asFloats, type BigValues, columnOf, isBig } from "./slot-values.ts";

/** So many 32-bit integers sum exactly in float64. */
const block = 2 ** 20;

/**
 * Sum. Missing values count nothing and an empty list is 0, unless `maskIdentity` makes it missing; NaN propagates.
 * Booleans and signed integers sum to int64, unsigned to uint64, both wrapping around; float32 is summed in float64 and
 * rounded once. `sum(Jet.pt, { axis: 1 })` is HT. Cost: one pass.
 */
export const sum: Reducer<number | bigint | null> = reducer({
  operation: "sum",
  kernel: totals(sums, bigSums),
  maskIdentity: false,
});

/** Product, with the rules of {@link sum}; an empty list is 1. */
export const prod: Reducer<number | bigint | null> = reducer({
  operation: "prod",
  kernel: totals(products, bigProducts),
  maskIdentity: false,
});

/** {@link sum} without NaN. */
export const nansum: Reducer<number | bigint | null> = reducer({
  operation: "nansum",
  kernel: totals(sums, bigSums),
  maskIdentity: false,
  withoutNaN: true,
});

/** {@link prod} without NaN. */
export const nanprod: Reducer<number | bigint | null> = reducer({
  operation: "nanprod",
  kernel: totals(products, bigProducts),
  maskIdentity: false,
  withoutNaN: true,
});

/** `floats` for floating point, `bigs` for the 64-bit wrap-around results of integers. */
function totals(
  floats: (values: Float64Array, offsets: Int32Array) => Float64Array,
  bigs: (leaf: PrimitiveColumn, segments: Segments) => BigInt64Array,
): Kernel {
  return ([leaf], segments) => {
    const { dtype } = leaf!;
    if (dtype === "float32" || dtype === "float64")
      return columnOf(dtype, floats(asFloats(leaf!, segments), segments.offsets));
    const wide: DType = dtype.startsWith("u") ? "uint64" : "int64";
    const total = bigs(leaf!, segments);
    return columnOf(wide, wide === "int64" ? total : new BigUint64Array(total.buffer));
  };
}

function sums(values: Float64Array, offsets: Int32Array): Float64Array {
  const out = new Float64Array(offsets.length - 1);
  let s = offsets[0]!;
  for (let g = 0; g < out.length; g++) {
    const end = offsets[g + 1]!;
    let total = 0;
    for (; s < end; s++) total += values[s]!;
    out[g] = total;
  }
  return out;
}

/** Sums modulo 2^64, in halves of 32 bits: no bigint is made. */
function bigSums(leaf: PrimitiveColumn, segments: Segments): BigInt64Array {
  const { offsets } = segments;
  if (isBig(leaf.values)) return bigSumsOf(asBigs(leaf.values, segments), offsets);
  const values = asFloats(leaf, segments);
  const out = new BigInt64Array(offsets.length - 1);
  const halves = new Int32Array(out.buffer);
  let s = 0;
  for (let g = 0; g < out.length; g++) {
    const end = offsets[g + 1]!;
    let low = 0;
    let high = 0;
    while (s < end) {
      const stop = Math.min(end, s + block);
      for (; s < stop; s++) low += values[s]!;
      const carry = Math.floor(low / 2 ** 32);
      low -= carry * 2 ** 32;
      high = (high + carry) | 0;
    }
    halves[2 * g] = low | 0;
    halves[2 * g + 1] = high;
  }
  return out;
}

function bigSumsOf(values: BigValues, offsets: Int32Array): BigInt64Array {
  const out = new BigInt64Array(offsets.length - 1);
  const halves = new Int32Array(out.buffer);
  const words = new Int32Array(values.buffer, values.byteOffset, 2 * values.length);
  let s = 0;
  for (let g = 0; g < out.length; g++) {
    const end = offsets[g + 1]!;
    let low = 0;
    let high = 0;
    while (s < end) {
      const stop = Math.min(end, s + block);
      for (; s < stop; s++) {
        low += words[2 * s]! >>> 0;
        high += words[2 * s + 1]!;
      }
      const carry = Math.floor(low / 2 ** 32);
      low -= carry * 2 ** 32;
      high = (high + carry) | 0;
    }
    halves[2 * g] = low | 0;
    halves[2 * g + 1] = high;
  }
  return out;
}

function products(values: Float64Array, offsets: Int32Array): Float64Array {
  const out = new Float64Array(offsets.length - 1);
  let s = offsets[0]!;
  for (let g = 0; g < out.length; g++) {
    const end = offsets[g + 1]!;
    let total = 1;
    for (; s < end; s++) total *= values[s]!;
    out[g] = total;
  }
  return out;
}

/** Products modulo 2^64: in float64 while that is exact, in bigint for the lists where it is not. */
function bigProducts(leaf: PrimitiveColumn, segments: Segments): BigInt64Array {
  const { offsets } = segments;
  const floats = asFloats(leaf, segments);
  const bigs = isBig(leaf.values) ? asBigs(leaf.values, segments) : undefined;
  const out = new BigInt64Array(offsets.length - 1);
  for (let g = 0; g < out.length; g++) {
    const end = offsets[g + 1]!;
    let total = 1;
    let s = offsets[g]!;
    // A factor beyond 2^53 makes the product leave the range as well, or 0, which is right.
    for (; s < end && Math.abs(total) < 2 ** 53; s++) total *= floats[s]!;
    if (Math.abs(total) < 2 ** 53) {
      out[g] = BigInt(total);
      continue;
    }
    let exact = 1n;
    for (s = offsets[g]!; s < end; s++)
      exact = BigInt.asIntN(64, exact * (bigs === undefined ? BigInt(floats[s]!) : bigs[s]!));
    out[g] = exact;
  }
  return out;
}
