/** What a histogram keeps in each cell, accumulated in float64. Means are in a file of their own. */
import { CortadoError } from "../errors.ts";
import {
  addMeans,
  addWeightedMeans,
  type MeanStorage,
  meanFill,
  type WeightedMeanStorage,
  weightedMeanFill,
} from "./mean-storage.ts";

/** One number in each cell: a count or a sum of weights. */
export interface DoubleStorage {
  readonly kind: "double";
  readonly values: Float64Array;
  /** True once it was filled with weights: then the variances are not known. */
  weighted: boolean;
}

/** A whole number in each cell, exact up to 2^53. */
export interface Int64Storage {
  readonly kind: "int64";
  readonly values: Float64Array;
  /** As in {@link DoubleStorage}. */
  weighted: boolean;
}

/** Sum of weights and sum of squared weights (sumw, sumw2) in each cell. */
export interface WeightStorage {
  readonly kind: "weight";
  readonly values: Float64Array;
  readonly variances: Float64Array;
}

/** What every storage counts besides its cells. */
export interface NanWeights {
  /** Rows whose weight was NaN or infinite: their cells are not finite either. Absent if there was none. */
  nanWeights?: number;
}

export type Storage = NanWeights & (DoubleStorage | Int64Storage | WeightStorage | MeanStorage | WeightedMeanStorage);
export type StorageKind = Storage["kind"];

/** A line that says how many rows had such a weight, or none. */
export function nanWeightsText({ nanWeights: rows = 0 }: Storage): string[] {
  return rows === 0 ? [] : [`${rows} ${rows === 1 ? "row" : "rows"} with a weight that is NaN or infinite`];
}

/** True for storages of means, which are filled with samples. */
export function holdsMeans(storage: Storage): storage is MeanStorage | WeightedMeanStorage {
  return storage.kind === "mean" || storage.kind === "weightedMean";
}

/** @throws UsageError for a kind that does not exist. */
export function emptyStorage(kind: StorageKind, cells: number): Storage {
  const zeros = (): Float64Array => new Float64Array(cells);
  switch (kind) {
    case "double":
    case "int64":
      return { kind, values: zeros(), weighted: false };
    case "weight":
      return { kind, values: zeros(), variances: zeros() };
    case "mean":
      return { kind, counts: zeros(), values: zeros(), deltas: zeros() };
    case "weightedMean":
      return { kind, sumOfWeights: zeros(), sumOfWeightsSquared: zeros(), values: zeros(), deltas: zeros() };
    default:
      throw new CortadoError(
        "UsageError",
        `There is no storage ${JSON.stringify(kind)}: there are double, int64, weight, mean and weightedMean.`,
        { code: "BadArgument" },
      );
  }
}

/** A storage of `cells` cells where cell `map[i]` holds what cell `i` of `storage` held; -1 drops it. */
export function moveStorage<S extends Storage>(storage: S, cells: number, map: Int32Array): S {
  const moved = emptyStorage(storage.kind, cells) as S;
  addMoved(moved, storage, map);
  return moved;
}

/** Adds cell `i` of `from` to cell `map[i]` of `into`, or to none where that is -1; both are of one kind. */
export function addMoved(into: Storage, from: Storage, map: Int32Array): void {
  if (into.kind === "mean" && from.kind === "mean") addMeans(into, from, map);
  else if (into.kind === "weightedMean" && from.kind === "weightedMean") addWeightedMeans(into, from, map);
  else addCells(into.values, from.values, map);
  if (into.kind === "weight" && from.kind === "weight") addCells(into.variances, from.variances, map);
  if ("weighted" in into && "weighted" in from) into.weighted ||= from.weighted;
  if (from.nanWeights !== undefined) into.nanWeights = (into.nanWeights ?? 0) + from.nanWeights;
}

function addCells(into: Float64Array, from: Float64Array, map: Int32Array): void {
  for (let i = 0; i < from.length; i++) {
    const cell = map[i]!;
    if (cell >= 0) into[cell]! += from[i]!;
  }
}

/** Adds a sample, with its weight, to each cell of `cells[0..count)` that is not -1. */
export function average(
  storage: MeanStorage | WeightedMeanStorage,
  cells: Int32Array,
  samples: Float64Array,
  weights: Float64Array | undefined,
  count: number,
): void {
  const fill = storage.kind === "mean" ? meanFill(storage) : weightedMeanFill(storage);
  for (let i = 0; i < count; i++) {
    const cell = cells[i]!;
    if (cell >= 0) fill(cell, samples[i]!, weights === undefined ? 1 : weights[i]!);
  }
}
