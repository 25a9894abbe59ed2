import type { Column, PrimitiveColumn } from "../jagged/index.ts";
import { addCharges } from "./charge.ts";
import { type Coordinate, coordinatesOf, dimensionOf, type System } from "./coordinates.ts";
import { wrapPhi } from "./four-vector.ts";
import { readPair, readWithNumbers, requireDimension, requireSameDimension, vectorsLike } from "./operands.ts";
import { valuesIn } from "./property.ts";
import { quantity, signedRoot } from "./quantity.ts";
import { type Numbers, readVectors, type Vectors } from "./vectors.ts";

/**
 * a + b, row by row: `x, y, z, t`, or `x, y, z, mass` if both have masses (2 or 3 components: without the last);
 * charges add if both have them. An event-level operand is repeated for the objects of its event. Throws ShapeError for different shapes or numbers of components.
 */
export function add(a: Column, b: Column): Column {
  return combine("add", a, b, 1);
}

/** a − b, as {@link add}; charges subtract. If both have masses, so has the difference, and its energy is not negative. */
export function subtract(a: Column, b: Column): Column {
  return combine("subtract", a, b, -1);
}

function combine(operation: string, a: Column, b: Column, sign: 1 | -1): Column {
  const [left, right] = readPair(operation, a, b);
  requireSameDimension(operation, left, right);
  const system = cartesianOf(left);
  const [one, other] = [valuesIn(left, system), valuesIn(right, system)];
  const values: { [C in Coordinate]?: Numbers } = {};
  for (const name of coordinatesOf(system)) {
    const [from, second] = [one[name]!, other[name]!];
    const out = new Float64Array(left.rows);
    for (let i = 0; i < out.length; i++) out[i] = from[i]! + sign * second[i]!;
    values[name] = out;
  }
  const dtype = left.dtype === "float32" && right.dtype === "float32" ? "float32" : "float64";
  const charge = addCharges(left.charge, right.charge, sign);
  const keepsMass = left.system.time === "tau" && right.system.time === "tau";
  return totals({ ...left, dtype }, keepsMass, values, charge);
}

/**
 * Cartesian sums as a column: with the mass of the sum in place of its energy if what was added had masses. (A mass
 * computed before rounding survives float32; a mass out of rounded energies and momenta does not.)
 */
export function totals(
  v: Vectors,
  keepsMass: boolean,
  values: { [C in Coordinate]?: Numbers },
  charge: PrimitiveColumn | undefined,
): Column {
  const system = cartesianOf(v);
  const { x, y, z, t } = values;
  const fresh: Vectors = { ...v, names: new Map() };
  if (!keepsMass || z === undefined || t === undefined) return vectorsLike(fresh, system, values, charge);
  const tau = new Float64Array(v.rows);
  for (let i = 0; i < tau.length; i++)
    tau[i] = signedRoot(t[i]! * t[i]! - x![i]! * x![i]! - y![i]! * y![i]! - z[i]! * z[i]!);
  return vectorsLike(fresh, { ...system, time: "tau" }, { x: x!, y: y!, z, tau }, charge);
}

/** The Cartesian system with as many components. */
export function cartesianOf(v: Vectors): System {
  const dimension = dimensionOf(v.system);
  return { plane: "xy", beam: dimension > 2 ? "z" : undefined, time: dimension > 3 ? "t" : undefined };
}

/**
 * Vectors times a number each. A factor of 0 or more scales pt and mass and leaves η and φ (φ of pt, η, φ, energy comes
 * back in [0, 2π)); a negative one scales all four components, so that the energy is negative, and turns the direction.
 * Vectors with a mass become Cartesian if a factor is negative.
 */
export function scale(column: Column, factor: number | Column): Column {
  return scaled("scale", column, factor, (value, by) => value * by);
}

/** Vectors divided by a number each, as {@link scale}. */
export function divide(column: Column, divisor: number | Column): Column {
  return scaled("divide", column, divisor, (value, by) => value / by);
}

/** −a: all components change sign, the energy too. */
export function negative(column: Column): Column {
  return scaled("negative", column, -1, (value, by) => value * by);
}

function scaled(
  operation: string,
  column: Column,
  numbers: number | Column,
  f: (value: number, by: number) => number,
): Column {
  const [v, by] = readWithNumbers(operation, column, numbers);
  const each = (values: Numbers, g: (value: number, by: number) => number): Float64Array => {
    const out = new Float64Array(v.rows);
    for (let i = 0; i < out.length; i++) out[i] = g(values[i]!, by(i));
    return out;
  };
  let turns = false;
  for (let i = 0; i < v.rows && !turns; i++) turns = by(i) < 0;
  const { plane, beam, time } = v.system;
  const system: System = turns && time === "tau" ? cartesianOf(v) : v.system;
  const all = valuesIn(v, system);
  const values: { [C in Coordinate]?: Numbers } = {};
  for (const name of coordinatesOf(system)) {
    const coordinate = all[name]!;
    // The pt, η, φ, energy form of a vector times 0 has η 0.
    if (name === "eta" && time === "t") values[name] = each(coordinate, (eta, s) => eta * Math.sign(s));
    else if (name === "eta") values[name] = turns ? each(coordinate, (eta, s) => (s < 0 ? -eta : eta)) : coordinate;
    else if (name === "phi") {
      const folds = time === "t" && beam === "eta";
      if (!turns && !folds) values[name] = coordinate;
      else values[name] = each(coordinate, (phi, s) => (s < 0 ? wrapPhi(phi + Math.PI) : folds ? fold(phi) : phi));
    } else if (name === "rho" && plane === "polar") values[name] = each(coordinate, (pt, s) => f(pt, Math.abs(s)));
    else values[name] = each(coordinate, f);
  }
  return vectorsLike(v, system, values, v.charge);
}

/** An angle in [0, 2π). */
function fold(phi: number): number {
  const angle = phi % (2 * Math.PI);
  return angle < 0 ? angle + 2 * Math.PI : angle;
}

/**
 * Vectors of length one: a three- or two-vector over its magnitude, a four-vector over |mass| (a massless one becomes
 * infinite; 0/0 gives 0).
 */
export function unit(column: Column): Column {
  const v = readVectors("unit", column);
  const lengths = quantity(v, v.system.beam === undefined ? "pt" : v.system.time === undefined ? "p" : "mass");
  const all = valuesIn(v, v.system);
  const values: { [C in Coordinate]?: Numbers } = {};
  for (const name of coordinatesOf(v.system)) {
    const coordinate = all[name]!;
    if (name === "eta" || name === "phi") {
      values[name] = coordinate;
      continue;
    }
    const out = new Float64Array(v.rows);
    for (let i = 0; i < out.length; i++) {
      const value = coordinate[i]!;
      if (name === "tau") out[i] = value < 0 ? -1 : 1;
      else {
        const ratio = value / Math.abs(lengths[i]!);
        out[i] = Number.isNaN(ratio) ? 0 : ratio;
      }
    }
    values[name] = out;
  }
  return vectorsLike(v, v.system, values, v.charge);
}

/** The vector product of three-vectors (of four-vectors: of their momenta), Cartesian. */
export function cross(a: Column, b: Column): Column {
  const [left, right] = readPair("cross", a, b);
  for (const v of [left, right]) requireDimension("cross", v, 3);
  const system: System = { plane: "xy", beam: "z", time: undefined };
  const [one, other] = [valuesIn(left, system), valuesIn(right, system)];
  const minor = (first: "x" | "y" | "z", second: "x" | "y" | "z"): Float64Array => {
    const [p, q, r, s] = [one[first]!, one[second]!, other[first]!, other[second]!];
    const out = new Float64Array(left.rows);
    for (let i = 0; i < out.length; i++) out[i] = p[i]! * s[i]! - q[i]! * r[i]!;
    return out;
  };
  const dtype = left.dtype === "float32" && right.dtype === "float32" ? "float32" : "float64";
  const values = { x: minor("y", "z"), y: minor("z", "x"), z: minor("x", "y") };
  return vectorsLike({ ...left, dtype }, system, values, undefined);
}
