/** Values on a numeric axis that grows to cells. */
import { type Axis, firstBin, type NumericAxis } from "./axis.ts";
import { type GrowingAxis, growing, over, under } from "./grow-axis.ts";

export interface GrowingCells {
  /** The axis with the bins that the fill added: the same object if there are none. */
  readonly axis: NumericAxis;
  /** Cell of each row on that axis; -1 where a value has none. */
  readonly cells: Int32Array;
}

export function grows(axis: Axis): axis is GrowingAxis {
  return axis.growth && (axis.kind === "regular" || axis.kind === "variable" || axis.kind === "integer");
}

/**
 * Bins are added in the order of the rows. Rows that are left out add none.
 *
 * @throws UsageError for a value so far outside that there would be too many bins.
 */
export function growingCells(
  axis: GrowingAxis,
  blocks: Iterable<Float64Array>,
  count: number,
  keep?: Uint8Array,
): GrowingCells {
  const bins = growing(axis);
  const found = new Int32Array(count).fill(over);
  let row = 0;
  for (const block of blocks)
    for (let i = 0; i < block.length; i++, row++) if (keep?.[row] !== 0) found[row] = bins.binOf(block[i]!);
  const grown = bins.axis();
  const first = firstBin(grown) + bins.below();
  const last = grown.overflow ? firstBin(grown) + grown.bins : -1;
  const cells = found.map((bin) => (bin === over ? last : bin === under ? 0 : first + bin));
  return { axis: grown, cells };
}
