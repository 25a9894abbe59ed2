import { CortadoError } from "../errors.ts";
import { type Column, type DType, type Values, valuesOf } from "./column.ts";
import { blankLoop } from "./copy-loops.ts";
import { elementLoop, forTypes } from "./element-loop.ts";
import { fillerOf, lackingOf, mapFields, primitive } from "./gather.ts";
import { isBig, isFloat } from "./promote.ts";
import { wordsOf } from "./slot-values.ts";

/**
 * Every number of a column as `dtype`, lists, records and missing values as they are. Floats become integers by
 * dropping the fraction, integers wrap into the range of the type, everything but 0 is true (NaN too).
 * NaN and infinities become 0 as integers. Throws ShapeError `TypeMismatch` for strings.
 * Cost: one pass over the values; none where the dtype is that already.
 */
export function valuesAstype(column: Column, dtype: DType): Column {
  if (!Object.hasOwn(valuesOf, dtype))
    throw new CortadoError(
      "UsageError",
      `valuesAstype: there is no dtype "${dtype}". There are: ${Object.keys(valuesOf).join(", ")}.`,
      { code: "BadArgument" },
    );
  switch (column.kind) {
    case "list":
      return { ...column, content: valuesAstype(column.content, dtype) };
    case "record":
      return { ...column, fields: mapFields(column, (field) => valuesAstype(field, dtype)) };
    case "string":
      throw new CortadoError("ShapeError", `valuesAstype: a string column has no ${dtype} values`, {
        code: "TypeMismatch",
      });
    case "primitive": {
      if (column.dtype === dtype) return column;
      const values = castValues(column.values, column.dtype, dtype, column.length);
      return {
        ...primitive(dtype, blankMissing(values, dtype, column.validity), column.validity),
        ...lackingOf(column),
      };
    }
  }
}

/** Values of one dtype as another; the same array where they are equal. */
export function castValues(values: Values, from: DType, to: DType, length: number): Values {
  const source = (values.length === length ? values : values.subarray(0, length)) as Float64Array;
  if (from === to) return source;
  const result = new valuesOf[to](length);
  if (isBig(from)) {
    const big = source as unknown as BigInt64Array;
    if (isBig(to)) (result as BigInt64Array).set(big);
    else {
      const high = from === "int64" ? "words[2 * i + 1]" : "(words[2 * i + 1] >>> 0)";
      const value =
        to === "bool"
          ? "(words[2 * i] | words[2 * i + 1]) === 0 ? 0 : 1"
          : isFloat(to)
            ? `${high} * 4294967296 + (words[2 * i] >>> 0)`
            : "words[2 * i]";
      fromWords(result, value)(wordsOf(big), result, length);
    }
  } else if (isBig(to) && !isFloat(from)) {
    widenLoop(source)(source, wordsOf(result as BigInt64Array), length);
  } else if (isBig(to)) {
    toWords(source)(source, wordsOf(result as BigInt64Array), length);
  } else if (to === "bool")
    elementLoop(isFloat(from) ? "a === 0 ? 0 : 1" : "(a | -a) >>> 31", source, 0, result, length);
  else (result as Float64Array).set(source);
  return result;
}

/** `out[i] = value` from the two 32-bit halves of each 64-bit integer, compiled for each type of array. */
const fromWords = (out: Values, value: string): ((...all: unknown[]) => unknown) =>
  forTypes(out, `return function (words, out, n) { for (let i = 0; i < n; i++) out[i] = ${value}; }`);

/** Floats as 64-bit integers in halves, modulo 2⁶⁴; what is not finite as 0. */
const toWords = (values: Values): ((...all: unknown[]) => unknown) =>
  forTypes(
    values,
    `return function (values, words, n) {
      for (let i = 0; i < n; i++) {
        const whole = Math.trunc(values[i]);
        words[2 * i] = whole;
        words[2 * i + 1] = Math.floor(whole / 4294967296);
      }
    }`,
  );

/** Small integers as 64-bit ones, in halves. */
const widenLoop = (values: Values): ((...all: unknown[]) => unknown) =>
  forTypes(
    values,
    `return function (values, words, n) {
      for (let i = 0; i < n; i++) {
        const value = values[i];
        words[2 * i] = value;
        words[2 * i + 1] = value < 0 ? -1 : 0;
      }
    }`,
  );

/** Puts what a missing slot holds into the slots that a bitmap hides; `values` must be one's own. */
export function blankMissing<V extends Values>(values: V, dtype: DType, validity: Uint8Array | undefined): V {
  if (validity === undefined) return values;
  blankLoop(values, validity, fillerOf(dtype));
  return values;
}
