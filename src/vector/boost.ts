import { CortadoError } from "../errors.ts";
import type { Column } from "../jagged/index.ts";
import { dimensionOf, type System } from "./coordinates.ts";
import { readPair, readWithNumbers, requireDimension, vectorsLike } from "./operands.ts";
import { quantity } from "./quantity.ts";
import { type Numbers, readVectors, type Vectors } from "./vectors.ts";

/** The velocity of each four-vector, p/E, as three-vectors: in units of the speed of light. */
export function boostVector(column: Column): Column {
  const v = readVectors("boostVector", column);
  requireDimension("boostVector", v, 4);
  const energy = quantity(v, "energy");
  const over = (values: Numbers): Float64Array => {
    const out = new Float64Array(v.rows);
    for (let i = 0; i < out.length; i++) out[i] = values[i]! / energy[i]!;
    return out;
  };
  const [x, y, z] = [over(quantity(v, "x")), over(quantity(v, "y")), over(quantity(v, "z"))];
  return vectorsLike(v, { plane: "xy", beam: "z", time: undefined }, { x, y, z }, undefined);
}

/**
 * Four-vectors as seen after a boost by the velocity of `by`: four-vectors (γ = E/m, exact where the mass is stored) or
 * velocities as three-vectors. The result has x, y, z and the energy or the mass, whichever the input has: a stored mass
 * stays what it is. A velocity of 1 or more gives NaN. Event-level `by` is repeated for the objects.
 */
export function boost(column: Column, by: Column): Column {
  return boosted("boost", column, by, 1);
}

/** Four-vectors as seen in the rest frame of `of` (four-vectors): the boost by minus its velocity. */
export function boostToRestFrame(column: Column, of: Column): Column {
  return boosted("boostToRestFrame", column, of, -1);
}

function boosted(operation: string, column: Column, frameOf: Column, sign: 1 | -1): Column {
  const [v, frame] = readPair(operation, column, frameOf);
  requireDimension(operation, v, 4);
  if (dimensionOf(frame.system) === 2 || (sign < 0 && dimensionOf(frame.system) === 3))
    requireDimension(operation, frame, sign < 0 ? 4 : 3);
  const [px, py, pz, t] = [quantity(v, "x"), quantity(v, "y"), quantity(v, "z"), quantity(v, "energy")];
  const [vx, vy, vz] = [quantity(frame, "x"), quantity(frame, "y"), quantity(frame, "z")];
  const energy = dimensionOf(frame.system) === 4 ? frameEnergy(frame) : undefined;
  const gammas = energy === undefined ? undefined : lorentzFactors(frame, energy);
  const [x, y, z, out] = [0, 1, 2, 3].map(() => new Float64Array(v.rows)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let i = 0; i < v.rows; i++) {
    const per = energy?.[i] ?? 1;
    const [bx, by, bz] = [(sign * vx[i]!) / per, (sign * vy[i]!) / per, (sign * vz[i]!) / per];
    const gamma = gammas?.[i] ?? 1 / Math.sqrt(1 - (bx * bx + by * by + bz * bz));
    const along = (gamma * gamma) / (1 + gamma);
    const [a, b, c, e] = [px[i]!, py[i]!, pz[i]!, t[i]!];
    x[i] = (1 + along * bx * bx) * a + along * bx * by * b + along * bx * bz * c + gamma * bx * e;
    y[i] = along * bx * by * a + (1 + along * by * by) * b + along * by * bz * c + gamma * by * e;
    z[i] = along * bx * bz * a + along * by * bz * b + (1 + along * bz * bz) * c + gamma * bz * e;
    out[i] = gamma * bx * a + gamma * by * b + gamma * bz * c + gamma * e;
  }
  return withTime(v, { plane: "xy", beam: "z", time: v.system.time }, { x, y, z }, out);
}

/** The energy of a frame: √(p² + m²) of a stored mass, which for a spacelike one is what the reference boosts with. */
function frameEnergy(frame: Vectors): Numbers {
  if (frame.system.time === "t") return quantity(frame, "energy");
  const [p2, mass] = [quantity(frame, "p2"), quantity(frame, "mass")];
  const out = new Float64Array(frame.rows);
  for (let i = 0; i < out.length; i++) out[i] = Math.sqrt(p2[i]! + mass[i]! * mass[i]!);
  return out;
}

/** E/m, from the stored mass or √(E² − p²): NaN for a spacelike frame. */
function lorentzFactors(frame: Vectors, energy: Numbers): Float64Array {
  const stored = frame.system.time === "tau" ? quantity(frame, "mass") : undefined;
  const mass2 = quantity(frame, "mass2");
  const out = new Float64Array(frame.rows);
  for (let i = 0; i < out.length; i++) out[i] = energy[i]! / (stored === undefined ? Math.sqrt(mass2[i]!) : stored[i]!);
  return out;
}

/** A boost along x by the velocity `beta` (−1 < β < 1): a number, or one for each vector or event. */
export function boostX(column: Column, beta: number | Column): Column {
  return boostedAlong("boostX", column, beta, "x");
}

/** A boost along y, as {@link boostX}. */
export function boostY(column: Column, beta: number | Column): Column {
  return boostedAlong("boostY", column, beta, "y");
}

/** A boost along z, as {@link boostX}; pt and φ stay what they are. */
export function boostZ(column: Column, beta: number | Column): Column {
  return boostedAlong("boostZ", column, beta, "z");
}

function boostedAlong(operation: string, column: Column, beta: number | Column, axis: "x" | "y" | "z"): Column {
  const [v, velocity] = readWithNumbers(operation, column, beta);
  requireDimension(operation, v, 4);
  const [along, energy] = [quantity(v, axis), quantity(v, "energy")];
  const moved = new Float64Array(v.rows);
  const t = new Float64Array(v.rows);
  for (let i = 0; i < v.rows; i++) {
    const b = velocity(i);
    if (Math.abs(b) >= 1)
      throw new CortadoError("UsageError", `${operation}: the velocity ${b} of row ${i} is not below that of light`, {
        code: "BadArgument",
      });
    const gamma = 1 / Math.sqrt(1 - b * b);
    moved[i] = gamma * along[i]! + gamma * b * energy[i]!;
    t[i] = gamma * energy[i]! + gamma * b * along[i]!;
  }
  const { plane, time } = v.system;
  if (axis === "z" && plane === "polar")
    return withTime(v, { plane, beam: "z", time }, { rho: quantity(v, "pt"), phi: quantity(v, "phi"), z: moved }, t);
  const values = { x: quantity(v, "x"), y: quantity(v, "y"), z: quantity(v, "z"), [axis]: moved };
  return withTime(v, { plane: "xy", beam: "z", time }, values, t);
}

/** The result with the energy given, or with the mass the vectors had. */
function withTime(
  v: Vectors,
  system: System,
  values: { readonly [name: string]: Numbers },
  energy: Float64Array,
): Column {
  const time = system.time === "tau" ? { tau: quantity(v, "mass") } : { t: energy };
  return vectorsLike(v, system, { ...values, ...time }, v.charge);
}
