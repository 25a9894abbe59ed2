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

/** The bits of 32-bit values, or those of 64-bit values in pairs, the low half first. */
export function wordsOf(values: Values): Int32Array {
  return new Int32Array(values.buffer, values.byteOffset, values.byteLength >> 2);
}

/**
 * 64-bit integers that all fit into 32 bits as an int32 column, which loops take several times faster; undefined if one
 * does not. Cost: one pass and one copy.
 */
export function narrowed(leaf: PrimitiveColumn): PrimitiveColumn<"int32"> | undefined {
  if (!isBig(leaf.values)) return undefined;
  const words = wordsOf(leaf.values);
  const unsigned = leaf.dtype === "uint64";
  const values = new Int32Array(leaf.length);
  let rest = 0;
  for (let i = 0; i < values.length; i++) {
    const low = words[2 * i]!;
    const high = words[2 * i + 1]!;
    values[i] = low;
    rest |= high ^ (low >> 31);
    if (unsigned) rest |= high;
  }
  if (rest !== 0) return undefined;
  return { ...leaf, dtype: "int32", values };
}

/** The integers as 64 bits again. */
export function widened(values: Int32Array, dtype: "int64" | "uint64"): BigValues {
  const words = new Int32Array(2 * values.length);
  for (let i = 0; i < values.length; i++) {
    words[2 * i] = values[i]!;
    words[2 * i + 1] = values[i]! >> 31;
  }
  return dtype === "int64" ? new BigInt64Array(words.buffer) : new BigUint64Array(words.buffer);
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
