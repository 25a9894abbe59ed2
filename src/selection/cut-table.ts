/** Yields of cuts as an aligned table. */

/** A column of the table: its heading and a cell for each step. */
export interface TableColumn {
  readonly heading: string;
  readonly cells: readonly string[];
}

/** The labels flush left, all other columns flush right, two spaces between them. */
export function cutTable(labels: readonly string[], columns: readonly TableColumn[]): string {
  const widest = (texts: readonly string[]): number => Math.max(...texts.map((text) => [...text].length));
  const lead = widest(["cut", ...labels]);
  const widths = columns.map(({ heading, cells }) => widest([heading, ...cells]));
  const line = (label: string, cells: readonly string[]): string =>
    [label + " ".repeat(lead - [...label].length), ...cells.map((cell, c) => cell.padStart(widths[c]!))]
      .join("  ")
      .trimEnd();
  return [
    line(
      "cut",
      columns.map((c) => c.heading),
    ),
    ["─".repeat(lead), ...widths.map((width) => "─".repeat(width))].join("  "),
    ...labels.map((label, k) =>
      line(
        label,
        columns.map((c) => c.cells[k]!),
      ),
    ),
  ].join("\n");
}

/** Numbers of events are integers, sums of weights have six digits. */
export function yieldCells(yields: readonly number[]): string[] {
  return yields.map((n) => (Number.isInteger(n) ? String(n) : String(Number(n.toPrecision(6)))));
}

/** A part of a whole in percent with one decimal; `-` where there is no whole. */
export function percent(part: number, whole: number): string {
  return whole === 0 ? "-" : `${((100 * part) / whole).toFixed(1)} %`;
}

/** The heading of sums of weights. */
export function weightedTitle(modifier: string | null): string {
  return modifier === null ? "weighted" : `weighted ${modifier}`;
}
