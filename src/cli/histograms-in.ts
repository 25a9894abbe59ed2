import type { Hist } from "../hist/index.ts";

/** A histogram of a result; `key` joins the keys that lead to it: `q6a`, `control.met`. */
export interface FoundHist {
  readonly key: string;
  readonly hist: Hist;
}

/** Every histogram of a result, in the order of its keys. A result that is a histogram itself has its name as key. */
export function histogramsIn(result: unknown): FoundHist[] {
  const found: FoundHist[] = [];
  const walk = (value: unknown, path: readonly string[]): void => {
    if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return;
    if (isHist(value)) found.push({ key: path.join(".") || value.name || "hist", hist: value });
    else if (value instanceof Map) for (const [key, inner] of value) walk(inner, [...path, String(key)]);
    else if (Array.isArray(value)) value.forEach((inner, i) => void walk(inner, [...path, String(i)]));
    else if (!(value instanceof Set)) for (const [key, inner] of Object.entries(value)) walk(inner, [...path, key]);
  };
  walk(result, []);
  return found;
}

export function isHist(value: unknown): value is Hist {
  return typeof value === "object" && value !== null && (value as { tag?: unknown }).tag === "hist" && "axes" in value;
}
