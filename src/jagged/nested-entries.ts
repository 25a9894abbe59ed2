/** Nested JavaScript values as entries of a column: their kinds, and where each one stood. */

export type EntryKind = "missing" | "number" | "bigint" | "boolean" | "string" | "bytes" | "list" | "record" | "other";

/** The path from the top of the nested data to entry `i`: list positions and field names. */
export type EntryPath = (i: number) => (string | number)[];

export function entryKind(value: unknown): EntryKind {
  if (value === null || value === undefined) return "missing";
  switch (typeof value) {
    case "number":
    case "bigint":
    case "boolean":
    case "string":
      return typeof value as EntryKind;
    case "object": {
      if (Array.isArray(value)) return "list";
      if (ArrayBuffer.isView(value))
        return value instanceof Uint8Array ? "bytes" : value instanceof DataView ? "other" : "list";
      const prototype: unknown = Object.getPrototypeOf(value);
      return prototype === null || Object.getPrototypeOf(prototype as object) === null ? "record" : "other";
    }
    default:
      return "other";
  }
}

/** All list entries one after the other; an entry that is not a list counts as empty. */
export function flattenEntries(entries: readonly unknown[]): { offsets: Int32Array; children: unknown[] } {
  const offsets = new Int32Array(entries.length + 1);
  const children: unknown[] = [];
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i];
    if (entryKind(entry) === "list") for (const child of entry as Iterable<unknown>) children.push(child);
    offsets[i + 1] = children.length;
  }
  return { offsets, children };
}

/** The paths of the children of lists that stand at `pathOf`. */
export function childOf(pathOf: EntryPath, offsets: Int32Array): EntryPath {
  return (child) => {
    let low = 0;
    let high = offsets.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (offsets[middle]! <= child) low = middle;
      else high = middle;
    }
    return [...pathOf(low), child - offsets[low]!];
  };
}

/** `[3][0].pt` */
export function describePath(path: readonly (string | number)[]): string {
  if (path.length === 0) return "the data";
  return path
    .map((step) =>
      typeof step === "number" ? `[${step}]` : /^[A-Za-z_]\w*$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`,
    )
    .join("");
}

/** A value in a few words: `the number 3`, `a list`, `an instance of Date`. */
export function describeEntry(value: unknown): string {
  switch (entryKind(value)) {
    case "missing":
      return "missing";
    case "number":
    case "boolean":
      return `the ${typeof value} ${String(value)}`;
    case "bigint":
      return `the bigint ${String(value)}n`;
    case "string":
      return `the string ${JSON.stringify((value as string).slice(0, 30))}`;
    case "bytes":
      return "bytes";
    case "list":
      return "a list";
    case "record":
      return "a record";
    case "other":
      return typeof value === "object" && value !== null
        ? `an instance of ${(value.constructor as { name?: string } | undefined)?.name ?? "an unnamed class"}`
        : `a ${typeof value}`;
  }
}
