import { CortadoError } from "../errors.ts";
import { axisError, mapAxis } from "./axis.ts";
import { type Column, typeName } from "./column.ts";
import { choiceLoop } from "./copy-loops.ts";
import { copyEntries, withValidity } from "./gather.ts";
import { localIndex } from "./local-index.ts";
import { record } from "./zip.ts";

export interface CombinationOptions {
  /** Elements may be taken more than once. */
  readonly replacement?: boolean;
  /** 1: objects of an event; 0: events. */
  readonly axis?: number;
  /** Names for the `n` members; without them the combinations are tuples. */
  readonly fields?: readonly string[];
  /** A name for the records. */
  readonly withName?: string;
}

/**
 * All choices of `n` different elements of each list, i < j < … in the order of the list: tuples, or records with
 * `fields`. A list of fewer than `n` has none, a missing list stays missing.
 * Throws UsageError for `n` below 1, for another number of names and where the column is not that deep; ShapeError
 * where there are more than 2³¹ combinations. Cost: `n` copies of each combination's elements.
 */
export function combinations(column: Column, n: number, options: CombinationOptions = {}): Column {
  return combine("combinations", column, n, options);
}

/** The places of the elements of {@link combinations} in their lists, as int32, in the same order. */
export function argcombinations(column: Column, n: number, options: CombinationOptions = {}): Column {
  const axis = options.axis ?? 1;
  return combine("argcombinations", localIndex(column, { axis }), n, options);
}

function combine(
  operation: string,
  column: Column,
  n: number,
  { replacement = false, axis = 1, fields, withName }: CombinationOptions,
): Column {
  if (!Number.isInteger(n) || n < 1)
    throw new CortadoError("UsageError", `${operation}: n is a whole number of at least 1, not ${n}`, {
      code: "BadArgument",
    });
  if (fields !== undefined && fields.length !== n)
    throw new CortadoError(
      "UsageError",
      `${operation}: ${fields.length} names (${fields.join(", ")}) were given for combinations of ${n}`,
      { code: "BadArgument" },
    );
  const names = fields ?? Array.from({ length: n }, (_, i) => String(i));
  const tuples = (elements: Column, from: Int32Array) => {
    const offsets = choiceOffsets(operation, elements, from, n, replacement);
    const total = offsets[offsets.length - 1]!;
    const lengths: number[] = new Array(n).fill(total);
    let chosen: Int32Array[] | undefined;
    const members = copyEntries(
      elements,
      lengths,
      (values, outs) => choiceLoop(values, from, replacement, outs),
      () => {
        if (chosen === undefined) {
          chosen = lengths.map((length) => new Int32Array(length));
          choiceLoop(undefined, from, replacement, chosen);
        }
        return chosen;
      },
      { byIndex: total < 4 * from.length },
    );
    const content = record(
      members.map((member, i) => [names[i]!, member]),
      total,
      withName,
    );
    return { offsets, content };
  };
  if (axis === 0) return tuples(column, Int32Array.of(0, column.length)).content;
  return mapAxis(operation, column, axis, "lists", (lists) => {
    if (lists.kind !== "list") throw axisError(operation, axis, column);
    return { kind: "list", ...tuples(lists.content, lists.offsets), ...withValidity(lists.length, lists.validity) };
  });
}

/** Where the combinations of each list begin. */
function choiceOffsets(
  operation: string,
  elements: Column,
  from: Int32Array,
  n: number,
  replacement: boolean,
): Int32Array {
  const length = from.length - 1;
  const offsets = new Int32Array(length + 1);
  let total = 0;
  for (let i = 0; i < length; i++) {
    total += choices(from[i + 1]! - from[i]!, n, replacement);
    if (total > 0x7fffffff)
      throw new CortadoError(
        "ShapeError",
        `${operation}: more than 2147483647 combinations of ${n} of ${typeName(elements)}, reached at entry ${i}`,
        { code: "LengthMismatch", event: i },
      );
    offsets[i + 1] = total;
  }
  return offsets;
}

/** Binomial coefficient, with replacement that of `count + n - 1`. */
function choices(count: number, n: number, replacement: boolean): number {
  const top = replacement ? count + n - 1 : count;
  if (top < n || count === 0) return 0;
  if (n === 2) return (top * (top - 1)) / 2;
  let result = 1;
  for (let i = 1; i <= n; i++) result = (result * (top - n + i)) / i;
  return Math.round(result);
}
