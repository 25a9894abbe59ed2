import { type Missing, markMissing } from "./bitmap.ts";
import { corruptPage } from "./decode-failure.ts";
import { readRunHeader, unpackHybrid, unpackLegacy } from "./hybrid.ts";

/**
 * Levels become offsets: the assembly of nested columns from repetition and definition levels (Melnik et al.,
 * "Dremel: interactive analysis of web-scale datasets", VLDB 2010), for any nesting, without a value per row.
 *
 * A slot of depth 0 is a row, a slot of depth `d` an element of a list of depth `d`. A pair of levels opens a slot at
 * every depth from its repetition level down to where its definition level says that nothing follows.
 */
export interface LevelState {
  readonly maxRepetition: number;
  readonly maxDefinition: number;
  /** Definition level from which a slot of each depth exists; `slotAt[0]` is 0. */
  readonly slotAt: readonly number[];
  /** For each list depth (from 1), at `[depth - 1]`: where the elements of each slot above begin. */
  readonly offsets: readonly Int32Array[];
  /** Slots so far at each depth; `counts[0]` is the number of rows that have begun. */
  readonly counts: number[];
  /** Values that may be missing, by depth. */
  readonly checks: readonly LevelCheck[];
}

/** A value at each slot of `depth` which is missing where the definition level is below `presentAt`. */
export interface LevelCheck {
  readonly depth: number;
  readonly presentAt: number;
  readonly missing: Missing;
}

/** The bytes of the repetition or definition levels of one page. */
export interface LevelBytes {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  /** True for the deprecated encoding without runs. */
  readonly legacy: boolean;
}

/**
 * Adds one page of `pairs` level pairs to the state. Returns how many of its slots hold a stored value.
 * Cost: a step for each run of equal levels and each row where runs are long, otherwise a step for each pair.
 */
export function addLevels(state: LevelState, repetition: LevelBytes, definition: LevelBytes, pairs: number): number {
  const { maxRepetition, maxDefinition } = state;
  if (maxDefinition === 0) {
    state.counts[0]! += pairs;
    return pairs;
  }
  const of = (depth: number): LevelCheck[] => state.checks.filter((check) => check.depth === depth);
  const [rows, items] = [of(0), of(1)];
  if (!definition.legacy && !repetition.legacy && rows.length < 2 && items.length < 2) {
    if (maxRepetition === 0) return addFlat(state, definition, pairs, rows[0]);
    if (maxRepetition === 1) return addLists(state, repetition, definition, pairs, rows[0], items[0]);
  }
  return addNested(state, expand(repetition, maxRepetition, pairs), expand(definition, maxDefinition, pairs), pairs);
}

/** Bits of levels from 0 to `max`. */
export function levelWidth(max: number): number {
  return 32 - Math.clz32(max);
}

function expand(levels: LevelBytes, max: number, pairs: number): Uint8Array {
  const out = new Uint8Array(pairs);
  if (max === 0) return out;
  if (levels.legacy) unpackLegacy(levels.bytes, levels.start, levels.end, levelWidth(max), pairs, out);
  else unpackHybrid(levels.bytes, levels.start, levels.end, levelWidth(max), pairs, out);
  return out;
}

/** One run of equal or bit-packed levels. */
interface Run {
  readonly bytes: Uint8Array;
  readonly end: number;
  readonly width: number;
  position: number;
  left: number;
  packed: boolean;
  /** The level of a run of equal levels. */
  value: number;
  /** Position of the next bit-packed level, in bits. */
  bit: number;
}

function runsOf(levels: LevelBytes, max: number): Run {
  const { bytes, start, end } = levels;
  return { bytes, end, width: levelWidth(max), position: start, left: 0, packed: false, value: 0, bit: 0 };
}

function nextRun(run: Run, max: number): void {
  while (run.left === 0) {
    const header = readRunHeader(run.bytes, run, run.end);
    run.packed = (header & 1) === 1;
    if (run.packed) {
      const groups = Math.floor(header / 2);
      const length = groups * run.width;
      // the last group of a page may be cut off after the last level
      const available = Math.min(length, run.end - run.position);
      run.left = Math.floor((available * 8) / run.width);
      if (length > 0 && run.left === 0) throw corruptPage("bit-packed levels end too early");
      run.bit = run.position * 8;
      run.position += available;
    } else {
      run.left = Math.floor(header / 2);
      if (run.position >= run.end) throw corruptPage("a run of levels ends inside its value");
      run.value = run.bytes[run.position++]!;
      if (run.value > max) throw corruptPage(`a level of ${run.value}, the highest is ${max}`);
    }
  }
}

function levelAt(run: Run, k: number): number {
  const bit = run.bit + k * run.width;
  const byte = bit >> 3;
  return (((run.bytes[byte]! | ((run.bytes[byte + 1] ?? 0) << 8)) >> (bit & 7)) & ((1 << run.width) - 1)) >>> 0;
}

/** No lists: a value or a missing value for each row. */
function addFlat(state: LevelState, definition: LevelBytes, pairs: number, check: LevelCheck | undefined): number {
  const max = state.maxDefinition;
  const run = runsOf(definition, max);
  let row = state.counts[0]!;
  let present = 0;
  for (let left = pairs; left > 0; ) {
    if (run.left === 0) nextRun(run, max);
    const length = Math.min(run.left, left);
    if (!run.packed) {
      if (run.value === max) present += length;
      else if (check !== undefined) markMissing(check.missing, row, row + length);
      row += length;
    } else {
      for (let k = 0; k < length; k++, row++) {
        const level = levelAt(run, k);
        if (level === max) present++;
        else if (level > max) throw corruptPage(`a level of ${level}, the highest is ${max}`);
        else if (check !== undefined) markMissing(check.missing, row, row + 1);
      }
      run.bit += length * run.width;
    }
    run.left -= length;
    left -= length;
  }
  state.counts[0] = row;
  return present;
}

/** One list level: the shape of nearly every column of events, so runs are taken as a whole. */
function addLists(
  state: LevelState,
  repetition: LevelBytes,
  definition: LevelBytes,
  pairs: number,
  list: LevelCheck | undefined,
  item: LevelCheck | undefined,
): number {
  const max = state.maxDefinition;
  const elementAt = state.slotAt[1]!;
  const listAt = list?.presentAt ?? 0;
  const offsets = state.offsets[0]!;
  const rep = runsOf(repetition, 1);
  const def = runsOf(definition, max);
  let row = state.counts[0]!;
  let slot = state.counts[1]!;
  let present = 0;
  for (let left = pairs; left > 0; ) {
    if (rep.left === 0) nextRun(rep, 1);
    if (def.left === 0) nextRun(def, max);
    const length = Math.min(rep.left, def.left, left);
    if (def.packed) {
      for (let k = 0; k < length; k++) {
        const level = levelAt(def, k);
        const again = rep.packed ? (rep.bytes[(rep.bit + k) >> 3]! >> ((rep.bit + k) & 7)) & 1 : rep.value;
        if (level >= elementAt) {
          if (again === 0) offsets[row++] = slot;
          if (level === max) present++;
          else if (level > max) throw corruptPage(`a level of ${level}, the highest is ${max}`);
          else if (item !== undefined) markMissing(item.missing, slot, slot + 1);
          slot++;
        } else {
          if (again !== 0) throw corruptPage("an empty list goes on");
          if (list !== undefined && level < listAt) markMissing(list.missing, row, row + 1);
          offsets[row++] = slot;
        }
      }
      def.bit += length * def.width;
    } else if (def.value >= elementAt) {
      if (def.value === max) present += length;
      else if (item !== undefined) markMissing(item.missing, slot, slot + length);
      if (rep.packed) row = addStarts(rep.bytes, rep.bit, length, offsets, row, slot);
      else if (rep.value === 0) for (let k = 0; k < length; k++) offsets[row++] = slot + k;
      slot += length;
    } else {
      if (rep.packed ? addStarts(rep.bytes, rep.bit, length, offsets, row, slot) !== row + length : rep.value !== 0)
        throw corruptPage("an empty list goes on");
      if (list !== undefined && def.value < listAt) markMissing(list.missing, row, row + length);
      offsets.fill(slot, row, row + length);
      row += length;
    }
    if (rep.packed) rep.bit += length;
    rep.left -= length;
    def.left -= length;
    left -= length;
  }
  state.counts[0] = row;
  state.counts[1] = slot;
  return present;
}

/** Writes the slot at which each row begins: the zeros among `length` packed repetition levels. Returns the next row. */
function addStarts(
  bytes: Uint8Array,
  bit: number,
  length: number,
  offsets: Int32Array,
  firstRow: number,
  slot: number,
): number {
  let row = firstRow;
  for (let k = 0; k < length; ) {
    const at = bit + k;
    const shift = at & 7;
    const take = Math.min(length - k, 8 - shift);
    let zeros = (~bytes[at >> 3]! >> shift) & ((1 << take) - 1);
    while (zeros !== 0) {
      offsets[row++] = slot + k + (31 - Math.clz32(zeros & -zeros));
      zeros &= zeros - 1;
    }
    k += take;
  }
  return row;
}

/** Any nesting, a step for each pair and depth. */
function addNested(state: LevelState, repetition: Uint8Array, definition: Uint8Array, pairs: number): number {
  const { maxRepetition, maxDefinition, slotAt, offsets, counts } = state;
  const checksOf = slotAt.map((_, depth) => state.checks.filter((check) => check.depth === depth));
  let present = 0;
  for (let k = 0; k < pairs; k++) {
    const level = definition[k]!;
    const again = repetition[k]!;
    if (level > maxDefinition || again > maxRepetition)
      throw corruptPage(`levels ${again} and ${level}, the highest are ${maxRepetition} and ${maxDefinition}`);
    if (again > 0 && level < slotAt[again]!) throw corruptPage("an empty list goes on");
    for (let depth = again; depth <= maxRepetition && level >= slotAt[depth]!; depth++) {
      const slot = counts[depth]!++;
      if (depth < maxRepetition) offsets[depth]![slot] = counts[depth + 1]!;
      for (const check of checksOf[depth]!) if (level < check.presentAt) markMissing(check.missing, slot, slot + 1);
    }
    if (level === maxDefinition) present++;
  }
  return present;
}
