import { CortadoError } from "../errors.ts";
import { type Field, type FieldType, fieldsOf } from "../io/index.ts";
import { type Column, type DType, isValid, type PrimitiveColumn, type Values, valuesOf } from "../jagged/index.ts";
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
    const none = noValues({ kind: "primitive", dtype }, 0);
    return depth === 0 ? none : { kind: "list", offsets: new Int32Array(1), content: none, length: 0 };
  }
  return undefined;
}

/**
 * The field that a column of this name is written as. Missing values are allowed where the file that it comes from allows them in
 * its column of that name and as many list levels, so that chunks agree whatever they select, and where one is missing.
 */
export function fieldToWrite(layout: EventLayout, name: string, column: Column): Field {
  const stored = Object.hasOwn(layout.columns, name) ? layout.columns[name] : undefined;
  const isStored = stored !== undefined && stored.computed === undefined && stored.depth === listDepth(column);
  const [field] = fieldsOf({ [name]: column });
  return withMissing(field!, column, 0, column.length, isStored ? (stored.nullableAt ?? []) : []);
}

/** The field, nullable where `allowed` says so (of its list levels, then of its values) and where something is missing in `from` to `to`. */
function withMissing(field: Field, column: Column, from: number, to: number, allowed: readonly boolean[]): Field {
  const nullable = allowed[0] === true || someMissing(column, from, to);
  if (column.kind !== "list" || field.type.kind !== "list") return { ...field, nullable };
  const { offsets, content } = column;
  const element = withMissing(field.type.element, content, offsets[from]!, offsets[to]!, allowed.slice(1));
  return { ...field, nullable, type: { ...field.type, element } };
}

function someMissing(column: Column, from: number, to: number): boolean {
  if (column.validity !== undefined) for (let i = from; i < to; i++) if (!isValid(column, i)) return true;
  return false;
}

/** True if a column has a value, which tells its type: one that is empty, or in which all are missing, may be of any. */
export function hasValues(column: Column, from: number = 0, to: number = column.length): boolean {
  if (column.kind === "list") return hasValues(column.content, column.offsets[from], column.offsets[to]);
  for (let i = from; i < to; i++) if (isValid(column, i)) return true;
  return false;
}

/** `length` entries of a type, all of them missing. */
export function noValues(type: Exclude<FieldType, { kind: "list" | "record" }>, length: number): Column {
  const shape = { length, ...(length > 0 && { validity: new Uint8Array((length + 7) >> 3) }) };
  if (type.kind === "string")
    return { ...type, offsets: new Int32Array(length + 1), bytes: new Uint8Array(0), ...shape };
  const values = new valuesOf[type.dtype](length);
  if (isFloat(type.dtype)) (values as Float64Array).fill(Number.NaN);
  return { ...type, values: values as never, ...shape };
}

/** Levels of lists of a column: 0 for one value an event. */
export function listDepth(column: Column): number {
  return column.kind === "list" ? 1 + listDepth(column.content) : 0;
}

/**
 * A column with its innermost numbers as `dtype`: what a lambda made is float64, but `Muon_charge` stays int32 and `Muon_pt`
 * float32 (rounded). What holds no numbers is given back as it is. Throws ShapeError (`TypeMismatch`) for a number
 * that an integer type cannot hold. Cost: one pass over what changes.
 */
export function asStored(name: string, column: Column, dtype: DType): Column {
  if (column.kind === "list") return { ...column, content: asStored(name, column.content, dtype) };
  if (column.kind !== "primitive" || column.dtype === dtype) return column;
  return castValues(name, column, dtype);
}

function castValues(name: string, column: PrimitiveColumn, dtype: DType): Column {
  const { length, validity } = column;
  const values = new valuesOf[dtype](length) as Values & { [i: number]: number | bigint };
  const toFloat = isFloat(dtype);
  const isBig = dtype === "int64" || dtype === "uint64";
  for (let i = 0; i < length; i++) {
    const value = column.values[i]!;
    if (!isValid(column, i)) values[i] = toFloat ? Number.NaN : isBig ? 0n : 0;
    else if (toFloat) values[i] = Number(value);
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
  return { kind: "primitive", dtype, values: values as never, length, ...(validity !== undefined && { validity }) };
}

const isFloat = (dtype: DType): boolean => dtype === "float32" || dtype === "float64";
