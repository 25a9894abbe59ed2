import { CortadoError } from "../errors.ts";
import type { EventLayout } from "../events/index.ts";
import type { Columns } from "../io/index.ts";
import { type Column, type DType, type PrimitiveColumn, type Values, valuesOf } from "../jagged/index.ts";

/**
 * The columns in the types that columns of the same name and depth have in the file they come from: what a lambda made is
 * float64, but `Muon_charge` stays int32 and `Muon_pt` float32 (rounded). Throws ShapeError (`TypeMismatch`) for a number that an
 * integer type cannot hold. Cost: one pass over what changes.
 */
export function inTypesOf(layout: EventLayout, columns: Columns): Columns {
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => {
      const stored = Object.hasOwn(layout.columns, name) ? layout.columns[name] : undefined;
      const isNumber = stored !== undefined && stored.type !== "string" && stored.type !== "bytes";
      if (!isNumber || stored.depth !== depthOf(column)) return [name, column];
      return [name, cast(name, column, stored.type as DType)];
    }),
  );
}

/** A column without a value, which is of any type, as one of the type that `typed` has. */
export function emptyAs(column: Column, typed: Column): Column {
  if (column.kind === "list" && typed.kind === "list")
    return { ...column, content: emptyAs(column.content, typed.content) };
  if (typed.kind === "string") return { ...typed, offsets: new Int32Array(1), bytes: new Uint8Array(0), length: 0 };
  if (typed.kind !== "primitive") return column;
  return { kind: "primitive", dtype: typed.dtype, values: new valuesOf[typed.dtype](0) as never, length: 0 };
}

const depthOf = (column: Column): number => (column.kind === "list" ? 1 + depthOf(column.content) : 0);

function cast(name: string, column: Column, dtype: DType): Column {
  if (column.kind === "list") return { ...column, content: cast(name, column.content, dtype) };
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
