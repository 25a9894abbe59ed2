import { type Column, isValid, type Values, valuesOf } from "../jagged/index.ts";
import { allSet, clearBit } from "./bits.ts";

/**
 * The entries `picked`, in that order, as a new column; a negative index picks a missing value.
 * Cost: one pass over what is picked, everything copied.
 */
export function gather(column: Column, picked: Int32Array): Column {
  const { length } = picked;
  const validity = validityOfPicked(column, picked);
  const shape = validity === undefined ? { length } : { length, validity };
  switch (column.kind) {
    case "primitive": {
      const values = new valuesOf[column.dtype](length) as Values & { [i: number]: number | bigint };
      const isFloat = column.dtype === "float32" || column.dtype === "float64";
      for (let i = 0; i < length; i++)
        if (picked[i]! >= 0) values[i] = column.values[picked[i]!]!;
        else if (isFloat) values[i] = Number.NaN;
      return { kind: "primitive", dtype: column.dtype, values: values as never, ...shape };
    }
    case "string": {
      const { offsets, pieces } = rangesOf(column.offsets, picked);
      const bytes = new Uint8Array(offsets[length]!);
      for (const [to, from, stop] of pieces) bytes.set(column.bytes.subarray(from, stop), to);
      return { kind: "string", encoding: column.encoding, offsets, bytes, ...shape };
    }
    case "list": {
      const { offsets, pieces } = rangesOf(column.offsets, picked);
      const items = new Int32Array(offsets[length]!);
      for (const [to, from, stop] of pieces) for (let k = from; k < stop; k++) items[to + k - from] = k;
      return { kind: "list", offsets, content: gather(column.content, items), ...shape };
    }
    case "record": {
      const fields = [...column.fields].map(([name, member]) => [name, gather(member, picked)] as const);
      return { kind: "record", fields: new Map(fields), ...shape };
    }
  }
}

function validityOfPicked(column: Column, picked: Int32Array): Uint8Array | undefined {
  let validity: Uint8Array | undefined;
  for (let i = 0; i < picked.length; i++) {
    if (picked[i]! >= 0 && isValid(column, picked[i]!)) continue;
    validity ??= allSet(picked.length);
    clearBit(validity, i);
  }
  return validity;
}

/** Offsets of the picked ranges, and where each that is not empty goes: [to, from, stop]. */
function rangesOf(
  source: Int32Array,
  picked: Int32Array,
): { offsets: Int32Array; pieces: (readonly [number, number, number])[] } {
  const offsets = new Int32Array(picked.length + 1);
  const pieces: (readonly [number, number, number])[] = [];
  for (let i = 0; i < picked.length; i++) {
    const from = picked[i]! < 0 ? 0 : source[picked[i]!]!;
    const stop = picked[i]! < 0 ? 0 : source[picked[i]! + 1]!;
    offsets[i + 1] = offsets[i]! + stop - from;
    if (stop > from) pieces.push([offsets[i]!, from, stop]);
  }
  return { offsets, pieces };
}
