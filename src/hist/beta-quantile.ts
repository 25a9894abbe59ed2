/**
 * Quantiles of the beta distribution: the x at which the regularised incomplete beta function I_x(a, b) is p.
 *
 * I is evaluated as the continued fraction of Abramowitz and Stegun 26.5.8 by Lentz' method, with I_x(a, b) =
 * 1 - I_{1-x}(b, a) where that converges faster; its inverse is Newton's method kept inside a bracket.
 */
import { logGamma } from "./gamma-quantile.ts";

/** I_x(a, b) and its complement, each with full relative precision where it is the smaller one. */
function incompleteBeta(a: number, b: number, x: number): { p: number; q: number } {
  if (x <= 0) return { p: 0, q: 1 };
  if (x >= 1) return { p: 1, q: 0 };
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  if (x < (a + 1) / (a + b + 2)) {
    const p = (front * fraction(a, b, x)) / a;
    return { p, q: 1 - p };
  }
  const q = (front * fraction(b, a, 1 - x)) / b;
  return { p: 1 - q, q };
}

function fraction(a: number, b: number, x: number): number {
  const tiny = 1e-300;
  const away = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m < 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return h;
}

/**
 * The x with I_x(a, b) = p, for a, b > 0 and 0 <= p <= 1. Relative error below 1e-9.
 * Cost: some ten evaluations of I, each of about √max(a, b) terms.
 */
export function betaQuantile(a: number, b: number, p: number): number {
  if (!(a > 0 && b > 0) || !(p >= 0 && p <= 1)) return Number.NaN;
  if (p === 0 || p === 1) return p;
  const excess = (x: number): number => {
    const at = incompleteBeta(a, b, x);
    return p < 0.5 ? at.p - p : 1 - p - at.q;
  };
  const logBeta = logGamma(a) + logGamma(b) - logGamma(a + b);
  let low = 0;
  let high = 1;
  let x = a / (a + b);
  for (let n = 0; n < 300; n++) {
    const f = excess(x);
    if (f === 0) return x;
    if (f < 0) low = x;
    else high = x;
    const density = Math.exp((a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x) - logBeta);
    const newton = x - f / density;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - x) <= 1e-15 * x) return next;
    x = next;
  }
  return x;
}
