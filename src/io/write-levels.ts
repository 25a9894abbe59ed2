import { type GrowingBytes, putUint32, setUint32 } from "./write-bytes.ts";
import { endRuns, hybridWriter, putRun } from "./write-hybrid.ts";

/**
 * Repetition and definition levels of the lists `start..stop` of a REQUIRED list of REQUIRED elements, straight from
 * the offsets: repetition 0 for the first element of an event and 1 for the others, definition 1 for an element and 0
 * for the single entry of an empty list. As in a V1 data page, each is preceded by its length in bytes.
 * Returns the number of entries.
 */
export function putListLevels(out: GrowingBytes, offsets: Int32Array, start: number, stop: number): number {
  const repetition = beginLevels(out);
  let entries = 0;
  let zeros = 0;
  for (let i = start; i < stop; i++) {
    const count = offsets[i + 1]! - offsets[i]!;
    zeros++;
    entries += count > 0 ? count : 1;
    if (count < 2) continue;
    putRun(repetition.writer, 0, zeros);
    putRun(repetition.writer, 1, count - 1);
    zeros = 0;
  }
  putRun(repetition.writer, 0, zeros);
  endLevels(out, repetition);

  const definition = beginLevels(out);
  let empty = 0;
  let present = 0;
  for (let i = start; i < stop; i++) {
    const count = offsets[i + 1]! - offsets[i]!;
    if (count === 0) {
      if (present > 0) putRun(definition.writer, 1, present);
      present = 0;
      empty++;
    } else {
      if (empty > 0) putRun(definition.writer, 0, empty);
      empty = 0;
      present += count;
    }
  }
  putRun(definition.writer, 0, empty);
  putRun(definition.writer, 1, present);
  endLevels(out, definition);
  return entries;
}

interface Levels {
  readonly lengthAt: number;
  readonly writer: ReturnType<typeof hybridWriter>;
}

function beginLevels(out: GrowingBytes): Levels {
  const lengthAt = out.length;
  putUint32(out, 0);
  return { lengthAt, writer: hybridWriter(out, 1) };
}

function endLevels(out: GrowingBytes, levels: Levels): void {
  endRuns(levels.writer);
  setUint32(out, levels.lengthAt, out.length - levels.lengthAt - 4);
}
