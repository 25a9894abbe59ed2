/** What a figure needs of an axis: edges of numeric bins, or the names of categories. */
export interface PlotAxis {
  readonly name?: string | undefined;
  readonly label?: string | undefined;
  /** Finite edges of the bins, one more than there are bins, in either order. */
  readonly edges?: ArrayLike<number> | undefined;
  readonly categories?: readonly (string | number)[] | undefined;
  /** Whether the first bin with flow is the underflow bin; told from the number of bins if absent. */
  readonly underflow?: boolean | undefined;
  readonly overflow?: boolean | undefined;
  /** "integer": the bins are whole numbers, named at their middles where there is room. "boolean": named false and true. */
  readonly kind?: string | undefined;
  /** "log": the bins are of one width in the logarithm; the axis is drawn so too. */
  readonly transform?: unknown;
}

/** What a figure needs of a histogram; `Hist` is one. Arrays are flat, row-major in the order of the axes. */
export interface PlotHist {
  readonly axes: readonly PlotAxis[];
  values(options?: { readonly flow?: boolean }): unknown;
  /** Per bin, sums of squared weights; `undefined` where they are not known. */
  variances(options?: { readonly flow?: boolean }): unknown;
  /** How many entries had a weight that is NaN or infinite, if it is known. */
  readonly storage?: { readonly nanWeights?: number | undefined } | undefined;
}

/** True for anything with axes and values, as a `Hist` has. */
export function isHist(value: unknown): value is PlotHist {
  const candidate = value as Partial<PlotHist> | null | undefined;
  return typeof candidate?.values === "function" && Array.isArray(candidate.axes);
}
