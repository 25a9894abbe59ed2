/**
 * Filling. Rows go through in blocks small enough to stay in the processor's cache: values of one block to float64,
 * from there to cells, axis by axis, then into the storage. No object and no array per value.
 */
import { CortadoError } from "../errors.ts";
import { type Axis, isCategorical, type NumericAxis, numericCells } from "./axis.ts";
import { categoryCells } from "./fill-categories.ts";
import { growingCells, grows } from "./fill-growing.ts";
import type { ColumnInput, Input } from "./fill-input.ts";
import { alignRows, hasRows, type Rows } from "./fill-rows.ts";
import { type FillByName, type FillByPosition, type FillInputs, type FillOptions, fillInputs } from "./fill-values.ts";
import type { HistData } from "./hist-data.ts";
import { cellMap, requireCells, strides, totalCells } from "./layout.ts";
import { average, count, holdsMeans, moveStorage, type Storage, weigh } from "./storage.ts";

const blockSize = 4096;
const scratch = {
  values: new Float64Array(blockSize),
  weights: new Float64Array(blockSize),
  samples: new Float64Array(blockSize),
  cells: new Int32Array(blockSize),
  axisCells: new Int32Array(blockSize),
};

/**
 * Adds rows to `hist`, growing its axes where they grow. A scalar stands for every row, event-level values are repeated
 * for the elements of their event, and a row with a missing value is left out, unless it is missing because a whole file
 * lacks the column. NaN is a value: it goes to the overflow bin. Nothing is changed when an error is thrown. Cost: a few
 * nanoseconds per row and axis.
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
  const weights = inputs.weight && readerOf(inputs.weight, rows, scratch.weights);
  const samples = inputs.sample && readerOf(inputs.sample, rows, scratch.samples);
  let base = 0;
  const varying: { readonly cells: CellReader; readonly stride: number }[] = [];
  for (const [i, { cells }] of fillers.entries()) {
    if (typeof cells !== "number") varying.push({ cells, stride: stride[i]! });
    else if (cells < 0) return;
    else base += cells * stride[i]!;
  }
  for (let start = 0; start < rows.count; start += blockSize) {
    const size = Math.min(blockSize, rows.count - start);
    const cells = blockCells(varying, base, start, size);
    if (rows.keep !== undefined) leaveOut(cells, rows.keep, start, size);
    store(hist.storage, cells, weights?.(start, size), samples?.(start, size), size);
  }
}

function store(
  storage: Storage,
  cells: Int32Array,
  weights: Float64Array | undefined,
  samples: Float64Array | undefined,
  size: number,
): void {
  if (holdsMeans(storage)) average(storage, cells, samples!, weights, size);
  else if (weights === undefined) count(storage, cells, size);
  else weigh(storage, cells, weights, size);
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

/** Values of rows `start` to `start + size`, valid until the next call. */
type ValueReader = (start: number, size: number) => Float64Array;
/** Cells on one axis of rows `start` to `start + size`, written to `cells`. */
type CellReader = (start: number, size: number, cells: Int32Array) => void;

interface Filler {
  readonly axis: Axis;
  /** One cell for all rows, or a reader. */
  readonly cells: number | CellReader;
}

function fillerOf(axis: Axis, input: Input, rows: Rows): Filler {
  if (isCategorical(axis)) return inAdvance(categoryCells(axis, input, rows));
  if ("scalar" in input) {
    if (typeof input.scalar === "string") throw notNumbers(input);
    if (!hasRows(rows)) return { axis, cells: -1 };
    const value = Float64Array.of(input.scalar);
    if (grows(axis)) {
      const { axis: grown, cells } = growingCells(axis, [value], 1);
      return { axis: grown, cells: cells[0]! };
    }
    numericCells(axis, value, 1, scratch.cells);
    return { axis, cells: scratch.cells[0]! };
  }
  const values = readerOf(input, rows, scratch.values);
  if (axis.kind === "boolean") return inAdvance({ axis, cells: allCells(axis, values, rows.count) });
  if (grows(axis)) return inAdvance(growingCells(axis, blocks(values, rows.count), rows.count, rows.keep));
  return { axis, cells: (start, size, into) => numericCells(axis, values(start, size), size, into) };
}

/** Cells that were found before the first block is stored: the axis may have grown, or a value been refused. */
function inAdvance({ axis, cells }: { readonly axis: Axis; readonly cells: Int32Array | number }): Filler {
  if (typeof cells === "number") return { axis, cells };
  return { axis, cells: (start, size, into) => into.set(cells.subarray(start, start + size)) };
}

function allCells(axis: NumericAxis, values: ValueReader, count: number): Int32Array {
  const cells = new Int32Array(count);
  let start = 0;
  for (const block of blocks(values, count)) {
    numericCells(axis, block, block.length, cells.subarray(start));
    start += block.length;
  }
  return cells;
}

function* blocks(values: ValueReader, count: number): Generator<Float64Array> {
  for (let start = 0; start < count; start += blockSize) {
    const size = Math.min(blockSize, count - start);
    yield values(start, size).subarray(0, size);
  }
}

function readerOf(input: Input, rows: Rows, block: Float64Array): ValueReader {
  if ("scalar" in input) {
    block.fill(Number(input.scalar));
    return () => block;
  }
  const leafOf = rows.leafOf(input);
  if (leafOf === undefined) return copyReader(input, block);
  return gatherReader(input, leafOf, block);
}

function copyReader(input: ColumnInput, block: Float64Array): ValueReader {
  const values = numbers(input);
  if (values instanceof Float64Array) return (start, size) => values.subarray(start, start + size);
  return (start, size) => {
    block.set(values.subarray(start, start + size));
    return block;
  };
}

function gatherReader(input: ColumnInput, leafOf: Int32Array, block: Float64Array): ValueReader {
  const values = new Float64Array(numbers(input));
  return (start, size) => {
    for (let i = 0; i < size; i++) block[i] = values[leafOf[start + i]!]!;
    return block;
  };
}

function numbers(input: ColumnInput): Exclude<ArrayLike<number> & NodeJS.TypedArray, BigInt64Array | BigUint64Array> {
  if (input.leaves.kind === "numbers") return input.leaves.values;
  if (input.length === 0) return new Float64Array(0);
  throw notNumbers(input);
}

function blockCells(
  varying: readonly { readonly cells: CellReader; readonly stride: number }[],
  base: number,
  start: number,
  size: number,
): Int32Array {
  const { cells, axisCells } = scratch;
  const [only, another] = varying;
  if (only !== undefined && another === undefined && base === 0 && only.stride === 1) {
    only.cells(start, size, cells);
    return cells;
  }
  cells.fill(base, 0, size);
  for (const axis of varying) {
    axis.cells(start, size, axisCells);
    addScaled(cells, axisCells, axis.stride, size);
  }
  return cells;
}

function addScaled(cells: Int32Array, axisCells: Int32Array, stride: number, size: number): void {
  for (let i = 0; i < size; i++) {
    const cell = axisCells[i]!;
    cells[i] = cell < 0 || cells[i]! < 0 ? -1 : cells[i]! + cell * stride;
  }
}

function leaveOut(cells: Int32Array, keep: Uint8Array, start: number, size: number): void {
  for (let i = 0; i < size; i++) if (keep[start + i] === 0) cells[i] = -1;
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
