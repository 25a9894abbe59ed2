import { blankMissing } from "./cast.ts";
import { type Column, valuesOf } from "./column.ts";
import { forTypes } from "./element-loop.ts";
import { mapFields, primitive } from "./gather.ts";
import { isFloat } from "./promote.ts";
import { presentInBoth } from "./validity.ts";

const largest = { float32: 3.4028234663852886e38, float64: Number.MAX_VALUE };

/**
 * NaN as `nan` (0), infinities as `posinf` and `neginf` (the largest numbers of the dtype); missing stays missing,
 * integers are as they were. Cost: one pass over floats.
 */
export function nanToNum(
  column: Column,
  { nan = 0, posinf, neginf }: { readonly nan?: number; readonly posinf?: number; readonly neginf?: number } = {},
): Column {
  return mapFloats(column, (values, dtype, validity) => {
    const [high, low] = [posinf ?? largest[dtype], neginf ?? -largest[dtype]];
    const out = new valuesOf[dtype](values.length);
    replaceLoop(values)(values, out, nan, high, low);
    return primitive(dtype, blankMissing(out, dtype, validity), validity);
  });
}

/** NaN as missing values. Cost: a bitmap, the values are shared. */
export function nanToNone(column: Column): Column {
  return mapFloats(column, (values, dtype, validity) => {
    const numbers = numbersLoop(values)(values) as Uint8Array | undefined;
    return primitive(dtype, values, presentInBoth(validity, numbers, values.length));
  });
}

type Floats = Float32Array | Float64Array;

/** Compiled for each type of array. A difference with itself tells numbers from NaN and infinities in one comparison. */
const replaceLoop = (values: Floats): ((...all: unknown[]) => unknown) =>
  forTypes(
    values,
    `return function (values, out, nan, high, low) {
      for (let i = 0; i < out.length; i++) {
        const value = values[i];
        out[i] = value - value === 0 ? value : value !== value ? nan : value > 0 ? high : low;
      }
    }`,
  );

/** The bitmap of what is not NaN, undefined if nothing is. */
const numbersLoop = (values: Floats): ((...all: unknown[]) => unknown) =>
  forTypes(
    values,
    `return function (values) {
      const length = values.length;
      let first = 0;
      while (first < length && values[first] === values[first]) first++;
      if (first === length) return undefined;
      const bitmap = new Uint8Array((length + 7) >> 3);
      for (let b = 0, i = 0; b < bitmap.length; b++) {
        let byte = 0;
        for (let bit = 0; bit < 8 && i < length; bit++, i++) byte |= (values[i] === values[i] ? 1 : 0) << bit;
        bitmap[b] = byte;
      }
      return bitmap;
    }`,
  );

function mapFloats(
  column: Column,
  change: (values: Floats, dtype: "float32" | "float64", validity: Uint8Array | undefined) => Column,
): Column {
  if (column.kind === "list") return { ...column, content: mapFloats(column.content, change) };
  if (column.kind === "record") return { ...column, fields: mapFields(column, (field) => mapFloats(field, change)) };
  if (column.kind !== "primitive" || !isFloat(column.dtype)) return column;
  return change(column.values.subarray(0, column.length) as Floats, column.dtype, column.validity);
}
