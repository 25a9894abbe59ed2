import { CortadoError } from "../errors.ts";
import { type Column, type DType, type PrimitiveColumn, type Values, valuesOf } from "../jagged/index.ts";
import type { EventLayout } from "./layout.ts";

/** The type that numbers of this name and as many list levels have in the file; `undefined` if it has none such. */
export function storedType(layout: EventLayout, name: string, depth: number): DType | undefined {
  const stored = Object.hasOwn(layout.columns, name) ? layout.columns[name] : undefined;
  if (stored === undefined || stored.depth !== depth || stored.type === "string" || stored.type === "bytes") return;
  return stored.type;
}

/** A column of no events that is in the file, as there; `undefined` if it is not numbers or lists of them. */
export function noneStored(layout: EventLayout, name: string): Column | undefined {
  for (const depth of [0, 1]) {
    const dtype = storedType(layout, name, depth);
    if (dtype === undefined) continue;
    const none = noNumbers(dtype);
    return depth === 0 ? none : { kind: "list", offsets: new Int32Array(1), content: none, length: 0 };
  }
  return undefined;
}

export function noNumbers(dtype: DType): Column {
  return { kind: "primitive", dtype, values: new valuesOf[dtype](0) as never, length: 0 };
}

/** Levels of lists of a column: 0 for one value an event. */
export function listDepth(column: Column): number {
  return column.kind === "list" ? 1 + listDepth(column.content) : 0;
}

/**
 * A column with its innermost numbers as `dtype`: what a lambda made is float64, but `Muon_charge` stays int32 and `Muon_pt`
 * float32 (rounded). What holds missing values or no numbers is given back as it is. Throws ShapeError (`TypeMismatch`) for a number
 * that an integer type cannot hold. Cost: one pass over what changes.
 */
export function asStored(name: string, column: Column, dtype: DType): Column {
  if (column.kind === "list") return { ...column, content: asStored(name, column.content, dtype) };
  if (column.kind !== "primitive" || column.dtype === dtype || column.validity !== undefined) return column;
  return castValues(name, column, dtype);
}

function castValues(name: string, column: PrimitiveColumn, dtype: DType): Column {
  const { length } = column;
  const values = new valuesOf[dtype](length) as Values & { [i: number]: number | bigint };
  const isFloat = dtype === "float32" || dtype === "float64";
  const isBig = dtype === "int64" || dtype === "uint64";
  for (let i = 0; i < length; i++) {
    const value = column.values[i]!;
    if (isFloat) values[i] = Number(value);
    else {
      const fits = typeof value === "bigint" || Number.isInteger(value);
      values[i] = fits ? (isBig ? BigInt(value) : Number(value)) : 0;
      // What does not fit comes back as another value.
      if (!fits || Number(values[i]) !== Number(value) || (dtype === "bool" && Number(value) > 1))
        throw new CortadoError(
          "ShapeError",
          `column "${name}" is ${dtype} in the file it comes from, which cannot hold ${value}; give it another name`,
          { code: "TypeMismatch", column: name },
        );
    }
  }
  return { kind: "primitive", dtype, values: values as never, length };
}
