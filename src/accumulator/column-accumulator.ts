import { CortadoError } from "../errors.ts";
import {
  at,
  type Column,
  type ColumnSource,
  concatenate,
  type DType,
  slice,
  typeName,
  type Values,
  valuesOf,
} from "../jagged/index.ts";
import type { Addition } from "./addition.ts";

/** A column that adds up: plain data, read `value`. */
export interface AccumulatedColumn {
  readonly tag: "column";
  readonly value: Column;
}

/**
 * Values of the events of a chunk to be returned from `process`: those of all chunks stand one after the other, as a column. Flat values,
 * rows of one length and lists do not mix; number types promote. The values are copied.
 *
 * Cost: the values as they are, without an object for any.
 */
export function columnAccumulator(values: Values | Column | ColumnSource): AccumulatedColumn {
  const column = columnOf(values);
  // Together with none of its entries a column is copied without what its buffers hold beside it.
  return { tag: "column", value: concatenate([column, at(column, slice(0, 0)) as Column]) };
}

/** How columns of chunks add up. */
export const columnAddition: Addition<AccumulatedColumn> = {
  add: ({ value: a }, { value: b }) => {
    if (shapeText(a) !== shapeText(b))
      throw new CortadoError("MergeError", `columns of ${typeName(a)} and ${typeName(b)} do not add.`, {
        code: "KindMismatch",
        path: [],
      });
    return { tag: "column", value: concatenate([a, b]) };
  },
};

function columnOf(values: Values | Column | ColumnSource): Column {
  if ("toColumn" in values) return values.toColumn();
  if (!ArrayBuffer.isView(values)) return values;
  const dtype = (Object.keys(valuesOf) as DType[]).find((name) => name !== "bool" && values instanceof valuesOf[name]);
  if (dtype !== undefined) return { kind: "primitive", dtype, values, length: values.length } as Column;
  throw new CortadoError(
    "ShapeError",
    `columnAccumulator: there is no column of a ${(values as object).constructor.name}`,
    {
      code: "TypeMismatch",
    },
  );
}

/** What two columns must have in common: everything but the types of their numbers and whether values may be missing. */
function shapeText(column: Column): string {
  switch (column.kind) {
    case "primitive":
      return "numbers";
    case "string":
      return column.encoding;
    case "list":
      return `${column.size ?? "var"} * ${shapeText(column.content)}`;
    case "record":
      return `{${[...column.fields].map(([name, field]) => `${name}: ${shapeText(field)}`).sort()}}`;
  }
}
