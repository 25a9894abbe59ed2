import { CortadoError, whatExists } from "../errors.ts";
import type { Column } from "../jagged/index.ts";
import { type Coordinate, coordinateNames, coordinatesOf, dimensionOf, type System } from "./coordinates.ts";
import { closeLists } from "./nesting.ts";
import { numbersLike, requireDimension, vectorsLike } from "./operands.ts";
import { hasQuantity, type Quantity, quantities, quantity } from "./quantity.ts";
import { type Numbers, readVectors, type Vectors } from "./vectors.ts";

type Causal = "isTimelike" | "isSpacelike" | "isLightlike";

const causal: { readonly [C in Causal]: (mass2: number) => boolean } = {
  isTimelike: (mass2) => mass2 > 0,
  isSpacelike: (mass2) => mass2 < 0,
  isLightlike: (mass2) => Math.abs(mass2) < 1e-5,
};

/** Names of what {@link property} computes: numbers, and `isTimelike`, `isSpacelike`, `isLightlike`. */
export type Property = Quantity | Causal;

/**
 * One quantity of each vector, as a column of the same lists and dtype: `property(z, "mass")`. Stored coordinates come
 * back as they are (φ is not wrapped, η of a vector without pt stays). Masses and transverse masses have a sign,
 * sign(m²)·√|m²|. `isTimelike`, `isSpacelike` ask for the sign of m² (that of the stored mass, where there is one),
 * `isLightlike` for |m²| < 10⁻⁵; all false without a finite energy. Units of the input.
 * Throws UsageError for an unknown name, ShapeError for one that vectors of this kind do not have.
 */
export function property(column: Column, name: Property): Column {
  const operation = `property "${name}"`;
  const v = readVectors(operation, column);
  if (Object.hasOwn(causal, name)) {
    requireDimension(operation, v, 4);
    const [mass2, energy] = [quantity(v, "mass2"), quantity(v, "energy")];
    const { rows: length, validity } = v;
    const values = new Uint8Array(length);
    const test = causal[name as Causal];
    for (let i = 0; i < length; i++) values[i] = Number(Number.isFinite(energy[i]!) && test(mass2[i]!));
    return closeLists(v.lists, {
      kind: "primitive",
      dtype: "bool",
      length,
      values,
      ...(validity !== undefined && { validity }),
    });
  }
  if (!quantities.includes(name as Quantity))
    throw new CortadoError(
      "UsageError",
      `a vector has no property "${name}". ${whatExists(name, [...quantities, ...Object.keys(causal)])}`,
      { code: "BadArgument" },
    );
  if (!hasQuantity(v, name as Quantity)) requireDimension(operation, v, dimensionOf(v.system) === 2 ? 3 : 4);
  return numbersLike(v, quantity(v, name as Quantity));
}

/**
 * The same vectors in other coordinates: `toSystem(jets, ["x", "y", "z", "t"])`, `toSystem(muons, ["x", "y"])` for
 * what adds to missing transverse momentum. Fewer coordinates drop components; other fields than `charge` are dropped.
 * Throws UsageError for names that are no system, ShapeError for components the vectors do not have.
 */
export function toSystem(column: Column, coordinates: readonly string[]): Column {
  const operation = `toSystem ${coordinates.join(", ")}`;
  const v = readVectors(operation, column);
  const system = systemNamed(coordinates);
  const dimension = dimensionOf(system);
  requireDimension(operation, v, dimension);
  return vectorsLike(v, system, valuesIn(v, system), v.charge);
}

/** The coordinates of the vectors in a system. */
export function valuesIn(v: Vectors, system: System): { [C in Coordinate]?: Numbers } {
  const values: { [C in Coordinate]?: Numbers } = {};
  for (const name of coordinatesOf(system)) values[name] = quantity(v, quantityOf[name]);
  return values;
}

const quantityOf: { readonly [C in Coordinate]: Quantity } = {
  x: "x",
  y: "y",
  rho: "pt",
  phi: "phi",
  z: "z",
  eta: "eta",
  t: "energy",
  tau: "mass",
};

function systemNamed(names: readonly string[]): System {
  const wanted = new Set(
    names.map((name) => Object.keys(coordinateNames).find((c) => coordinateNames[c as Coordinate].includes(name))),
  );
  const system: System = {
    plane: wanted.has("x") ? "xy" : "polar",
    beam: wanted.has("z") ? "z" : wanted.has("eta") ? "eta" : undefined,
    time: wanted.has("t") ? "t" : wanted.has("tau") ? "tau" : undefined,
  };
  const complete = coordinatesOf(system);
  if (wanted.size === names.length && complete.length === wanted.size && complete.every((name) => wanted.has(name)))
    return system;
  throw new CortadoError(
    "UsageError",
    `${names.join(", ")} is no system of coordinates: x, y or pt, phi; then z or eta or nothing; then energy or mass or nothing`,
    { code: "BadArgument" },
  );
}
