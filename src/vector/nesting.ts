import { CortadoError } from "../errors.ts";
import { type Column, isValid, type ListColumn, typeName } from "../jagged/index.ts";

/** A column of lists (of lists …) of something, opened: the lists from outside to inside, and the rows within. */
export interface Nested<C extends Column = Column> {
  readonly lists: readonly ListColumn[];
  readonly content: C;
}

/** Opens the lists of a column. */
export function openLists(column: Column): Nested {
  const lists: ListColumn[] = [];
  let content = column;
  while (content.kind === "list") {
    lists.push(content);
    content = content.content;
  }
  return { lists, content };
}

/** Puts rows back into lists: the inverse of {@link openLists}, sharing offsets and validity. */
export function closeLists(lists: readonly ListColumn[], content: Column): Column {
  let column = content;
  for (let depth = lists.length - 1; depth >= 0; depth--) column = { ...lists[depth]!, content: column };
  return column;
}

/** Other lists for the same entries, the same of them missing; of no fixed size any more. */
export function relisted({ length, validity }: ListColumn, offsets: Int32Array, content: Column): ListColumn {
  return { kind: "list", length, offsets, content, ...(validity !== undefined && { validity }) };
}

/** Two operands brought to one shape: entry `r` of the result is made from row `left[r]` and row `right[r]`. */
export interface Aligned {
  /** Lists around the rows of the result. */
  readonly lists: readonly ListColumn[];
  /** Rows of the result. */
  readonly rows: number;
  /** Absent where rows correspond one to one. */
  readonly left?: Int32Array;
  readonly right?: Int32Array;
}

/**
 * Shape of an operation on two columns. Equal nesting needs equal list lengths; an event-level operand is repeated for
 * the objects of its event; a missing list or event on either side makes a missing list.
 * Throws ShapeError naming operation, types, first offending event and both lengths.
 */
export function align(operation: string, a: Column, b: Column): Aligned {
  if (a.length !== b.length)
    throw new CortadoError(
      "ShapeError",
      `${operation}: ${a.length} entries of ${typeName(a)} and ${b.length} entries of ${typeName(b)}`,
      { code: "LengthMismatch" },
    );
  const left = openLists(a);
  const right = openLists(b);
  const [deep, shallow] = left.lists.length >= right.lists.length ? [left, right] : [right, left];
  const common = shallow.lists.length;
  const lists = [...deep.lists];
  if (deep.lists.length === common && common <= 1) return common === 0 ? flat(a) : alignLists(operation, a, b);
  for (let depth = 0; depth < common; depth++) requireEqual(operation, a, b, deep.lists[depth]!, shallow.lists[depth]!);
  if (deep.lists.length === common) return { lists, rows: deep.content.length };

  // Repeat each row of the shallow operand for all rows of the deep one below it.
  const outer = deep.lists[common]!;
  if (common === 0 && shallow.content.validity !== undefined) return repeatEvents(deep, shallow.content, deep === left);
  let repeated: Int32Array = new Int32Array(outer.length).map((_, i) => i);
  for (let depth = common; depth < deep.lists.length; depth++) repeated = repeat(repeated, deep.lists[depth]!);
  return { lists, rows: repeated.length, ...(deep === left ? { right: repeated } : { left: repeated }) };
}

const flat = (column: Column): Aligned => ({ lists: [], rows: column.length });

/** Indices repeated once for each element of the list that stands at their place. */
function repeat(indices: Int32Array, { offsets, length, content }: ListColumn): Int32Array {
  const out = new Int32Array(content.length);
  for (let i = 0; i < length; i++) out.fill(indices[i]!, offsets[i]!, offsets[i + 1]!);
  return out;
}

/** Lists and event-level rows of which some are missing: their lists become missing, and empty. */
function repeatEvents(deep: Nested, events: Column, deepIsLeft: boolean): Aligned {
  const { lists, content } = deep;
  const [outer, ...inner] = lists;
  const both = outer as ListColumn;
  if (inner.length > 0) {
    let repeated: Int32Array = new Int32Array(both.length).map((_, i) => i);
    for (const list of lists) repeated = repeat(repeated, list);
    return { lists, rows: content.length, ...(deepIsLeft ? { right: repeated } : { left: repeated }) };
  }
  const kept = keepLists(both, (i) => isValid(both, i) && isValid(events, i));
  const event = repeat(
    Int32Array.from({ length: both.length }, (_, i) => i),
    kept.list,
  );
  const [left, right] = deepIsLeft ? [kept.rows, event] : [event, kept.rows];
  return { lists: [kept.list], rows: event.length, left, right };
}

/** Columns of lists, one level each. */
function alignLists(operation: string, a: Column, b: Column): Aligned {
  const [left, right] = [a as ListColumn, b as ListColumn];
  if (left.validity === undefined && right.validity === undefined) {
    requireEqual(operation, a, b, left, right);
    const list = left.content.length <= right.content.length ? left : right;
    return { lists: [list], rows: list.content.length };
  }
  const present = (i: number): boolean => isValid(left, i) && isValid(right, i);
  const kept = keepLists(left, present);
  const other = keepLists(right, present);
  requireEqual(operation, a, b, kept.list, other.list);
  return { lists: [kept.list], rows: kept.rows.length, left: kept.rows, right: other.rows };
}

/** The lists for which `keep` holds; the others become missing and empty. `rows` are the rows of the elements left. */
function keepLists(
  { offsets, length, content }: ListColumn,
  keep: (i: number) => boolean,
): { readonly list: ListColumn; readonly rows: Int32Array } {
  const newOffsets = new Int32Array(length + 1);
  const validity = new Uint8Array((length + 7) >> 3);
  const rows: number[] = [];
  for (let i = 0; i < length; i++) {
    if (keep(i)) {
      validity[i >> 3]! |= 1 << (i & 7);
      for (let row = offsets[i]!; row < offsets[i + 1]!; row++) rows.push(row);
    }
    newOffsets[i + 1] = rows.length;
  }
  return { list: { kind: "list", length, offsets: newOffsets, content, validity }, rows: Int32Array.from(rows) };
}

function requireEqual(operation: string, a: Column, b: Column, left: ListColumn, right: ListColumn): void {
  if (left.offsets === right.offsets && left.length === right.length) return;
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [one, other] = [left.offsets[i + 1]! - left.offsets[i]!, right.offsets[i + 1]! - right.offsets[i]!];
    if (one !== other)
      throw new CortadoError(
        "ShapeError",
        `${operation}: list ${i} has ${one} and ${other} elements in ${typeName(a)} and ${typeName(b)}`,
        { code: "OffsetsMismatch", event: i },
      );
  }
}
