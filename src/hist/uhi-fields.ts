/** Checked access to the fields of UHI JSON. Paths are written as `name.axes[0].edges`. */
import { CortadoError } from "../errors.ts";
import type { AxisText } from "./axis-options.ts";
import type { UhiMetadata } from "./uhi-schema.ts";

export type Fields = { readonly [field: string]: unknown };

export function bad(path: string, what: string): CortadoError {
  return new CortadoError("FormatError", `Not a UHI histogram: ${path} ${what}.`, { code: "NotUhi" });
}

/** The fields of an object that has all of `required` and nothing besides `required` and `optional`. */
export function fieldsOf(
  value: unknown,
  path: string,
  required: readonly string[],
  optional: readonly string[],
): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw bad(path, "is not an object");
  for (const field of required) if (!Object.hasOwn(value, field)) throw bad(path, `must contain ${field}`);
  for (const field of Object.keys(value))
    if (!required.includes(field) && !optional.includes(field))
      throw bad(`${path}.${field}`, "is not a field of the schema");
  return value as Fields;
}

export function number(fields: Fields, field: string, path: string): number {
  const value = fields[field];
  if (typeof value !== "number") throw bad(`${path}.${field}`, "is not a number");
  return value;
}

export function flag(fields: Fields, field: string, path: string): boolean {
  const value = fields[field];
  if (typeof value !== "boolean") throw bad(`${path}.${field}`, "is not true or false");
  return value;
}

export function list(fields: Fields, field: string, path: string): readonly unknown[] {
  const value = fields[field];
  if (!Array.isArray(value)) throw bad(`${path}.${field}`, "is not a list");
  return value;
}

/** Name, label and what else metadata hold, without `ours`; a name that is no text is among the rest. */
export function readNames(value: unknown, path: string, ours: readonly string[] = []): AxisText {
  const fields = readMetadata(value, path);
  const named = (key: string): boolean => (key === "name" || key === "label") && typeof fields[key] === "string";
  const rest = Object.entries(fields).filter(([key]) => !named(key) && !ours.includes(key));
  const text = (key: string): string => (named(key) ? (fields[key] as string) : "");
  return {
    name: text("name"),
    label: text("label"),
    ...(rest.length > 0 && { metadata: Object.fromEntries(rest) }),
  };
}

/** Metadata: strings, numbers and booleans only. */
export function readMetadata(value: unknown, path: string): UhiMetadata {
  if (value === undefined) return {};
  const fields = object(value, path);
  for (const [key, entry] of Object.entries(fields))
    if (!["string", "number", "boolean"].includes(typeof entry))
      throw bad(`${path}.${key}`, "must be a string, a number or a boolean");
  return fields as UhiMetadata;
}

/** Notes of the libraries that wrote a histogram, by library. */
export function readWriterInfo(value: unknown, path: string): { readonly [library: string]: UhiMetadata } {
  if (value === undefined) return {};
  const libraries = Object.entries(object(value, path));
  return Object.fromEntries(libraries.map(([library, notes]) => [library, readMetadata(notes, `${path}.${library}`)]));
}

function object(value: unknown, path: string): object {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw bad(path, "is not an object");
  return value;
}
