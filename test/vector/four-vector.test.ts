import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deltaPhi, deltaR, FourVector, fromPtEtaPhiM, transverseMass, wrapPhi } from "../../src/vector/index.ts";

const pt = fc.double({ min: 0.1, max: 1000, noNaN: true });
const eta = fc.double({ min: -4, max: 4, noNaN: true });
const phi = fc.double({ min: -3.14, max: 3.14, noNaN: true });
const mass = fc.double({ min: 0, max: 200, noNaN: true });

describe("four-vectors", () => {
  test("pt, eta, phi and mass come back", () => {
    fc.assert(
      fc.property(pt, eta, phi, mass, (a, b, c, d) => {
        const p4 = fromPtEtaPhiM(a, b, c, d);
        expect(p4.pt).toBeCloseTo(a, 9);
        expect(p4.eta).toBeCloseTo(b, 9);
        expect(p4.phi).toBeCloseTo(c, 9);
        expect(Math.abs(p4.mass - d)).toBeLessThan(1e-6 * p4.energy + 1e-12 * (p4.energy ** 2 / Math.max(d, 1e-3)));
      }),
    );
  });

  test("two massless ones back to back at rest have twice the momentum as mass", () => {
    expect(fromPtEtaPhiM(45.6, 0, 0, 0).add(fromPtEtaPhiM(45.6, 0, Math.PI, 0)).mass).toBeCloseTo(91.2, 10);
  });

  test("the mass of two massless ones is sqrt(2 pt1 pt2 (cosh Δη − cos Δφ))", () => {
    fc.assert(
      fc.property(pt, eta, phi, pt, eta, phi, (p1, e1, f1, p2, e2, f2) => {
        const pair = fromPtEtaPhiM(p1, e1, f1, 0).add(fromPtEtaPhiM(p2, e2, f2, 0));
        const expected = Math.sqrt(2 * p1 * p2 * (Math.cosh(e1 - e2) - Math.cos(f1 - f2)));
        expect(Math.abs(pair.mass - expected)).toBeLessThan(1e-6 * pair.energy);
      }),
    );
  });

  test("negative masses, differences and the zero vector give no NaN", () => {
    expect(fromPtEtaPhiM(10, 0, 0, -3).energy).toBeCloseTo(Math.sqrt(91), 12);
    expect(fromPtEtaPhiM(10, 0, 0, -3).mass).toBeCloseTo(-3, 9);
    expect(new FourVector(3, 4, 0, 0).mass).toBe(-5);
    const none = new FourVector(0, 0, 0, 0);
    expect([none.pt, none.eta, none.phi, none.mass]).toEqual([0, 0, 0, 0]);
    expect(new FourVector(0, 0, 5, 5).eta).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("angles", () => {
  test("a difference is wrapped to [−π, π)", () => {
    expect(wrapPhi(Math.PI)).toBe(-Math.PI);
    expect(wrapPhi(-Math.PI)).toBe(-Math.PI);
    expect(deltaPhi({ phi: 3 }, { phi: -3 })).toBeCloseTo(6 - 2 * Math.PI, 12);
    fc.assert(
      fc.property(fc.double({ min: -50, max: 50, noNaN: true }), (angle) => {
        const wrapped = wrapPhi(angle);
        expect(wrapped).toBeGreaterThanOrEqual(-Math.PI);
        expect(wrapped).toBeLessThan(Math.PI);
        expect(Math.cos(wrapped)).toBeCloseTo(Math.cos(angle), 9);
        expect(Math.sin(wrapped)).toBeCloseTo(Math.sin(angle), 9);
      }),
    );
  });

  test("wrapping has the bits of the remainder, as NumPy computes it", () => {
    const turn = 2 * Math.PI;
    const remainder = (angle: number): number => {
      const rest = (angle + Math.PI) % turn;
      return (rest < 0 ? rest + turn : rest) - Math.PI;
    };
    const edges = [0, 1, 2, 3, 4, 5].flatMap((k) => [
      k * Math.PI,
      k * Math.PI * (1 + 2 ** -52),
      k * Math.PI * (1 - 2 ** -53),
    ]);
    fc.assert(
      fc.property(fc.oneof(fc.double({ min: -40, max: 40, noNaN: true }), fc.constantFrom(...edges)), (angle) => {
        for (const one of [angle, -angle])
          if (one < -Math.PI || one >= Math.PI) expect(wrapPhi(one)).toBe(remainder(one));
      }),
    );
  });

  test("delta R across the seam", () => {
    expect(deltaR({ eta: 1, phi: 3.1 }, { eta: 1, phi: -3.1 })).toBeCloseTo(2 * Math.PI - 6.2, 12);
    expect(deltaR({ eta: 0, phi: 0 }, { eta: 3, phi: 4 - 2 * Math.PI })).toBeCloseTo(
      Math.hypot(3, 4 - 2 * Math.PI),
      12,
    );
  });

  test("transverse mass: 0 when parallel, twice the geometric mean back to back", () => {
    expect(transverseMass({ pt: 40, phi: 1 }, { pt: 10, phi: 1 })).toBe(0);
    expect(transverseMass({ pt: 40, phi: 0 }, { pt: 10, phi: Math.PI })).toBeCloseTo(40, 12);
  });
});
