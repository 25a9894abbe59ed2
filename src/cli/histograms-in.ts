import type { Hist } from "../hist/index.ts";
import { isHist, valuesIn } from "./values-in.ts";

/** A histogram of a result; `key` joins the keys that lead to it: `q6a`, `control.met`. */
export interface FoundHist {
  readonly key: string;
  readonly hist: Hist;
}

/** Every histogram of a result, in the order of its keys. A result that is a histogram itself has its name as key. */
export function histogramsIn(result: unknown): FoundHist[] {
  return valuesIn(result).flatMap(({ key, value }) =>
    isHist(value) ? [{ key: key || value.name || "hist", hist: value }] : [],
  );
}
