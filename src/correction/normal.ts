import { erf } from "./erf.ts";

/** Probability of a standard normal number below `x`. Precise to 10⁻¹⁵ absolute, so not far in the lower tail. */
export function normalBelow(x: number): number {
  return (1 + erf(x / Math.SQRT2)) / 2;
}

/** The number below which a standard normal one is with probability `p` in (0, 1): Newton's method with Halley's correction, from the logistic curve. */
export function normalQuantile(p: number): number {
  let x = Math.log(p / (1 - p)) / 1.702;
  for (let step = 0; step < 50; step++) {
    const off = ((normalBelow(x) - p) * Math.sqrt(2 * Math.PI)) / Math.exp((-x * x) / 2);
    const change = off / (1 + (x * off) / 2);
    x -= change;
    if (Math.abs(change) <= 1e-15 * Math.max(1, Math.abs(x))) break;
  }
  return x;
}
