/** What a histogram keeps in each cell, accumulated in float64. */

/** One number in each cell: a count or a sum of weights. */
export interface DoubleStorage {
  readonly kind: "double";
  readonly values: Float64Array;
  /** True once it was filled with weights: then the variances are not known. */
  weighted: boolean;
}

/** Sum of weights and sum of squared weights (sumw, sumw2) in each cell. */
export interface WeightStorage {
  readonly kind: "weight";
  readonly values: Float64Array;
  readonly variances: Float64Array;
}

export type Storage = DoubleStorage | WeightStorage;
export type StorageKind = Storage["kind"];

export function emptyStorage(kind: StorageKind, cells: number): Storage {
  const values = new Float64Array(cells);
  if (kind === "double") return { kind, values, weighted: false };
  return { kind, values, variances: new Float64Array(cells) };
}

/** A storage of `cells` cells where cell `map[i]` holds what cell `i` of `storage` held. */
export function moveStorage(storage: Storage, cells: number, map: Int32Array): Storage {
  const moved = emptyStorage(storage.kind, cells);
  addMoved(moved, storage, map);
  return moved;
}

/** Adds cell `i` of `from` to cell `map[i]` of `into`; both are of one kind. */
export function addMoved(into: Storage, from: Storage, map: Int32Array): void {
  addCells(into.values, from.values, map);
  if (into.kind === "weight" && from.kind === "weight") addCells(into.variances, from.variances, map);
  if (into.kind === "double" && from.kind === "double") into.weighted ||= from.weighted;
}

function addCells(into: Float64Array, from: Float64Array, map: Int32Array): void {
  for (let i = 0; i < from.length; i++) into[map[i]!]! += from[i]!;
}

/** Adds 1 to each cell of `cells[0..count)` that is not -1. */
export function count(storage: Storage, cells: Int32Array, count: number): void {
  const { values } = storage;
  for (let i = 0; i < count; i++) {
    const cell = cells[i]!;
    if (cell >= 0) values[cell]! += 1;
  }
  if (storage.kind === "double") return;
  const { variances } = storage;
  for (let i = 0; i < count; i++) {
    const cell = cells[i]!;
    if (cell >= 0) variances[cell]! += 1;
  }
}

/** Adds a weight to each cell of `cells[0..count)` that is not -1, and its square to the variance. */
export function weigh(storage: Storage, cells: Int32Array, weights: Float64Array, count: number): void {
  const { values } = storage;
  for (let i = 0; i < count; i++) {
    const cell = cells[i]!;
    if (cell >= 0) values[cell]! += weights[i]!;
  }
  if (storage.kind === "double") {
    storage.weighted = true;
    return;
  }
  const { variances } = storage;
  for (let i = 0; i < count; i++) {
    const cell = cells[i]!;
    const weight = weights[i]!;
    if (cell >= 0) variances[cell]! += weight * weight;
  }
}
