import { CortadoError } from "../errors.ts";
import { type Column, typeName } from "./column.ts";
import { depthOf } from "./segments.ts";

/**
 * Columns that are reduced together (values and weights, x and y) with the lists of the deepest of them: a shallower one
 * repeats its entries, so that one weight an event counts for each of its objects. Missing lists must be missing in all or empty in the others.
 * Throws ShapeError where lengths differ, naming the first entry. Cost: nothing for columns that share their offsets.
 */
export function alignColumns(operation: string, columns: readonly Column[]): readonly Column[] {
  const deepest = columns.reduce((a, b) => (depthOf(b) > depthOf(a) ? b : a));
  return columns.map((column) => alignTo(operation, column, deepest, deepest));
}

function alignTo(operation: string, column: Column, shape: Column, whole: Column): Column {
  if (column.length !== shape.length)
    throw new CortadoError(
      "ShapeError",
      `${operation}: ${typeName(column)} has ${column.length} entries, ${typeName(whole)} has ${shape.length}`,
      { code: "LengthMismatch" },
    );
  if (shape.kind !== "list") return column;
  const { offsets, validity } = shape;
  if (column.kind === "list") {
    if (column.offsets !== offsets)
      for (let i = 0; i < shape.length; i++)
        if (column.offsets[i + 1] !== offsets[i + 1])
          throw new CortadoError(
            "ShapeError",
            `${operation}: cannot broadcast ${typeName(column)} with ${typeName(whole)}: entry ${i} holds ` +
              `${column.offsets[i + 1]! - column.offsets[i]!} and ${offsets[i + 1]! - offsets[i]!} elements`,
            { code: "OffsetsMismatch", event: i },
          );
    return {
      ...shape,
      content: alignTo(operation, visible(column.content, offsets), visible(shape.content, offsets), whole),
    };
  }
  const repeated = repeat(column, offsets);
  return {
    kind: "list",
    length: shape.length,
    offsets,
    content: alignTo(operation, repeated, visible(shape.content, offsets), whole),
    ...(validity !== undefined && { validity }),
  };
}

/** The part of a content that its lists reach. */
function visible(content: Column, offsets: Int32Array): Column {
  const length = offsets.at(-1)!;
  return content.length === length ? content : { ...content, length };
}

/** Entry `i` of a flat column once for each element of list `i`. */
function repeat(column: Column, offsets: Int32Array): Column {
  if (column.kind !== "primitive") return column;
  const length = offsets.at(-1)!;
  const values = new (column.values.constructor as Float64ArrayConstructor)(length);
  const from = column.values as Float64Array;
  const missing = column.validity;
  const validity = missing && new Uint8Array((length + 7) >> 3).fill(255);
  for (let i = 0; i < column.length; i++) {
    values.fill(from[i]!, offsets[i]!, offsets[i + 1]!);
    if (missing !== undefined && ((missing[i >> 3]! >> (i & 7)) & 1) === 0)
      for (let j = offsets[i]!; j < offsets[i + 1]!; j++) validity![j >> 3]! &= ~(1 << (j & 7));
  }
  return { ...column, length, values, ...(validity !== undefined && { validity }) } as Column;
}
