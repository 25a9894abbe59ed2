import { CortadoError } from "../errors.ts";
import { type Column, type PrimitiveColumn, type Values, valuesOf } from "./column.ts";
import { type Kernel, type ReduceOptions, type Reducer, reduce, reducer } from "./reduce.ts";
import { byPieces, foldLoop, type GroupLoop, groupLoop } from "./segment-loop.ts";
import type { Segments } from "./segments.ts";
import { columnOf, integerLimits, isBig, wordsOf } from "./slot-values.ts";

export interface ExtremeOptions {
  /** A value that takes part in every list; an empty list stays missing unless `maskIdentity` is false. */
  readonly initial?: number | bigint;
}

/**
 * Largest value; the dtype stays. Missing values are skipped. NaN is skipped along an axis of lists, but propagates to the
 * one value of everything (`axis` null), as in awkward. An empty list is missing; with `maskIdentity:
 * false` it is -Infinity or the lowest integer. A list of nothing but NaN is -Infinity ({@link nanmax}: missing).
 * Throws UsageError for an `initial` that the dtype does not hold. Cost: one pass.
 */
export const max: Reducer<number | bigint | boolean | null, ExtremeOptions> = extreme("max", true);

/** Smallest value; rules as {@link max}, with +Infinity or the highest integer. */
export const min: Reducer<number | bigint | boolean | null, ExtremeOptions> = extreme("min", false);

/** {@link max} without NaN: a list of nothing but NaN is missing. */
export const nanmax: Reducer<number | bigint | boolean | null, ExtremeOptions> = extreme("nanmax", true, true);

/** {@link min} without NaN: a list of nothing but NaN is missing. */
export const nanmin: Reducer<number | bigint | boolean | null, ExtremeOptions> = extreme("nanmin", false, true);

/**
 * Largest minus smallest value, in the dtype of the column. An empty list is missing, with `maskIdentity: false` 0.
 * Throws ShapeError for booleans. Cost: two passes.
 */
export const ptp: Reducer<number | bigint | null> = reducer({
  operation: "ptp",
  maskIdentity: true,
  kernel: ([leaf], segments, whole) => {
    const { dtype } = leaf!;
    if (dtype === "bool")
      throw new CortadoError("ShapeError", "ptp of booleans is not defined: max and min, or any and all, answer it", {
        code: "TypeMismatch",
      });
    const high = bestValues(leaf!, segments, true, whole);
    const low = bestValues(leaf!, segments, false, whole);
    const distances = new valuesOf[dtype](high.length) as Float64Array;
    for (let g = 0; g < high.length; g++)
      if (segments.offsets[g] !== segments.offsets[g + 1]) distances[g] = (high[g]! as number) - (low[g]! as number);
    return columnOf(dtype, distances);
  },
});

function extreme(
  operation: string,
  upwards: boolean,
  withoutNaN = false,
): Reducer<number | bigint | boolean | null, ExtremeOptions> {
  const run = (column: Column, options: ReduceOptions & ExtremeOptions = {}): unknown => {
    const kernel: Kernel = ([leaf], segments, whole) => {
      const initial = initialOf(operation, leaf!, options.initial);
      return columnOf(leaf!.dtype, bestValues(leaf!, segments, upwards, whole, initial));
    };
    return reduce({ operation, kernel, maskIdentity: true, withoutNaN }, [column], options);
  };
  return run as Reducer<number | bigint | boolean | null, ExtremeOptions>;
}

/** `initial` as the dtype holds it. */
function initialOf(
  operation: string,
  { dtype }: PrimitiveColumn,
  initial: number | bigint | undefined,
): number | bigint | undefined {
  const limits = integerLimits[dtype];
  if (initial === undefined) return undefined;
  if (limits === undefined) return Number(initial);
  const whole = typeof initial === "bigint" || Number.isInteger(initial) ? BigInt(initial) : undefined;
  if (whole === undefined || whole < BigInt(limits[0]) || whole > BigInt(limits[1]))
    throw new CortadoError(
      "UsageError",
      `${operation}: initial ${initial} is not a value of ${dtype}, the type of the column`,
      {
        code: "BadArgument",
      },
    );
  return typeof limits[0] === "bigint" ? whole : Number(whole);
}

/** The bits of an infinite float32, and the upper half of those of a float64. */
const [infinity, upperInfinity] = [0x7f800000, 0x7ff00000];

/**
 * The bits of floats as integers in the order of the floats: integers are compared without a branch, whose outcome could
 * not be predicted. NaN stands beyond infinity, on both sides; the zeros are 0 and -1, though they are equal.
 */
const ordered = (bits: string): string => `${bits} ^ ((${bits} >> 31) & 0x7fffffff)`;

const searchSingle = (better: "max" | "min", comparison: ">" | "<", beyond: string): GroupLoop<Int32Array> =>
  foldLoop({
    before: "let best = start | 0;",
    each: `const b = bits(i); best = Math.${better}(${ordered("b")}, best);`,
    after: `
      if (best ${beyond} || best === 0 || best === -1) {
        let at = -1;
        for (let i = offsets[g]; i < end; i++) {
          const value = @(i);
          if (value === value && (at < 0 || value ${comparison} @(at))) at = i;
        }
        best = start | 0;
        if (at >= 0) {
          const b = bits(at);
          const key = ${ordered("b")};
          if (!(best ${comparison} key) || (best + key === -1 && best * key === 0)) best = key;
        }
      }
      out[g] = ${ordered("best")};`,
  });
const highestSingle = searchSingle("max", ">", `> ${infinity}`);
const lowestSingle = searchSingle("min", "<", `< ${-infinity - 1}`);

/** By the upper halves, unless two that are equal there may be the best, or one may be NaN. */
const searchDouble = (better: "max" | "min", comparison: ">" | "<", beyond: string): GroupLoop<Float64Array> =>
  foldLoop({
    before: `let best = ${better === "max" ? -2147483648 : 2147483647}, at = s, ties = 0; const first = s;`,
    each: `
      const b = high(i);
      const key = ${ordered("b")};
      ties += (key === best) | 0;
      at ^= (at ^ i) & -((key ${comparison} best) | 0);
      best = Math.${better}(key, best);`,
    after: `
      let found = +start;
      // Where the best value is the last one, its repetitions are equal to it.
      const expected = -((at === end - 1) | 0) & repeats;
      if (ties === expected && first < end && best !== 0 && best !== -1 && !(best ${beyond})) {
        const value = @(at);
        if (value ${comparison} found) found = value;
      } else
        for (let i = first; i < end; i++) {
          const value = @(i);
          if (value ${comparison} found) found = value;
        }
      out[g] = found;`,
  });
const highestDouble = searchDouble("max", ">", `>= ${upperInfinity}`);
const lowestDouble = searchDouble("min", "<", `<= ${-upperInfinity - 1}`);

/** `start` is made an integer where it is one of 32 signed bits: the engine must not take it for a float. */
const searchInteger = (better: "max" | "min", start: "start" | "start | 0"): GroupLoop<Values> =>
  foldLoop({
    before: `let best = ${start};`,
    each: `best = Math.${better}(@(i), best);`,
    after: "out[g] = best;",
  });
const [highestInteger, lowestInteger] = [searchInteger("max", "start | 0"), searchInteger("min", "start | 0")];
const [highestWord, lowestWord] = [searchInteger("max", "start"), searchInteger("min", "start")];

/** By the lower halves where they are the whole value; `start` is the upper half of the identity. */
const searchBig = (better: "max" | "min", comparison: ">" | "<", unsigned: boolean): GroupLoop<Int32Array> =>
  foldLoop({
    before: `let best = ${better === "max" ? -2147483648 : 2147483647}, wide = 0; const first = s;`,
    each: `
      const low = low(i);
      wide |= (high(i) ^ (low >> 31))${unsigned ? " | high(i)" : ""};
      best = Math.${better}(low, best);`,
    long: `
      for (; s < end; s++) {
        const low = low(s);
        wide |= (high(s) ^ (low >> 31))${unsigned ? " | high(s)" : ""};
        if (low ${comparison} best) best = low;
      }`,
    after: `
      if (wide === 0 && first < end) {
        out[2 * g] = best;
        out[2 * g + 1] = best >> 31;
      } else {
        let upper = start, lower = ${better === "max" ? 0 : 4294967295};
        for (let i = first; i < end; i++) {
          const h = high(i)${unsigned ? " >>> 0" : ""}, l = low(i) >>> 0;
          if (h ${comparison} upper || (h === upper && l ${comparison} lower)) { upper = h; lower = l; }
        }
        out[2 * g] = lower | 0;
        out[2 * g + 1] = upper | 0;
      }`,
  });
const [highestSigned, lowestSigned] = [searchBig("max", ">", false), searchBig("min", "<", false)];
const [highestUnsigned, lowestUnsigned] = [searchBig("max", ">", true), searchBig("min", "<", true)];

/** One long group: that none of the next four is better can be predicted. NaN ends the search. */
const searchWhole = (notBetter: "<=" | ">="): GroupLoop<Values> =>
  groupLoop(`
  let found = +start;
  if (found !== found) s = end;
  while (s < end) {
    for (; s + 4 <= end; s += 4) {
      const t = s + 1, u = s + 2, v = s + 3;
      if (!(@(s) ${notBetter} found && @(t) ${notBetter} found && @(u) ${notBetter} found && @(v) ${notBetter} found)) break;
    }
    for (const stop = Math.min(s + 4, end); s < stop; s++) {
      const value = @(s);
      if (value ${notBetter} found) continue;
      found = value;
      if (value !== value) s = end;
    }
  }
  s = end;
  out[g] = found;`);
const [wholeHighest, wholeLowest] = [searchWhole("<="), searchWhole(">=")];

/** The best value of each group in the dtype of the leaf; NaN is skipped, but passed on where the group is everything. */
function bestValues(
  leaf: PrimitiveColumn,
  segments: Segments,
  upwards: boolean,
  whole: boolean,
  initial?: number | bigint,
): Values {
  const { dtype, values } = leaf;
  const infinite = upwards ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const start = initial ?? integerLimits[dtype]?.[upwards ? 0 : 1] ?? infinite;
  const search = (of: PrimitiveColumn, groups: Segments): Values => {
    const out = new valuesOf[dtype](groups.offsets.length - 1);
    if (isBig(values)) {
      const [up, down] = dtype === "int64" ? [highestSigned, lowestSigned] : [highestUnsigned, lowestUnsigned];
      const identity = Number(BigInt(integerLimits[dtype]![upwards ? 0 : 1]) >> 32n);
      (upwards ? up : down)(of, groups, wordsOf(out), identity);
    } else if (whole) (upwards ? wholeHighest : wholeLowest)(of, groups, out, start as number);
    else if (values instanceof Float32Array) {
      const [bits] = wordsOf(Float32Array.of(start as number));
      const key = bits! ^ ((bits! >> 31) & 0x7fffffff);
      (upwards ? highestSingle : lowestSingle)(of, groups, wordsOf(out), key);
    } else if (values instanceof Float64Array)
      (upwards ? highestDouble : lowestDouble)(of, groups, out as Float64Array, start as number);
    else if (values instanceof Uint32Array) (upwards ? highestWord : lowestWord)(of, groups, out, start as number);
    else (upwards ? highestInteger : lowestInteger)(of, groups, out, start as number);
    return out;
  };
  const out = whole ? byPieces(leaf, segments, search) : search(leaf, segments);
  if (initial !== undefined && isBig(out))
    for (let g = 0; g < out.length; g++) if (upwards ? out[g]! < initial : out[g]! > initial) out[g] = start as bigint;
  return out;
}
