import { CortadoError } from "../errors.ts";
import { axisError, mapAxis } from "./axis.ts";
import { type Column, typeName } from "./column.ts";
import { gather, withValidity } from "./gather.ts";
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
    const { offsets, members } = choose(operation, elements, from, n, replacement);
    const content = record(
      members.map((index, i) => [names[i]!, gather(elements, index)]),
      offsets[offsets.length - 1]!,
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

/** For each member the indices of its elements, for all lists one after the other. */
function choose(
  operation: string,
  elements: Column,
  from: Int32Array,
  n: number,
  replacement: boolean,
): { readonly offsets: Int32Array; readonly members: readonly Int32Array[] } {
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
  const members = Array.from({ length: n }, () => new Int32Array(total));
  let at = 0;
  if (n === 2) {
    const [first, second] = members as [Int32Array, Int32Array];
    for (let i = 0; i < length; i++)
      for (let j = from[i]!; j < from[i + 1]!; j++)
        for (let k = replacement ? j : j + 1; k < from[i + 1]!; k++) {
          first[at] = j;
          second[at++] = k;
        }
    return { offsets, members };
  }
  const chosen = new Int32Array(n);
  const descend = (member: number, start: number, stop: number): void => {
    for (let j = start; j < stop; j++) {
      chosen[member] = j;
      if (member + 1 < n) descend(member + 1, replacement ? j : j + 1, stop);
      else {
        for (let m = 0; m < n; m++) members[m]![at] = chosen[m]!;
        at++;
      }
    }
  };
  for (let i = 0; i < length; i++) descend(0, from[i]!, from[i + 1]!);
  return { offsets, members };
}

/** Binomial coefficient, with replacement that of `count + n - 1`. */
function choices(count: number, n: number, replacement: boolean): number {
  const top = replacement ? count + n - 1 : count;
  if (top < n || count === 0) return 0;
  let result = 1;
  for (let i = 1; i <= n; i++) result = (result * (top - n + i)) / i;
  return Math.round(result);
}
