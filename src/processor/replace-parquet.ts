import { type AdditionTable, revive } from "../accumulator/index.ts";
import { additions } from "./additions.ts";

/** Everything but what is replaced stays as it is. */
const asItIs: AdditionTable = Object.fromEntries(Object.entries(additions).map(([tag, { add }]) => [tag, { add }]));

/** A result with something else in the place of every value for a Parquet file, wherever in it they are. */
export function replaceParquet(result: unknown, make: (found: never) => unknown): unknown {
  return revive(result, { ...asItIs, parquet: { ...asItIs["parquet"]!, revive: make as never } });
}
