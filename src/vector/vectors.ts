import { CortadoError } from "../errors.ts";
import { type Column, type ListColumn, type PrimitiveColumn, type RecordColumn, typeName } from "../jagged/index.ts";
import { type Coordinate, coordinateNames, coordinatesOf, type System } from "./coordinates.ts";
import { align, openLists } from "./nesting.ts";

/** Values of one coordinate or quantity, one a row; read up to the number of rows. */
export type Numbers = Float64Array | Float32Array;

/** A column of vectors as the formulas see it: flat coordinates, and what has to be put back around the results. */
export interface Vectors {
  readonly system: System;
  readonly rows: number;
  readonly lists: readonly ListColumn[];
  /** Of the rows: absent when none is missing. */
  readonly validity?: Uint8Array;
  /** float32 if every coordinate is: the type of all results. */
  readonly dtype: "float32" | "float64";
  readonly stored: ReadonlyMap<Coordinate, Numbers>;
  /** The names the coordinates had. */
  readonly names: ReadonlyMap<Coordinate, string>;
  readonly charge?: PrimitiveColumn;
  /** Quantities computed so far, in float64. */
  readonly computed: Map<string, Numbers>;
}

/**
 * Columns of coordinates as one column of vectors: records, in lists if the columns are lists. A number stands for a
 * coordinate that all have. `vectors({ pt, eta, phi, mass: 0.000511, charge })`.
 * Throws UsageError for two aliases of one coordinate or missing coordinates, ShapeError for columns of different shape.
 * Cost: nothing but the check of the offsets.
 */
export function vectors(fields: { readonly [name: string]: Column | number }): Column {
  const columns = Object.entries(fields).filter((entry): entry is [string, Column] => typeof entry[1] !== "number");
  const first = columns[0]?.[1];
  if (first === undefined)
    throw new CortadoError("UsageError", "vectors: at least one of the coordinates must be a column", {
      code: "BadArgument",
    });
  const { lists } = openLists(first);
  const rows = openLists(first).content.length;
  const members = new Map<string, Column>();
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === "number") {
      const wide = columns.some(([, { kind }]) => kind !== "primitive" && kind !== "list");
      const allFloat32 = !wide && columns.every(([other, c]) => other === "charge" || leafType(c) === "float32");
      const values = new (allFloat32 ? Float32Array : Float64Array)(rows).fill(value);
      const dtype = allFloat32 ? "float32" : "float64";
      members.set(name, { kind: "primitive", dtype, values, length: rows } as PrimitiveColumn);
      continue;
    }
    const opened = openLists(value);
    align(`vectors: ${columns[0]![0]} and ${name}`, first, value);
    if (opened.lists.length !== lists.length)
      throw new CortadoError(
        "ShapeError",
        `vectors: ${columns[0]![0]} is ${typeName(first)}, ${name} is ${typeName(value)}: all must be nested alike`,
        { code: "TypeMismatch", column: name },
      );
    members.set(name, opened.content);
  }
  const record: RecordColumn = { kind: "record", length: rows, fields: members };
  let column: Column = record;
  for (let depth = lists.length - 1; depth >= 0; depth--) column = { ...lists[depth]!, content: column };
  readVectors("vectors", column);
  return column;
}

function leafType(column: Column): string {
  const { content } = openLists(column);
  return content.kind === "primitive" ? content.dtype : content.kind;
}

/**
 * Reads a column of records, or of lists of them, as vectors; fields that are no coordinates are left alone.
 * Throws UsageError for two aliases of one coordinate, coordinates that contradict each other or are missing;
 * ShapeError for what is not a record of numbers.
 */
export function readVectors(operation: string, column: Column): Vectors {
  const { lists, content } = openLists(column);
  if (content.kind !== "record")
    throw new CortadoError("ShapeError", `${operation}: ${typeName(column)} is no column of vectors (records)`, {
      code: "TypeMismatch",
    });
  const names = new Map<Coordinate, string>();
  for (const [coordinate, aliases] of Object.entries(coordinateNames) as [Coordinate, string[]][]) {
    const present = aliases.filter((alias) => content.fields.has(alias));
    if (present.length > 1) throw bad(operation, content, `${present.join(" and ")} are the same coordinate`);
    if (present.length === 1) names.set(coordinate, present[0]!);
  }
  const system = systemOf(operation, content, names);
  const used = coordinatesOf(system);
  const stored = new Map<Coordinate, Numbers>();
  let validity = content.validity;
  let float32 = true;
  for (const coordinate of used) {
    const name = names.get(coordinate)!;
    const field = content.fields.get(name)!;
    if (field.kind !== "primitive" || field.dtype === "bool")
      throw new CortadoError("ShapeError", `${operation}: coordinate ${name} is ${typeName(field)}, not a number`, {
        code: "TypeMismatch",
        column: name,
      });
    if (field.dtype !== "float32") float32 = false;
    stored.set(coordinate, asFloats(field));
    validity = both(validity, field.validity);
  }
  const charge = content.fields.get("charge");
  return {
    system,
    rows: content.length,
    lists,
    ...(validity !== undefined && { validity }),
    dtype: float32 ? "float32" : "float64",
    stored,
    names,
    ...(charge?.kind === "primitive" && { charge }),
    computed: new Map(),
  };
}

/** True if row `row` is present. */
export function rowIsValid(v: Vectors, row: number): boolean {
  return v.validity === undefined || ((v.validity[row >> 3]! >> (row & 7)) & 1) === 1;
}

/** Both bitmaps at once; absent is all valid. */
export function both(a: Uint8Array | undefined, b: Uint8Array | undefined): Uint8Array | undefined {
  if (a === undefined || b === undefined || a === b) return a ?? b;
  return a.map((bits, i) => bits & b[i]!);
}

function asFloats(field: PrimitiveColumn): Numbers {
  const { values, dtype } = field;
  if (dtype === "float64" || dtype === "float32") return values as Numbers;
  return Float64Array.from(values as ArrayLike<number | bigint>, Number);
}

function systemOf(operation: string, record: RecordColumn, names: ReadonlyMap<Coordinate, string>): System {
  const oneOf = (what: string, one: Coordinate, other: Coordinate): Coordinate | undefined => {
    if (names.has(one) && names.has(other))
      throw bad(operation, record, `${names.get(one)} and ${names.get(other)} both give ${what}`);
    return names.has(one) ? one : names.has(other) ? other : undefined;
  };
  const half = (one: Coordinate, other: Coordinate): boolean => {
    if (names.has(one) === names.has(other)) return names.has(one);
    const [there, missing] = names.has(one) ? [one, other] : [other, one];
    throw bad(operation, record, `${names.get(there)} needs ${coordinateNames[missing].join(" or ")} beside it`);
  };
  const cartesian = names.has("x") || names.has("y");
  if (cartesian && (names.has("rho") || names.has("phi")))
    throw bad(operation, record, "x, y and pt, phi both give the transverse plane");
  if (!(cartesian ? half("x", "y") : half("rho", "phi")))
    throw bad(operation, record, "x and y, or pt and phi, are missing");
  const beam = oneOf("the direction along the beam", "z", "eta") as "z" | "eta" | undefined;
  const time = oneOf("the energy", "t", "tau") as "t" | "tau" | undefined;
  if (time !== undefined && beam === undefined)
    throw bad(operation, record, `${names.get(time)} needs eta or z beside it`);
  return { plane: cartesian ? "xy" : "polar", beam, time };
}

function bad(operation: string, record: RecordColumn, reason: string): CortadoError {
  return new CortadoError(
    "UsageError",
    `${operation}: ${reason}; the fields are ${[...record.fields.keys()].join(", ")}`,
    { code: "BadArgument" },
  );
}
