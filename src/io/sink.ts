import type { DType, PrimitiveColumn, StringColumn, Values } from "../jagged/index.ts";
import { valuesOf } from "../jagged/index.ts";
import { type Missing, validityOf } from "./bitmap.ts";
import { corruptPage, DecodeFailure } from "./decode-failure.ts";

/** Values of one width being filled: room for `capacity` of them, addressed by number. */
export interface FixedSink {
  readonly kind: "fixed";
  readonly width: number;
  readonly capacity: number;
  readonly bytes: Uint8Array;
  /** The same memory as 32-bit words, where the width is a multiple of 4. */
  readonly words: Int32Array;
}

/** Byte strings being filled: entry `i` ends at `ends[i + 1]`. */
export interface BytesSink {
  readonly kind: "bytes";
  readonly capacity: number;
  readonly ends: Int32Array;
  bytes: Uint8Array;
}

export type Sink = FixedSink | BytesSink;

/** Throws `DecodeFailure` with code `ColumnTooLarge` if there is no memory for it. */
export function fixedSink(width: number, capacity: number): FixedSink {
  const bytes = new Uint8Array(allocate(Math.ceil((capacity * width) / 8) * 8));
  return { kind: "fixed", width, capacity, bytes, words: new Int32Array(bytes.buffer) };
}

export function bytesSink(capacity: number): BytesSink {
  return {
    kind: "bytes",
    capacity,
    ends: new Int32Array(allocate(4 * (capacity + 1))),
    bytes: new Uint8Array(64),
  };
}

/** Zeroed memory. Throws `DecodeFailure` with code `ColumnTooLarge` if there is not so much. */
export function allocate(bytes: number): ArrayBuffer {
  try {
    return new ArrayBuffer(bytes);
  } catch (cause) {
    throw new DecodeFailure("ColumnTooLarge", `${bytes} bytes for its values are not available: use smaller chunks`, {
      cause,
    });
  }
}

/** Makes room for `extra` bytes after the first `used`. */
export function reserve(sink: BytesSink, used: number, extra: number): void {
  const needed = used + extra;
  if (needed > 0x7fff_ffff)
    throw new DecodeFailure("ColumnTooLarge", "more than 2^31 bytes of text in one chunk: use smaller chunks");
  if (needed <= sink.bytes.length) return;
  const grown = new Uint8Array(allocate(Math.min(0x7fff_ffff, Math.max(needed, 2 * sink.bytes.length))));
  grown.set(sink.bytes.subarray(0, used));
  sink.bytes = grown;
}

/**
 * Moves the `present` values written densely from slot `at` to the slots that are not missing among `slots`;
 * missing slots get `fill` (fixed width: the 32-bit words or the byte of the value) or become empty.
 */
export function spread(sink: Sink, at: number, slots: number, present: number, missing: Missing, fill: Fill): void {
  const bits = missing.bits;
  if (bits === undefined) throw corruptPage(`${slots} values, ${present} of them stored`);
  const valid = (slot: number): boolean => ((bits[slot >> 3]! >> (slot & 7)) & 1) === 1;
  let from = at + present - 1;
  if (sink.kind === "bytes") {
    const { ends } = sink;
    for (let slot = at + slots - 1; slot >= at; slot--) {
      ends[slot + 1] = ends[from + 1]!;
      if (valid(slot)) from--;
    }
  } else if (sink.width === 4) {
    const { words } = sink;
    for (let slot = at + slots - 1; slot >= at; slot--) words[slot] = valid(slot) ? words[from--]! : fill.low;
  } else if (sink.width === 8) {
    const { words } = sink;
    for (let slot = at + slots - 1; slot >= at; slot--) {
      const there = valid(slot);
      words[2 * slot] = there ? words[2 * from]! : fill.low;
      words[2 * slot + 1] = there ? words[2 * from + 1]! : fill.high;
      if (there) from--;
    }
  } else {
    const { bytes, width } = sink;
    for (let slot = at + slots - 1; slot >= at; slot--) {
      const there = valid(slot);
      for (let k = 0; k < width; k++) bytes[slot * width + k] = there ? bytes[from * width + k]! : 0;
      if (there) from--;
    }
  }
  if (from !== at - 1) throw corruptPage(`${present} stored values, the levels have another number`);
}

/** The 32-bit words of the value in a missing slot. */
export interface Fill {
  readonly low: number;
  readonly high: number;
}

/** NaN for floating numbers, else 0. */
export function fillOf(dtype: DType | undefined): Fill {
  if (dtype === "float32") return { low: 0x7fc0_0000, high: 0 };
  if (dtype === "float64") return { low: 0, high: 0x7ff8_0000 };
  return { low: 0, high: 0 };
}

/** Slots `from` to `to` of a filled sink as a column; memory is copied only if most of it would be kept in vain. */
export function columnOf(
  sink: Sink,
  type: { readonly dtype: DType } | { readonly encoding: "utf8" | "binary" },
  missing: Missing | undefined,
  from: number,
  to: number,
): PrimitiveColumn | StringColumn {
  const bits = missing === undefined ? undefined : validityOf(missing, from, to);
  const shape = { length: to - from, ...(bits !== undefined && { validity: bits }) };
  if (sink.kind === "bytes") {
    const base = sink.ends[from]!;
    const end = sink.ends[to]!;
    const encoding = "encoding" in type ? type.encoding : "binary";
    return {
      kind: "string",
      ...shape,
      encoding,
      offsets: rebase(sink.ends, from, to),
      bytes: sink.bytes.slice(base, end),
    };
  }
  const dtype = "dtype" in type ? type.dtype : "uint8";
  const whole = new (valuesOf[dtype] as unknown as new (buffer: ArrayBuffer) => Values)(
    sink.bytes.buffer as ArrayBuffer,
  );
  const wasteful = (to - from) * 4 < sink.capacity * 3;
  const values = wasteful ? whole.slice(from, to) : whole.subarray(from, to);
  return { kind: "primitive", ...shape, dtype, values };
}

/** Offsets `from` to `to` (inclusive) moved to begin at 0; the same memory where that changes nothing. */
export function rebase(offsets: Int32Array, from: number, to: number): Int32Array {
  const base = offsets[from]!;
  if (base === 0) return from === 0 && to + 1 === offsets.length ? offsets : offsets.slice(from, to + 1);
  const moved = new Int32Array(to - from + 1);
  for (let i = 0; i < moved.length; i++) moved[i] = offsets[from + i]! - base;
  return moved;
}
