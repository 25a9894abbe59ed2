import { type DType, valuesOf } from "../jagged/index.ts";
import { corruptPage } from "./decode-failure.ts";
import type { LeafValue } from "./parquet-file.ts";
import { type BytesSink, type FixedSink, reserve } from "./sink.ts";

/** 32-bit integers into a narrower type. A value that does not fit means a damaged file. */
export function narrow(from: FixedSink, count: number, dtype: DType, to: FixedSink, at: number): void {
  const target = new valuesOf[dtype as "int8"](0).constructor as Int8ArrayConstructor;
  const values = new target(to.bytes.buffer as ArrayBuffer);
  const { words } = from;
  for (let i = 0; i < count; i++) {
    const value = words[i]!;
    values[at + i] = value;
    if (values[at + i] !== value) throw corruptPage(`${value} in a column of ${dtype}`);
  }
}

/** float16 (IEEE 754 binary16) into float32. */
export function halfToSingle(from: FixedSink, count: number, to: FixedSink, at: number): void {
  const values = new Float32Array(to.bytes.buffer as ArrayBuffer);
  for (let i = 0; i < count; i++) {
    const bits = from.bytes[2 * i]! | (from.bytes[2 * i + 1]! << 8);
    const sign = bits & 0x8000 ? -1 : 1;
    const exponent = (bits >> 10) & 0x1f;
    const fraction = bits & 0x3ff;
    if (exponent === 0x1f) values[at + i] = fraction === 0 ? sign * Infinity : Number.NaN;
    else if (exponent === 0) values[at + i] = sign * fraction * 2 ** -24;
    else values[at + i] = sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  }
}

const julianDayOf1970 = 2440588n;
const nanosecondsPerDay = 86_400_000_000_000n;

/** INT96 timestamps (nanoseconds of the day, Julian day) into nanoseconds since 1970. */
export function int96ToNanoseconds(from: FixedSink, count: number, to: FixedSink, at: number): void {
  const view = new DataView(from.bytes.buffer, from.bytes.byteOffset, from.bytes.byteLength);
  const values = new BigInt64Array(to.bytes.buffer as ArrayBuffer);
  for (let i = 0; i < count; i++) {
    const day = BigInt(view.getInt32(12 * i + 8, true)) - julianDayOf1970;
    values[at + i] = day * nanosecondsPerDay + view.getBigInt64(12 * i, true);
  }
}

/** Unscaled integers (4 or 8 bytes little endian, or big endian of any length) into decimal text. */
export function decimalsToText(
  from: FixedSink | BytesSink,
  count: number,
  bigEndian: boolean,
  value: LeafValue & { readonly kind: "decimal" },
  to: BytesSink,
  at: number,
): void {
  let used = to.ends[at]!;
  for (let i = 0; i < count; i++) {
    const bytes =
      from.kind === "bytes"
        ? from.bytes.subarray(from.ends[i]!, from.ends[i + 1]!)
        : from.bytes.subarray(i * from.width, (i + 1) * from.width);
    const text = decimalText(integerOf(bytes, bigEndian), value.scale);
    reserve(to, used, text.length);
    for (let k = 0; k < text.length; k++) to.bytes[used + k] = text.charCodeAt(k);
    used += text.length;
    to.ends[at + i + 1] = used;
  }
}

function integerOf(bytes: Uint8Array, bigEndian: boolean): bigint {
  let value = 0n;
  for (let k = 0; k < bytes.length; k++) value = (value << 8n) | BigInt(bytes[bigEndian ? k : bytes.length - 1 - k]!);
  return BigInt.asIntN(8 * bytes.length, value);
}

/** An integer with the decimal point `scale` digits from its right end. */
export function decimalText(unscaled: bigint, scale: number): string {
  const sign = unscaled < 0n ? "-" : "";
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString();
  if (scale <= 0) return unscaled === 0n ? "0" : sign + digits + "0".repeat(-scale);
  const padded = digits.padStart(scale + 1, "0");
  return `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
}
