import { relative } from "node:path";
import type { ErrorData } from "../errors.ts";
import type { Failure, Range, RunResult } from "../executor/index.ts";
import { columnNames } from "./column-names.ts";
import { errorLine } from "./error-text.ts";
import { bytes, count, duration, plural, rate, si } from "./quantity.ts";
import type { SavedRun } from "./save-run.ts";
import { clipped, facts } from "./table.ts";
import { isColumn, isHist, nanWeightsIn, valuesIn } from "./values-in.ts";

/** What a run did and what came out, for a person. */
export function runSummary(run: RunResult, saved?: SavedRun): string {
  const sections = [facts(headFacts(run))];
  const troubles = troubleText(run);
  if (troubles !== "") sections.push(troubles);
  if (run.result !== undefined) sections.push(resultText(run.result));
  if (saved !== undefined) sections.push(savedText(saved));
  return sections.join("\n\n");
}

function headFacts({ status, metrics, report }: RunResult): [string, string][] {
  const files = report.files.length;
  const pairs: [string, string][] = [
    [
      status,
      `${count(metrics.entries)} events in ${plural(metrics.chunks, "chunk")} of ${plural(files, "file")}, ${duration(metrics.walltime)} ` +
        `(${rate(metrics.entries, metrics.walltime)}, ${metrics.workers === 0 ? "no pool" : plural(metrics.workers, "worker")})`,
    ],
    [
      "read",
      metrics.columns.length === 0
        ? "no columns"
        : `${bytes(metrics.bytesread)} in ${plural(metrics.columns.length, "column")}: ${clipped(columnNames(metrics.columns), 120)}`,
    ],
  ];
  if (Object.keys(report.byDataset).length > 1)
    pairs.push([
      "datasets",
      Object.entries(report.byDataset)
        .map(
          ([name, d]) =>
            `${name}: ${count(d.processed)}${d.processed === d.expected ? "" : ` of ${count(d.expected)}`}`,
        )
        .join(", "),
    ]);
  if (metrics.retries > 0) pairs.push(["retries", count(metrics.retries)]);
  return pairs;
}

/** Every failure and skip with its place and reason, what is pending, which files there are not, and spoilt histograms. */
function troubleText({ status, report, result }: RunResult): string {
  const lines: string[] = [];
  const list = (word: string, failures: readonly Failure[]): void => {
    for (const { range, error, attempts } of failures)
      lines.push(`${word} ${rangeText(range)}${attempts > 1 ? ` after ${attempts} attempts` : ""}: ${reason(error)}`);
  };
  list("failed", report.failed);
  list("skipped", report.skipped);
  const named = new Set([...report.failed, ...report.skipped].map((f) => f.range.filename));
  for (const file of report.files)
    if ((file.state === "failed" || file.state === "skipped") && !named.has(file.filename))
      lines.push(`${file.state} ${file.filename} (dataset ${file.dataset}): ${file.reason ?? "no reason given"}`);
  if (report.pending.length > 0) lines.push(pendingText(report.pending));
  for (const { file, state } of report.outputs ?? [])
    if (state === "not written") lines.push(`not written ${shownPath(file)}: the run is ${status}`);
  for (const { key, rows } of nanWeightsIn(result))
    lines.push(`${key}: ${plural(rows, "weight")} not finite, nor the bins filled with them`);
  return lines.join("\n");
}

function reason(error: ErrorData): string {
  return errorLine(error);
}

function pendingText(pending: readonly Range[]): string {
  const events = pending.reduce((sum, r) => sum + r.stop - r.start, 0);
  const joined = joinNeighbours(pending);
  const shown = joined.slice(0, 5).map((r) => `  ${rangeText(r)}`);
  const more = joined.length > 5 ? [`  … and ${plural(joined.length - 5, "more range")}`] : [];
  return [`pending: ${count(events)} events`, ...shown, ...more].join("\n");
}

/** Ranges that follow one another in a file as one. */
function joinNeighbours(ranges: readonly Range[]): Range[] {
  const joined: Range[] = [];
  for (const range of ranges) {
    const last = joined.at(-1);
    if (last?.dataset === range.dataset && last.filename === range.filename && last.stop === range.start)
      joined[joined.length - 1] = { ...last, stop: range.stop };
    else joined.push(range);
  }
  return joined;
}

function rangeText({ dataset, filename, start, stop }: Range): string {
  return `${dataset}: ${filename}, events ${count(start)} to ${count(stop)}`;
}

/** What was kept after Ctrl-C, and how to get the rest. */
export function howToGoOn(run: RunResult, saved?: SavedRun): string {
  const where = saved === undefined ? "above (--out DIR keeps it in files)" : `in ${shownPath(saved.folder)}`;
  const events = plural(run.metrics.entries, "event");
  return `interrupted: what ${events} gave is ${where}. The same command again starts from the first event.`;
}

/** The largest number of values of a result that are shown. */
const shownValues = 40;

/** The values of a result by key: numbers as they are, a histogram as a line with its shape. */
export function resultText(result: unknown): string {
  const rows = valuesIn(result).map(({ key, value }) => [key, valueText(value)] as const);
  const more = rows.length > shownValues ? `\n  … and ${count(rows.length - shownValues)} more values` : "";
  return `result\n${facts(rows.slice(0, shownValues), "  ")}${more}`;
}

function valueText(value: unknown): string {
  if (isHist(value)) {
    const [axis, ...others] = value.axes;
    const content = `${si(value.sum({ flow: true }))} entries`;
    if (axis === undefined || others.length > 0 || !("edges" in axis))
      return `${content}, axes ${value.axes.map((a, i) => a.name || String(i)).join(", ")}`;
    const { edges } = axis;
    const label = axis.label || axis.name;
    return `${sparkline([...value.values()], 40)}  ${content}, ${edges[0]} to ${edges[edges.length - 1]} ${label}`.trimEnd();
  }
  if (isColumn(value)) return `column of ${count(value.value.length)}`;
  if (value instanceof Set) return `set of ${count(value.size)}`;
  if (Array.isArray(value)) return `list of ${count(value.length)}`;
  if (ArrayBuffer.isView(value)) return `${value.constructor.name} of ${count((value as Uint8Array).length)}`;
  return typeof value === "number" && Number.isInteger(value) ? count(value) : String(value);
}

/** Bin contents as one line of block characters at most `cells` wide; neighbouring bins are added. */
export function sparkline(values: readonly number[], cells: number): string {
  const each = Math.max(1, Math.ceil(values.length / cells));
  const sums: number[] = [];
  for (let i = 0; i < values.length; i += each) sums.push(values.slice(i, i + each).reduce((a, b) => a + b, 0));
  const top = Math.max(...sums);
  const blocks = " ▁▂▃▄▅▆▇█";
  return sums.map((v) => (v > 0 && top > 0 ? blocks[Math.max(1, Math.ceil((v / top) * 8))]! : " ")).join("");
}

function savedText({ folder, paths }: SavedRun): string {
  const names = [
    ...(paths.result === undefined ? [] : ["result.json"]),
    "report.json",
    ...(paths.page === undefined ? [] : ["report.html"]),
  ];
  const figures = paths.figures.length > 0 ? `, ${plural(paths.figures.length, "figure")} as SVG and PNG` : "";
  return `written to ${shownPath(folder)}: ${names.join(", ")}${figures}`;
}

function shownPath(path: string): string {
  const near = relative(process.cwd(), path);
  return near === "" ? "." : near.startsWith("..") ? path : near;
}
