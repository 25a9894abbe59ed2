export * from "./column.ts";
export { type ColumnType, parseColumnType } from "./column-type.ts";
export { fromList } from "./from-list.ts";
export { toList } from "./to-list.ts";
