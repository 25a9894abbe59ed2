import { type DType, type PrimitiveColumn, valuesOf } from "../jagged/index.ts";

const signed: readonly DType[] = ["int8", "int16", "int32", "int64"];

/** Charges added (`sign` 1) or subtracted row by row, of the wider type; undefined unless both sides have them. */
export function addCharges(
  a: PrimitiveColumn | undefined,
  b: PrimitiveColumn | undefined,
  sign: 1 | -1 = 1,
): PrimitiveColumn | undefined {
  if (a === undefined || b === undefined) return undefined;
  const length = Math.min(a.length, b.length);
  const dtype = widerOf(a.dtype, b.dtype);
  const values = new valuesOf[dtype](length) as { [i: number]: number | bigint };
  for (let i = 0; i < length; i++) {
    const sum = Number(a.values[i]) + sign * Number(b.values[i]);
    values[i] = dtype === "int64" ? BigInt(sum) : sum;
  }
  return { kind: "primitive", dtype, values: values as never, length };
}

function widerOf(a: DType, b: DType): DType {
  if (signed.includes(a) && signed.includes(b)) return signed[Math.max(signed.indexOf(a), signed.indexOf(b))]!;
  return a === "float32" && b === "float32" ? "float32" : "float64";
}
