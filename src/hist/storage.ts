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

export type Storage = DoubleStorage | Int64Storage | WeightStorage | MeanStorage | WeightedMeanStorage;
export type StorageKind = Storage["kind"];

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
}

function addCells(into: Float64Array, from: Float64Array, map: Int32Array): void {
  for (let i = 0; i < from.length; i++) {
    const cell = map[i]!;
    if (cell >= 0) into[cell]! += from[i]!;
  }
}

/**
 * Few cells are summed in two lanes, even and odd rows, so that a row need not wait for the sum of the one before it where
 * both fall into one cell: counts as integers, weights as value, variance, value, variance.
 */
const countLanes = new Int32Array(2 * 512);
const lanes = new Float64Array(4 * 512);

/** Adds 1 to each cell of `cells[0..count)` that is not -1. */
export function count(storage: Storage, cells: Int32Array, count: number): void {
  const { values } = storage;
  const few = 2 * values.length <= countLanes.length && 8 * values.length <= count;
  const paired = few ? count & ~1 : 0;
  for (let i = 0; i < paired; i += 2) {
    const cell = cells[i]! << 1;
    const next = cells[i + 1]! << 1;
    if (cell >= 0) countLanes[cell]! += 1;
    if (next >= 0) countLanes[next + 1]! += 1;
  }
  if (few) {
    for (let cell = 0; cell < values.length; cell++)
      addOnes(storage, cell, countLanes[2 * cell]! + countLanes[2 * cell + 1]!);
    countLanes.fill(0, 0, 2 * values.length);
  }
  for (let i = paired; i < count; i++) if (cells[i]! >= 0) addOnes(storage, cells[i]!, 1);
}

function addOnes(storage: Storage, cell: number, ones: number): void {
  storage.values[cell]! += ones;
  if (storage.kind === "weight") storage.variances[cell]! += ones;
}

/** Adds a weight to each cell of `cells[0..count)` that is not -1, and its square to the variance. */
export function weigh(storage: Storage, cells: Int32Array, weights: Float64Array, count: number): void {
  const { values } = storage;
  if (storage.kind === "weight") {
    weighBoth(storage, cells, weights, count);
    return;
  }
  for (let i = 0; i < count; i++) {
    const cell = cells[i]!;
    if (cell >= 0) values[cell]! += weights[i]!;
  }
  if ("weighted" in storage) storage.weighted = true;
}

/** Values and variances of few cells are summed in two lanes, as counts are. */
function weighBoth(storage: WeightStorage, cells: Int32Array, weights: Float64Array, count: number): void {
  const { values, variances } = storage;
  const few = 4 * values.length <= lanes.length && 8 * values.length <= count;
  const paired = few ? count & ~1 : 0;
  for (let i = 0; i < paired; i += 2) {
    const cell = cells[i]! << 2;
    const next = cells[i + 1]! << 2;
    const weight = weights[i]!;
    const other = weights[i + 1]!;
    if (cell >= 0) {
      lanes[cell]! += weight;
      lanes[cell + 1]! += weight * weight;
    }
    if (next >= 0) {
      lanes[next + 2]! += other;
      lanes[next + 3]! += other * other;
    }
  }
  if (few) {
    for (let cell = 0; cell < values.length; cell++) {
      values[cell]! += lanes[4 * cell]! + lanes[4 * cell + 2]!;
      variances[cell]! += lanes[4 * cell + 1]! + lanes[4 * cell + 3]!;
    }
    lanes.fill(0, 0, 4 * values.length);
  }
  for (let i = paired; i < count; i++) {
    const cell = cells[i]!;
    if (cell < 0) continue;
    const weight = weights[i]!;
    values[cell]! += weight;
    variances[cell]! += weight * weight;
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
