/** Keys from the top of a result to a value, outermost first. */
export type KeyPath = readonly string[];

/** A key path in words: `cutflow > "all events"`; the top of a result is "the result". */
export function pathText(path: KeyPath): string {
  if (path.length === 0) return "the result";
  return path.map((key) => (/^[\w.]+$/.test(key) ? key : JSON.stringify(key))).join(" > ");
}
