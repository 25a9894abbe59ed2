/** The encoding of the oracles: numbers JSON cannot write are strings. */
export function decode(value: unknown): unknown {
  if (value === "nan") return Number.NaN;
  if (value === "inf") return Infinity;
  if (value === "-inf") return -Infinity;
  if (typeof value === "string" && value.startsWith("int:")) return BigInt(value.slice(4));
  if (Array.isArray(value)) return value.map((v) => decode(v));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, decode(v)]));
  return value;
}
