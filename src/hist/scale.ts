import { badArgument } from "./axis-options.ts";
import { mapStorage } from "./contents.ts";
import type { HistData } from "./hist-data.ts";
import { innerCells } from "./layout.ts";
import { holdsMeans, type Storage } from "./storage.ts";

/** A factor for all cells, or one for each bin (row-major), or one for each cell, flow cells included. */
export type Factor = number | ArrayLike<number>;

/** Which arrays of a storage a factor changes, and with which power. */
const powers: { readonly [array: string]: number } = { values: 1, variances: 2, deltas: 2 };

/**
 * Every value times a factor, every variance times its square; the counts of means stay. Flow cells take part, unless
 * there is one factor for each bin. An `int64` storage becomes `double` for factors that are not whole.
 *
 * @throws UsageError for another number of factors.
 */
export function scale(hist: HistData, factor: Factor): HistData {
  const factors = factorOfCell(hist, factor);
  const whole = typeof factor === "number" && Number.isInteger(factor);
  return { ...hist, storage: scaled(hist.storage, factors, whole) };
}

/** A number added to every cell, and its square to the variance: as if an entry of that weight were filled into each. */
export function addNumber(hist: HistData, number: number): HistData {
  const { storage } = hist;
  if (holdsMeans(storage)) throw badArgument(`A number cannot be added to a storage of means, ${storage.kind}.`);
  const base = Number.isInteger(number) ? storage : asDouble(storage);
  const change = (array: string, cells: Float64Array): Float64Array =>
    cells.map((cell) => cell + number ** (powers[array] ?? 0));
  return { ...hist, storage: weightedOnce(mapStorage(base, change)) };
}

/** An `int64` storage as `double`. */
export function asDouble(storage: Storage): Storage {
  return storage.kind === "int64" ? { ...storage, kind: "double" } : storage;
}

/** The variances of counts are not known any more once they were changed. */
export function weightedOnce(storage: Storage): Storage {
  return "weighted" in storage ? { ...storage, weighted: true } : storage;
}

function scaled(storage: Storage, factorOf: (cell: number) => number, whole: boolean): Storage {
  const change = (array: string, cells: Float64Array): Float64Array => {
    const power = powers[array] ?? 0;
    return power === 0 ? cells.slice() : cells.map((cell, i) => cell * factorOf(i) ** power);
  };
  return weightedOnce(mapStorage(whole ? storage : asDouble(storage), change));
}

function factorOfCell(hist: HistData, factor: Factor): (cell: number) => number {
  if (typeof factor === "number") return () => factor;
  const cells = hist.storage.values.length;
  if (factor.length === cells) return (cell) => factor[cell]!;
  const inner = innerCells(hist.axes);
  if (factor.length !== inner.length)
    throw badArgument(`${factor.length} factors do not fit ${inner.length} bins, nor ${cells} cells with flow.`);
  const factors = new Float64Array(cells).fill(1);
  for (const [i, cell] of inner.entries()) factors[cell] = factor[i]!;
  return (cell) => factors[cell]!;
}
