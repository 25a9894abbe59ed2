/**
 * Few cells are summed in two lanes, even and odd rows of a block, so that a row need not wait for the sum of the one
 * before it where both fall into one cell. A block ends with the sum of both lanes added to each cell. Values go from
 * their column to the lanes in one loop, without an array of cells between.
 */
import { type CellRule, loopOver, type Numbers, ruleNames } from "./cell-rule.ts";
import type { AxisColumn } from "./fill-cells.ts";
import type { DoubleStorage, Int64Storage, WeightStorage } from "./storage.ts";

/** Storages of sums. */
type SumStorage = DoubleStorage | Int64Storage | WeightStorage;

const mostCells = 512;
const countLanes = new Int32Array(2 * mostCells);
const sumLanes = new Float64Array(2 * mostCells);
const squareLanes = new Float64Array(2 * mostCells);

/** True where lanes pay: few cells (one more stands for none), and enough rows for the sum over the lanes at the end. */
export function fitsLanes(cells: number, rows: number): boolean {
  return cells < mostCells && 8 * cells <= rows;
}

type Column = Omit<AxisColumn, "leafOf">;
type Names = CellRule["values"];
type CountLoop = (values: Numbers, from: number, count: number, lanes: Int32Array, rule: Names) => void;
type WeightLoop = (
  values: Numbers,
  weights: Numbers,
  from: number,
  count: number,
  sums: Float64Array,
  squares: Float64Array,
  rule: Names,
) => void;

/**
 * Adds rows `from` to `from + count` to their cells, which lie `stride` apart from `base`: 1, or weights, of which the first
 * is that of row `from`.
 *
 * @returns false if a sum is not finite: then a weight may be NaN or infinite
 */
export function addInLanes(
  storage: SumStorage,
  column: Column,
  base: number,
  from: number,
  count: number,
  weights: Numbers | undefined,
): boolean {
  if (weights !== undefined) return weighInLanes(storage, column, base, from, count, weights);
  const { values, cells, stride } = column;
  const rule = column.rule(cells);
  const loop = loopOver<CountLoop>(`counts ${rule.name}`, [values], () => countText(rule));
  loop(values, from, count, countLanes, rule.values);
  const variances = storage.kind === "weight" ? storage.variances : undefined;
  for (let cell = 0; cell < cells; cell++) {
    const ones = countLanes[2 * cell]! + countLanes[2 * cell + 1]!;
    storage.values[base + cell * stride]! += ones;
    if (variances !== undefined) variances[base + cell * stride]! += ones;
  }
  countLanes.fill(0, 0, 2 * cells + 2);
  return true;
}

function weighInLanes(
  storage: SumStorage,
  { values, rule: ruleOf, cells, stride }: Column,
  base: number,
  from: number,
  count: number,
  weights: Numbers,
): boolean {
  const rule = ruleOf(cells);
  const variances = storage.kind === "weight" ? storage.variances : undefined;
  const title = `weights ${variances !== undefined} ${rule.name}`;
  const loop = loopOver<WeightLoop>(title, [values, weights], () => weightText(rule, variances !== undefined));
  loop(values, weights, from, count, sumLanes, squareLanes, rule.values);
  let finite = true;
  for (let cell = 0; cell < cells; cell++) {
    const sum = sumLanes[2 * cell]! + sumLanes[2 * cell + 1]!;
    finite &&= Number.isFinite(sum);
    storage.values[base + cell * stride]! += sum;
    if (variances !== undefined)
      variances[base + cell * stride]! += squareLanes[2 * cell]! + squareLanes[2 * cell + 1]!;
  }
  sumLanes.fill(0, 0, 2 * cells + 2);
  squareLanes.fill(0, 0, 2 * cells + 2);
  return finite;
}

/** The loop over pairs of rows, and the row that may be left over. */
const pairs = (rule: CellRule, add: (lane: string, row: string) => string): string => `
    ${ruleNames(rule)}
    let i = 0;
    for (; i + 1 < count; i += 2) {
      let x = values[from + i];
      let cell = 0;
      { ${rule.text} }
      const even = cell << 1;
      x = values[from + i + 1];
      { ${rule.text} }
      const odd = (cell << 1) + 1;
      ${add("even", "i")}
      ${add("odd", "i + 1")}
    }
    if (i < count) {
      let x = values[from + i];
      let cell = 0;
      { ${rule.text} }
      const last = cell << 1;
      ${add("last", "i")}
    }`;

const countText = (rule: CellRule): string =>
  `function (values, from, count, lanes, rule) { ${pairs(rule, (lane) => `lanes[${lane}] += 1;`)} }`;

const weightText = (rule: CellRule, squared: boolean): string =>
  `function (values, weights, from, count, sums, squares, rule) { ${pairs(
    rule,
    (lane, row) => `{
      const weight = weights[${row}];
      sums[${lane}] += weight;
      ${squared ? `squares[${lane}] += weight * weight;` : ""}
    }`,
  )} }`;
