/** Finding the bin of a number: what the loops of corrections call. */

/** Lists this short are searched from one end. */
const short = 8;

/**
 * The bin `i` with edges[i] ≤ x < edges[i+1]; −1 below the first edge, the number of bins from the last edge on and for NaN.
 * Cost: a binary search.
 */
export function binOf(edges: Float64Array, x: number): number {
  const n = edges.length;
  if (n <= short) {
    let i = 0;
    while (i < n && !(x < edges[i]!)) i++;
    return i - 1;
  }
  let low = 0;
  let high = n;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (x < edges[middle]!) high = middle;
    else low = middle + 1;
  }
  return low - 1;
}

/**
 * The bin of `x` in `n` bins of one width from `low` to `high`, by arithmetic as the reference has it: floor(n (x − low)/(high − low)). NaN
 * is in the first bin. Just below `high` this may round to `n`: the reference takes a default content there, and without one it reads past its
 * contents, where the last bin is meant. `x` must not lie outside.
 */
export function uniformBin(n: number, low: number, high: number, x: number): number {
  return (n * ((x - low) / (high - low))) | 0;
}

/** As {@link uniformBin} for an `x` that may lie any number of ranges outside. */
export function wrappedUniformBin(n: number, low: number, high: number, x: number): number {
  const z = (x - low) / (high - low);
  const bin = (n * (z - Math.floor(z))) | 0;
  return bin < n ? bin : n - 1;
}

/** `x` moved by whole ranges into [low, high); NaN for a number that is not finite. */
export function wrapped(low: number, high: number, x: number): number {
  const z = (x - low) / (high - low);
  return low + (z - Math.floor(z)) * (high - low);
}

/** Rounds halves away from zero, as C does. */
export function roundAway(x: number): number {
  return x < 0 ? -Math.round(-x) : Math.round(x);
}
