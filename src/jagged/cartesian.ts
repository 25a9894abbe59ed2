import { CortadoError, nearest, whatExists } from "../errors.ts";
import { axisError, eventOf, type Trail } from "./axis.ts";
import { type Column, type ListColumn, typeName, type Values } from "./column.ts";
import { productLoop } from "./copy-loops.ts";
import { contentOf, copyEntries, gather, withValidity } from "./gather.ts";
import { localIndex } from "./local-index.ts";
import { isSet, presentInBoth } from "./validity.ts";
import { type Named, record } from "./zip.ts";

export interface CartesianOptions {
  /** 1: objects of an event; 0: events. */
  readonly axis?: number;
  /** Lists of pairs for each element of the left (`true`: for every column but the last), or only for the columns named. */
  readonly nested?: boolean | readonly (string | number)[];
  /** A name for the records. */
  readonly withName?: string;
}

/**
 * Every element of one column with every element of the others in the same event, the first column slowest: tuples for
 * a list of columns, records for columns by name. `nested` keeps one list for each left element. A flat column counts
 * as lists of one, a column of one entry repeats; a list missing in one column is missing in the result.
 * Throws ShapeError for lengths that differ, UsageError for unknown names in `nested` and where a column is not that deep.
 * Cost: one copy of each element for each combination.
 */
export function cartesian(columns: Named<Column>, options: CartesianOptions = {}): Column {
  return product("cartesian", columns, options);
}

/** The places of the elements of {@link cartesian} in their lists, as int32, in the same order. */
export function argcartesian(columns: Named<Column>, options: CartesianOptions = {}): Column {
  const axis = options.axis ?? 1;
  const indices = Object.entries(columns).map(([name, column]) => [name, localIndex(column, { axis })]);
  return product(
    "argcartesian",
    Object.fromEntries(indices) as Record<string, Column>,
    options,
    Array.isArray(columns),
  );
}

function product(
  operation: string,
  columns: Named<Column>,
  { axis = 1, nested = false, withName }: CartesianOptions,
  positional = Array.isArray(columns),
): Column {
  const names = Object.keys(columns);
  const members = names.map((name) => (columns as Record<string, Column>)[name]!);
  if (members.length === 0)
    throw new CortadoError("UsageError", `${operation} needs at least one column`, { code: "BadArgument" });
  const ends = groupEnds(operation, names, nested, positional);
  if (!Number.isInteger(axis) || axis < 0) throw axisError(operation, axis, members[0]!);
  const name = (parts: readonly Column[], length: number): Column =>
    record(
      parts.map((part, i) => [names[i]!, part]),
      length,
      withName,
    );
  if (axis === 0) {
    const whole = members.map(
      (column): ListColumn => ({
        kind: "list",
        length: 1,
        offsets: Int32Array.of(0, column.length),
        content: column,
      }),
    );
    return contentOf(inLists(operation, whole, ends, name, []) as ListColumn);
  }
  const length = members.find((column) => column.length !== 1)?.length ?? 1;
  return atLevel(
    operation,
    members.map((column) => repeated(operation, column, length, members)),
    axis,
    ends,
    name,
    [],
  );
}

type Naming = (parts: readonly Column[], length: number) => Column;

function atLevel(
  operation: string,
  members: readonly Column[],
  axis: number,
  ends: readonly number[],
  name: Naming,
  trail: Trail,
): Column {
  if (!members.some((column) => column.kind === "list")) throw axisError(operation, axis + trail.length, members[0]!);
  const lists = members.map(asLists);
  if (axis === 1) return inLists(operation, lists, ends, name, trail);
  const first = lists[0]!;
  for (const list of lists)
    for (let i = 0; i < list.length; i++)
      if (list.offsets[i + 1]! - list.offsets[i]! !== first.offsets[i + 1]! - first.offsets[i]!)
        throw new CortadoError(
          "ShapeError",
          `${operation}: the lists around axis ${axis + trail.length} differ: at event ${eventOf(trail, i)} ${typeName(first)} holds ` +
            `${first.offsets[i + 1]! - first.offsets[i]!} and ${typeName(list)} ${list.offsets[i + 1]! - list.offsets[i]!}`,
          { code: "OffsetsMismatch", event: eventOf(trail, i) },
        );
  const content = atLevel(operation, lists.map(contentOf), axis - 1, ends, name, [...trail, first.offsets]);
  const validity = lists.reduce<Uint8Array | undefined>(
    (both, list) => presentInBoth(both, list.validity, list.length),
    undefined,
  );
  return { kind: "list", offsets: first.offsets, content, ...withValidity(first.length, validity) };
}

/** The products of the lists of each entry; a list level ends after each of the members `ends`. */
function inLists(
  operation: string,
  lists: readonly ListColumn[],
  ends: readonly number[],
  name: Naming,
  trail: Trail,
): Column {
  const { length } = lists[0]!;
  const validity = lists.reduce<Uint8Array | undefined>(
    (both, list) => presentInBoth(both, list.validity, length),
    undefined,
  );
  const counts = lists.map(({ offsets }) => {
    const each = new Int32Array(length);
    for (let i = 0; i < length; i++) each[i] = offsets[i + 1]! - offsets[i]!;
    if (validity !== undefined) for (let i = 0; i < length; i++) if (!isSet(validity, i)) each[i] = 0;
    return each;
  });
  const levels = ends.map((end, depth) => {
    const before = depth === 0 ? 0 : ends[depth - 1]! + 1;
    const outer = products(counts.slice(0, before), length);
    const inner = products(counts.slice(before, end + 1), length);
    let slots = length;
    if (before > 0) {
      slots = 0;
      for (let i = 0; i < length; i++) slots += outer[i]!;
    }
    const offsets = new Int32Array(slots + 1);
    let at = 0;
    for (let i = 0, slot = 0; i < length; i++) {
      for (let k = outer[i]!; k > 0; k--) offsets[++slot] = at += inner[i]!;
      if (at > 0x7fffffff)
        throw new CortadoError(
          "ShapeError",
          `${operation}: more than 2147483647 combinations, reached at event ${eventOf(trail, i)}`,
          { code: "LengthMismatch", event: eventOf(trail, i) },
        );
    }
    return offsets;
  });
  const innermost = levels[levels.length - 1]!;
  const size = innermost[innermost.length - 1]!;
  const parts = lists.map((list, member) => {
    const before = member === 0 ? presentOnce(validity, length) : products(counts.slice(0, member), length);
    const after = products(counts.slice(member + 1), length);
    const loop = (values: Values | undefined, out: Values): void =>
      productLoop(values, list.offsets, before, after, out);
    let index: Int32Array | undefined;
    const [part] = copyEntries(
      list.content,
      [size],
      (values, [out]) => loop(values, out!),
      () => {
        if (index === undefined) loop(undefined, (index = new Int32Array(size)));
        return [index!];
      },
    );
    return part!;
  });
  let content = name(parts, size);
  for (let depth = levels.length - 1; depth > 0; depth--)
    content = { kind: "list", offsets: levels[depth]!, content, length: levels[depth]!.length - 1 };
  return { kind: "list", offsets: levels[0]!, content, ...withValidity(length, validity) };
}

/** 1 for each entry that is present, 0 for the others. */
function presentOnce(validity: Uint8Array | undefined, length: number): Int32Array {
  const once = new Int32Array(length).fill(1);
  if (validity !== undefined) for (let i = 0; i < length; i++) if (!isSet(validity, i)) once[i] = 0;
  return once;
}

/** The products of the counts of each entry; 1 for no counts. Beyond 2^53 they are not exact, which is beyond what a column holds. */
function products(counts: readonly Int32Array[], length: number): Int32Array | Float64Array {
  if (counts.length === 0) return new Int32Array(length).fill(1);
  if (counts.length === 1) return counts[0]!;
  const all = new Float64Array(length).fill(1);
  for (const each of counts) for (let i = 0; i < length; i++) all[i] = all[i]! * each[i]!;
  return all;
}

/** After which members a level of lists ends; always after the last. */
function groupEnds(
  operation: string,
  names: readonly string[],
  nested: CartesianOptions["nested"],
  positional: boolean,
): number[] {
  const last = names.length - 1;
  if (nested === true) return names.map((_, i) => i);
  if (nested === false || nested === undefined) return [last];
  const ends = new Set([last]);
  for (const wanted of nested) {
    const position = names.indexOf(String(wanted));
    if (position < 0)
      throw new CortadoError(
        "UsageError",
        `${operation}: nested names "${wanted}", which is not a ${positional ? "position" : "name"} of a column. ${whatExists(String(wanted), names)}`,
        { code: "BadArgument", nearest: nearest(String(wanted), names) },
      );
    ends.add(position);
  }
  return [...ends].sort((a, b) => a - b);
}

/** A flat column as lists of one; its missing entries stay elements. */
function asLists(column: Column): ListColumn {
  if (column.kind === "list") return column;
  const offsets = new Int32Array(column.length + 1).map((_, i) => i);
  return { kind: "list", length: column.length, offsets, content: column };
}

function repeated(operation: string, column: Column, length: number, all: readonly Column[]): Column {
  if (column.length === length) return column;
  if (column.length === 1) return gather(column, new Int32Array(length));
  const other = all.find((member) => member.length === length)!;
  throw new CortadoError(
    "ShapeError",
    `${operation}: cannot broadcast ${column.length} * ${typeName(column)} with ${length} * ${typeName(other)}`,
    { code: "LengthMismatch", event: Math.min(column.length, length) },
  );
}
