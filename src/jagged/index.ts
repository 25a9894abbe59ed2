export * from "./column.ts";
