import { CortadoError } from "../errors.ts";
import { blankMissing, castValues } from "./cast.ts";
import { type Column, typeName, valuesOf } from "./column.ts";
import { columnOf } from "./column-of.ts";
import { mapFields, primitive } from "./gather.ts";

/**
 * The column with `value` for every number, in each number's own dtype (a fraction is dropped for integers); lists,
 * records and missing values as they are. Throws ShapeError `TypeMismatch` for strings. Cost: one array.
 */
export function fullLike(column: Column, value: number | bigint | boolean): Column {
  switch (column.kind) {
    case "list":
      return { ...column, content: fullLike(column.content, value) };
    case "record":
      return { ...column, fields: mapFields(column, (field) => fullLike(field, value)) };
    case "string":
      throw new CortadoError("ShapeError", `fullLike: ${typeName(column)} holds no numbers`, { code: "TypeMismatch" });
    case "primitive": {
      const one = columnOf(value, 1);
      if (one.kind !== "primitive") return one;
      const filler = castValues(one.values, one.dtype, column.dtype, 1)[0] as number;
      const values = new valuesOf[column.dtype](column.length) as Float64Array;
      if (Number(filler) !== 0 || Object.is(filler, -0)) values.fill(filler);
      return primitive(column.dtype, blankMissing(values, column.dtype, column.validity), column.validity);
    }
  }
}

/** The column with 0 (false) for every number. */
export function zerosLike(column: Column): Column {
  return fullLike(column, 0);
}

/** The column with 1 (true) for every number. */
export function onesLike(column: Column): Column {
  return fullLike(column, 1);
}
