import { mergeAll } from "../accumulator/index.ts";
import { additions } from "./additions.ts";

/**
 * The sum of results, as a run adds those of its chunks; missing ones are skipped, `into` comes first. Shares nothing with any of them;
 * `undefined` if there are none.
 *
 * Numbers add, records and maps unite their keys and add what both have, sets unite, lists concatenate, typed arrays of equal length add
 * element by element; histograms, cutflows, columns and the like by their own rules. Strings and booleans do not add.
 *
 * Throws `MergeError` with the path of keys and both kinds.
 */
export function accumulate<T>(items: Iterable<T | null | undefined>, into?: T): T | undefined {
  return mergeAll([into, ...items], additions) as T | undefined;
}
