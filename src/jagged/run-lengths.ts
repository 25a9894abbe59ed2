import { CortadoError } from "../errors.ts";
import { type Column, typeName } from "./column.ts";
import { changesLoop } from "./element-loop.ts";
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
  const changes = changesOf(column);
  const counts = new Int32Array(column.length);
  const offsets = new Int32Array(lists.length);
  let count = 0;
  for (let i = 0; i < lists.length - 1; i++) {
    let start = lists[i]!;
    const stop = lists[i + 1]!;
    for (let j = start + 1; j <= stop; j++)
      if (j === stop || changes[j] === 1) {
        counts[count++] = j - start;
        start = j;
      }
    offsets[i + 1] = count;
  }
  return { counts: counts.subarray(0, count), offsets };
}

/** 1 where an entry differs from the one before. */
function changesOf(column: Column): Uint8Array {
  const changes = new Uint8Array(column.length);
  if (column.kind === "primitive" && column.validity === undefined) changesLoop(column.values, changes);
  else {
    const same = sameEntries(column);
    for (let i = 1; i < changes.length; i++) changes[i] = same(i - 1, i) ? 0 : 1;
  }
  return changes;
}

function sameEntries(column: Column): (a: number, b: number) => boolean {
  const { validity } = column;
  const bothPresent = (a: number, b: number): boolean | undefined => {
    const [x, y] = [isSet(validity, a), isSet(validity, b)];
    return x && y ? undefined : x === y;
  };
  if (column.kind === "primitive") {
    const { values } = column;
    return (a, b) => bothPresent(a, b) ?? values[a] === values[b];
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
