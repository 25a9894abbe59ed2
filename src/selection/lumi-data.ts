import { CortadoError } from "../errors.ts";
import type { LumiListData } from "./lumi-list.ts";

/** Seconds of one luminosity section at the LHC: 2^18 turns of 3564 bunch places at 40.079 MHz. */
const secondsOfSection = 2 ** 18 / (40_079_000 / 3564);

/** The recorded luminosity of some sections. */
export interface RecordedLumi {
  /** Sum over the sections, each once, in {@link LumiData.unit}. */
  readonly recorded: number;
  /** Sections that the table does not have, as `[run, lumi]`: they count 0. */
  readonly missing: readonly (readonly [number, number])[];
}

/**
 * Recorded luminosity by run and section, from the text that `brilcalc lumi --byls --output-style csv` writes: lines of
 * `run:fill,ls:ls,time,beamstatus,E,delivered,recorded,avgpu,source`, with `#` before what is no data.
 */
export class LumiData {
  /** The unit of the recorded luminosity, as the heading has it: `/pb`; empty without a heading. */
  readonly unit: string;
  readonly #recorded = new Map<number, Map<number, number>>();
  readonly #factor: number;

  /** With `isInstLumi` the table holds instantaneous luminosity, per second. Throws `FormatError` naming the line that is none of the table's. */
  constructor(csv: string, { isInstLumi = false }: { readonly isInstLumi?: boolean } = {}) {
    this.#factor = isInstLumi ? secondsOfSection : 1;
    this.unit = /^#run:fill,.*\brecorded\(([^)]*)\)/m.exec(csv)?.[1] ?? "";
    for (const [k, line] of csv.split(/\r?\n/).entries()) {
      if (line.trim() === "" || line.startsWith("#")) continue;
      const cells = line.split(",");
      const [run, lumi, recorded] = [whole(cells[0]), whole(cells[1]), number(cells[6])];
      if (run === undefined || lumi === undefined || recorded === undefined)
        throw notLumi(
          `line ${k + 1} is not run:fill,ls:ls,time,beamstatus,E,delivered,recorded,…: ${line.slice(0, 80)}`,
        );
      const sections = this.#recorded.get(run) ?? new Map<number, number>();
      if (sections.has(lumi)) throw notLumi(`line ${k + 1} has section ${lumi} of run ${run} a second time`);
      this.#recorded.set(run, sections.set(lumi, recorded));
    }
  }

  /** Number of sections in the table. */
  get length(): number {
    return [...this.#recorded.values()].reduce((sum, sections) => sum + sections.size, 0);
  }

  /** The luminosity of sections, each once however often it is given. Those that the table lacks count 0 and are named. */
  getLumi(sections: LumiListData | Iterable<readonly [number, number]>): RecordedLumi {
    const pairs =
      "runs" in sections ? [...sections.runs].map((run, i) => [run, sections.lumis[i]!] as const) : sections;
    const seen = new Set<string>();
    const missing: [number, number][] = [];
    let recorded = 0;
    for (const [run, lumi] of pairs) {
      if (seen.has(`${run}:${lumi}`)) continue;
      seen.add(`${run}:${lumi}`);
      const value = this.#recorded.get(run)?.get(lumi);
      if (value === undefined) missing.push([run, lumi]);
      else recorded += value;
    }
    return { recorded: recorded * this.#factor, missing };
  }
}

/** The integer before a colon. */
function whole(cell: string | undefined): number | undefined {
  const digits = /^(\d+)(:\d+)?$/.exec(cell?.trim() ?? "")?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function number(cell: string | undefined): number | undefined {
  const value = cell === undefined || cell.trim() === "" ? Number.NaN : Number(cell);
  return Number.isFinite(value) ? value : undefined;
}

function notLumi(message: string): CortadoError {
  return new CortadoError("FormatError", `LumiData: ${message}`, { code: "NotLumi" });
}
