/** Values on a category axis to cells, growing the axis where it grows. */
import { CortadoError } from "../errors.ts";
import type { AnyCategoryAxis } from "./axis.ts";
import type { ColumnInput, Input } from "./fill-input.ts";
import { hasRows, type Rows } from "./fill-rows.ts";

export interface CategoryCells {
  /** The axis with the categories that the fill added: the same object if there are none. */
  readonly axis: AnyCategoryAxis;
  /** Cell of each row, or one for all rows; -1 where an unknown category has no cell. */
  readonly cells: Int32Array | number;
}

/**
 * New categories are appended in the order of their first row. Rows that are left out do not add any.
 *
 * @throws ShapeError (`TypeMismatch`) for a number on a string axis, or no integer on an integer one.
 */
export function categoryCells(axis: AnyCategoryAxis, input: Input, rows: Rows): CategoryCells {
  const known = new Map<string | number, number>(axis.categories.map((c, i) => [c, i]));
  const unknown = axis.overflow ? axis.categories.length : -1;
  const codeOf = (value: string | number): number => {
    const code = known.get(value);
    if (code !== undefined) return code;
    requireType(axis, value, input);
    if (axis.growth) known.set(value, known.size);
    return axis.growth ? known.size - 1 : unknown;
  };
  const cells = "leaves" in input ? columnCodes(input, rows, codeOf) : scalarCode(input.scalar, rows, codeOf);
  if (known.size === axis.categories.length) return { axis, cells };
  return { axis: { ...axis, categories: [...known.keys()] } as AnyCategoryAxis, cells };
}

function scalarCode(scalar: string | number, rows: Rows, codeOf: (value: string | number) => number): number {
  return hasRows(rows) ? codeOf(scalar) : -1;
}

function columnCodes(input: ColumnInput, rows: Rows, codeOf: (value: string | number) => number): Int32Array {
  const { leaves } = input;
  const leafOf = rows.leafOf(input);
  const cells = new Int32Array(rows.count).fill(-1);
  let before = -1;
  let code = -1;
  for (let row = 0; row < rows.count; row++) {
    if (rows.keep?.[row] === 0) continue;
    const leaf = leafOf === undefined ? row : leafOf[row]!;
    if (leaf !== before) code = codeOf(leaves.kind === "strings" ? leaves.at(leaf) : leaves.values[leaf]!);
    cells[row] = code;
    before = leaf;
  }
  return cells;
}

function requireType(axis: AnyCategoryAxis, value: string | number, input: Input): void {
  const fits = axis.kind === "category" ? typeof value === "string" : Number.isSafeInteger(value);
  if (fits) return;
  const wanted = axis.kind === "category" ? "a string" : "an integer";
  const message = `Cannot fill ${input.title} with ${JSON.stringify(value)}: a category of this axis is ${wanted}.`;
  throw new CortadoError("ShapeError", message, { code: "TypeMismatch" });
}
