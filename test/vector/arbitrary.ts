import fc from "fast-check";
import { type Column, fromList } from "../../src/jagged/index.ts";

export interface Particle {
  readonly pt: number;
  readonly eta: number;
  readonly phi: number;
  readonly mass: number;
}

const number = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });

/** A massive particle whose momentum and mass are comparable, so that nothing cancels. */
export const particle: fc.Arbitrary<Particle> = fc.record({
  pt: number(1, 200),
  eta: number(-3, 3),
  phi: number(-3.14, 3.14),
  mass: number(1, 100),
});

/** Lists of particles, one an event; some are empty. */
export const events: fc.Arbitrary<Particle[][]> = fc.array(fc.array(particle, { maxLength: 5 }), { maxLength: 6 });

const fields = "{pt: float64, eta: float64, phi: float64, mass: float64}";

export const listsOf = (particles: readonly (readonly (Particle | null)[] | null)[]): Column =>
  fromList(particles, `option[var * ?${fields}]`);

export const flatOf = (particles: readonly Particle[]): Column => fromList(particles, fields);
