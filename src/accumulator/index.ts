export type { Addition, AdditionTable, Tagged } from "./addition.ts";
export { type AccumulatedColumn, columnAccumulator, columnAddition } from "./column-accumulator.ts";
export {
  type DefaultMap,
  defaultdictAccumulator,
  dictAccumulator,
  listAccumulator,
  setAccumulator,
  valueAccumulator,
} from "./containers.ts";
export { type KeyPath, pathText } from "./key-path.ts";
export { copy, identity, merge, mergeAll } from "./merge.ts";
export { checkMergeable } from "./mergeable.ts";
export { revive } from "./revive.ts";
