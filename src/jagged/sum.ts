import { type DType, valuesOf } from "./column.ts";
import { trueCount } from "./count.ts";
import { type Kernel, type Reducer, reducer } from "./reduce.ts";
import { foldLoop, type GroupLoop, groupLoop } from "./segment-loop.ts";
import type { Segments } from "./segments.ts";
import { columnOf, isBig } from "./slot-values.ts";

/** So many 32-bit integers sum exactly in float64. */
const block = 2 ** 20;

/**
 * Sum. Missing values count nothing and an empty list is 0, unless `maskIdentity` makes it missing; NaN propagates.
 * Booleans and signed integers sum to int64, unsigned to uint64, both wrapping around; float32 is summed in float64 and
 * rounded once. `sum(Jet.pt, { axis: 1 })` is HT. Cost: one pass.
 */
export const sum: Reducer<number | bigint | null> = total("sum", false);

/** {@link sum} without NaN. */
export const nansum: Reducer<number | bigint | null> = total("nansum", true);

/** Product, with the rules of {@link sum}; an empty list is 1. */
export const prod: Reducer<number | bigint | null> = total("prod", false);

/** {@link prod} without NaN. */
export const nanprod: Reducer<number | bigint | null> = total("nanprod", true);

/** Writes the halves of a 64-bit integer; the words of `out` are in the order of the machine, low first. */
const writeHalves = `
  const small = low | 0;
  if (small === low && high === 0) { out[2 * g] = small; out[2 * g + 1] = small >> 31; }
  else { out[2 * g] = small; out[2 * g + 1] = (Math.floor(low / 4294967296) + high) | 0; }`;

const carry = `
  const carried = Math.floor(low / 4294967296);
  low -= carried * 4294967296;
  high = (high + carried) | 0;`;

/** Sums in float64, as `out` holds them; long lists in four sums, since one addition waits for the one before. */
export const sums: <O extends Float64Array | Float32Array>(...of: Parameters<GroupLoop<O>>) => O = groupLoop(`
  let total = 0;
  if (end - s > 64) {
    let a = 0, b = 0, c = 0;
    for (; s + 4 <= end; s += 4) {
      const t = s + 1, u = s + 2, v = s + 3;
      total += @(s); a += @(t); b += @(u); c += @(v);
    }
    total += a + b + c;
  }
  for (; s < end; s++) total += @(s);
  out[g] = total;`);

const booleanSums: GroupLoop<Int32Array> = foldLoop({
  before: "let n = 0;",
  each: "n += @(i) & inside;",
  after: "out[2 * g] = n; out[2 * g + 1] = 0;",
});

const integerSums: GroupLoop<Int32Array> = groupLoop(`
  let low = 0, high = 0;
  while (end - s > ${block}) {
    for (const stop = s + ${block}; s < stop; s++) low += @(s);
    ${carry}
  }
  for (; s < end; s++) low += @(s);
  ${writeHalves}`);

const products: GroupLoop<Float64Array | Float32Array> = groupLoop(`
  let total = 1;
  for (; s < end; s++) total *= @(s);
  out[g] = total;`);

/**
 * Products of integers where float64 is exact, else a mark behind the last one. A product only grows, or is 0 for good.
 * `factor` is a value, or 1 where it is a repetition.
 */
const exactProducts = (factor: string): GroupLoop<Int32Array> =>
  foldLoop({
    before: "let low = 1; const high = 0;",
    each: `low *= ${factor};`,
    long: "for (; s < end; s++) low *= @(s);",
    after: `
    if (!(Math.abs(low) < 9007199254740992)) { out[out.length - 2] = 1; continue; }
    ${writeHalves}`,
  });
const integerProducts = exactProducts("(@(i) & inside) - ~inside");
const wideProducts = exactProducts("inside ? @(i) : 1");

function total(operation: "sum" | "prod" | "nansum" | "nanprod", withoutNaN: boolean): Reducer<number | bigint | null> {
  const adds = operation.endsWith("sum");
  const kernel: Kernel = ([leaf], segments) => {
    const { dtype, values } = leaf!;
    const groups = segments.offsets.length - 1;
    if (dtype === "float32" || dtype === "float64")
      return columnOf(dtype, (adds ? sums : products)(leaf!, segments, new valuesOf[dtype](groups)));
    const halves = new Int32Array(2 * groups + 2);
    const out = new BigInt64Array(halves.buffer, 0, groups);
    if (!adds) {
      const signed = !isBig(values) && !(values instanceof Uint32Array);
      (signed ? integerProducts : wideProducts)(leaf!, segments, halves);
      if (halves[2 * groups] === 1) multiply(values, segments, out);
    } else if (dtype === "bool" && segments.order === undefined && groups === 1)
      halves[0] = trueCount(values as Uint8Array, segments.offsets[0]!, segments.offsets[1]!);
    else if (dtype === "bool") booleanSums(leaf!, segments, halves);
    else if (isBig(values)) bigSums(leaf!, segments, halves);
    else integerSums(leaf!, segments, halves);
    const wide: DType = dtype.startsWith("u") ? "uint64" : "int64";
    return columnOf(wide, wide === "int64" ? out : new BigUint64Array(out.buffer, 0, groups));
  };
  return reducer({ operation, kernel, maskIdentity: false, withoutNaN });
}

/** Sums of 64-bit integers modulo 2^64, in halves of 32 bits: no bigint is made. */
const bigSums: GroupLoop<Int32Array> = foldLoop({
  before: "let low = 0, high = 0;",
  each: "low += (low(i) & inside) >>> 0; high = (high + (high(i) & inside)) | 0;",
  long: `
    while (s < end) {
      for (const stop = Math.min(s + ${block}, end); s < stop; s++) { low += low(s) >>> 0; high = (high + high(s)) | 0; }
      ${carry}
    }`,
  after: `
  out[2 * g] = low | 0;
  out[2 * g + 1] = (high + Math.floor(low / 4294967296)) | 0;`,
});

/** Products modulo 2^64, with bigint. */
function multiply(
  values: { readonly [i: number]: number | bigint },
  { offsets, order }: Segments,
  out: BigInt64Array,
): void {
  for (let g = 0; g < out.length; g++) {
    let exact = 1n;
    for (let s = offsets[g]!; s < offsets[g + 1]!; s++)
      exact = BigInt.asIntN(64, exact * BigInt(values[order === undefined ? s : order[s]!]!));
    out[g] = exact;
  }
}
