import type { PrimitiveColumn, Values } from "./column.ts";
import type { Segments } from "./segments.ts";
import { isBig, wordsOf } from "./slot-values.ts";

/**
 * Loops over groups, compiled from text once for each kind of array: one function for all of them would meet many kinds
 * of arrays, and the engine then fetches every element the slow way (three to five times the time). A loop is called
 * for a few thousand values at a time, since the engine swaps in its best code where a function is called, not in the
 * middle of a loop.
 *
 * The text of a loop stands inside `for each group g { … }` with `s` at its first slot and `end` behind its last, moves
 * `s` to `end`, and writes `out[g]`; `start` is the caller's. `@(x)` in it is the value of slot `x`: 64-bit integers as
 * the nearest float64; `bits(x)` are the bits of 32-bit values, `low(x)` and `high(x)` the halves of 64-bit ones, all
 * signed. `entry(x)` is the entry of the leaf that slot `x` is; `@2(x)` and `@3(x)` are values of a second and a third
 * leaf; `tools` is what the loop was made with.
 */
export type GroupLoop<O> = (
  leaf: PrimitiveColumn | readonly PrimitiveColumn[],
  segments: Segments,
  out: O,
  start?: number | Float64Array,
) => O;

/** A loop that treats every value of a group alike. */
export interface Fold {
  readonly before: string;
  /**
   * What is done with slot `i`. It may be done again with the last slot of the group, which makes no difference to a
   * maximum; `inside` is -1, but 0 for the repetitions, whose number is `repeats` in the end.
   */
  readonly each: string;
  readonly after: string;
  /** Instead of `each` for the slots from `s` to `end` of a long group. */
  readonly long?: string;
}

type Compiled = (...all: unknown[]) => void;

/** About so many values are gone through in one call. */
const perCall = 2 ** 11;

export function groupLoop<O>(body: string, tools?: object): GroupLoop<O> {
  return compiledLoop(
    () => body,
    () => 0,
    tools,
  );
}

/**
 * A {@link groupLoop} that goes through a fixed number of slots of each short list, repeating the last one: the engine
 * predicts no length of a list, and a wrong guess costs as much as five values.
 */
export function foldLoop<O>({ before, each, after, long }: Fold): GroupLoop<O> {
  return compiledLoop((size) => {
    const step = (slot: string, inside: string): string => `{ const i = ${slot}, inside = ${inside}; ${each} }\n`;
    const general = long ?? `for (; s < end; s++) ${step("s", "-1")}`;
    if (size === 0) return `${before} const repeats = 0; ${general} ${after}`;
    const steps = Array.from({ length: size }, (_, k) =>
      k === 0 ? step("s", "-1") : step(`Math.min(s + ${k}, last)`, `(${k} - held) >> 31`),
    );
    return `${before}
    const held = end - s;
    let repeats = 0;
    if (held > 0 && held <= ${size}) {
      const last = end - 1;
      repeats = ${size} - held;
      ${steps.join("")}
      s = end;
    } else { ${general} }
    ${after}`;
  }, slotsFor);
}

/** How many slots of a list are gone through without asking, where lists have so many on average; 0 for none. */
const slotsFor = (mean: number): number => (mean <= 2 ? 4 : mean <= 6 ? 8 : mean <= 11 ? 16 : 0);

function compiledLoop<O>(
  body: (size: number) => string,
  sizeFor: (mean: number) => number,
  tools?: object,
): GroupLoop<O> {
  const compiled = new Map<string, Compiled>();
  return (given, { offsets, order }, out, start) => {
    const leaves = "kind" in given ? [given] : given;
    const groups = offsets.length - 1;
    const mean = groups === 0 ? 0 : offsets[groups]! / groups;
    const size = sizeFor(mean);
    const kinds = leaves.map(({ values }) => values.constructor.name);
    const key = [
      ...kinds,
      order === undefined ? "in place" : "by order",
      (out as object).constructor.name,
      size,
    ].join();
    let loop = compiled.get(key);
    if (loop === undefined) {
      // The engine keeps what it learns about types with the text of a function: each kind has its own text.
      loop = compile(`// ${key}\n${body(size)}`, leaves, order !== undefined, tools);
      compiled.set(key, loop);
    }
    const words = leaves.map(({ values }) => (values.BYTES_PER_ELEMENT >= 4 ? wordsOf(values) : undefined));
    const [first, second, third] = leaves;
    const step = Math.max(1, Math.floor(perCall / (mean + 1)));
    for (let from = 0; from < groups; from += step)
      loop(
        from,
        Math.min(from + step, groups),
        offsets,
        order,
        out,
        start,
        first!.values,
        words[0],
        second?.values,
        words[1],
        third?.values,
        words[2],
      );
    return out;
  };
}

function compile(body: string, leaves: readonly PrimitiveColumn[], ordered: boolean, tools: unknown): Compiled {
  const at = ordered ? "order[$1]" : "$1";
  let text = body;
  for (const [k, { values }] of leaves.entries()) {
    const name = k === 0 ? "" : String(k + 1);
    const high = `words${name}[2 * (${at}) + 1]${values instanceof BigUint64Array ? " >>> 0" : ""}`;
    const big = `((${high}) * 4294967296 + (words${name}[2 * (${at})] >>> 0))`;
    text = text.replaceAll(new RegExp(`@${name}\\((\\w+)\\)`, "g"), isBig(values) ? big : `values${name}[${at}]`);
  }
  text = text
    .replaceAll(/\bentry\((\w+)\)/g, at)
    .replaceAll(/\bbits\((\w+)\)/g, `words[${at}]`)
    .replaceAll(/\blow\((\w+)\)/g, `words[2 * (${at})]`)
    .replaceAll(/\bhigh\((\w+)\)/g, `words[2 * (${at}) + 1]`);
  return new Function(
    "tools",
    `return function (
    from, to, offsets, order, out, start, values, words, values2, words2, values3, words3
  ) {
    let s = offsets[from];
    for (let g = from; g < to; g++) {
      const end = offsets[g + 1];
      ${text}
    }
  }`,
  )(tools) as Compiled;
}

/** The slots of one long group are taken so many at a time. */
const piece = 2 ** 12;

/** One long group as many shorter ones; the same object where there are more groups, or a short one. */
export function inPieces(segments: Segments): Segments {
  const { offsets, order, starts } = segments;
  const [begin, end] = [offsets[0]!, offsets[offsets.length - 1]!];
  if (offsets.length !== 2 || end - begin <= 2 * piece) return segments;
  const pieces = new Int32Array(Math.ceil((end - begin) / piece) + 1);
  for (let k = 0; k < pieces.length; k++) pieces[k] = Math.min(begin + k * piece, end);
  return { offsets: pieces, starts, ...(order && { order }) };
}

/**
 * A reduction of groups whose results may be reduced again, as extremes may: one long group is reduced piece by piece,
 * then what comes out for the pieces. This, too, is to keep the engine in its best code.
 */
export function byPieces<V extends Values>(
  leaf: PrimitiveColumn,
  segments: Segments,
  run: (leaf: PrimitiveColumn, segments: Segments) => V,
): V {
  const pieces = inPieces(segments);
  const values = run(leaf, pieces);
  if (pieces === segments) return values;
  const { length } = values;
  const offsets = Int32Array.of(0, length);
  return run({ kind: "primitive", dtype: leaf.dtype, length, values } as PrimitiveColumn, { offsets, starts: offsets });
}
