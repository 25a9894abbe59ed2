/**
 * Rows of a fill into a storage of sums. Where there are many more rows than cells these are summed in two lanes, even and
 * odd rows, so that a row need not wait for the sum of the one before it where both fall into one cell; in the end even
 * and odd sum are added to each cell. The order of additions depends on the rows and the axes alone.
 */
import { overRows, type RowAction, type RowBlock, type ValueReader } from "./row-loop.ts";
import type { DoubleStorage, Int64Storage, WeightStorage } from "./storage.ts";

/** Storages of sums. */
type SumStorage = DoubleStorage | Int64Storage | WeightStorage;

/** Lanes for so many cells stay in the second cache of a processor. */
const mostCells = 8192;
/** Counts of even and odd rows. */
let countLanes = new Int32Array(2 * 256);
/** Sum, and sum of squares, of even rows; then of odd ones. */
let weightLanes = new Float64Array(4 * 256);

const counts: RowAction = { name: "counts", arrays: ["lanes"], text: "lanes[($at << 1) + $lane] += 1;" };
const weighs: RowAction = {
  name: "weights",
  arrays: ["lanes", "weights"],
  text: `{
    const weight = weights[$row];
    const place = $at << 2;
    lanes[place + 2 * $lane] += weight;
    lanes[place + 2 * $lane + 1] += weight * weight;
  }`,
};

const countsInCells: RowAction = {
  name: "counts in cells",
  arrays: ["values", "variances"],
  text: "if ($at >= 0) { values[$at] += 1; if (variances !== undefined) variances[$at] += 1; }",
};
/** Returns false if a weight is NaN or infinite. */
const weighsInCells: RowAction = {
  name: "weights in cells",
  arrays: ["values", "variances", "weights"],
  head: "let zero = 0;",
  text: `if ($at >= 0) {
    const weight = weights[$row];
    zero += weight * 0;
    values[$at] += weight;
    if (variances !== undefined) variances[$at] += weight * weight;
  }`,
  tail: "return zero === 0;",
};

/**
 * Adds rows to their cells: 1, or the weight of each.
 *
 * @returns false if a weight may be NaN or infinite
 */
export function storeRows(storage: SumStorage, rows: RowBlock, weightsOf: ValueReader | undefined): boolean {
  const lanes = lanesFor(rows, storage.values.length);
  if (lanes !== undefined) return storeInLanes(storage, lanes, weightsOf);
  const { values } = storage;
  const variances = storage.kind === "weight" ? storage.variances : undefined;
  if (weightsOf === undefined) return overRows(rows, -1, countsInCells, () => [values, variances]);
  return overRows(rows, -1, weighsInCells, ({ from, count }) => [values, variances, weightsOf(from, count)]);
}

/** Lane `i` belongs to cell `base + i * stride`. */
interface Lanes {
  readonly rows: RowBlock;
  readonly count: number;
  readonly base: number;
  readonly stride: number;
}

/** A lane for each cell of the only axis that varies, or for each cell; undefined where these are too many for the rows. */
function lanesFor(rows: RowBlock, cells: number): Lanes | undefined {
  const [only, another] = rows.columns;
  const lanes =
    only !== undefined && another === undefined
      ? {
          rows: { ...rows, base: 0, columns: [{ ...only, stride: 1 }] },
          count: only.cells,
          base: rows.base,
          stride: only.stride,
        }
      : { rows, count: cells, base: 0, stride: 1 };
  return lanes.count < mostCells && 8 * lanes.count <= rows.count ? lanes : undefined;
}

/** One lane more takes the rows that have no cell. */
function storeInLanes(storage: SumStorage, lanes: Lanes, weightsOf: ValueReader | undefined): boolean {
  const { rows, count } = lanes;
  while (countLanes.length < 2 * (count + 1)) {
    countLanes = new Int32Array(2 * countLanes.length);
    weightLanes = new Float64Array(2 * weightLanes.length);
  }
  if (weightsOf === undefined) {
    overRows(rows, count, counts, () => [countLanes]);
    emptyCounts(storage, lanes);
    return true;
  }
  overRows(rows, count, weighs, (block) => [weightLanes, weightsOf(block.from, block.count)]);
  return emptyWeights(storage, lanes);
}

function emptyCounts(storage: SumStorage, { count, base, stride }: Lanes): void {
  const variances = storage.kind === "weight" ? storage.variances : undefined;
  for (let lane = 0; lane < count; lane++) {
    const cell = base + lane * stride;
    const ones = countLanes[2 * lane]! + countLanes[2 * lane + 1]!;
    storage.values[cell]! += ones;
    if (variances !== undefined) variances[cell]! += ones;
  }
  countLanes.fill(0, 0, 2 * (count + 1));
}

/** @returns whether all sums are finite */
function emptyWeights(storage: SumStorage, { count, base, stride }: Lanes): boolean {
  const variances = storage.kind === "weight" ? storage.variances : undefined;
  let finite = true;
  for (let lane = 0; lane < count; lane++) {
    const cell = base + lane * stride;
    const sum = weightLanes[4 * lane]! + weightLanes[4 * lane + 2]!;
    finite &&= Number.isFinite(sum);
    storage.values[cell]! += sum;
    if (variances !== undefined) variances[cell]! += weightLanes[4 * lane + 1]! + weightLanes[4 * lane + 3]!;
  }
  weightLanes.fill(0, 0, 4 * (count + 1));
  return finite;
}
