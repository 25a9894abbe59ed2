/** What the cells of a storage say: values, their variances, counts. */
import { effectiveCount, sampleVariance } from "./mean-storage.ts";
import { emptyStorage, holdsMeans, moveStorage, type Storage } from "./storage.ts";
import { sumOf } from "./sum.ts";

/** The content of one bin. Which numbers there are depends on the storage. */
export interface Bin {
  /** A count or a sum of weights; the mean in a storage of means. */
  readonly value: number;
  /** Of the value; in a storage of means that of the samples. Undefined where it is not known. */
  readonly variance: number | undefined;
  /** How many samples a mean has; of `weightedMean` the effective number. */
  readonly count?: number;
  readonly sumOfWeights?: number;
  readonly sumOfWeightsSquared?: number;
}

/**
 * The variance of each cell's value; of a mean, that of the mean itself and not of its samples. Undefined where it is not
 * known: weights were filled into a storage that does not keep their squares.
 */
export function cellVariances(storage: Storage): Float64Array | undefined {
  if (storage.kind === "weight") return storage.variances.slice();
  if (!holdsMeans(storage)) return storage.weighted ? undefined : storage.values.slice();
  const counts = storage.kind === "mean" ? storage.counts : storage.sumOfWeights;
  return counts.map((count, cell) =>
    effectiveCount(storage, cell) > 1 ? sampleVariance(storage, cell) / count : Number.NaN,
  );
}

/** The number of entries of each cell: the value of a count, value^2 / variance of weights, the samples of a mean. */
export function cellCounts(storage: Storage): Float64Array {
  if (holdsMeans(storage)) return storage.values.map((_, cell) => effectiveCount(storage, cell));
  if (storage.kind !== "weight") return storage.values.slice();
  const { values, variances } = storage;
  return values.map((value, cell) => (variances[cell] === 0 ? 0 : value ** 2 / variances[cell]!));
}

/**
 * All cells in one. Sums are compensated for rounding; with infinities a sum of weights is infinite, a sum of counts NaN.
 */
export function totalOf(storage: Storage): Bin {
  if (holdsMeans(storage)) {
    const one = moveStorage(storage, 1, new Int32Array(storage.values.length));
    return binOfCell(one, 0);
  }
  const value = sumOf(storage.values);
  if (storage.kind === "weight") {
    const plain = (cells: Float64Array, sum: number): number =>
      Number.isNaN(sum) ? cells.reduce((a, b) => a + b, 0) : sum;
    return { value: plain(storage.values, value), variance: plain(storage.variances, sumOf(storage.variances)) };
  }
  return { value, variance: storage.weighted ? undefined : value };
}

export function binOfCell(storage: Storage, cell: number): Bin {
  const value = storage.values[cell]!;
  switch (storage.kind) {
    case "double":
    case "int64":
      return { value, variance: storage.weighted ? undefined : value };
    case "weight":
      return { value, variance: storage.variances[cell]! };
    case "mean":
      return { value, variance: sampleVariance(storage, cell), count: storage.counts[cell]! };
    case "weightedMean":
      return {
        value,
        variance: sampleVariance(storage, cell),
        count: effectiveCount(storage, cell),
        sumOfWeights: storage.sumOfWeights[cell]!,
        sumOfWeightsSquared: storage.sumOfWeightsSquared[cell]!,
      };
  }
}

/** The cells of a storage that `cells` names, in that order. */
export function pickCells(storage: Storage, cells: Int32Array): Storage {
  const map = new Int32Array(storage.values.length).fill(-1);
  for (const [i, cell] of cells.entries()) map[cell] = i;
  return moveStorage(storage, cells.length, map);
}

/** Every number of a storage through `change`, which is told the name of its array and the cell. */
export function mapStorage(storage: Storage, change: (array: string, cells: Float64Array) => Float64Array): Storage {
  const found = emptyStorage(storage.kind, storage.values.length);
  const arrays = Object.entries(storage).map(([name, cells]) => [
    name,
    cells instanceof Float64Array ? change(name, cells) : cells,
  ]);
  return Object.assign(found, Object.fromEntries(arrays));
}
