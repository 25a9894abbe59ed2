/**
 * How tagged values add up. A class loses its methods when it crosses a thread, so a value that is more than a
 * container says what it is by an own property `tag`, and a table says how values of that tag are added.
 */

/** A plain, cloneable value that names its kind. */
export interface Tagged {
  readonly tag: string;
}

/** How values of one tag add up and come back from another thread. */
export interface Addition<T extends Tagged = Tagged> {
  /** The sum as a new value that shares nothing with `a` or `b`; both may be plain data without methods. */
  add(a: T, b: T): T;
  /** The instance with its methods, from what a structured clone left of it; the data may be kept, not copied. */
  revive?(data: T): T;
}

/** Additions by tag. `processor/` puts the full table together. */
// biome-ignore lint/suspicious/noExplicitAny: each entry has its own type of value, chosen by the tag at run time
export type AdditionTable = Readonly<Record<string, Addition<any>>>;

/** The addition of a tagged value, or undefined when the value has no tag that the table knows. */
export function additionOf(value: unknown, table: AdditionTable): Addition | undefined {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, "tag")) return undefined;
  const tag = (value as Tagged).tag;
  return typeof tag === "string" && Object.hasOwn(table, tag) ? table[tag] : undefined;
}
