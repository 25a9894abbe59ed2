import { CortadoError } from "../errors.ts";
import type { PrimitiveColumn } from "../jagged/index.ts";
import { type EventNumbers, maskColumn, readNumbers, type SameEvents } from "./event-values.ts";

/** Certified luminosity sections by run: `{"297050": [[12, 137], [193, 776]]}`, both ends included. */
export type LumiRanges = Readonly<Record<string, readonly (readonly [number, number])[]>>;

/** Whether a luminosity section is certified: of one event, in a lambda, or of all events of a chunk as a mask. */
export interface LumiMask {
  (run: number | bigint, lumi: number | bigint): boolean;
  (run: EventNumbers, lumi: EventNumbers): PrimitiveColumn<"bool">;
}

/**
 * A mask of certified luminosity sections, from the text of a JSON file or what it holds. A run that is not in it is false.
 *
 * ```ts
 * const certified = lumiMask(await readFile("golden.json", "utf8"));
 * events.filter((e) => certified(e.run, e.luminosityBlock));
 * ```
 *
 * Throws `FormatError` (`NotJson`) for another text, `UsageError` for something other than ranges of integers by run; a mask throws
 * `MissingValueError` where run or section are missing, `ShapeError` for columns of different lengths or events.
 */
export function lumiMask(json: string | LumiRanges): LumiMask {
  const runs = readRanges(json);
  const one = (run: number, lumi: number): boolean => {
    const ranges = runs.get(run);
    return ranges !== undefined && isInside(ranges, lumi);
  };
  return ((run: EventNumbers | number | bigint, lumi: EventNumbers | number | bigint) => {
    if (isNumber(run) && isNumber(lumi)) return one(Number(run), Number(lumi));
    const events: SameEvents = { length: null, alignment: null };
    const values = readNumbers(run as EventNumbers, "run", events, "refuse");
    const sections = readNumbers(lumi as EventNumbers, "lumi", events, "refuse");
    const flags = new Uint8Array(values.length);
    for (let i = 0; i < flags.length; i++) flags[i] = Number(one(values[i]!, sections[i]!));
    return maskColumn(flags);
  }) as LumiMask;
}

const isNumber = (value: unknown): boolean => typeof value === "number" || typeof value === "bigint";

/** First and last sections of each run, one after the other, in ascending order. */
function readRanges(json: string | LumiRanges): Map<number, Float64Array> {
  const content: unknown = typeof json === "string" ? parse(json) : json;
  if (typeof content !== "object" || content === null || Array.isArray(content))
    throw unfit("it holds no object of runs");
  return new Map(
    Object.entries(content).map(([run, ranges]: [string, unknown]) => {
      if (!/^\d+$/.test(run)) throw unfit(`"${run}" is no run number`);
      if (!Array.isArray(ranges) || !ranges.every(isRange))
        throw unfit(`run ${run} has ${JSON.stringify(ranges)?.slice(0, 60)}, not a list of [first, last]`);
      const sorted = (ranges as [number, number][]).toSorted((a, b) => a[0] - b[0]);
      const merged: number[] = [];
      for (const [first, last] of sorted)
        if (merged.length > 0 && first <= merged.at(-1)! + 1)
          merged[merged.length - 1] = Math.max(last, merged.at(-1)!);
        else merged.push(first, last);
      return [Number(run), Float64Array.from(merged)];
    }),
  );
}

function isRange(range: unknown): boolean {
  return (
    Array.isArray(range) && range.length === 2 && range.every((n) => Number.isSafeInteger(n)) && range[0] <= range[1]
  );
}

/** The first range that does not end before `lumi` is the only one that can have it. */
function isInside(ranges: Float64Array, lumi: number): boolean {
  let [low, high] = [0, ranges.length / 2];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ranges[2 * middle + 1]! < lumi) low = middle + 1;
    else high = middle;
  }
  return 2 * low < ranges.length && ranges[2 * low]! <= lumi;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CortadoError("FormatError", `lumiMask: this is no JSON: ${(error as Error).message}`, {
      code: "NotJson",
    });
  }
}

function unfit(what: string): CortadoError {
  return new CortadoError("UsageError", `lumiMask needs ranges by run, {"297050": [[12, 137]]}: ${what}`, {
    code: "BadArgument",
  });
}
