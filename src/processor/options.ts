import { CortadoError } from "../errors.ts";
import type { Options } from "./processor.ts";

/**
 * Checks that options are a JSON object: what a worker thread, a report and a rerun all see the same.
 * Throws `UsageError` (`BadOptions`) naming the key path of what is not JSON.
 */
export function checkOptions(options: unknown): Options {
  if (!isPlain(options)) throw bad(`options are a JSON object such as {"ptMin": 30}, not ${nameOf(options)}`);
  check(options, [], new Set());
  return options as Options;
}

function check(value: unknown, path: readonly string[], above: ReadonlySet<unknown>): void {
  if (value === null || typeof value === "string" || typeof value === "boolean") return;
  if (typeof value === "number" && Number.isFinite(value)) return;
  if (typeof value !== "object" || !(Array.isArray(value) || isPlain(value)))
    throw bad(`option ${path.join(".")} is ${nameOf(value)}, which JSON cannot hold`);
  if (above.has(value)) throw bad(`option ${path.join(".")} contains itself`);
  for (const [key, item] of Object.entries(value)) check(item, [...path, key], new Set(above).add(value));
}

function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function nameOf(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (Array.isArray(value)) return "a list";
  if (typeof value === "function") return "a function";
  return typeof value === "object"
    ? `an instance of ${value.constructor?.name}`
    : `the ${typeof value} ${String(value)}`;
}

function bad(message: string): CortadoError<"UsageError"> {
  return new CortadoError("UsageError", message, { code: "BadOptions" });
}
