import { CortadoError } from "../errors.ts";
import { unitedAxes } from "./add-hists.ts";
import type { HistData } from "./hist-data.ts";
import { cellMap, totalCells } from "./layout.ts";
import { asDouble, weightedOnce } from "./scale.ts";
import { moveStorage, type Storage } from "./storage.ts";

/** What is done cell by cell with two histograms of counts. */
export type CellOperation = "subtract" | "multiply" | "divide";

const operations: { readonly [name in CellOperation]: (a: number, b: number) => number } = {
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
};

/**
 * Two histograms cell by cell, flow cells included, with axes as for an addition. Only `double` and `int64` storages:
 * how the variances of weights and means would follow depends on what the two have in common. A quotient is `double`,
 * and of `int64` and `double`; 0 / 0 is NaN.
 *
 * @throws MergeError for other axes or storages.
 */
export function combineHists(a: HistData, b: HistData, operation: CellOperation): HistData {
  const axes = unitedAxes(a, b);
  const [left, right] = [a, b].map(({ storage }) => (operation === "divide" ? asDouble(storage) : storage));
  if (left!.kind !== right!.kind)
    throw mismatch(`Storages ${a.storage.kind} and ${b.storage.kind} do not ${operation}.`);
  if (left!.kind !== "double" && left!.kind !== "int64")
    throw mismatch(
      `Histograms with ${left!.kind} storage do not ${operation}: their uncertainties would not be known.`,
    );
  const cells = totalCells(axes);
  const moved: Storage = moveStorage(left!, cells, cellMap(a.axes, axes));
  const other = moveStorage(right!, cells, cellMap(b.axes, axes));
  const apply = operations[operation];
  const values = moved.values.map((value, cell) => apply(value, other.values[cell]!));
  const nanWeights = (moved.nanWeights ?? 0) + (other.nanWeights ?? 0);
  const storage = { ...moved, values, ...(nanWeights > 0 && { nanWeights }) } as Storage;
  return { ...a, axes, storage: weightedOnce(storage) };
}

function mismatch(message: string): CortadoError {
  return new CortadoError("MergeError", message, { code: "StorageMismatch", path: [] });
}
