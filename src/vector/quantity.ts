import { toBeam, toPlane } from "./cartesian.ts";
import { dimensionOf } from "./coordinates.ts";
import { eachRow } from "./formula-loop.ts";
import type { Numbers, Vectors } from "./vectors.ts";

/** The least number of components a vector must have for each quantity. */
const needs = {
  x: 2,
  y: 2,
  pt: 2,
  phi: 2,
  pt2: 2,
  z: 3,
  eta: 3,
  p: 3,
  p2: 3,
  theta: 3,
  cosTheta: 3,
  cotTheta: 3,
  energy: 4,
  energy2: 4,
  mass: 4,
  mass2: 4,
  mt2: 4,
  mt: 4,
  et: 4,
  rapidity: 4,
  beta: 4,
  gamma: 4,
} as const;

/** The names of the numbers a vector has. */
export type Quantity = keyof typeof needs;

/**
 * Quantities of vectors, computed a column at a time in float64. Formulas: kinematics review of the Particle Data Group,
 * sections 49.1 and 49.5. What is undefined (0/0) is what the reference says: β of the zero vector 0, γ of a massless one ∞.
 */
const formulas: { readonly [Q in Quantity]: (v: Vectors) => Numbers } = {
  x: (v) => stored(v, "x") ?? plane(v, "x"),
  y: (v) => stored(v, "y") ?? plane(v, "y"),
  z: (v) => stored(v, "z") ?? toBeam(quantity(v, "pt"), quantity(v, "eta"), v.rows),
  pt: (v) => stored(v, "rho") ?? zip(v, "x", "y", (x, y) => Math.sqrt(x * x + y * y)),
  phi: (v) => stored(v, "phi") ?? zip(v, "x", "y", (x, y) => Math.atan2(y, x)),
  eta: (v) => stored(v, "eta") ?? zip(v, "z", "pt", (z, pt) => (z === 0 ? z : Math.asinh(z / pt))),
  pt2: (v) => (v.system.plane === "polar" ? map(v, "pt", (pt) => pt * pt) : zip(v, "x", "y", (x, y) => x * x + y * y)),
  p: (v) =>
    v.system.beam === "eta"
      ? zip(v, "pt", "eta", (pt, eta) => pt * Math.cosh(eta))
      : zip(v, "pt2", "z", (pt2, z) => Math.sqrt(pt2 + z * z)),
  p2: (v) => (v.system.beam === "eta" ? map(v, "p", (p) => p * p) : zip(v, "pt2", "z", (pt2, z) => pt2 + z * z)),
  theta: (v) =>
    v.system.beam === "eta"
      ? map(v, "eta", (eta) => 2 * Math.atan(Math.exp(-eta)))
      : zip(v, "z", "p", (z, p) => elseOf(Math.acos(z / p), 0)),
  cosTheta: (v) => (v.system.beam === "eta" ? map(v, "theta", Math.cos) : zip(v, "z", "p", (z, p) => elseOf(z / p, 1))),
  cotTheta: (v) =>
    v.system.beam === "eta"
      ? map(v, "theta", (theta) => 1 / Math.tan(theta))
      : zip(v, "z", "pt", (z, pt) => elseOf(z / pt, Number.POSITIVE_INFINITY)),
  // From z, which sums need anyway: one hyperbolic function less.
  energy: (v) =>
    stored(v, "t") ?? zip3(v, "pt2", "z", "mass2", (pt2, z, m2) => Math.sqrt(Math.max(0, pt2 + z * z + m2))),
  energy2: (v) =>
    v.system.time === "t" ? map(v, "energy", (t) => t * t) : zip(v, "mass2", "p2", (m2, p2) => Math.max(0, m2 + p2)),
  mass: (v) => stored(v, "tau") ?? map(v, "mass2", signedRoot),
  mass2: (v) =>
    v.system.time === "tau"
      ? map(v, "mass", (m) => (m < 0 ? -m * m : m * m))
      : zip(v, "energy2", "p2", (t2, p2) => t2 - p2),
  mt2: (v) =>
    v.system.time === "tau"
      ? zip(v, "pt2", "mass2", (pt2, m2) => pt2 + m2)
      : zip(v, "energy2", "z", (t2, z) => t2 - z * z),
  mt: (v) => map(v, "mt2", signedRoot),
  et: (v) =>
    v.system.beam === "eta"
      ? zip(v, "energy", "eta", (t, eta) => t / Math.cosh(eta))
      : zip3(v, "energy", "pt", "p", (t, pt, p) => (t * pt) / p),
  rapidity: (v) => zip(v, "energy", "z", (t, z) => 0.5 * Math.log((t + z) / (t - z))),
  beta: (v) => zip(v, "p", "energy", (p, t) => elseOf(p / t, 0)),
  gamma: (v) => zip(v, "energy", "mass", (t, m) => elseOf(t / m, Number.POSITIVE_INFINITY)),
};

/** Every quantity, in the order of the formulas. */
export const quantities: readonly Quantity[] = Object.keys(formulas) as Quantity[];

/** True if vectors of this system have the quantity. */
export function hasQuantity(v: Vectors, name: Quantity): boolean {
  return needs[name] <= dimensionOf(v.system);
}

/** One value a row, computed once for each column of vectors. */
export function quantity(v: Vectors, name: Quantity): Numbers {
  let values = v.computed.get(name);
  if (values === undefined) {
    values = formulas[name](v);
    v.computed.set(name, values);
  }
  return values;
}

/** sign(square)·√|square| */
export function signedRoot(square: number): number {
  return square < 0 ? -Math.sqrt(-square) : Math.sqrt(square);
}

function elseOf(value: number, otherwise: number): number {
  return Number.isNaN(value) ? otherwise : value;
}

function stored(v: Vectors, name: "x" | "y" | "z" | "rho" | "phi" | "eta" | "t" | "tau"): Numbers | undefined {
  return v.stored.get(name);
}

/** x and y are computed together, and both kept. */
function plane(v: Vectors, name: "x" | "y"): Numbers {
  const both = toPlane(quantity(v, "pt"), quantity(v, "phi"), v.rows);
  v.computed.set("x", both.x);
  v.computed.set("y", both.y);
  return both[name];
}

function map(v: Vectors, a: Quantity, f: (a: number) => number): Float64Array {
  return eachRow(f, [quantity(v, a)], v.rows);
}

function zip(v: Vectors, a: Quantity, b: Quantity, f: (a: number, b: number) => number): Float64Array {
  return eachRow(f, [quantity(v, a), quantity(v, b)], v.rows);
}

function zip3(
  v: Vectors,
  a: Quantity,
  b: Quantity,
  c: Quantity,
  f: (a: number, b: number, c: number) => number,
): Float64Array {
  return eachRow(f, [quantity(v, a), quantity(v, b), quantity(v, c)], v.rows);
}
