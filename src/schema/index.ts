export { describeLayout } from "./describe-layout.ts";
export { eventLayout } from "./event-layout.ts";
export { eventTypes } from "./event-types.ts";
export { nanoaod } from "./nanoaod.ts";
export { checkSchema, readSchema } from "./read-schema.ts";
export type { CollectionSchema, Schema, TestRule } from "./schema.ts";
export { titlesKey, titlesOf } from "./titles.ts";
