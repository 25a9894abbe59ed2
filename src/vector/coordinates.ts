/** The coordinates a vector may be given in, and the names each is known by. */

export type Coordinate = "x" | "y" | "rho" | "phi" | "z" | "eta" | "t" | "tau";

/** The names of each coordinate; the first is the one results carry. */
export const coordinateNames: { readonly [C in Coordinate]: readonly string[] } = {
  x: ["x", "px"],
  y: ["y", "py"],
  rho: ["pt", "rho"],
  phi: ["phi"],
  z: ["z", "pz"],
  eta: ["eta"],
  t: ["t", "energy", "E", "e"],
  tau: ["mass", "m", "M", "tau"],
};

/**
 * Which coordinates a vector has: x, y or pt, φ in the plane; z, η or nothing along the beam; energy, mass or nothing.
 * Any combination is a system: `pt, eta, phi, mass`; `x, y, z, t`; `x, y, z`; `rho, phi`; a boosted vector has `x, y, z, mass`.
 */
export interface System {
  readonly plane: "xy" | "polar";
  readonly beam: "z" | "eta" | undefined;
  readonly time: "t" | "tau" | undefined;
}

/** Components of a vector of the system: 2, 3 or 4. */
export function dimensionOf(system: System): 2 | 3 | 4 {
  return system.beam === undefined ? 2 : system.time === undefined ? 3 : 4;
}

/** The coordinates of a system in the order in which they are written. */
export function coordinatesOf({ plane, beam, time }: System): Coordinate[] {
  // pt, eta, phi as everywhere in the field; x, y, z otherwise.
  const names: (Coordinate | undefined)[] =
    plane === "xy" ? ["x", "y", beam, time] : beam === "eta" ? ["rho", "eta", "phi", time] : ["rho", "phi", beam, time];
  return names.filter((name) => name !== undefined);
}
