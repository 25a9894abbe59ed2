import { sameAxis } from "./axis.ts";
import type { HistData } from "./hist-data.ts";
import type { Storage } from "./storage.ts";

/** True if axes, storage and every cell are the same; NaN equals NaN. Names and labels of the histograms may differ. */
export function equals(a: HistData, b: HistData): boolean {
  return (
    a.axes.length === b.axes.length &&
    a.axes.every((axis, i) => sameAxis(axis, b.axes[i]!)) &&
    sameStorage(a.storage, b.storage)
  );
}

function sameStorage(a: Storage, b: Storage): boolean {
  if (a.kind !== b.kind) return false;
  return Object.entries(a).every(([name, cells]) => {
    const other = Object.entries(b).find(([key]) => key === name)?.[1];
    if (!(cells instanceof Float64Array && other instanceof Float64Array)) return true;
    return cells.length === other.length && cells.every((cell, i) => cell === other[i] || Object.is(cell, other[i]));
  });
}
