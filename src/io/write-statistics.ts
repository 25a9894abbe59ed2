import type { WriteRows } from "./write-rows.ts";
import { physicalType, physicalTypeOf } from "./write-schema.ts";
import { binary, bool, i64, struct, type ThriftValue } from "./write-thrift.ts";

/** Longest string written as a bound; for longer ones there are no bounds. */
const maxBound = 256;

/**
 * Statistics of a column chunk. Of a flat column: how many values are missing, and the smallest and largest one; no bounds
 * where there are no values or where there is a NaN. A zero bound is written as -0 below and +0 above, as the format asks.
 * Of lists in which something may be missing: how many of the entries (elements, and empty or missing lists) have no
 * value, which is what other writers count. None of other lists.
 */
export function chunkStatistics(rows: WriteRows, entries: number): ThriftValue | undefined {
  const { leaf, valueCount } = rows;
  const nulls = i64(entries - valueCount);
  if (leaf.isList) return leaf.optionalLists || leaf.optionalValues ? struct({ 3: nulls }) : undefined;
  const bounds = rows.strings === undefined ? numberBounds(rows) : stringBounds(rows);
  return struct({
    3: nulls,
    ...(bounds !== undefined && { 5: binary(bounds.max), 6: binary(bounds.min), 7: bool(true), 8: bool(true) }),
  });
}

interface Bounds {
  readonly min: Uint8Array;
  readonly max: Uint8Array;
}

function numberBounds(rows: WriteRows): Bounds | undefined {
  const { values, valueCount } = rows;
  if (valueCount === 0) return undefined;
  let min = values[0]!;
  let max = min;
  for (let i = 0; i < valueCount; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) return undefined;
    if (value < min) min = value;
    else if (value > max) max = value;
  }
  const type = physicalTypeOf(rows.leaf.type);
  const isFloat = type === physicalType.FLOAT || type === physicalType.DOUBLE;
  if (isFloat && min === 0) min = -0;
  if (isFloat && max === 0) max = 0;
  return { min: plainBytes(min, type), max: plainBytes(max, type) };
}

function plainBytes(value: number | bigint, type: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(8));
  switch (type) {
    case physicalType.BOOLEAN:
      view.setUint8(0, Number(value));
      return new Uint8Array(view.buffer, 0, 1);
    case physicalType.INT64:
      view.setBigUint64(0, BigInt(value), true);
      return new Uint8Array(view.buffer);
    case physicalType.FLOAT:
      view.setFloat32(0, Number(value), true);
      return new Uint8Array(view.buffer, 0, 4);
    case physicalType.DOUBLE:
      view.setFloat64(0, Number(value), true);
      return new Uint8Array(view.buffer);
    default:
      view.setInt32(0, Number(value), true);
      return new Uint8Array(view.buffer, 0, 4);
  }
}

function stringBounds(rows: WriteRows): Bounds | undefined {
  const { strings, valueCount, stringBytes } = rows;
  if (strings === undefined || valueCount === 0) return undefined;
  const at = (i: number): Uint8Array => stringBytes.subarray(strings[i]!, strings[i + 1]!);
  let min = at(0);
  let max = min;
  for (let i = 1; i < valueCount; i++) {
    const value = at(i);
    if (compareBytes(value, min) < 0) min = value;
    else if (compareBytes(value, max) > 0) max = value;
  }
  return min.length <= maxBound && max.length <= maxBound ? { min: min.slice(), max: max.slice() } : undefined;
}

/** Below zero if `a` comes before `b`, bytes compared as unsigned numbers. */
function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}
