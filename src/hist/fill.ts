/**
 * Filling. Rows go through in blocks small enough to stay in the processor's cache, each block in one loop over all axes
 * into the storage. Columns are read as they are. No object and no array per value.
 */
import { CortadoError } from "../errors.ts";
import { type Axis, axisRule, cellCount, isCategorical } from "./axis.ts";
import { requireTruth } from "./boolean-axis.ts";
import { knownCells } from "./cell-rule.ts";
import { categoryCells } from "./fill-categories.ts";
import { growingCells, grows } from "./fill-growing.ts";
import type { ColumnInput, Input } from "./fill-input.ts";
import { alignRows, hasRows, type Rows } from "./fill-rows.ts";
import { type FillByName, type FillByPosition, type FillInputs, type FillOptions, fillInputs } from "./fill-values.ts";
import type { HistData } from "./hist-data.ts";
import { cellMap, requireCells, strides, totalCells } from "./layout.ts";
import type { MeanStorage, WeightedMeanStorage } from "./mean-storage.ts";
import { cellOf } from "./place.ts";
import {
  type AxisColumn,
  blockSize,
  blocksOf,
  type Numbers,
  overRows,
  type RowAction,
  type RowBlock,
  type ValueReader,
  writeCells,
} from "./row-loop.ts";
import { average, holdsMeans, moveStorage, type Storage } from "./storage.ts";
import { storeRows } from "./store-rows.ts";

const scratch = {
  values: new Float64Array(blockSize),
  weights: new Float64Array(blockSize),
  samples: new Float64Array(blockSize),
  cells: new Int32Array(blockSize),
};

/**
 * Adds rows to `hist`, growing its axes where they grow. A scalar stands for every row, event-level values are repeated
 * for the elements of their event, and a row with a missing value is left out, unless it is missing because a whole file
 * lacks the column. NaN is a value: it goes to the overflow bin. A weight that is NaN or infinite makes its cell so, and is
 * counted in the storage's `nanWeights`. Nothing is changed when an error is thrown. The order of additions depends on the
 * rows and the axes alone. Cost: a few nanoseconds per row and axis.
 *
 * @throws UsageError, ShapeError, MissingValueError as {@link fillInputs} and {@link alignRows} say; UsageError for
 * samples without a storage of means or the reverse, and for a weight that is not whole with `int64`.
 */
export function fill(hist: HistData, values: FillByName | FillByPosition, options: FillOptions = {}): void {
  const inputs = fillInputs(hist.axes, values, options);
  requireSamples(hist.storage, inputs);
  const extras = [inputs.weight, inputs.sample].filter((input) => input !== undefined);
  const rows = alignRows([...inputs.axes, ...extras]);
  if (hist.storage.kind === "int64" && inputs.weight !== undefined) requireWhole(inputs.weight);
  const fillers = hist.axes.map((axis, i) => fillerOf(axis, inputs.axes[i]!, rows));
  if (rows.count === 0) return;
  grow(
    hist,
    fillers.map(({ axis }) => axis),
  );

  const stride = strides(hist.axes);
  let base = 0;
  const columns: AxisColumn[] = [];
  for (const [i, { axis, column }] of fillers.entries()) {
    if (typeof column !== "number") columns.push({ ...column, cells: cellCount(axis), stride: stride[i]! });
    else if (column < 0) return;
    else base += column * stride[i]!;
  }
  const weights = inputs.weight && readerOf(inputs.weight, rows, scratch.weights);
  const samples = inputs.sample && readerOf(inputs.sample, rows, scratch.samples);
  if ("weighted" in hist.storage && weights !== undefined) hist.storage.weighted = true;
  const block: RowBlock = { columns, base, keep: rows.keep, from: 0, count: rows.count };
  const finite = holdsMeans(hist.storage)
    ? averageRows(hist.storage, block, samples!, weights)
    : storeRows(hist.storage, block, weights);
  if (!finite) countNanWeights(hist.storage, block, weights!);
}

/** @returns false if a weight is NaN or infinite */
function averageRows(
  storage: MeanStorage | WeightedMeanStorage,
  rows: RowBlock,
  samplesOf: ValueReader,
  weightsOf: ValueReader | undefined,
): boolean {
  let finite = true;
  for (const block of blocksOf(rows)) {
    const { from, count } = block;
    writeCells(block, scratch.cells);
    const weights = weightsOf && asFloat64(weightsOf(from, count), scratch.weights).subarray(0, count);
    average(storage, scratch.cells, asFloat64(samplesOf(from, count), scratch.samples), weights, count);
    finite &&= weights?.every(Number.isFinite) ?? true;
  }
  return finite;
}

function countNanWeights(storage: Storage, rows: RowBlock, weightsOf: ValueReader): void {
  const { cells } = scratch;
  let found = 0;
  for (const block of blocksOf(rows)) {
    writeCells(block, cells);
    const weights = weightsOf(block.from, block.count);
    for (let i = 0; i < block.count; i++) if (cells[i]! >= 0 && !Number.isFinite(weights[i])) found++;
  }
  if (found > 0) storage.nanWeights = (storage.nanWeights ?? 0) + found;
}

/** Numbers as float64, in `block` if they are not yet. */
function asFloat64(numbers: Numbers, block: Float64Array): Float64Array {
  if (numbers instanceof Float64Array) return numbers;
  block.set(numbers);
  return block;
}

function requireSamples(storage: Storage, inputs: FillInputs): void {
  if (holdsMeans(storage) === (inputs.sample !== undefined)) return;
  const message = holdsMeans(storage)
    ? `A histogram with ${storage.kind} storage is filled with samples: give sample, what it averages.`
    : `A histogram with ${storage.kind} storage takes no sample; storages of means, mean and weightedMean, do.`;
  throw new CortadoError("UsageError", message, { code: "BadArgument" });
}

/** @throws UsageError: an int64 storage cannot hold a fraction, and does not drop it silently. */
function requireWhole(weight: Input): void {
  const values = "scalar" in weight ? [Number(weight.scalar)] : numbers(weight);
  const validity = "scalar" in weight ? undefined : weight.validity;
  for (let i = 0; i < values.length; i++) {
    if (Number.isSafeInteger(values[i]) || (validity !== undefined && ((validity[i >> 3]! >> (i & 7)) & 1) === 0))
      continue;
    const message = `A weight of ${values[i]} does not fit an int64 storage, which holds whole numbers: use double or weight.`;
    throw new CortadoError("UsageError", message, { code: "BadArgument" });
  }
}

interface Filler {
  readonly axis: Axis;
  /** One cell for all rows, or their values. */
  readonly column: number | Omit<AxisColumn, "cells" | "stride">;
}

function fillerOf(axis: Axis, input: Input, rows: Rows): Filler {
  if (isCategorical(axis)) return inAdvance(categoryCells(axis, input, rows));
  if ("scalar" in input) {
    if (typeof input.scalar === "string") throw notNumbers(input);
    if (!hasRows(rows)) return { axis, column: -1 };
    if (!grows(axis)) return { axis, column: cellOf(axis, input.scalar) };
    const { axis: grown, cells } = growingCells(axis, [Float64Array.of(input.scalar)], 1);
    return { axis: grown, column: cells[0]! };
  }
  if (grows(axis)) {
    const read = readerOf(input, rows, scratch.values);
    return inAdvance(growingCells(axis, blocks(read, rows.count), rows.count, rows.keep));
  }
  const values = numbers(input);
  const leafOf = rows.leafOf(input);
  if (axis.kind === "boolean")
    for (let row = 0; row < rows.count; row++)
      if (rows.keep?.[row] !== 0) requireTruth(values[leafOf === undefined ? row : leafOf[row]!]!);
  const many = rows.count >= 4 * axis.bins;
  return { axis, column: { values, leafOf, rule: axisRule(axis, many) } };
}

/** Cells that were found before the first block is stored: the axis may have grown. */
function inAdvance({ axis, cells }: { readonly axis: Axis; readonly cells: Int32Array | number }): Filler {
  if (typeof cells === "number") return { axis, column: cells };
  return { axis, column: { values: cells, leafOf: undefined, rule: knownCells } };
}

function* blocks(read: ValueReader, count: number): Generator<Float64Array> {
  for (let start = 0; start < count; start += blockSize) {
    const size = Math.min(blockSize, count - start);
    yield asFloat64(read(start, size), scratch.values).subarray(0, size);
  }
}

function readerOf(input: Input, rows: Rows, into: Float64Array): ValueReader {
  if ("scalar" in input) {
    into.fill(Number(input.scalar));
    return () => into;
  }
  const values = numbers(input);
  const leafOf = rows.leafOf(input);
  if (leafOf === undefined) return (start, size) => values.subarray(start, start + size);
  return (start, size) => {
    const block: RowBlock = { columns: [], base: 0, keep: undefined, from: start, count: size };
    overRows(block, 0, gathered, () => [into, values, leafOf]);
    return into;
  };
}

/** The value of each row. */
const gathered: RowAction = {
  name: "gathered",
  arrays: ["into", "values", "leafOf"],
  text: "into[$row] = values[leafOf[from + $row]];",
};

function numbers(input: ColumnInput): Numbers {
  if (input.leaves.kind === "numbers") return input.leaves.values;
  if (input.length === 0) return new Float64Array(0);
  throw notNumbers(input);
}

/** Gives `hist` axes with more bins, and moves its content there. */
function grow(hist: HistData, axes: readonly Axis[]): void {
  if (axes.every((axis, i) => axis === hist.axes[i])) return;
  requireCells(axes);
  hist.storage = moveStorage(hist.storage, totalCells(axes), cellMap(hist.axes, axes));
  hist.axes = axes;
}

function notNumbers(input: Input): CortadoError {
  return new CortadoError("ShapeError", `Cannot fill ${input.title} with strings: its bins are numbers.`, {
    code: "TypeMismatch",
  });
}
