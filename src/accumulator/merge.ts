/**
 * Adding results. Numbers and bigints add; records and maps unite their keys, in the order of first appearance, and
 * add what both have; sets unite; lists concatenate; typed arrays of equal length add element by element; tagged
 * values add by table. Strings and booleans do not add. A missing item (`null`, `undefined`) is skipped.
 */
import { CortadoError, isCortadoError } from "../errors.ts";
import { type Addition, type AdditionTable, additionOf, type Tagged } from "./addition.ts";
import { type KeyPath, pathText } from "./key-path.ts";
import { describe, kindOf, type TypedArray } from "./kind.ts";
import { revive } from "./revive.ts";

/** What {@link merge} leaves unchanged: a missing result. */
export const identity: undefined = undefined;

/**
 * The sum of two results; shares nothing with either. Associative, exactly so for integers; floating-point sums
 * depend on the order in the last bits.
 *
 * @throws MergeError (`KindMismatch`, or what the table's addition throws) with the key path and both kinds.
 */
export function merge<T>(a: T, b: T, table: AdditionTable): T {
  return sum([a, b], table, []) as T;
}

/**
 * The sum of results from left to right; `undefined` if there are none or all are missing. Shares nothing with the
 * items. Cost: linear in the total size, also for lists.
 */
export function mergeAll<T>(items: Iterable<T>, table: AdditionTable): T | undefined {
  return sum([...items], table, []) as T | undefined;
}

/** A result that shares nothing with `value`. */
export function copy<T>(value: T, table: AdditionTable): T {
  return sum([value], table, []) as T;
}

function sum(items: readonly unknown[], table: AdditionTable, path: KeyPath): unknown {
  const present = items.filter((item) => item !== undefined && item !== null);
  const first = present[0];
  if (first === undefined) return items.length > 0 && items.every((item) => item === null) ? null : undefined;
  const kind = kindOf(first, table);
  for (const item of present) if (kindOf(item, table) !== kind) throw mismatch(first, item, table, path);

  switch (kind) {
    case "number":
      return (present as number[]).reduce((total, item) => total + item);
    case "bigint":
      return (present as bigint[]).reduce((total, item) => total + item);
    case "list":
      return (present as unknown[][]).flatMap((list) => list.map((item) => sum([item], table, path)));
    case "set":
      return new Set((present as Set<unknown>[]).flatMap((set) => [...set].map((item) => sum([item], table, path))));
    case "map":
      return sumEntries(present as Map<unknown, unknown>[], table, path);
    case "record": {
      const records = present.map((item) => Object.entries(item as object));
      return Object.fromEntries(sumEntries(records, table, path));
    }
    case "typed array":
      return sumArrays(present as TypedArray[], table, path);
    case "tagged":
      return sumTagged(present as Tagged[], table, path);
    default:
      if (present.length > 1) throw doesNotAdd(first, table, path);
      return first;
  }
}

/** Groups the entries of several maps by key, in the order of first appearance, and adds each group. */
function sumEntries(
  maps: readonly Iterable<readonly [unknown, unknown]>[],
  table: AdditionTable,
  path: KeyPath,
): Map<string, unknown> {
  const groups = new Map<unknown, unknown[]>();
  for (const map of maps)
    for (const [key, value] of map) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [value]);
      else group.push(value);
    }
  const total = new Map<unknown, unknown>();
  for (const [key, group] of groups) total.set(key, sum(group, table, [...path, String(key)]));
  return total as Map<string, unknown>;
}

function sumArrays(arrays: readonly TypedArray[], table: AdditionTable, path: KeyPath): TypedArray {
  const first = arrays[0]!;
  const total = first.slice();
  for (const array of arrays.slice(1)) {
    if (array.constructor !== first.constructor) throw mismatch(first, array, table, path);
    if (array.length !== first.length)
      throw mergeError(`Cannot add ${pathText(path)}: arrays of length ${first.length} and ${array.length}.`, path);
    for (let i = 0; i < total.length; i++) {
      // number + number or bigint + bigint: both arrays have the same constructor
      const value = ((total[i] as number) + (array[i] as number)) as never;
      total[i] = value;
      if (total[i] !== value && !isFloat(total))
        throw mergeError(
          `Cannot add ${pathText(path)}: element ${i}, ${value}, does not fit ${describe(total, table)}.`,
          path,
        );
    }
  }
  return total;
}

const isFloat = (array: TypedArray): boolean => array.constructor.name.startsWith("Float");

function sumTagged(values: readonly Tagged[], table: AdditionTable, path: KeyPath): Tagged {
  const first = values[0]!;
  const addition = additionOf(first, table) as Addition;
  let total: Tagged | undefined;
  for (const value of values.slice(1)) {
    if (value.tag !== first.tag) throw mismatch(first, value, table, path);
    try {
      total = addition.add(total ?? first, value);
    } catch (error) {
      if (!isCortadoError(error, "MergeError")) throw error;
      const whole = [...path, ...error.fields.path];
      throw new CortadoError("MergeError", `Cannot add ${pathText(path)}: ${error.message}`, {
        ...error.fields,
        path: whole,
      });
    }
  }
  return total ?? (revive(structuredClone(first), table) as Tagged);
}

function mismatch(a: unknown, b: unknown, table: AdditionTable, path: KeyPath): CortadoError {
  return mergeError(`Cannot add ${pathText(path)}: ${describe(a, table)} and ${describe(b, table)} do not add.`, path);
}

function doesNotAdd(value: unknown, table: AdditionTable, path: KeyPath): CortadoError {
  const instead = typeof value === "string" ? " Return it in a list or a set, or as a key." : "";
  const both = `${describe(value, table)} and ${describe(value, table)}`;
  return mergeError(`Cannot add ${pathText(path)}: ${both} do not add.${instead}`, path);
}

function mergeError(message: string, path: KeyPath): CortadoError {
  return new CortadoError("MergeError", message, { code: "KindMismatch", path });
}
