import { CortadoError } from "../errors.ts";
import { type Column, type DType, type Values, valuesOf } from "./column.ts";
import { fillerOf, lackingOf, mapFields, primitive } from "./gather.ts";
import { isBig, isFloat } from "./promote.ts";
import { wordsOf } from "./slot-values.ts";
import { isSet } from "./validity.ts";

/**
 * Every number of a column as `dtype`, lists, records and missing values as they are. Floats become integers by
 * dropping the fraction, integers wrap into the range of the type, everything but 0 is true (NaN too).
 * NaN and infinities become 0 as integers. Throws ShapeError `TypeMismatch` for strings.
 * Cost: one pass over the values; none where the dtype is that already.
 */
export function valuesAstype(column: Column, dtype: DType): Column {
  if (!Object.hasOwn(valuesOf, dtype))
    throw new CortadoError(
      "UsageError",
      `valuesAstype: there is no dtype "${dtype}". There are: ${Object.keys(valuesOf).join(", ")}.`,
      { code: "BadArgument" },
    );
  switch (column.kind) {
    case "list":
      return { ...column, content: valuesAstype(column.content, dtype) };
    case "record":
      return { ...column, fields: mapFields(column, (field) => valuesAstype(field, dtype)) };
    case "string":
      throw new CortadoError("ShapeError", `valuesAstype: a string column has no ${dtype} values`, {
        code: "TypeMismatch",
      });
    case "primitive": {
      if (column.dtype === dtype) return column;
      const values = castValues(column.values, column.dtype, dtype, column.length);
      return {
        ...primitive(dtype, blankMissing(values, dtype, column.validity), column.validity),
        ...lackingOf(column),
      };
    }
  }
}

/** Values of one dtype as another; the same array where they are equal. */
export function castValues(values: Values, from: DType, to: DType, length: number): Values {
  const source = (values.length === length ? values : values.subarray(0, length)) as Float64Array;
  if (from === to) return source;
  const result = new valuesOf[to](length);
  if (isBig(from)) {
    const big = source as unknown as BigInt64Array;
    if (isBig(to)) (result as BigInt64Array).set(big);
    else if (to === "bool") for (let i = 0; i < length; i++) (result as Uint8Array)[i] = big[i] === 0n ? 0 : 1;
    else {
      const words = wordsOf(big);
      if (!isFloat(to)) for (let i = 0; i < length; i++) (result as Int32Array)[i] = words[2 * i]!;
      else if (from === "int64")
        for (let i = 0; i < length; i++)
          (result as Float64Array)[i] = words[2 * i + 1]! * 4294967296 + (words[2 * i]! >>> 0);
      else
        for (let i = 0; i < length; i++)
          (result as Float64Array)[i] = (words[2 * i + 1]! >>> 0) * 4294967296 + (words[2 * i]! >>> 0);
    }
  } else if (isBig(to) && !isFloat(from)) {
    const words = wordsOf(result as BigInt64Array);
    for (let i = 0; i < length; i++) {
      const value = source[i]!;
      words[2 * i] = value;
      words[2 * i + 1] = value < 0 ? -1 : 0;
    }
  } else if (isBig(to)) {
    const big = result as BigInt64Array;
    for (let i = 0; i < length; i++) big[i] = Number.isFinite(source[i]!) ? BigInt(Math.trunc(source[i]!)) : 0n;
  } else if (to === "bool") for (let i = 0; i < length; i++) (result as Uint8Array)[i] = source[i] === 0 ? 0 : 1;
  else (result as Float64Array).set(source);
  return result;
}

/** Puts what a missing slot holds into the slots that a bitmap hides; `values` must be one's own. */
export function blankMissing<V extends Values>(values: V, dtype: DType, validity: Uint8Array | undefined): V {
  if (validity === undefined) return values;
  const filler = fillerOf(dtype) as number;
  for (let i = 0; i < values.length; i++) if (!isSet(validity, i)) (values as Float64Array)[i] = filler;
  return values;
}
