import { type GrowingBytes, putUint32, setUint32 } from "./write-bytes.ts";
import { endRuns, hybridWriter, putRun } from "./write-hybrid.ts";
import type { WriteRows } from "./write-rows.ts";

/**
 * Repetition and definition levels of the rows `start..stop` of a column. Repetition is 0 for the first element of an
 * event and 1 for the others; definition counts, of what may be absent, how much is there: the list if it may be missing, an
 * element of it, the value if it may be missing. A missing or empty list is a single entry. As in a V1 data page, each is
 * preceded by its length in bytes; levels that are always 0 are not written. Returns the number of entries.
 */
export function putLevels(out: GrowingBytes, rows: WriteRows, start: number, stop: number): number {
  const { offsets, present } = rows;
  if (offsets !== undefined) return putListLevels(out, rows, offsets, start, stop);
  if (present !== undefined) {
    const definition = beginLevels(out, 1);
    for (let i = start; i < stop; i++) putLevel(definition, present[i]!, 1);
    endLevels(out, definition);
  }
  return stop - start;
}

function putListLevels(out: GrowingBytes, rows: WriteRows, offsets: Int32Array, start: number, stop: number): number {
  const { present, presentLists } = rows;
  const repetition = beginLevels(out, 1);
  let entries = 0;
  for (let i = start; i < stop; i++) {
    const count = offsets[i + 1]! - offsets[i]!;
    entries += count > 0 ? count : 1;
    putLevel(repetition, 0, 1);
    if (count > 1) putLevel(repetition, 1, count - 1);
  }
  endLevels(out, repetition);

  const empty = presentLists === undefined ? 0 : 1;
  const definition = beginLevels(out, empty === 0 && present === undefined ? 1 : 2);
  for (let i = start; i < stop; i++) {
    const [from, to] = [offsets[i]!, offsets[i + 1]!];
    if (from === to) putLevel(definition, presentLists === undefined ? empty : presentLists[i]!, 1);
    else if (present === undefined) putLevel(definition, empty + 1, to - from);
    else for (let j = from; j < to; j++) putLevel(definition, empty + 1 + present[j]!, 1);
  }
  endLevels(out, definition);
  return entries;
}

/** Levels that are being put: `count` times `value` is not written yet, as more of it may follow. */
interface Levels {
  readonly lengthAt: number;
  readonly writer: ReturnType<typeof hybridWriter>;
  value: number;
  count: number;
}

/** Begins levels of `width` bits. */
function beginLevels(out: GrowingBytes, width: number): Levels {
  const lengthAt = out.length;
  putUint32(out, 0);
  return { lengthAt, writer: hybridWriter(out, width), value: 0, count: 0 };
}

function putLevel(levels: Levels, value: number, count: number): void {
  if (value !== levels.value) {
    putRun(levels.writer, levels.value, levels.count);
    levels.value = value;
    levels.count = 0;
  }
  levels.count += count;
}

function endLevels(out: GrowingBytes, levels: Levels): void {
  putRun(levels.writer, levels.value, levels.count);
  endRuns(levels.writer);
  setUint32(out, levels.lengthAt, out.length - levels.lengthAt - 4);
}
