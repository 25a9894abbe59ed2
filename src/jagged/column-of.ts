import type { Scalar } from "./broadcast.ts";
import { type Column, valuesOf } from "./column.ts";
import { primitive } from "./gather.ts";
import { dtypeOf, isBig } from "./promote.ts";

/** A column of `length` entries that are all `value`, of the dtype it has on its own (a string: UTF-8). */
export function columnOf(value: Scalar, length = 1): Column {
  if (typeof value === "string") {
    const bytes = new TextEncoder().encode(value);
    const all = new Uint8Array(bytes.length * length);
    for (let i = 0; i < length; i++) all.set(bytes, i * bytes.length);
    const offsets = new Int32Array(length + 1).map((_, i) => i * bytes.length);
    return { kind: "string", encoding: "utf8", offsets, bytes: all, length };
  }
  const dtype = dtypeOf(value);
  const values = new valuesOf[dtype](length) as Float64Array;
  return primitive(dtype, values.fill((isBig(dtype) ? BigInt(value) : Number(value)) as number));
}
