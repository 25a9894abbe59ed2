import type { PrimitiveColumn, Values } from "./column.ts";
import type { Segments } from "./segments.ts";
import { isBig, wordsOf } from "./slot-values.ts";

/**
 * Loops over groups, compiled from text once for each kind of array: one function for all of them would meet many kinds
 * of arrays, and the engine then fetches every element the slow way (three to five times the time).
 *
 * The text of a loop stands inside `for each group g { … }` with `s` at its first slot and `end` behind its last, moves
 * `s` to `end`, and writes `out[g]`; `start` is the caller's. `@(x)` in it is the value of slot `x`: 64-bit integers as
 * the nearest float64; `bits(x)` are the bits of 32-bit values, `low(x)` and `high(x)` the halves of 64-bit ones, all
 * signed; `entry(x)` is the entry of the leaf, and `tools` what the loop was made with.
 */
export type GroupLoop<O> = (leaf: PrimitiveColumn, segments: Segments, out: O, start?: number) => O;

type Compiled = (
  values: Values,
  words: Int32Array | undefined,
  order: Int32Array | undefined,
  offsets: Int32Array,
  groups: number,
  out: unknown,
  start: number | undefined,
) => void;

export function groupLoop<O>(body: string, tools?: object): GroupLoop<O> {
  const compiled = new Map<string, Compiled>();
  return (leaf, { offsets, order }, out, start) => {
    const { values } = leaf;
    const kind = values.constructor.name;
    const key = `${kind} ${order === undefined ? "in place" : "by order"} ${(out as object).constructor.name}`;
    let loop = compiled.get(key);
    if (loop === undefined) {
      const at = order === undefined ? "$1" : "order[$1]";
      const high = `words[2 * (${at}) + 1]${values instanceof BigUint64Array ? " >>> 0" : ""}`;
      const value = isBig(values) ? `((${high}) * 4294967296 + (words[2 * (${at})] >>> 0))` : `values[${at}]`;
      const text = body
        .replaceAll(/@\((\w+)\)/g, value)
        .replaceAll(/\bbits\((\w+)\)/g, `words[${at}]`)
        .replaceAll(/\blow\((\w+)\)/g, `words[2 * (${at})]`)
        .replaceAll(/\bhigh\((\w+)\)/g, `words[2 * (${at}) + 1]`)
        .replaceAll(/\bentry\((\w+)\)/g, at);
      const source = `return function (values, words, order, offsets, groups, out, start) {
        let s = 0;
        for (let g = 0; g < groups; g++) {
          const end = offsets[g + 1];
          ${text}
        }
      }`;
      loop = new Function("tools", source)(tools) as Compiled;
      compiled.set(key, loop);
    }
    const words = values.BYTES_PER_ELEMENT >= 4 ? wordsOf(values) : undefined;
    loop(values, words, order, offsets, offsets.length - 1, out, start);
    return out;
  };
}
