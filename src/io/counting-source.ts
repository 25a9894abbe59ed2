import type { ByteSource } from "./byte-source.ts";

/** A source that remembers what was asked of it. */
export interface CountingSource extends ByteSource {
  /** Every range read, in order. */
  readonly ranges: readonly { readonly start: number; readonly stop: number }[];
  /** Sum of the lengths of the ranges: a byte read twice counts twice. */
  bytes(): number;
}

/** The same source with a record of the ranges read through it. */
export function countingSource(source: ByteSource): CountingSource {
  const ranges: { start: number; stop: number }[] = [];
  return {
    name: source.name,
    byteLength: source.byteLength,
    ranges,
    bytes: () => ranges.reduce((sum, range) => sum + range.stop - range.start, 0),
    read: (start, stop) => {
      ranges.push({ start, stop });
      return source.read(start, stop);
    },
    close: () => source.close(),
  };
}
