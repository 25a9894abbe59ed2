/** Cells of a block of rows: each axis adds its part to the cells of the axes before it. */
import { axisRule, type NumericAxis } from "./axis.ts";
import { requireTruth } from "./boolean-axis.ts";
import { type CellRule, loopOver, type Numbers, ruleNames } from "./cell-rule.ts";

/**
 * The cell of one value on an axis, flow cells included; -1 where it has none.
 *
 * @throws ShapeError for a value that is neither 0 nor 1 on a boolean axis.
 */
export function cellOf(axis: NumericAxis, value: number): number {
  if (axis.kind === "boolean") requireTruth(value);
  const cell = new Int32Array(1);
  const rule = (none: number): CellRule => axisRule(axis, none, false);
  writeCells([{ values: Float64Array.of(value), leafOf: undefined, rule, cells: 1, stride: 1 }], 0, 0, 1, cell);
  return cell[0]!;
}

/** Values that vary from row to row, on one axis. */
export interface AxisColumn {
  readonly values: Numbers;
  /** For each row its value; absent where that is the row itself. */
  readonly leafOf: Int32Array | undefined;
  /** The rule of the axis, where `none` is the cell of values that have none. */
  readonly rule: (none: number) => CellRule;
  /** Number of cells on the axis, and how far apart they lie. */
  readonly cells: number;
  readonly stride: number;
}

type CellLoop = (
  into: Int32Array,
  values: Numbers,
  leafOf: Int32Array | undefined,
  from: number,
  count: number,
  base: number,
  stride: number,
  rule: CellRule["values"],
) => void;

/**
 * Cells of rows `from` to `from + count`, written to `into`: `base` and the part of each axis; -1 where a value has no cell.
 */
export function writeCells(
  columns: readonly AxisColumn[],
  base: number,
  from: number,
  count: number,
  into: Int32Array,
): void {
  if (columns.length === 0) into.fill(base, 0, count);
  for (const [i, { values, leafOf, rule: ruleOf, stride }] of columns.entries()) {
    const rule = ruleOf(-1);
    const title = `cells ${i === 0} ${leafOf === undefined} ${rule.name}`;
    const loop = loopOver<CellLoop>(title, [values], () => loopText(rule, i === 0, leafOf === undefined));
    loop(into, values, leafOf, from, count, base, stride, rule.values);
  }
}

function loopText(rule: CellRule, first: boolean, flat: boolean): string {
  return `function (into, values, leafOf, from, count, base, stride, rule) {
    ${ruleNames(rule)}
    for (let i = 0; i < count; i++) {
      let x = values[${flat ? "from + i" : "leafOf[from + i]"}];
      let cell = 0;
      ${rule.text}
      const before = ${first ? "base" : "into[i]"};
      into[i] = cell < 0 || before < 0 ? -1 : before + cell * stride;
    }
  }`;
}
