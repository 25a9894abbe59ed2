import { type Column, valuesOf } from "./column.ts";
import { mapFields, primitive } from "./gather.ts";
import { isFloat } from "./promote.ts";
import { isSet, presentInBoth, presentWhere } from "./validity.ts";

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
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      out[i] = !isSet(validity, i)
        ? Number.NaN
        : Number.isNaN(value)
          ? nan
          : value === Infinity
            ? high
            : value === -Infinity
              ? low
              : value;
    }
    return primitive(dtype, out, validity);
  });
}

/** NaN as missing values. Cost: a bitmap, the values are shared. */
export function nanToNone(column: Column): Column {
  return mapFloats(column, (values, dtype, validity) => {
    const numbers = presentWhere(values.length, (i) => !Number.isNaN(values[i]));
    return primitive(dtype, values, presentInBoth(validity, numbers, values.length));
  });
}

type Floats = Float32Array | Float64Array;

function mapFloats(
  column: Column,
  change: (values: Floats, dtype: "float32" | "float64", validity: Uint8Array | undefined) => Column,
): Column {
  if (column.kind === "list") return { ...column, content: mapFloats(column.content, change) };
  if (column.kind === "record") return { ...column, fields: mapFields(column, (field) => mapFloats(field, change)) };
  if (column.kind !== "primitive" || !isFloat(column.dtype)) return column;
  return change(column.values.subarray(0, column.length) as Floats, column.dtype, column.validity);
}
