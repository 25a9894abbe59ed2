/** How one column of a table is set: its heading, and whether its cells are numbers (set flush right). */
export interface TableColumn {
  readonly heading: string;
  readonly align?: "left" | "right";
}

/**
 * Aligned text: one line of headings, a rule, one line a row; two spaces between columns and none at line ends.
 * A row shorter than the headings leaves the last cells empty.
 */
export function table(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map((c, i) => Math.max(width(c.heading), ...rows.map((r) => width(r[i] ?? ""))));
  const line = (cells: readonly string[]): string =>
    columns
      .map((c, i) => {
        const cell = cells[i] ?? "";
        const gap = " ".repeat(widths[i]! - width(cell));
        return c.align === "right" ? gap + cell : cell + gap;
      })
      .join("  ")
      .trimEnd();
  const rule = widths.map((w) => "─".repeat(w)).join("  ");
  return [line(columns.map((c) => c.heading)), rule, ...rows.map(line)].join("\n");
}

/** Pairs of a name and a value, the values aligned: what a summary looks like. */
export function facts(pairs: readonly (readonly [string, string])[], indent = ""): string {
  const widest = Math.max(0, ...pairs.map(([name]) => width(name)));
  return pairs
    .map(([name, value]) => {
      const lines = value.split("\n");
      const rest = lines.slice(1).map((l) => `\n${indent}${" ".repeat(widest + 2)}${l}`);
      return `${indent}${name}${" ".repeat(widest - width(name))}  ${lines[0]}${rest.join("")}`;
    })
    .join("\n");
}

/** The list cut to `limit` names, with what was left out counted. */
export function someOf(names: readonly string[], limit: number): string {
  if (names.length <= limit) return names.join(", ");
  return `${names.slice(0, limit).join(", ")}, … (${names.length} in all)`;
}

/** A line of words cut between two of them to at most `width` characters, with a mark that it goes on. */
export function clipped(line: string, width: number): string {
  if (line.length <= width) return line;
  const cut = line.slice(0, width - 1);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), 0)) || cut.slice(0, -1)} …`;
}

const width = (text: string): number => [...text].length;
