import { type AdditionTable, additionOf, type Tagged } from "./addition.ts";

/** What a value is to the rules of addition. `other` never adds. */
export type Kind =
  | "missing"
  | "number"
  | "bigint"
  | "string"
  | "boolean"
  | "list"
  | "set"
  | "map"
  | "record"
  | "typed array"
  | "tagged"
  | "other";

export type TypedArray = Exclude<NodeJS.ArrayBufferView, DataView>;

/** The kind of a value; a tag that the table does not know makes an ordinary record. */
export function kindOf(value: unknown, table: AdditionTable): Kind {
  if (value === undefined || value === null) return "missing";
  switch (typeof value) {
    case "number":
    case "bigint":
    case "string":
    case "boolean":
      return typeof value as Kind;
    case "object":
      break;
    default:
      return "other";
  }
  if (Array.isArray(value)) return "list";
  if (value instanceof Set) return "set";
  if (value instanceof Map) return "map";
  if (ArrayBuffer.isView(value)) return value instanceof DataView ? "other" : "typed array";
  if (additionOf(value, table) !== undefined) return "tagged";
  return isPlain(value) ? "record" : "other";
}

/** True for `{…}` and `Object.create(null)`, from any realm. */
function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** A value's kind in words for an error message: `a number`, `a Float64Array`, `a hist`, `an instance of Date`. */
export function describe(value: unknown, table: AdditionTable): string {
  const kind = kindOf(value, table);
  if (value === undefined) return "undefined";
  if (kind === "missing") return "null";
  if (kind === "tagged") return `a ${(value as Tagged).tag}`;
  if (kind === "typed array") return `a ${(value as object).constructor.name}`;
  if (kind !== "other") return `a ${kind}`;
  if (typeof value === "function") return value.name === "" ? "a function" : `the function ${value.name}`;
  if (typeof value === "symbol") return "a symbol";
  if (typeof (value as { then?: unknown }).then === "function") return "a promise";
  return `an instance of ${(value as object).constructor?.name ?? "an unnamed class"}`;
}
