import { CortadoError } from "../errors.ts";
import { type Column, type PrimitiveColumn, typeName, valuesOf } from "../jagged/index.ts";
import { type Coordinate, coordinateNames, coordinatesOf, dimensionOf, type System } from "./coordinates.ts";
import { type Aligned, align, closeLists, openLists } from "./nesting.ts";
import { takeRows } from "./rows.ts";
import { both, type Numbers, readVectors, rowIsValid, type Vectors } from "./vectors.ts";

/** The operands of a function of two columns of vectors, row for row, lists and missing rows of the result in both. */
export function readPair(operation: string, a: Column, b: Column): readonly [Vectors, Vectors] {
  const [one, other] = [readVectors(operation, a), readVectors(operation, b)];
  const shape = align(operation, rowsMissing(a, one), rowsMissing(b, other));
  const left = spread(one, shape, shape.left);
  const right = spread(other, shape, shape.right);
  const validity = both(left.validity, right.validity);
  if (validity === undefined) return [left, right];
  return [
    { ...left, validity },
    { ...right, validity },
  ];
}

/** The column with its rows missing where any coordinate is. */
function rowsMissing(column: Column, { validity }: Vectors): Column {
  const { lists, content } = openLists(column);
  return validity === undefined || validity === content.validity ? column : closeLists(lists, { ...content, validity });
}

/** Vectors and a number for each, or one number for all. */
export function readWithNumbers(
  operation: string,
  column: Column,
  numbers: Column | number,
): readonly [Vectors, (row: number) => number] {
  const v = readVectors(operation, column);
  if (typeof numbers === "number") return [v, () => numbers];
  const { content } = openLists(numbers);
  if (content.kind !== "primitive")
    throw new CortadoError("ShapeError", `${operation}: ${typeName(numbers)} is neither a number nor numbers`, {
      code: "TypeMismatch",
    });
  const shape = align(operation, rowsMissing(column, v), numbers);
  const left = spread(v, shape, shape.left);
  const right = shape.right === undefined ? content : (takeRows(content, shape.right) as PrimitiveColumn);
  const validity = both(left.validity, right.validity);
  // NumPy's rule: float64 numbers widen float32 vectors.
  const dtype = content.dtype === "float32" ? left.dtype : "float64";
  return [{ ...left, dtype, ...(validity !== undefined && { validity }) }, (row) => Number(right.values[row])];
}

/** Throws unless both have the same number of components. */
export function requireSameDimension(operation: string, left: Vectors, right: Vectors): void {
  const [one, other] = [dimensionOf(left.system), dimensionOf(right.system)];
  if (one === other) return;
  const words = `${one} components (${namesOf(left)}) and ${other} (${namesOf(right)})`;
  throw new CortadoError("ShapeError", `${operation}: vectors of ${words}; convert one of them first: toSystem(…)`, {
    code: "TypeMismatch",
  });
}

/** Throws unless the vectors have at least `least` components. */
export function requireDimension(operation: string, v: Vectors, least: 2 | 3 | 4): void {
  if (dimensionOf(v.system) >= least) return;
  const missing = v.system.beam === undefined ? "eta or z" : "energy or mass";
  throw new CortadoError("ShapeError", `${operation}: ${missing} is missing; the vectors have ${namesOf(v)}`, {
    code: "TypeMismatch",
  });
}

const namesOf = (v: Vectors): string =>
  coordinatesOf(v.system)
    .map((name) => v.names.get(name)!)
    .join(", ");

/** A column of numbers shaped like the vectors, rounded to their dtype. */
export function numbersLike(v: Vectors, values: Numbers): Column {
  return closeLists(v.lists, rowsOf(v, rounded(values, v.dtype, v.rows)));
}

/** Vectors of a system, shaped like `v`, with the names the coordinates had there, else the standard ones. */
export function vectorsLike(
  v: Vectors,
  system: System,
  values: { readonly [C in Coordinate]?: Numbers },
  charge: PrimitiveColumn | undefined,
): Column {
  const fields = new Map<string, Column>();
  for (const coordinate of coordinatesOf(system)) {
    const kept = v.names.get(coordinate);
    const name = v.stored.has(coordinate) && kept !== undefined ? kept : coordinateNames[coordinate][0]!;
    const column = rounded(values[coordinate]!, v.dtype, v.rows);
    fields.set(name, column);
  }
  if (charge !== undefined) fields.set("charge", charge);
  const { validity, rows: length } = v;
  return closeLists(v.lists, { kind: "record", length, fields, ...(validity !== undefined && { validity }) });
}

function rowsOf({ validity }: Vectors, column: PrimitiveColumn): PrimitiveColumn {
  return validity === undefined ? column : { ...column, validity };
}

/** Values as a column of the dtype: shared where they already are. */
function rounded(values: Numbers, dtype: "float32" | "float64", length: number): PrimitiveColumn {
  const fits = values instanceof valuesOf[dtype];
  return {
    kind: "primitive",
    dtype,
    length,
    values: (fits ? values : new valuesOf[dtype](values.subarray(0, length) as never)) as never,
  };
}

/** The vectors with the rows and lists of a result. */
function spread(v: Vectors, shape: Aligned, rows: Int32Array | undefined): Vectors {
  if (rows === undefined) return { ...v, lists: shape.lists, rows: shape.rows };
  const take = (values: Numbers): Numbers => {
    const out = new (values.constructor as Float64ArrayConstructor)(rows.length);
    for (let i = 0; i < rows.length; i++) out[i] = values[rows[i]!]!;
    return out;
  };
  const { validity, charge, ...rest } = v;
  let taken: Uint8Array | undefined;
  if (validity !== undefined) {
    taken = new Uint8Array((rows.length + 7) >> 3);
    for (let i = 0; i < rows.length; i++) if (rowIsValid(v, rows[i]!)) taken[i >> 3]! |= 1 << (i & 7);
  }
  return {
    ...rest,
    lists: shape.lists,
    rows: shape.rows,
    stored: new Map([...v.stored].map(([name, values]) => [name, take(values)])),
    ...(taken !== undefined && { validity: taken }),
    ...(charge !== undefined && { charge: takeRows(charge, rows) as PrimitiveColumn }),
    computed: new Map(),
  };
}
