/**
 * The error function, 2/√π ∫₀ˣ e^(−t²) dt, to about 10⁻¹⁵: the series of Abramowitz and Stegun 7.1.6 below 2.5 (all its terms
 * have one sign), the continued fraction 7.1.14 of 1 − erf above. Cost: 20 to 60 operations.
 */
export function erf(x: number): number {
  if (Number.isNaN(x)) return x;
  const size = Math.abs(x);
  if (size > 6) return Math.sign(x);
  const square = size * size;
  const scale = Math.exp(-square) / Math.sqrt(Math.PI);
  if (size < 2.5) {
    let term = x;
    let sum = x;
    for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
      term *= (2 * square) / (2 * n + 1);
      sum += term;
    }
    return 2 * scale * sum;
  }
  let fraction = size;
  for (let n = 60; n > 0; n--) fraction = size + n / 2 / fraction;
  return Math.sign(x) * (1 - scale / fraction);
}
