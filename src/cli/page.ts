import { arch, availableParallelism, cpus, platform } from "node:os";
import type { Failure, RunResult } from "../executor/index.ts";
import { type ReportBlock, type ReportFigure, type ReportSection, reportHtml } from "../plot/index.ts";
import { errorLine } from "./error-text.ts";
import { bytes, duration, plural, rate } from "./quantity.ts";
import { isColumn, isCutTable, isHist, nanWeightsIn, valuesIn } from "./values-in.ts";
import { version } from "./version.ts";

type Runs = readonly (readonly [name: string, run: RunResult])[];

/**
 * The page of one or several runs, self-contained HTML below 2 MB: what was not processed first, then figures, results,
 * what was read, where the time went, and with what.
 */
export function pageText(
  title: string,
  named: Readonly<Record<string, RunResult>>,
  figures: readonly ReportFigure[],
): string {
  const runs = Object.entries(named);
  const sections: ReportSection[] = [
    { heading: "Summary", blocks: [...warnings(runs), ...nanWeights(runs), summary(runs)] },
    { heading: "Figures", blocks: figures.length > 0 ? [{ kind: "figures", figures }] : [] },
    { heading: "Results", blocks: results(runs) },
    { heading: "Columns read", blocks: columns(runs) },
    { heading: "Files", blocks: files(runs) },
    { heading: "Time", blocks: [times(runs)] },
    { heading: "Made with", blocks: [madeWith()] },
  ];
  return reportHtml({ title, sections: sections.filter((s) => s.blocks.length > 0) });
}

/** Everything that keeps a result from being the whole one. */
function warnings(runs: Runs): ReportBlock[] {
  return runs.flatMap(([name, { status, report }]): ReportBlock[] => {
    if (status === "complete" && report.skipped.length === 0) return [];
    const lost = (word: string, failures: readonly Failure[]): string[][] =>
      failures.map(({ range: r, error, attempts }) => [
        word,
        r.dataset,
        r.filename,
        `${r.start} to ${r.stop}`,
        String(attempts),
        errorLine(error),
      ]);
    const pending = report.pending.map((r) => ["pending", r.dataset, r.filename, `${r.start} to ${r.stop}`, "0", ""]);
    const rows = [...lost("failed", report.failed), ...lost("skipped", report.skipped), ...pending];
    return [
      { kind: "text", warning: true, text: `${name}: ${status}. The histograms below do not hold all events.` },
      { kind: "table", columns: ["", "dataset", "file", "events", "attempts", "reason"], rows },
    ];
  });
}

function nanWeights(runs: Runs): ReportBlock[] {
  return runs.flatMap(([name, { result }]) =>
    nanWeightsIn(result).map(({ key, rows }) => ({
      kind: "text" as const,
      warning: true,
      text: `${name}: ${plural(rows, "weight")} of ${key} not finite, nor the bins filled with them.`,
    })),
  );
}

function summary(runs: Runs): ReportBlock {
  return {
    kind: "table",
    columns: ["", "status", "events", "chunks", "files", "wall time", "events/s", "read", "columns", "workers"].map(
      (label, i) => ({
        label,
        ...(i > 1 && { align: "right" as const }),
      }),
    ),
    rows: runs.map(([name, { status, metrics: m, report }]) => [
      name,
      status,
      m.entries,
      m.chunks,
      report.files.length,
      duration(m.walltime),
      rate(m.entries, m.walltime),
      bytes(m.bytesread),
      m.columns.length,
      m.workers,
    ]),
  };
}

function results(runs: Runs): ReportBlock[] {
  const values = runs.flatMap(([, { result }]) => valuesIn(result));
  const rows = values.flatMap(({ key, value }): (string | number)[][] => {
    if (isCutTable(value)) return [];
    if (isHist(value)) return [[key, "histogram", value.sum({ flow: true })]];
    if (isColumn(value)) return [[key, "column", value.value.length]];
    return [[key, typeof value, typeof value === "number" ? value : String(value)]];
  });
  const columns = ["name", "", { label: "value or entries", align: "right" }] as const;
  const tables = values.flatMap(({ key, value }): ReportBlock[] =>
    isCutTable(value) ? [{ kind: "preformatted", text: `${key}\n\n${value}` }] : [],
  );
  return [...(rows.length === 0 ? [] : [{ kind: "table" as const, columns, rows }]), ...tables];
}

function columns(runs: Runs): ReportBlock[] {
  const sums = new Map<string, number>();
  for (const [, { metrics }] of runs)
    for (const [name, n] of Object.entries(metrics.bytesByColumn)) sums.set(name, (sums.get(name) ?? 0) + n);
  if (sums.size === 0) return [];
  const rows = [...sums].sort(([, a], [, b]) => b - a).map(([name, n]) => [name, bytes(n)]);
  return [{ kind: "table", columns: ["column", { label: "compressed bytes read", align: "right" }], rows }];
}

/** Each file once, as the last run that saw it left it. */
function files(runs: Runs): ReportBlock[] {
  const seen = new Map(
    runs.flatMap(([, { report }]) => report.files.map((f) => [`${f.dataset}\0${f.filename}`, f] as const)),
  );
  if (seen.size === 0) return [];
  const rows = [...seen.values()].map((f) => [f.dataset, f.filename, f.entries, f.state, f.reason]);
  return [{ kind: "table", columns: ["dataset", "file", "events", "state", "reason"], rows }];
}

/** Seconds of the threads together by what they did, and of the clock. */
function times(runs: Runs): ReportBlock {
  const second = (s: number): string => `${s.toFixed(3)} s`;
  return {
    kind: "table",
    columns: ["", "reading", "decoding", "process", "merging", "wall time", "memory of a chunk"].map((label, i) => ({
      label,
      ...(i > 0 && { align: "right" as const }),
    })),
    rows: runs.map(([name, { metrics: m }]) => [
      name,
      ...[m.readtime, m.decodetime, m.processtime, m.mergetime, m.walltime].map(second),
      bytes(m.peakBytes),
    ]),
  };
}

function madeWith(): ReportBlock {
  return {
    kind: "facts",
    facts: [
      ["cortado", version()],
      ["Node", process.versions.node],
      [
        "machine",
        `${platform()} ${arch()}, ${availableParallelism()} cores${cpus()[0] === undefined ? "" : `, ${cpus()[0]!.model.trim()}`}`,
      ],
      ["written", new Date().toISOString()],
    ],
  };
}
