/**
 * Loops over the rows of a fill, as text: from the columns of all axes to cells and what is done there, without an array
 * between. A function is made once for each combination of axes and kinds of arrays, because V8 compiles the access to
 * elements for the kinds that a function has seen.
 */
import type { CellRule } from "./cell-rule.ts";
import type { NumberArray } from "./fill-input.ts";

/** Numbers that a loop reads without converting them first. */
export type Numbers = Exclude<NumberArray, BigInt64Array | BigUint64Array>;

/** Values on one axis that vary from row to row. */
export interface AxisColumn {
  readonly values: Numbers;
  /** For each row its value; absent where that is the row itself. */
  readonly leafOf: Int32Array | undefined;
  readonly rule: CellRule;
  /** Number of cells on the axis, and how far apart they lie. */
  readonly cells: number;
  readonly stride: number;
}

/** Rows of a fill. */
export interface RowBlock {
  readonly columns: readonly AxisColumn[];
  /** The cell of the first bin of every column. */
  readonly base: number;
  /** 0 for rows that are left out. */
  readonly keep: Uint8Array | undefined;
  readonly from: number;
  readonly count: number;
}

/** Values of rows `from` to `from + count`, valid until the next call. */
export type ValueReader = (from: number, count: number) => Numbers;

/** Rows of one call: V8 swaps in optimised code where a function is called, and columns of them stay in the cache. */
export const blockSize = 4096;

export function* blocksOf(rows: RowBlock): Generator<RowBlock> {
  for (let from = 0; from < rows.count; from += blockSize)
    yield { ...rows, from: rows.from + from, count: Math.min(blockSize, rows.count - from) };
}

/** What is done with the cell of a row. */
export interface RowAction {
  /** The same for the same texts. */
  readonly name: string;
  /** Statements before the loop and after it; the value that is returned stands in the second. */
  readonly head?: string;
  readonly tail?: string;
  /** Names of arrays that the texts use. */
  readonly arrays: readonly string[];
  /** Statements for row `$row` of the block, whose cell is `$at`; `$lane` is 0 for even rows and 1 for odd ones. */
  readonly text: string;
}

type Arrays = readonly (Numbers | undefined)[];
type Loop = (block: RowBlock, none: number, arrays: Arrays) => unknown;

const loops = new Map<string, Loop>();

/**
 * Runs `action` over rows, a block at a time, with the arrays that it names; `none` is the cell of rows that have none.
 *
 * @param arraysOf the arrays for a block, of the same kinds for every block
 * @returns false if the action returned false for a block
 */
export function overRows(
  rows: RowBlock,
  none: number,
  action: RowAction,
  arraysOf: (block: RowBlock) => Arrays,
): boolean {
  let loop: Loop | undefined;
  let good = true;
  for (const block of blocksOf(rows)) {
    const arrays = arraysOf(block);
    loop ??= loopFor(block, action, arrays);
    if (loop(block, none, arrays) === false) good = false;
  }
  return good;
}

function loopFor(block: RowBlock, action: RowAction, arrays: Arrays): Loop {
  let key = block.keep === undefined ? action.name : `${action.name} kept`;
  if (block.base !== 0) key += " on";
  for (const { rule, leafOf, values, stride } of block.columns)
    key += `, ${rule.name}${stride === 1 ? "" : " apart"} ${leafOf === undefined ? "" : "of "}${values.constructor.name}`;
  for (const array of arrays) key += ` ${array?.constructor.name}`;
  let loop = loops.get(key);
  if (loop === undefined) {
    // the key makes the text another one: V8 shares what it has seen between functions of the same text
    loop = new Function(`return ${loopText(block, action)}; // ${key}`)() as Loop;
    loops.set(key, loop);
  }
  return loop;
}

function loopText(block: RowBlock, { head = "", tail = "", arrays, text }: RowAction): string {
  const heads = block.columns.map(
    (
      { rule },
      i,
    ) => `const { values: values${i}, leafOf: leafOf${i}, stride: stride${i}, rule: { values: rule${i} } } = block.columns[${i}];
    ${Object.keys(rule.values)
      .map((name) => `const ${name}${i} = rule${i}.${name};`)
      .join(" ")}`,
  );
  return `function (block, none, [${arrays.join(", ")}]) {
    const { base, keep, from, count } = block;
    ${heads.join("\n")}
    ${head}
    let row = 0;
    for (; row + 1 < count; row += 2) {
      const i = from + row;
      let at;
      ${cellText(block, "i")}
      const first = at;
      ${cellText(block, "(i + 1)")}
      const second = at;
      ${rowText(text, "first", "row", 0)}
      ${rowText(text, "second", "(row + 1)", 1)}
    }
    if (row < count) {
      const i = from + row;
      let at;
      ${cellText(block, "i")}
      ${rowText(text, "at", "row", 0)}
    }
    ${tail}
  }`;
}

const rowText = (text: string, at: string, row: string, lane: 0 | 1): string =>
  text.replaceAll("$at", at).replaceAll("$row", row).replaceAll("$lane", String(lane));

/** Statements that set `at` to the cell of row `i`. */
function cellText({ columns, base, keep }: RowBlock, i: string): string {
  const cells = columns.map(({ rule, leafOf }, axis) => {
    const names = Object.keys(rule.values);
    const text =
      names.length === 0 ? rule.text : rule.text.replace(new RegExp(`\\b(${names.join("|")})\\b`, "g"), `$1${axis}`);
    return `let cell${axis};
      {
        let x = values${axis}[${leafOf === undefined ? i : `leafOf${axis}[${i}]`}];
        let cell = 0;
        ${text}
        cell${axis} = cell;
      }`;
  });
  const parts = columns.map(({ stride }, axis) =>
    stride === 1 ? `cell${axis}` : `Math.imul(cell${axis}, stride${axis})`,
  );
  const sum = `(${[...(base === 0 ? [] : ["base"]), ...parts, ...(base === 0 && columns.length === 0 ? ["0"] : [])].join(" + ")}) | 0`;
  const lost = columns.flatMap(({ rule }, axis) => (rule.complete ? [] : [`cell${axis} < 0`]));
  if (keep !== undefined) lost.push(`keep[${i}] === 0`);
  return `{
      ${cells.join("\n")}
      at = ${lost.length === 0 ? sum : `${lost.join(" || ")} ? none : ${sum}`};
    }`;
}

const written: RowAction = { name: "written", arrays: ["into"], text: "into[$row] = $at;" };

/** Writes the cell of each row to `into`; -1 where it has none. */
export function writeCells(block: RowBlock, into: Int32Array): void {
  overRows(block, -1, written, () => [into]);
}
