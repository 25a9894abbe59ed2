import { nanoaod } from "./nanoaod.ts";
import type { CollectionSchema, Schema } from "./schema.ts";

/** A schema with the rules of the one that it extends. */
export function wholeSchema(schema: Schema): Schema {
  if (schema.extends === undefined) return schema;
  const names = new Set([nanoaod, schema].flatMap(({ collections }) => Object.keys(collections ?? {})));
  const collections = Object.fromEntries(
    Array.from(names, (name) => [name, extended(nanoaod.collections![name], schema.collections?.[name])]),
  );
  const records = { ...nanoaod.records, ...schema.records };
  const absent = { ...nanoaod.absent, ...schema.absent };
  return { ...nanoaod, ...schema, absent, collections, records };
}

function extended(base: CollectionSchema = {}, own: CollectionSchema = {}): CollectionSchema {
  const merged: Record<string, unknown> = { ...base, ...own };
  for (const key of ["members", "aliases", "constants", "references", "tests", "absent"] as const)
    if (base[key] !== undefined) merged[key] = { ...base[key], ...own[key] };
  return merged;
}
