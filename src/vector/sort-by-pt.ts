import type { Column } from "../jagged/index.ts";
import { readObjectLists } from "./object-lists.ts";
import { quantity } from "./quantity.ts";
import { takeRows } from "./rows.ts";
import { rowIsValid } from "./vectors.ts";

/** The vectors of each list by falling pt, all fields; equal ones stay in order; NaN first, missing last. */
export function sortByPt(column: Column): Column {
  const { list, record, vectors } = readObjectLists("sortByPt", column);
  const pt = quantity(vectors, "pt");
  // Missing sorts as −∞, NaN as +∞.
  const key = (row: number): number =>
    !rowIsValid(vectors, row) ? Number.NEGATIVE_INFINITY : Number.isNaN(pt[row]!) ? Number.POSITIVE_INFINITY : pt[row]!;
  const rows = Int32Array.from({ length: vectors.rows }, (_, row) => row);
  for (let i = 0; i < list.length; i++)
    rows
      .subarray(list.offsets[i]!, list.offsets[i + 1]!)
      .sort((a, b) => (key(a) === key(b) ? a - b : key(a) > key(b) ? -1 : 1));
  return { ...list, content: takeRows(record, rows) };
}
