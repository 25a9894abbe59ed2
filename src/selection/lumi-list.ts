import type { Addition } from "../accumulator/index.ts";
import { type EventNumbers, readNumbers, type SameEvents } from "./event-values.ts";

/** Luminosity sections as plain data: what crosses a thread and adds up. */
export interface LumiListData {
  readonly tag: "lumiList";
  /** In ascending order of run, then section; pair `i` is `runs[i]`, `lumis[i]`. */
  readonly runs: Float64Array;
  readonly lumis: Float64Array;
}

/**
 * The luminosity sections of events, each once. A thin view over plain data: return it from `process`, and those of all chunks unite; a
 * section that two chunks share counts once.
 */
export class LumiList implements LumiListData {
  readonly tag = "lumiList";
  readonly runs: Float64Array;
  readonly lumis: Float64Array;

  /**
   * The sections of events with these runs and sections.
   * Throws `MissingValueError` where one is missing, `ShapeError` for different lengths or events.
   */
  constructor(runs: EventNumbers, lumis: EventNumbers) {
    const events: SameEvents = { length: null, alignment: null };
    const given = readNumbers(runs, "runs", events, "refuse");
    const unique = uniquePairs([[given, readNumbers(lumis, "lumis", events, "refuse")]]);
    this.runs = unique.runs;
    this.lumis = unique.lumis;
  }

  /** A list over `data`, which is kept, not copied. */
  static from(data: LumiListData): LumiList {
    if (data instanceof LumiList) return data;
    const list: LumiList = Object.create(LumiList.prototype);
    return Object.assign(list, { tag: "lumiList", runs: data.runs, lumis: data.lumis });
  }

  /** Number of sections. */
  get length(): number {
    return this.runs.length;
  }

  /** The sections as `[run, lumi]`. */
  get pairs(): [number, number][] {
    return Array.from(this.runs, (run, i) => [run, this.lumis[i]!]);
  }

  /** The sections of both, as a new list. */
  add(other: LumiListData): LumiList {
    const both = [this, other].map(({ runs, lumis }): [Float64Array, Float64Array] => [runs, lumis]);
    return LumiList.from({ tag: "lumiList", ...uniquePairs(both) });
  }
}

/** How lists of chunks add up. */
export const lumiListAddition: Addition<LumiListData> = {
  add: (a, b) => LumiList.from(a).add(b),
  revive: (data) => LumiList.from(data),
};

function uniquePairs(lists: readonly (readonly [Float64Array, Float64Array])[]): {
  readonly runs: Float64Array;
  readonly lumis: Float64Array;
} {
  const found = new Map<number, Set<number>>();
  for (const [runs, lumis] of lists)
    for (let i = 0; i < runs.length; i++) {
      // Events of one section mostly stand together.
      if (i > 0 && runs[i] === runs[i - 1] && lumis[i] === lumis[i - 1]) continue;
      const of = found.get(runs[i]!);
      if (of === undefined) found.set(runs[i]!, new Set([lumis[i]!]));
      else of.add(lumis[i]!);
    }
  const sorted = [...found].sort(([a], [b]) => a - b);
  return {
    runs: Float64Array.from(sorted.flatMap(([run, sections]) => Array(sections.size).fill(run))),
    lumis: Float64Array.from(sorted.flatMap(([, sections]) => [...sections].sort((a, b) => a - b))),
  };
}
