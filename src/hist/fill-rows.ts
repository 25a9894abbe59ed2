/** The rows of one fill: which leaf of each column belongs to each row. */
import { CortadoError } from "../errors.ts";
import type { ColumnInput, Input } from "./fill-input.ts";

export interface Rows {
  readonly count: number;
  /** 1 for each row to fill, 0 where a value is missing; absent when nothing is missing. */
  readonly keep?: Uint8Array;
  /** For each row the leaf of `input`; undefined when it is the row itself. */
  leafOf(input: ColumnInput): Int32Array | undefined;
}

/** True if there is a row to fill. */
export function hasRows(rows: Rows): boolean {
  return rows.keep === undefined ? rows.count > 0 : rows.keep.includes(1);
}

/**
 * Lines up the inputs of one fill. The deepest lists set the rows; shallower columns are repeated for every element
 * below them. A row where any value is missing is left out.
 *
 * @throws ShapeError: `LengthMismatch` for other numbers of events, `OffsetsMismatch` for other lists.
 */
export function alignRows(inputs: readonly Input[]): Rows {
  const columns = inputs.filter((input) => "leaves" in input);
  const [first] = columns;
  if (first === undefined) return { count: 1, leafOf: () => undefined };
  const deepest = columns.reduce((a, b) => (b.offsets.length > a.offsets.length ? b : a));
  for (const column of columns) {
    requireSameEvents(first, column);
    requireSameLists(deepest, column);
  }
  const parents = parentsAbove(deepest);
  const leafOf = (input: ColumnInput): Int32Array | undefined => parents[input.offsets.length];
  const keep = present(columns, deepest.length, leafOf);
  return { count: deepest.length, ...(keep !== undefined && { keep }), leafOf };
}

function requireSameEvents(a: ColumnInput, b: ColumnInput): void {
  if (a.events === b.events) return;
  const message = `Lengths do not agree: ${a.title} has ${a.events} values, ${b.title} has ${b.events}.`;
  throw new CortadoError("ShapeError", message, { code: "LengthMismatch" });
}

function requireSameLists(a: ColumnInput, b: ColumnInput): void {
  b.offsets.forEach((offsets, level) => {
    const expected = a.offsets[level]!;
    if (offsets === expected) return;
    for (let i = 1; i < expected.length; i++) {
      if (offsets[i] === expected[i]) continue;
      const event = eventOf(a, level, i - 1);
      const [m, n] = [expected[i]! - expected[i - 1]!, offsets[i]! - offsets[i - 1]!];
      const message = `Lists do not agree: in event ${event} ${a.title} has a list of ${m}, ${b.title} one of ${n}.`;
      throw new CortadoError("ShapeError", message, { code: "OffsetsMismatch", event });
    }
  });
}

/** The event that entry `index` of a level belongs to. */
function eventOf(column: ColumnInput, level: number, index: number): number {
  let entry = index;
  for (let l = level - 1; l >= 0; l--) entry = column.offsets[l]!.findIndex((start) => start > entry) - 1;
  return entry;
}

/** For each depth above the leaves, the entry at that depth that each leaf belongs to. */
function parentsAbove(column: ColumnInput): Int32Array[] {
  const parents: Int32Array[] = [];
  let below: Int32Array | undefined;
  for (let level = column.offsets.length - 1; level >= 0; level--) {
    const lists = listOf(column.offsets[level]!);
    below = below === undefined ? lists : below.map((entry) => lists[entry]!);
    parents[level] = below;
  }
  return parents;
}

function listOf(offsets: Int32Array): Int32Array {
  const lists = offsets.length - 1;
  const found = new Int32Array(offsets[lists]!);
  for (let list = 0; list < lists; list++) found.fill(list, offsets[list]!, offsets[list + 1]!);
  return found;
}

function present(
  columns: readonly ColumnInput[],
  rows: number,
  leafOf: (input: ColumnInput) => Int32Array | undefined,
): Uint8Array | undefined {
  let keep: Uint8Array | undefined;
  for (const column of columns) {
    const { validity } = column;
    if (validity === undefined) continue;
    keep ??= new Uint8Array(rows).fill(1);
    const leaves = leafOf(column);
    for (let row = 0; row < rows; row++) {
      const leaf = leaves === undefined ? row : leaves[row]!;
      keep[row]! &= validity[leaf >> 3]! >> (leaf & 7);
    }
  }
  return keep;
}
