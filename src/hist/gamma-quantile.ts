/**
 * Quantiles of the gamma distribution: the x at which the regularised lower incomplete gamma function P(a, x) is p.
 *
 * P is summed as its power series below x = a + 1 and as Legendre's continued fraction above (Abramowitz and Stegun
 * 6.5.29 and 6.5.31); its inverse is Newton's method kept inside a bracket. From a = 1e5 on, the Cornish-Fisher
 * expansion of the chi-square quantile is used (Abramowitz and Stegun 26.2.49, 26.4.26), whose error there is below 1e-7 absolute.
 */

const manyCounts = 1e5;

/** ln Γ(a) for a > 0 by Lanczos' approximation (g = 7, nine terms); relative error about 1e-15. */
export function logGamma(a: number): number {
  if (a < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * a)) - logGamma(1 - a);
  const c = [
    0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
    12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
  ];
  const x = a - 1;
  let sum = c[0]!;
  for (let i = 1; i < c.length; i++) sum += c[i]! / (x + i);
  const t = x + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (x + 0.5) * Math.log(t) - t + Math.log(sum);
}

/** P(a, x) and Q(a, x) = 1 - P(a, x), each with full relative precision where it is the smaller one. */
function incompleteGamma(a: number, x: number): { p: number; q: number } {
  if (x <= 0) return { p: 0, q: 1 };
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; term > sum * 1e-17; n++) {
      term *= x / (a + n);
      sum += term;
    }
    const p = Math.min(1, front * sum);
    return { p, q: 1 - p };
  }
  const tiny = 1e-300;
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let h = d;
  for (let n = 1; n < 100_000; n++) {
    const an = -n * (n - a);
    b += 2;
    d = an * d + b;
    if (Math.abs(d) < tiny) d = tiny;
    c = b + an / c;
    if (Math.abs(c) < tiny) c = tiny;
    d = 1 / d;
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  const q = Math.min(1, front * h);
  return { p: 1 - q, q };
}

/**
 * The x with P(a, x) = p, for a > 0 and 0 <= p <= 1 (0 for p = 0, infinity for p = 1).
 * Cost: some ten evaluations of P, each of about √a terms; constant above a = 1e5.
 */
export function gammaQuantile(a: number, p: number): number {
  if (!(a > 0) || !(p >= 0 && p <= 1)) return Number.NaN;
  if (p === 0) return 0;
  if (p === 1) return Number.POSITIVE_INFINITY;
  if (a >= manyCounts) return cornishFisher(a, normalQuantile(p));
  const q = 1 - p;
  const excess = (x: number): number => {
    const at = incompleteGamma(a, x);
    return p < 0.5 ? at.p - p : q - at.q;
  };
  let low = 0;
  let high = Math.max(1, 2 * a);
  while (excess(high) < 0) {
    low = high;
    high *= 2;
  }
  const small = Math.exp((Math.log(p) + logGamma(a + 1)) / a);
  let x = small > low && small < high ? small : (low + high) / 2;
  for (let n = 0; n < 300; n++) {
    const f = excess(x);
    if (f === 0) return x;
    if (f < 0) low = x;
    else high = x;
    const density = Math.exp((a - 1) * Math.log(x) - x - logGamma(a));
    const newton = x - f / density;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - x) <= 1e-15 * x) return next;
    x = next;
  }
  return x;
}

/** The z that a standard normal variable stays below with probability p. */
function normalQuantile(p: number): number {
  if (p === 0.5) return 0;
  return Math.sign(p - 0.5) * Math.sqrt(2 * gammaQuantile(0.5, Math.abs(2 * p - 1)));
}

function cornishFisher(a: number, z: number): number {
  const z2 = z * z;
  const root = Math.sqrt(a);
  return a + z * root + (z2 - 1) / 3 + (z * (z2 - 7)) / (36 * root) - (3 * z2 * z2 + 7 * z2 - 16) / (810 * a);
}
