import { CortadoError } from "../errors.ts";
import { type Column, type ColumnSource, isValid, typeName } from "../jagged/index.ts";
import { View } from "./view.ts";

/** One truth value for each event: a column of booleans, or a lazy one over the same events. */
export type MaskColumn = Column | ColumnSource;

/** The events of a view for which a mask is true; a missing value is false. Throws `ShapeError` when the events are used. */
export function maskedView(view: View, mask: MaskColumn): View {
  return new View(view.scope, view.definitions, {}, () => {
    if ("toColumn" in mask && mask.alignment !== view.alignment)
      throw unfit("the mask comes from differently filtered events", "OtherEvents");
    const column = "toColumn" in mask ? mask.toColumn() : mask;
    // Of no events nothing says that it is boolean.
    if (column.length === 0 && view.length === 0) return new Int32Array(0);
    if (column.kind !== "primitive" || column.dtype !== "bool")
      throw unfit(`a mask is a column of booleans, not ${typeName(column)}`, "TypeMismatch");
    if (column.length !== view.length)
      throw unfit(`the mask has ${column.length} values for ${view.length} events`, "LengthMismatch");
    const { rows } = view;
    const kept = new Int32Array(column.length);
    let n = 0;
    for (let k = 0; k < column.length; k++)
      if (column.values[k] === 1 && isValid(column, k)) kept[n++] = rows === undefined ? k : rows[k]!;
    return kept.slice(0, n);
  });
}

/** True for a mask, false for a lambda. */
export function isMask(f: unknown): f is MaskColumn {
  const { kind, toColumn } = f as Partial<Column & ColumnSource>;
  return typeof toColumn === "function" || (typeof f === "object" && kind !== undefined);
}

function unfit(message: string, code: "OtherEvents" | "TypeMismatch" | "LengthMismatch"): CortadoError {
  return new CortadoError("ShapeError", `filter: ${message}`, { code });
}
