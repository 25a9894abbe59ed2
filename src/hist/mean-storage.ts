/**
 * Means and variances of samples, updated one sample at a time without losing digits (Welford, Technometrics 4 (1962)
 * 419; with weights: West, Commun. ACM 22 (1979) 532; two parts to one: Chan, Golub, LeVeque, Am. Stat. 37 (1983) 242).
 */

/** Count, mean and sum of squared distances from the mean in each cell; a weight counts as that many samples. */
export interface MeanStorage {
  readonly kind: "mean";
  readonly counts: Float64Array;
  readonly values: Float64Array;
  readonly deltas: Float64Array;
}

/** As {@link MeanStorage}, but weights are reliabilities: their squares say how many samples they stand for. */
export interface WeightedMeanStorage {
  readonly kind: "weightedMean";
  readonly sumOfWeights: Float64Array;
  readonly sumOfWeightsSquared: Float64Array;
  readonly values: Float64Array;
  readonly deltas: Float64Array;
}

/** Adds one sample to a cell; one of weight 0 adds nothing. */
export type CellFill = (cell: number, sample: number, weight: number) => void;

export function meanFill(storage: MeanStorage): CellFill {
  const { counts, values, deltas } = storage;
  return (cell, sample, weight) => {
    if (weight === 0) return;
    const count = counts[cell]! + weight;
    counts[cell] = count;
    const delta = weight * (sample - values[cell]!);
    values[cell]! += delta / count;
    deltas[cell]! += delta * (sample - values[cell]!);
  };
}

export function weightedMeanFill(storage: WeightedMeanStorage): CellFill {
  const { sumOfWeights, sumOfWeightsSquared, values, deltas } = storage;
  return (cell, sample, weight) => {
    if (weight === 0) return;
    const sum = sumOfWeights[cell]! + weight;
    sumOfWeights[cell] = sum;
    sumOfWeightsSquared[cell]! += weight * weight;
    const delta = weight * (sample - values[cell]!);
    values[cell]! += delta / sum;
    deltas[cell]! += delta * (sample - values[cell]!);
  };
}

interface Moments {
  readonly weights: Float64Array;
  readonly values: Float64Array;
  readonly deltas: Float64Array;
}

export function addMeans(into: MeanStorage, from: MeanStorage, map: Int32Array): void {
  addMoments({ ...into, weights: into.counts }, { ...from, weights: from.counts }, map);
}

export function addWeightedMeans(into: WeightedMeanStorage, from: WeightedMeanStorage, map: Int32Array): void {
  for (let i = 0; i < map.length; i++) {
    const cell = map[i]!;
    if (cell >= 0 && from.sumOfWeights[i] !== 0) into.sumOfWeightsSquared[cell]! += from.sumOfWeightsSquared[i]!;
  }
  addMoments({ ...into, weights: into.sumOfWeights }, { ...from, weights: from.sumOfWeights }, map);
}

function addMoments(into: Moments, from: Moments, map: Int32Array): void {
  for (let i = 0; i < map.length; i++) {
    const cell = map[i]!;
    const [n1, n2] = [into.weights[cell]!, from.weights[i]!];
    if (cell < 0 || n2 === 0) continue;
    if (n1 === 0) {
      into.weights[cell] = n2;
      into.values[cell] = from.values[i]!;
      into.deltas[cell] = from.deltas[i]!;
      continue;
    }
    const [mean1, mean2] = [into.values[cell]!, from.values[i]!];
    const mean = (n1 * mean1 + n2 * mean2) / (n1 + n2);
    into.weights[cell] = n1 + n2;
    into.values[cell] = mean;
    into.deltas[cell]! += from.deltas[i]! + n1 * (mean - mean1) ** 2 + n2 * (mean - mean2) ** 2;
  }
}

/** The variance of the samples of one cell: NaN for a single one, or none. */
export function sampleVariance(storage: MeanStorage | WeightedMeanStorage, cell: number): number {
  const delta = storage.deltas[cell]!;
  if (storage.kind === "mean") return storage.counts[cell] === 0 ? Number.NaN : delta / (storage.counts[cell]! - 1);
  const sum = storage.sumOfWeights[cell]!;
  return delta / (sum - storage.sumOfWeightsSquared[cell]! / sum);
}

/** The number of samples of one cell; with weights the number that would know the mean as well, sumw^2 / sumw2. */
export function effectiveCount(storage: MeanStorage | WeightedMeanStorage, cell: number): number {
  if (storage.kind === "mean") return storage.counts[cell]!;
  const squares = storage.sumOfWeightsSquared[cell]!;
  return squares === 0 ? 0 : storage.sumOfWeights[cell]! ** 2 / squares;
}
