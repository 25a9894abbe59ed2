import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cartesianColumn, fromPtEtaPhiM } from "../../src/vector/index.ts";

/** Distance in units of the last place of `exact`. */
function ulps(value: number, exact: number): number {
  if (Object.is(value, exact) || value === exact) return 0;
  const last = 2 ** Math.max(-1074, Math.floor(Math.log2(Math.abs(exact))) - 52);
  return Math.abs(value - exact) / last;
}

/** The largest distance of cos, sin and sinh from the platform's. */
function worst(phi: readonly number[], eta: readonly number[]): { plane: number; beam: number } {
  const ones = phi.map(() => 1);
  const column = cartesianColumn(ones, eta, phi, ones);
  let [plane, beam] = [0, 0];
  for (let i = 0; i < phi.length; i++) {
    plane = Math.max(plane, ulps(column[4 * i]!, Math.cos(phi[i]!)), ulps(column[4 * i + 1]!, Math.sin(phi[i]!)));
    beam = Math.max(beam, ulps(column[4 * i + 2]!, Math.sinh(eta[i]!)));
  }
  return { plane, beam };
}

describe("pt, eta, phi, mass as a Cartesian column", () => {
  test("sine and cosine are the platform's to one unit in the last place, sinh to two", () => {
    const n = 200_000;
    const across = (reach: number): number[] => Array.from({ length: n }, (_, i) => (i / (n / 2) - 1) * reach);
    for (const [phi, eta] of [
      [4, 6],
      [50, 17],
      [99_999, 0.01],
    ] as const) {
      const { plane, beam } = worst(across(phi), across(eta));
      expect(plane).toBeLessThanOrEqual(1);
      expect(beam).toBeLessThanOrEqual(2);
    }
  });

  test("also beside multiples of a quarter turn, in either precision, and near zero", () => {
    const turns = Array.from({ length: 40_000 }, (_, k) => ((k - 20_000) * Math.PI) / 2);
    const small = Array.from({ length: 300 }, (_, k) => 1.7 * 10 ** -k);
    const phi = [...turns, ...turns.map(Math.fround), ...small, ...small.map((x) => -x)];
    const eta = phi.map((x) => (Math.abs(x) < 2 ? x : x * 1e-4));
    const { plane, beam } = worst(phi, eta);
    expect(plane).toBeLessThanOrEqual(1);
    expect(beam).toBeLessThanOrEqual(2);
  });

  test("numbers out of range, infinite or missing give what the platform's functions give", () => {
    const phi = [1e5 + 0.5, -3e8, 1e300, Number.POSITIVE_INFINITY, Number.NaN, 0, 0, 0, 0];
    const eta = [0, 0, 0, 0, 0, 18, -700, Number.NEGATIVE_INFINITY, Number.NaN];
    const column = cartesianColumn(new Array(9).fill(2), eta, phi, new Array(9).fill(1));
    for (let i = 0; i < phi.length; i++) {
      expect(column[4 * i]).toBe(2 * Math.cos(phi[i]!));
      expect(column[4 * i + 1]).toBe(2 * Math.sin(phi[i]!));
      expect(column[4 * i + 2]).toBe(2 * Math.sinh(eta[i]!));
    }
  });

  test("objects stand one after the other, in blocks or not, whatever type the columns have", () => {
    const number = fc.double({ min: -4, max: 4, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(number, number, number, number), { maxLength: 40 }), fc.nat(2), (some, copies) => {
        const objects = Array.from({ length: 1 + 600 * copies }, () => some).flat();
        const members = [0, 1, 2, 3].map((k) => objects.map((object) => Math.fround(object[k]!)));
        const [pt, eta, phi, mass] = members as [number[], number[], number[], number[]];
        const column = cartesianColumn(Float32Array.from(pt), Float64Array.from(eta), phi, Float32Array.from(mass));
        expect(column.length).toBe(4 * objects.length);
        let worst = 0;
        for (let i = 0; i < objects.length; i++) {
          const { x, y, z, t } = fromPtEtaPhiM(pt[i]!, eta[i]!, phi[i]!, mass[i]!);
          [x, y, z, t].forEach((exact, k) => {
            worst = Math.max(
              worst,
              Math.abs(column[4 * i + k]! - exact) / (Math.abs(pt[i]! * Math.cosh(eta[i]!)) + Math.abs(exact) + 1e-300),
            );
          });
        }
        expect(worst).toBeLessThan(1e-15);
      }),
    );
  });
});
