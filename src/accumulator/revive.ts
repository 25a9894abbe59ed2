import { type AdditionTable, additionOf } from "./addition.ts";
import { kindOf } from "./kind.ts";

/**
 * A result as its author made it, from what a structured clone left of it: tagged values get their methods back, at
 * any depth of records, maps, lists and sets. Containers are new, leaves are kept. Cost: linear, without copying data.
 */
export function revive<T>(value: T, table: AdditionTable): T {
  return revived(value, table) as T;
}

function revived(value: unknown, table: AdditionTable): unknown {
  switch (kindOf(value, table)) {
    case "tagged":
      return additionOf(value, table)?.revive?.(value as never) ?? value;
    case "list":
      return (value as unknown[]).map((item) => revived(item, table));
    case "set":
      return new Set([...(value as Set<unknown>)].map((item) => revived(item, table)));
    case "map":
      return new Map([...(value as Map<unknown, unknown>)].map(([key, item]) => [key, revived(item, table)]));
    case "record":
      return Object.fromEntries(Object.entries(value as object).map(([key, item]) => [key, revived(item, table)]));
    default:
      return value;
  }
}
