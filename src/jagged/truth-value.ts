import { CortadoError } from "../errors.ts";
import { type Column, typeName } from "./column.ts";
import { isSet } from "./validity.ts";

/**
 * The truth of a column of one entry: not 0, not false, not missing. Throws ShapeError for any other length: a
 * condition on a column is `any` or `all` of it. (JavaScript itself takes every column for true: `if (mask)` asks nothing.)
 */
export function truthValue(column: Column): boolean {
  if (column.length !== 1 || column.kind !== "primitive")
    throw new CortadoError(
      "ShapeError",
      `truthValue: ${column.length} * ${typeName(column)} is neither true nor false; any(column) and all(column) are`,
      { code: column.length === 1 ? "TypeMismatch" : "LengthMismatch" },
    );
  return isSet(column.validity, 0) && Boolean(column.values[0]);
}
