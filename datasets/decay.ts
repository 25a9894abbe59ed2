import type { Random } from "./random.ts";

/** Energy and momentum, GeV. */
export interface Momentum {
  readonly px: number;
  readonly py: number;
  readonly pz: number;
  readonly e: number;
}

export function fromPtYPhiM(pt: number, rapidity: number, phi: number, mass: number): Momentum {
  const transverse = Math.hypot(pt, mass);
  return {
    px: pt * Math.cos(phi),
    py: pt * Math.sin(phi),
    pz: transverse * Math.sinh(rapidity),
    e: transverse * Math.cosh(rapidity),
  };
}

/** A mass from a Breit-Wigner peak, cut to `low..high`. */
export function breitWigner(random: Random, mass: number, width: number, low: number, high: number): number {
  const angle = (m: number): number => Math.atan((2 * (m - mass)) / width);
  const from = angle(low);
  return mass + (width / 2) * Math.tan(from + (angle(high) - from) * random.uniform());
}

/** Two massless daughters of a particle, unpolarised: back to back in its rest frame, then boosted. */
export function decay(random: Random, parent: Momentum): [Momentum, Momentum] {
  return decayTo(random, parent, 0, 0);
}

/** Two daughters of the masses given; their sum must lie below the parent's mass. */
export function decayTo(random: Random, parent: Momentum, first: number, second: number): [Momentum, Momentum] {
  const squared = parent.e ** 2 - parent.px ** 2 - parent.py ** 2 - parent.pz ** 2;
  const mass = Math.sqrt(Math.max(squared, 1e-6));
  const energy = (mass * mass + first * first - second * second) / (2 * mass);
  const momentum = Math.sqrt(Math.max(energy * energy - first * first, 0));
  const cosine = 2 * random.uniform() - 1;
  const sine = Math.sqrt(1 - cosine * cosine);
  const phi = 2 * Math.PI * random.uniform();
  const px = momentum * sine * Math.cos(phi);
  const py = momentum * sine * Math.sin(phi);
  const pz = momentum * cosine;
  const along = px * parent.px + py * parent.py + pz * parent.pz;
  const scale = (along / (parent.e + mass) + energy) / mass;
  const one = {
    px: px + scale * parent.px,
    py: py + scale * parent.py,
    pz: pz + scale * parent.pz,
    e: (parent.e * energy + along) / mass,
  };
  return [one, { px: parent.px - one.px, py: parent.py - one.py, pz: parent.pz - one.pz, e: parent.e - one.e }];
}
