import type { AccumulatedColumn } from "../accumulator/index.ts";
import type { Hist } from "../hist/index.ts";
import type { Cutflow, NminusOne } from "../selection/index.ts";

/** A value of a result that holds no others; `key` joins the keys that lead to it. */
export interface FoundValue {
  readonly key: string;
  readonly value: unknown;
}

/** Every number, histogram, set, list, … of a result, in the order of its keys; records, maps and lists of these are gone through. */
export function valuesIn(result: unknown): FoundValue[] {
  const found: FoundValue[] = [];
  const walk = (value: unknown, path: readonly string[]): void => {
    const inside = entriesOf(value);
    if (inside === undefined) found.push({ key: path.join("."), value });
    else for (const [key, inner] of inside) walk(inner, [...path, key]);
  };
  walk(result, []);
  return found;
}

function entriesOf(value: unknown): [string, unknown][] | undefined {
  if (typeof value !== "object" || value === null || isHist(value) || isColumn(value)) return undefined;
  if (value instanceof Map) return [...value].map(([key, inner]) => [String(key), inner]);
  if (Array.isArray(value))
    return value.some((v) => typeof v === "object" && v !== null) ? Object.entries(value) : undefined;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null ? Object.entries(value) : undefined;
}

/** True for a histogram: told by its tag, so that asking loads no code of `hist/`. */
export function isHist(value: unknown): value is Hist {
  return typeof value === "object" && value !== null && (value as { tag?: unknown }).tag === "hist" && "axes" in value;
}

/** The histograms that were filled with weights that are NaN or infinite, and how many rows that was. */
export function nanWeightsIn(result: unknown): { readonly key: string; readonly rows: number }[] {
  return valuesIn(result).flatMap(({ key, value }) =>
    isHist(value) && value.nanWeights > 0 ? [{ key, rows: value.nanWeights }] : [],
  );
}

/** True for a column that was returned from `process`: told by its tag too. */
export function isColumn(value: unknown): value is AccumulatedColumn {
  return typeof value === "object" && value !== null && (value as { tag?: unknown }).tag === "column";
}

/** True for what prints as a table of cuts. */
export function isCutTable(value: unknown): value is Cutflow | NminusOne {
  const tag = typeof value === "object" && value !== null ? (value as { tag?: unknown }).tag : undefined;
  return tag === "cutflow" || tag === "nminusone";
}
