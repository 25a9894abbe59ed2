import type { AccumulatedColumn } from "../accumulator/index.ts";
import { type HistData, toUhi } from "../hist/index.ts";
import { toList } from "../jagged/index.ts";
import type { RunResult } from "./report.ts";

/**
 * A run's result as JSON text, as `result.json` holds it: exactly what `process` or `postprocess` returned, keys in that
 * order, each `Hist` in its place as dense UHI JSON, an accumulated column as nested lists. Sets and typed arrays become lists, maps objects; a bigint a number
 * where that is exact, else a string of its digits; NaN and the infinities the strings "NaN", "Infinity", "-Infinity".
 * The same result always gives the same text. An absent result is `null`.
 */
export function resultJson(run: Pick<RunResult, "result">): string {
  return `${text(run.result, "", "")}\n`;
}

/** A run's report as JSON text, as `report.json` holds it: `{status, report, metrics}`. */
export function reportJson({ status, report, metrics }: RunResult): string {
  return `${text({ status, report, metrics }, "", "")}\n`;
}

function text(value: unknown, indent: string, key: string): string {
  switch (typeof value) {
    case "number":
      return Number.isFinite(value) ? JSON.stringify(value) : `"${value}"`;
    case "bigint":
      return Number.isSafeInteger(Number(value)) ? String(value) : `"${value}"`;
    case "string":
    case "boolean":
      return JSON.stringify(value);
    case "object":
      break;
    default:
      return "null";
  }
  if (value === null) return "null";
  if ("tag" in value && value.tag === "hist") return text(toUhi(value as unknown as HistData, key), indent, key);
  if ("tag" in value && value.tag === "column")
    return text(toList((value as unknown as AccumulatedColumn).value), indent, key);
  if (value instanceof Map)
    return block(
      [...value].map(([k, v]) => [String(k), v] as const),
      indent,
    );
  if (isIterable(value)) return list([...value], indent);
  return block(
    Object.entries(value).filter(([, v]) => v !== undefined),
    indent,
  );
}

function isIterable(value: object): value is Iterable<unknown> {
  return Array.isArray(value) || value instanceof Set || (ArrayBuffer.isView(value) && Symbol.iterator in value);
}

function block(entries: readonly (readonly [string, unknown])[], indent: string): string {
  if (entries.length === 0) return "{}";
  const inner = `${indent}  `;
  const lines = entries.map(([key, value]) => `${inner}${JSON.stringify(key)}: ${text(value, inner, key)}`);
  return `{\n${lines.join(",\n")}\n${indent}}`;
}

/** Numbers side by side, anything else one below the other. */
function list(items: readonly unknown[], indent: string): string {
  if (items.length === 0) return "[]";
  if (items.every((item) => typeof item !== "object" || item === null))
    return `[${items.map((item) => text(item, indent, "")).join(", ")}]`;
  const inner = `${indent}  `;
  return `[\n${items.map((item) => `${inner}${text(item, inner, "")}`).join(",\n")}\n${indent}]`;
}
