import { CortadoError } from "../errors.ts";
import type { AdditionTable } from "./addition.ts";
import { type KeyPath, pathText } from "./key-path.ts";
import { describe, kindOf } from "./kind.ts";

/**
 * Checks what a processor returned: plain data and tagged values all the way down, so that it can cross a thread and
 * add up. `null` is allowed below the top as a missing value. A string or boolean passes here and is refused only
 * where two of them meet, in `merge`. Cost: linear in the number of items.
 *
 * @throws UserError (`BadResult`) naming the key path and what was found there.
 */
export function checkMergeable(value: unknown, table: AdditionTable, path: KeyPath = []): void {
  if (path.length === 0 && (value === null || value === undefined))
    throw badResult(
      `process returned ${describe(value, table)}; it must return something that adds up, such as { n }.`,
    );
  check(value, table, path, new Set());
}

function check(value: unknown, table: AdditionTable, path: KeyPath, above: Set<unknown>): void {
  const kind = kindOf(value, table);
  if (kind === "other" || value === undefined)
    throw badResult(
      `process returned ${describe(value, table)} at ${pathText(path)}, which does not add up.${hint(value)}`,
    );
  if (kind === "record") refuseSymbols(value as object, path);
  if (kind === "map") refuseObjectKeys(value as Map<unknown, unknown>, path);
  const children = entries(value, kind);
  if (children === undefined) return;
  if (above.has(value)) throw badResult(`process returned ${pathText(path)} containing itself.`);
  above.add(value);
  for (const [key, child] of children) check(child, table, [...path, key], above);
  above.delete(value);
}

function* numbered(items: Iterable<unknown>): Generator<[string, unknown]> {
  let i = 0;
  for (const item of items) yield [String(i++), item];
}

/** The values inside a container with their keys; undefined if it is not one. */
function entries(value: unknown, kind: string): Iterable<[string, unknown]> | undefined {
  switch (kind) {
    case "list":
      return numbered(value as unknown[]);
    case "set":
      return numbered(value as Set<unknown>);
    case "map":
      return [...(value as Map<unknown, unknown>)].map(([key, item]) => [String(key), item]);
    case "record":
      return Object.entries(value as object);
    default:
      return undefined;
  }
}

function refuseSymbols(value: object, path: KeyPath): void {
  const symbol = Object.getOwnPropertySymbols(value)[0];
  if (symbol !== undefined)
    throw badResult(`process returned ${pathText(path)} with the key ${String(symbol)}; keys must be strings.`);
}

function refuseObjectKeys(map: Map<unknown, unknown>, path: KeyPath): void {
  for (const key of map.keys())
    if ((typeof key === "object" && key !== null) || typeof key === "symbol" || typeof key === "function")
      throw badResult(`process returned a map at ${pathText(path)} with a key that is not a string or number.`);
}

function hint(value: unknown): string {
  if (typeof value === "function") return " Was a call forgotten?";
  if (typeof (value as { then?: unknown } | undefined)?.then === "function") return " Was an await forgotten?";
  return "";
}

function badResult(message: string): CortadoError {
  return new CortadoError("UserError", message, { code: "BadResult" });
}
