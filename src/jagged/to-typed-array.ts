import { CortadoError } from "../errors.ts";
import { axisError } from "./axis.ts";
import { type Column, type ListColumn, typeName, type Values } from "./column.ts";
import { contentOf, gather } from "./gather.ts";
import { isBig } from "./promote.ts";
import { toRegular } from "./regular.ts";
import { isSet } from "./validity.ts";

/**
 * The values as one typed array, those of regular lists row by row (numbers of 0 and 1 for bool). Missing values and
 * lists are an error unless `fill` says what stands for them.
 * Throws ShapeError where lists have different lengths, for records and strings; MissingValueError for missing values
 * without `fill`. Cost: none (a view of the column's values) without missing values.
 */
export function toTypedArray(column: Column, { fill }: { readonly fill?: number | bigint } = {}): Values {
  return typedArray(column, fill, column);
}

function typedArray(column: Column, fill: number | bigint | undefined, whole: Column): Values {
  if (column.validity !== undefined && fill === undefined) {
    let event = 0;
    while (event < column.length && isSet(column.validity, event)) event++;
    if (event < column.length)
      throw new CortadoError(
        "MissingValueError",
        `toTypedArray: entry ${event} of ${typeName(column)} is missing: say what stands for it, as in { fill: 0 }`,
        { column: "", event },
      );
  }
  if (column.kind === "list") {
    const lists = toRegular(column);
    if (lists.kind !== "list") throw axisError("toTypedArray", 1, whole);
    if (lists.validity === undefined) return typedArray(contentOf(lists), fill, whole);
    return typedArray(contentOf(withWholeRows(lists)), fill, whole);
  }
  if (column.kind !== "primitive")
    throw new CortadoError("ShapeError", `toTypedArray: ${typeName(whole)} are not numbers`, { code: "TypeMismatch" });
  const values = column.values.subarray(0, column.length) as Float64Array;
  if (column.validity === undefined || fill === undefined) return values;
  const filled = values.slice();
  const filler = (isBig(column.dtype) ? BigInt(fill) : Number(fill)) as number;
  for (let i = 0; i < filled.length; i++) if (!isSet(column.validity, i)) filled[i] = filler;
  return filled;
}

/** A missing list becomes a row of missing elements. */
function withWholeRows(lists: ListColumn): ListColumn {
  const size = lists.size ?? 0;
  const index = new Int32Array(lists.length * size).fill(-1);
  for (let i = 0; i < lists.length; i++)
    if (isSet(lists.validity, i)) for (let k = 0; k < size; k++) index[i * size + k] = lists.offsets[i]! + k;
  const offsets = new Int32Array(lists.length + 1).map((_, i) => i * size);
  return { kind: "list", size, offsets, content: gather(lists.content, index), length: lists.length };
}
