import { type ColumnSource, toList } from "../jagged/index.ts";

/**
 * A result in which every lazy column has become a list of its values, one for each event, so that the lists of all
 * chunks concatenate. Only records, lists and maps are looked into; what holds no column is kept as it is.
 * Cost: one JavaScript value for each value of each column.
 */
export function materialise(value: unknown): unknown {
  if (isColumnSource(value)) return toList(value.toColumn());
  if (Array.isArray(value)) return sameOr(value, value.map(materialise));
  if (value instanceof Map) {
    const items = [...value.values()];
    const done = sameOr(items, items.map(materialise));
    return done === items ? value : new Map([...value.keys()].map((key, i) => [key, done[i]]));
  }
  if (typeof value !== "object" || value === null || !isPlain(value)) return value;
  const entries = Object.entries(value);
  const items = entries.map((entry) => entry[1]);
  const done = sameOr(items, items.map(materialise));
  return done === items ? value : Object.fromEntries(entries.map(([key], i) => [key, done[i]]));
}

function isColumnSource(value: unknown): value is ColumnSource {
  if (value === null || (typeof value !== "object" && typeof value !== "function")) return false;
  return "toColumn" in value && typeof value.toColumn === "function" && "alignment" in value;
}

function sameOr(before: unknown[], after: unknown[]): unknown[] {
  return after.every((item, i) => item === before[i]) ? before : after;
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
