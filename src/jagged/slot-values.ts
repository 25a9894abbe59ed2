import { type Column, type DType, type PrimitiveColumn, type Values, valuesOf } from "./column.ts";
import type { Segments } from "./segments.ts";

/** The lowest and highest number of each integer dtype. */
export const integerLimits: { readonly [dtype in DType]?: readonly [number | bigint, number | bigint] } = {
  bool: [0, 1],
  int8: [-(2 ** 7), 2 ** 7 - 1],
  int16: [-(2 ** 15), 2 ** 15 - 1],
  int32: [-(2 ** 31), 2 ** 31 - 1],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint8: [0, 2 ** 8 - 1],
  uint16: [0, 2 ** 16 - 1],
  uint32: [0, 2 ** 32 - 1],
  uint64: [0n, 2n ** 64n - 1n],
};

export type BigValues = BigInt64Array | BigUint64Array;

export function isBig(values: Values): values is BigValues {
  return values instanceof BigInt64Array || values instanceof BigUint64Array;
}

/**
 * The values of the slots as float64, which holds every dtype up to 32 bits exactly; 64-bit integers are rounded. One
 * kind of array keeps the loops over them fast. Cost: nothing for float64 in place, one copy otherwise.
 */
export function asFloats(leaf: PrimitiveColumn, { offsets, order }: Segments): Float64Array {
  const end = offsets[offsets.length - 1]!;
  const { values } = leaf;
  if (order === undefined && values instanceof Float64Array) return values;
  if (isBig(values)) {
    const floats = new Float64Array(end);
    const words = wordsOf(values);
    const signed = values instanceof BigInt64Array;
    for (let s = 0; s < end; s++) {
      const i = order === undefined ? s : order[s]!;
      const high = words[2 * i + 1]!;
      floats[s] = (signed ? high : high >>> 0) * 2 ** 32 + (words[2 * i]! >>> 0);
    }
    return floats;
  }
  if (order === undefined) return new Float64Array(values.subarray(0, end));
  return gather(values as Float64Array, order, new Float64Array(end));
}

/** 64-bit integers as pairs of 32-bit words, the low one first. */
export function wordsOf(values: BigValues): Int32Array {
  return new Int32Array(values.buffer, values.byteOffset, 2 * values.length);
}

function gather(from: Float64Array, order: Int32Array, to: Float64Array): Float64Array {
  for (let s = 0; s < to.length; s++) to[s] = from[order[s]!]!;
  return to;
}

/** A column without missing entries around `values`, converted to the dtype as typed arrays do. */
export function columnOf(dtype: DType, values: Values): Column {
  const wanted = valuesOf[dtype];
  const stored =
    values instanceof wanted ? values : new (wanted as unknown as Float64ArrayConstructor)(values as Float64Array);
  return { kind: "primitive", dtype, length: values.length, values: stored as never };
}
