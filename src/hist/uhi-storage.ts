/** The arrays of a UHI storage, from and to ours. UHI keeps the variance of the samples of a mean, we their distances. */
import { type MeanStorage, sampleVariance, type WeightedMeanStorage } from "./mean-storage.ts";
import { emptyStorage, type Storage, type StorageKind } from "./storage.ts";
import type { UhiStorage } from "./uhi-schema.ts";

/** Our kinds by the name of UHI. */
export const storageKinds: { readonly [type in UhiStorage["type"]]: StorageKind } = {
  int: "int64",
  double: "double",
  weighted: "weight",
  mean: "mean",
  weighted_mean: "weightedMean",
};

/** Names of the arrays of each storage in UHI. */
export const storageArrays: { readonly [kind in StorageKind]: readonly string[] } = {
  int64: ["values"],
  double: ["values"],
  weight: ["values", "variances"],
  mean: ["counts", "values", "variances"],
  weightedMean: ["sum_of_weights", "sum_of_weights_squared", "values", "variances"],
};

/** A storage as UHI: every array through `write`. */
export function writeStorage<A>(storage: Storage, write: (cells: Float64Array, name: string) => A): UhiStorage<A> {
  const values = write(storage.values, "values");
  switch (storage.kind) {
    case "int64":
      return { type: "int", values };
    case "double":
      return { type: "double", values };
    case "weight":
      return { type: "weighted", values, variances: write(storage.variances, "variances") };
    case "mean":
      return {
        type: "mean",
        counts: write(storage.counts, "counts"),
        values,
        variances: write(variancesOf(storage), "variances"),
      };
    case "weightedMean":
      return {
        type: "weighted_mean",
        sum_of_weights: write(storage.sumOfWeights, "sum_of_weights"),
        sum_of_weights_squared: write(storage.sumOfWeightsSquared, "sum_of_weights_squared"),
        values,
        variances: write(variancesOf(storage), "variances"),
      };
  }
}

/** The variance of a single sample is 0 / 0, NaN, which JSON does not have: it is written as 0 and reads the same. */
function variancesOf(storage: MeanStorage | WeightedMeanStorage): Float64Array {
  return storage.deltas.map((delta, cell) => (delta === 0 ? 0 : sampleVariance(storage, cell)));
}

/** The reverse: `arrays` by their UHI names. `weighted` says that the variances of counts are not known. */
export function readStorage(
  kind: StorageKind,
  cells: number,
  arrays: Readonly<Record<string, Float64Array>>,
  weighted: boolean,
): Storage {
  const storage = emptyStorage(kind, cells);
  if (Object.keys(arrays).length === 0) return storage;
  storage.values.set(arrays["values"]!);
  if ("weighted" in storage) storage.weighted = weighted;
  if (storage.kind === "weight") storage.variances.set(arrays["variances"]!);
  if (storage.kind === "mean") {
    storage.counts.set(arrays["counts"]!);
    distances(storage.deltas, arrays["variances"]!, (cell) => storage.counts[cell]! - 1);
  }
  if (storage.kind === "weightedMean") {
    const { sumOfWeights: sumw, sumOfWeightsSquared: sumw2 } = storage;
    sumw.set(arrays["sum_of_weights"]!);
    sumw2.set(arrays["sum_of_weights_squared"]!);
    distances(storage.deltas, arrays["variances"]!, (cell) => sumw[cell]! - sumw2[cell]! / sumw[cell]!);
  }
  return storage;
}

/** A variance that is not finite is that of one sample, or of none. */
function distances(deltas: Float64Array, variances: Float64Array, freedom: (cell: number) => number): void {
  for (const [cell, variance] of variances.entries()) {
    const delta = variance * freedom(cell);
    deltas[cell] = Number.isFinite(delta) && delta !== 0 ? delta : 0;
  }
}
