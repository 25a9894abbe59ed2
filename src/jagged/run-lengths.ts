import { CortadoError } from "../errors.ts";
import { type Column, typeName } from "./column.ts";
import { contentOf, primitive, withValidity } from "./gather.ts";
import { isSet } from "./validity.ts";

/**
 * How many equal neighbours follow one another, in each innermost list (in the column, if it is flat), as int32; NaN is
 * equal to nothing, missing to missing. `unflatten(column, flatten(runLengths(column)), …)` groups them.
 * Throws ShapeError `TypeMismatch` for records. Cost: one pass over the values.
 */
export function runLengths(column: Column): Column {
  if (column.kind !== "list") return primitive("int32", runs(column, Int32Array.of(0, column.length)).counts);
  const inner = column.content;
  if (inner.kind === "list") return { ...column, content: runLengths(contentOf(column)) };
  const { counts, offsets } = runs(inner, column.offsets);
  return {
    kind: "list",
    offsets,
    content: primitive("int32", counts),
    ...withValidity(column.length, column.validity),
  };
}

function runs(column: Column, lists: Int32Array): { readonly counts: Int32Array; readonly offsets: Int32Array } {
  const same = sameEntries(column);
  const counts: number[] = [];
  const offsets = new Int32Array(lists.length);
  for (let i = 0; i < lists.length - 1; i++) {
    let start = lists[i]!;
    for (let j = start + 1; j <= lists[i + 1]!; j++)
      if (j === lists[i + 1] || !same(j - 1, j)) {
        counts.push(j - start);
        start = j;
      }
    offsets[i + 1] = counts.length;
  }
  return { counts: Int32Array.from(counts), offsets };
}

function sameEntries(column: Column): (a: number, b: number) => boolean {
  const { validity } = column;
  const bothPresent = (a: number, b: number): boolean | undefined => {
    const [x, y] = [isSet(validity, a), isSet(validity, b)];
    return x && y ? undefined : x === y;
  };
  if (column.kind === "primitive") {
    const { values } = column;
    return (a, b) => (validity === undefined ? undefined : bothPresent(a, b)) ?? values[a] === values[b];
  }
  if (column.kind !== "string")
    throw new CortadoError("ShapeError", `runLengths: ${typeName(column)} have no equal neighbours: take a field`, {
      code: "TypeMismatch",
    });
  const { bytes, offsets } = column;
  return (a, b) => {
    const present = bothPresent(a, b);
    if (present !== undefined) return present;
    const [p, q] = [offsets[a]!, offsets[b]!];
    const size = offsets[a + 1]! - p;
    if (offsets[b + 1]! - q !== size) return false;
    for (let k = 0; k < size; k++) if (bytes[p + k] !== bytes[q + k]) return false;
    return true;
  };
}
