/** Finding the bin of a number: what the loops of corrections call. */

/** Cells of a {@link Grid}. */
const cells = 256;

/** For each of equal cells between the first and the last edge the bin in which it begins: where a search starts. */
export interface Grid {
  readonly edges: Float64Array;
  readonly bins: Uint16Array;
  readonly low: number;
  /** Cells for each unit. */
  readonly scale: number;
}

/** Undefined for edges that reach to infinity or are too many. */
export function gridOf(edges: Float64Array): Grid | undefined {
  const [low, high] = [edges[0]!, edges.at(-1)!];
  const scale = cells / (high - low);
  if (!Number.isFinite(scale * (high - low)) || edges.length > 65_536) return undefined;
  const begin = (cell: number): number => Math.max(0, Math.min(binOf(edges, low + cell / scale), edges.length - 2));
  return { edges, bins: Uint16Array.from({ length: cells + 1 }, (_, cell) => begin(cell)), low, scale };
}

/**
 * As {@link binOf} for an `x` between the first edge and the last: from the cell of `x` to its bin by comparing with edges, so that rounding
 * never decides. Cost: a few steps whatever the number of edges, and branches that a processor predicts.
 */
export function gridBin({ edges, bins, low, scale }: Grid, x: number): number {
  let i = bins[((x - low) * scale) | 0]!;
  while (x < edges[i]!) i--;
  while (x >= edges[i + 1]!) i++;
  return i;
}

/**
 * The bin `i` with edges[i] ≤ x < edges[i+1]; −1 below the first edge, the number of bins from the last edge on and for NaN.
 * Cost: a binary search.
 */
export function binOf(edges: Float64Array, x: number): number {
  let low = 0;
  let high = edges.length;
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

/** `x` moved into [low, high]; NaN stays. */
export function limited(x: number, low: number, high: number): number {
  return x < low ? low : x > high ? high : x;
}
