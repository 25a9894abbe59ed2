import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Column, fromList, toList } from "../../src/jagged/index.ts";
import {
  boost,
  boostToRestFrame,
  boostVector,
  boostX,
  boostY,
  boostZ,
  type FourVector,
  fromPtEtaPhiM,
  negative,
  type Property,
  property,
  rotateX,
  rotateY,
  rotateZ,
  toSystem,
} from "../../src/vector/index.ts";
import { flatOf, type Particle, particle } from "./arbitrary.ts";

const cartesian = ["x", "y", "z", "energy"] as const;
const particles = fc.array(particle, { minLength: 1, maxLength: 5 });
const angle = fc.double({ min: -6, max: 6, noNaN: true });
const velocity = fc.double({ min: -0.9, max: 0.9, noNaN: true });

const numbers = (column: Column, name: Property): number[] => toList(property(column, name)) as number[];
const fourVectorOf = ({ pt, eta, phi, mass }: Particle): FourVector => fromPtEtaPhiM(pt, eta, phi, mass);

function expectClose(got: readonly number[], expected: readonly number[], scale: readonly number[]): void {
  expect(got.length).toBe(expected.length);
  got.forEach((value, i) => {
    expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(1e-9 * scale[i]!);
  });
}

function expectSame(got: Column, expected: readonly FourVector[], scale: readonly number[]): void {
  for (const name of cartesian)
    expectClose(
      numbers(got, name),
      expected.map((p) => p[name]),
      scale,
    );
}

describe("boosts", () => {
  test("there and back is where it was", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(particle, particle), { minLength: 1, maxLength: 5 }), (pairs) => {
        const [a, frame] = [flatOf(pairs.map(([p]) => p)), flatOf(pairs.map(([, p]) => p))];
        const there = boost(a, frame);
        const scale = numbers(there, "energy").map((e, i) => e * numbers(frame, "gamma")[i]! ** 2);
        const back = boostToRestFrame(there, frame);
        for (const name of cartesian) expectClose(numbers(back, name), numbers(a, name), scale);
        const velocities = boostVector(frame);
        const also = boost(boost(a, velocities), negative(velocities));
        for (const name of cartesian) expectClose(numbers(also, name), numbers(a, name), scale);
      }),
    );
  });

  test("a particle rests in its own frame", () => {
    fc.assert(
      fc.property(particles, (list) => {
        const a = toSystem(flatOf(list), ["x", "y", "z", "t"]);
        const scale = numbers(a, "energy").map((e, i) => e * numbers(a, "gamma")[i]!);
        expectClose(
          numbers(boostToRestFrame(a, a), "p"),
          list.map(() => 0),
          scale,
        );
      }),
    );
  });

  test("the mass survives boosts and rotations, stored or not", () => {
    fc.assert(
      fc.property(particles, velocity, angle, (list, beta, by) => {
        for (const system of [undefined, ["x", "y", "z", "t"], ["pt", "eta", "phi", "energy"]]) {
          const a = system === undefined ? flatOf(list) : toSystem(flatOf(list), system);
          const before = numbers(a, "mass");
          for (const moved of [
            boostX(a, beta),
            boostY(a, beta),
            boostZ(a, beta),
            rotateX(a, by),
            rotateY(a, by),
            rotateZ(a, by),
          ]) {
            const scale = numbers(moved, "energy").map((e, i) => Math.max(e, e ** 2 / before[i]!));
            expectClose(numbers(moved, "mass"), before, scale);
          }
        }
      }),
    );
  });

  test("columns and single vectors agree", () => {
    fc.assert(
      fc.property(particles, particle, velocity, angle, (list, frame, beta, by) => {
        const a = flatOf(list);
        const each = list.map(fourVectorOf);
        const other = fourVectorOf(frame);
        const frames = flatOf(list.map(() => frame));
        const scale = each.map((p) => p.energy * other.gamma ** 2);
        expectSame(
          boost(a, frames),
          each.map((p) => p.boost(other.boostVector)),
          scale,
        );
        expectSame(
          boostToRestFrame(a, frames),
          each.map((p) => p.boostToRestFrame(other)),
          scale,
        );
        const wide = each.map((p) => 10 * p.energy);
        expectSame(
          boostX(a, beta),
          each.map((p) => p.boost({ x: beta, y: 0, z: 0 })),
          wide,
        );
        expectSame(
          boostY(a, beta),
          each.map((p) => p.boost({ x: 0, y: beta, z: 0 })),
          wide,
        );
        expectSame(
          boostZ(a, beta),
          each.map((p) => p.boost({ x: 0, y: 0, z: beta })),
          wide,
        );
        expectSame(
          rotateX(a, by),
          each.map((p) => p.rotateX(by)),
          wide,
        );
        expectSame(
          rotateY(a, by),
          each.map((p) => p.rotateY(by)),
          wide,
        );
        expectSame(
          rotateZ(a, by),
          each.map((p) => p.rotateZ(by)),
          wide,
        );
        for (const name of ["et", "mt", "rapidity", "beta", "gamma", "mass", "eta", "pt", "p"] as const)
          expectClose(
            numbers(a, name),
            each.map((p) => p[name]),
            each.map((p) => p.energy * p.gamma),
          );
      }),
    );
  });

  test("a quarter turn goes from x to y, from y to z, from z to x", () => {
    const one = (x: number, y: number, z: number): Column =>
      fromList([{ x, y, z, t: 9 }], "{x: float64, y: float64, z: float64, t: float64}");
    const where = (column: Column): number[] =>
      (["x", "y", "z"] as const).map((name) => Math.round(numbers(column, name)[0]!) + 0);
    expect(where(rotateZ(one(1, 0, 0), Math.PI / 2))).toEqual([0, 1, 0]);
    expect(where(rotateX(one(0, 1, 0), Math.PI / 2))).toEqual([0, 0, 1]);
    expect(where(rotateY(one(0, 0, 1), Math.PI / 2))).toEqual([1, 0, 0]);
  });

  test("a velocity of light or more is refused, a frame without energy too", () => {
    const a = flatOf([{ pt: 1, eta: 0, phi: 0, mass: 1 }]);
    expect(() => boostX(a, 1)).toThrow(/boostX: the velocity 1 of row 0/);
    expect(() => boostToRestFrame(a, boostVector(a))).toThrow(/boostToRestFrame: energy or mass is missing/);
    expect(() => boost(boostVector(a), a)).toThrow(/boost: energy or mass is missing; the vectors have x, y, z/);
  });
});
