/** What a cutflow or N-1 writes to a `.npz` file. */
import type { NpyArray } from "../numpy/index.ts";
import type { CutEvents } from "./cut-events.ts";

export const texts = (values: readonly string[]): NpyArray => ({ dtype: "string", shape: [values.length], values });

/** Numbers of events, exact. */
export const eventCounts = (counts: readonly number[]): NpyArray => ({
  dtype: "int64",
  shape: [counts.length],
  values: BigInt64Array.from(counts, BigInt),
});

export const weightSums = (sums: readonly number[]): NpyArray => ({
  dtype: "float64",
  shape: [sums.length],
  values: Float64Array.from(sums),
});

/** Masks of the same events as one array, a row for each. */
export function maskRows(masks: readonly Uint8Array[], events: number): NpyArray {
  const values = new Uint8Array(masks.length * events);
  for (const [k, mask] of masks.entries()) values.set(mask, k * events);
  return { dtype: "bool", shape: [masks.length, events], values };
}

/** The common mask and the weights of events, as far as there are any. */
export function eventArrays({ common, weights }: CutEvents): Record<string, NpyArray> {
  return {
    ...(common !== null && { commonmask: { dtype: "bool" as const, shape: [common.length], values: common } }),
    ...(weights !== null && { weights: { dtype: "float64" as const, shape: [weights.length], values: weights } }),
  };
}
