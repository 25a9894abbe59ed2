import type { EventLayout, LayoutColumn } from "../events/index.ts";

/**
 * A layout as text: collections and records with their members, each with type, title and, where it is not in the file, how
 * it is made; then the values of the event. One line for each column, names sorted.
 */
export function describeLayout(layout: EventLayout): string {
  const lines: string[] = [];
  const member = (name: string, column: LayoutColumn, depth: number): void => {
    const title = column.title === undefined ? "" : `  ${column.title}`;
    lines.push(`  ${name}: ${typeText(column, depth)}${howMade(column)}${title}`);
  };
  for (const [name, { members, counter, flags, missing }] of sorted(layout.collections)) {
    const notes = [counter === undefined ? "" : ` (${counter})`, missing === true ? ", missing in this file" : ""];
    lines.push(`${name}: a list of objects${notes.join("")}`);
    for (const [key, column] of sorted(members)) member(key, layout.columns[column]!, 1);
    if (flags !== undefined) lines.push(`  ${flags.method}(${flags.bits.join(" | ")}): bits of ${flags.member}`);
  }
  for (const [name, members] of sorted(layout.records)) {
    lines.push(`${name}: one object`);
    for (const [key, column] of sorted(members)) member(key, layout.columns[column]!, 0);
  }
  lines.push("values of the event:");
  for (const [name, column] of sorted(layout.scalars)) member(name, layout.columns[column]!, 0);
  return lines.join("\n");
}

function typeText({ type, depth, target, nullable }: LayoutColumn, level: number): string {
  if (target !== undefined) return `→ ${target}`;
  return `${"list of ".repeat(depth - level)}${type}${nullable ? "?" : ""}`;
}

function howMade({ computed }: LayoutColumn): string {
  if (computed === undefined) return "";
  return computed.kind === "missing" ? ", missing in this file" : ", not stored";
}

function sorted<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
