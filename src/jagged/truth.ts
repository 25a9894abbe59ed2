import type { DType } from "./column.ts";
import { type Kernel, type Reducer, reducer } from "./reduce.ts";
import { foldLoop, type GroupLoop, groupLoop } from "./segment-loop.ts";
import { columnOf } from "./slot-values.ts";

/** Stops at the first value that decides, which `isZero` tests. */
const stopping = (isZero: string, decides: boolean, otherwise: number): GroupLoop<Uint8Array> =>
  groupLoop(`
  while (s < end && ${decides ? "!" : ""}(${isZero})) s++;
  out[g] = s < end ? ${1 - otherwise} : ${otherwise};
  s = end;`);

/** Goes through all values of a short list: that of a boolean is not to be predicted, so that stopping costs more. */
const folding = (operator: "&" | "|", start: number): GroupLoop<Uint8Array> =>
  foldLoop({
    before: `let truth = ${start};`,
    each: `truth ${operator}= @(i);`,
    long: `
    while (s < end && @(s) === ${start}) s++;
    if (s < end) truth = ${1 - start};
    s = end;`,
    after: "out[g] = truth;",
  });

function truth(operation: string, conjunction: boolean): Reducer<boolean | null> {
  const ofBooleans = conjunction ? folding("&", 1) : folding("|", 0);
  const otherwise = conjunction ? 1 : 0;
  const ofSingles = stopping("(bits(s) & 0x7fffffff) === 0", conjunction, otherwise);
  const ofNumbers = stopping("@(s) === 0", conjunction, otherwise);
  const loopOf = (dtype: DType): GroupLoop<Uint8Array> =>
    dtype === "bool" ? ofBooleans : dtype === "float32" ? ofSingles : ofNumbers;
  const kernel: Kernel = ([leaf], segments) =>
    columnOf("bool", loopOf(leaf!.dtype)(leaf!, segments, new Uint8Array(segments.offsets.length - 1)));
  return reducer({ operation, kernel, maskIdentity: false, strings: true });
}

/**
 * True where a list holds something that is not 0 or false; NaN counts as true, missing values as nothing, strings are
 * lists of bytes. An empty list is false, unless `maskIdentity` makes it missing. Cost: one pass.
 */
export const any: Reducer<boolean | null> = truth("any", false);

/** True where a list holds nothing that is 0 or false; rules as {@link any}, an empty list is true. */
export const all: Reducer<boolean | null> = truth("all", true);
