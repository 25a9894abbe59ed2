/**
 * pt, φ, η → x, y, z for whole columns, in double precision: sine and cosine by one reduction and no branch on the quadrant,
 * which no processor foresees; sinh by table and series. Relative error of each below 5 · 10⁻¹⁶.
 */
import { energyOf } from "./four-vector.ts";

type Numbers = ArrayLike<number>;

/** Objects in one call, so that V8 swaps in optimised code soon; their inputs are copied here. */
const block = 1024;
const pts = new Float64Array(block);
const angles = new Float64Array(block);

/** 2/π, and π/2 in three parts, the first two short enough for exact products with the number of quarter turns. */
const quarters = 2 / Math.PI;
const [quarter1, quarter2, quarter3] = [1.5707963267341256, 6.077100506303966e-11, 2.0222662487959506e-21];
/** Above it (and for ∞, NaN) the platform's functions, which reduce any number. */
const largestAngle = 1e5;

/** cos of r + k quarter turns is `cosOfCos[k] * cos r + cosOfSin[k] * sin r`. */
const cosOfCos = Float64Array.of(1, 0, -1, 0);
const cosOfSin = Float64Array.of(0, -1, 0, 1);

/** ln 2 in two parts, the first short enough for exact products with the powers of two. */
const [log1, log2] = [0.6931471824645996, -1.904654299957768e-9];
const largestPower = 25;
const largestEta = largestPower * Math.LN2;
/** sinh and cosh of k ln 2, entry k + `largestPower`; they are exact. */
const powers = Array.from({ length: 2 * largestPower + 1 }, (_, i) => i - largestPower);
const sinhOfPower = Float64Array.from(powers, (k) => (2 ** k - 2 ** -k) / 2);
const coshOfPower = Float64Array.from(powers, (k) => (2 ** k + 2 ** -k) / 2);

/** pt cos φ and pt sin φ of `n` objects. */
export function toPlane(pt: Numbers, phi: Numbers, n: number): { readonly x: Float64Array; readonly y: Float64Array } {
  const [x, y] = [new Float64Array(n), new Float64Array(n)];
  for (let from = 0; from < n; from += block) {
    const m = Math.min(block, n - from);
    planeOf(copied(pt, from, m, pts), copied(phi, from, m, angles), m, x, y, 1, from, from);
  }
  return { x, y };
}

/** pt sinh η of `n` objects. */
export function toBeam(pt: Numbers, eta: Numbers, n: number): Float64Array {
  const z = new Float64Array(n);
  for (let from = 0; from < n; from += block) {
    const m = Math.min(block, n - from);
    beamOf(copied(pt, from, m, pts), copied(eta, from, m, angles), m, z, 1, from);
  }
  return z;
}

/**
 * pt, η, φ, m columns of objects → their Cartesian components in float64, `4 n` entries: x, y, z, t of the first object, of
 * the second, and so on. Within a relative 10⁻¹⁵ of what `fromPtEtaPhiM` gives. Cost: about 25 ns an object, half of what a sinh, sin and cos of the platform take.
 */
export function cartesianColumn(pt: Numbers, eta: Numbers, phi: Numbers, mass: Numbers): Float64Array {
  const n = pt.length;
  const out = new Float64Array(4 * n);
  for (let from = 0; from < n; from += block) {
    const m = Math.min(block, n - from);
    const at = 4 * from;
    copied(pt, from, m, pts);
    planeOf(pts, copied(phi, from, m, angles), m, out, out, 4, at, at + 1);
    beamOf(pts, copied(eta, from, m, angles), m, out, 4, at + 2);
    energiesOf(pts, copied(mass, from, m, angles), m, out, at);
  }
  return out;
}

/** Entries `from` to `from + m`, as float64: loops over arrays of one type only are compiled best. */
function copied(values: Numbers, from: number, m: number, into: Float64Array): Float64Array {
  if (values instanceof Float32Array || values instanceof Float64Array) into.set(values.subarray(from, from + m));
  else for (let i = 0; i < m; i++) into[i] = values[from + i]!;
  return into;
}

/** Entry `i` goes to `xs[xAt + i * stride]`, `ys[yAt + i * stride]`. */
function planeOf(
  pt: Float64Array,
  phi: Float64Array,
  m: number,
  xs: Float64Array,
  ys: Float64Array,
  stride: number,
  xAt: number,
  yAt: number,
): void {
  for (let i = 0; i < m; i++) {
    const p = pt[i]!;
    const angle = phi[i]!;
    const at = i * stride;
    if (!(angle <= largestAngle && angle >= -largestAngle)) {
      xs[at + xAt] = p * Math.cos(angle);
      ys[at + yAt] = p * Math.sin(angle);
      continue;
    }
    const turns = Math.floor(angle * quarters + 0.5);
    // angle − turns π/2 as the sum r + tail.
    const first = angle - turns * quarter1;
    const second = turns * quarter2;
    const rest = first - second;
    const correction = turns * quarter3 - (first - rest - second);
    const r = rest - correction;
    const tail = rest - r - correction;
    const s = r * r;
    // Taylor series: |r| ≤ π/4, so that the first term left out is below 10⁻¹⁸.
    const sinTerms =
      -0.16666666666666666 +
      s *
        (0.008333333333333333 +
          s *
            (-0.0001984126984126984 +
              s *
                (2.7557319223985893e-6 +
                  s *
                    (-2.505210838544172e-8 +
                      s * (1.6059043836821613e-10 + s * (-7.647163731819816e-13 + s * 2.8114572543455206e-15))))));
    const cosTerms =
      0.041666666666666664 +
      s *
        (-0.001388888888888889 +
          s *
            (2.48015873015873e-5 +
              s *
                (-2.755731922398589e-7 +
                  s * (2.08767569878681e-9 + s * (-1.1470745597729725e-11 + s * 4.779477332387385e-14)))));
    const half = 0.5 * s;
    const top = 1 - half;
    const sin = r + (r * s * sinTerms + tail * top);
    const cos = top + (1 - top - half + (s * s * cosTerms - r * tail));
    const k = turns & 3;
    xs[at + xAt] = p * (cos * cosOfCos[k]! + sin * cosOfSin[k]!);
    ys[at + yAt] = p * (sin * cosOfCos[k]! - cos * cosOfSin[k]!);
  }
}

function beamOf(pt: Float64Array, eta: Float64Array, m: number, out: Float64Array, stride: number, at: number): void {
  for (let i = 0; i < m; i++) {
    const p = pt[i]!;
    const h = eta[i]!;
    if (!(h <= largestEta && h >= -largestEta)) {
      out[i * stride + at] = p * Math.sinh(h);
      continue;
    }
    const k = Math.floor(h * Math.LOG2E + 0.5);
    const r = h - k * log1 - k * log2;
    const s = r * r;
    // Taylor series: |r| ≤ ln 2 / 2.
    const sinh =
      r *
      s *
      (0.16666666666666666 +
        s *
          (0.008333333333333333 +
            s *
              (0.0001984126984126984 +
                s * (2.7557319223985893e-6 + s * (2.505210838544172e-8 + s * 1.6059043836821613e-10)))));
    const cosh =
      s *
      (0.5 +
        s *
          (0.041666666666666664 +
            s *
              (0.001388888888888889 +
                s * (2.48015873015873e-5 + s * (2.755731922398589e-7 + s * 2.08767569878681e-9)))));
    const a = sinhOfPower[k + largestPower]!;
    const b = coshOfPower[k + largestPower]!;
    out[i * stride + at] = p * (a + (b * r + (a * cosh + b * sinh)));
  }
}

function energiesOf(pt: Float64Array, mass: Float64Array, m: number, out: Float64Array, at: number): void {
  for (let i = 0; i < m; i++) out[at + 4 * i + 3] = energyOf(pt[i]!, out[at + 4 * i + 2]!, mass[i]!);
}
