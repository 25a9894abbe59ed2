import { type CortadoError, errorToData } from "../errors.ts";
import { checkAccounting } from "./accounting.ts";
import type { BadFile, OpenedFileset } from "./open-files.ts";
import type { PlannedChunk } from "./plan.ts";
import type { DatasetReport, Failure, FileReport, Range, Report } from "./report.ts";

/** What became of a range that was not completed. */
interface Loss {
  readonly range: Range;
  readonly attempts: number;
  readonly error: CortadoError;
}

/** Keeps account of every planned range: it is pending until it is completed, skipped, failed or cut in two. */
export class Ledger {
  readonly failed: Loss[] = [];
  readonly skipped: Loss[] = [];
  private readonly planned: readonly Range[];
  private readonly files: OpenedFileset;
  private readonly pending: Set<Range>;
  private readonly completed = new Set<Range>();
  private doneEvents = 0;

  constructor(plan: readonly PlannedChunk[], files: OpenedFileset, skipBadFiles: boolean) {
    this.files = files;
    const unread = files.bad.map((bad) => ({ range: rangeOfBad(bad), attempts: bad.attempts, error: bad.error }));
    this.planned = [...plan.map((chunk) => chunk.range), ...unread.map((loss) => loss.range)];
    this.pending = new Set(plan.map((chunk) => chunk.range));
    (skipBadFiles ? this.skipped : this.failed).push(...unread);
  }

  complete(range: Range): void {
    this.pending.delete(range);
    this.completed.add(range);
    this.doneEvents += range.stop - range.start;
  }

  fail(range: Range, attempts: number, error: CortadoError): void {
    this.pending.delete(range);
    this.failed.push({ range, attempts, error });
  }

  skip(range: Range, attempts: number, error: CortadoError): void {
    this.pending.delete(range);
    this.skipped.push({ range, attempts, error });
  }

  /** A pending range becomes two. */
  split(range: Range): readonly [Range, Range] {
    const middle = Math.floor((range.start + range.stop) / 2);
    const halves = [
      { ...range, stop: middle },
      { ...range, start: middle },
    ] as const;
    this.pending.delete(range);
    for (const half of halves) this.pending.add(half);
    return halves;
  }

  /** What was completed within `ranges` is lost after all: its results do not add. */
  lose(ranges: readonly Range[], error: CortadoError): void {
    for (const done of [...this.completed]) {
      if (!ranges.some((range) => contains(range, done))) continue;
      this.completed.delete(done);
      this.doneEvents -= done.stop - done.start;
      this.failed.push({ range: done, attempts: 1, error });
    }
  }

  get completedEvents(): number {
    return this.doneEvents;
  }

  get completedChunks(): number {
    return this.completed.size;
  }

  /** True if nothing is missing. */
  get whole(): boolean {
    return this.pending.size === 0 && this.failed.length === 0 && this.skipped.length === 0;
  }

  /** True if all that is missing was skipped. */
  get wholeButSkipped(): boolean {
    return this.pending.size === 0 && this.failed.length === 0;
  }

  /** The failure that comes first in the plan. */
  get firstFailure(): CortadoError | undefined {
    return this.inOrder(this.failed, (loss) => loss.range)[0]?.error;
  }

  /** The report, after a check that it accounts for every planned event. Throws `InternalError`. */
  report(): Report {
    const asFailure = ({ range, attempts, error }: Loss): Failure => ({ range, attempts, error: errorToData(error) });
    const self = (range: Range): Range => range;
    const of = (loss: Loss): Range => loss.range;
    const parts = {
      completed: this.inOrder([...this.completed], self),
      failed: this.inOrder(this.failed, of).map(asFailure),
      skipped: this.inOrder(this.skipped, of).map((loss) => ({
        ...asFailure(loss),
        entries: loss.range.stop - loss.range.start,
      })),
      pending: this.inOrder([...this.pending], self),
    };
    checkAccounting(this.planned, parts);
    return { ...parts, files: this.fileReports(), byDataset: this.datasetReports() };
  }

  /** By file in the order of the plan, then by event. */
  private inOrder<T>(items: readonly T[], rangeOf: (item: T) => Range): T[] {
    const order = new Map<string, number>();
    for (const range of this.planned) if (!order.has(fileKey(range))) order.set(fileKey(range), order.size);
    const rank = (item: T): number => order.get(fileKey(rangeOf(item))) ?? order.size;
    return items.toSorted((a, b) => rank(a) - rank(b) || rangeOf(a).start - rangeOf(b).start);
  }

  private fileReports(): FileReport[] {
    const { opened, bad, left } = this.files;
    const reports = new Map<object, FileReport>();
    for (const { dataset, entry, error } of bad)
      reports.set(entry, {
        dataset: dataset.name,
        filename: entry.filename,
        state: this.skipped.some((loss) => loss.error === error) ? "skipped" : "failed",
        reason: error.message,
      });
    for (const { dataset, entry } of left)
      reports.set(entry, { dataset: dataset.name, filename: entry.filename, state: "pending", reason: "not opened" });
    for (const { dataset, entry, file } of opened)
      reports.set(entry, this.openedReport(dataset.name, entry.filename, file.entries));
    return this.files.datasets.flatMap((dataset) => dataset.files.flatMap((entry) => reports.get(entry) ?? []));
  }

  private openedReport(dataset: string, filename: string, entries: number): FileReport {
    const here = (range: Range): boolean => range.dataset === dataset && range.filename === filename;
    const done = [...this.completed].filter(here);
    const pending = [...this.pending].some(here);
    const loss = [...this.failed, ...this.skipped].find((l) => here(l.range));
    const whole = !pending && loss === undefined && done.length > 0 && events(done) === entries;
    const about = { dataset, filename, entries };
    if (whole) return { ...about, state: "complete" };
    if (loss !== undefined) {
      const all = done.length === 0 && !pending;
      const state = !all ? "incomplete" : this.skipped.includes(loss) ? "skipped" : "failed";
      return { ...about, state, reason: loss.error.message };
    }
    if (done.length === 0) return { ...about, state: "pending" };
    return { ...about, state: "incomplete", ...(!pending && { reason: "not all events were asked for" }) };
  }

  private datasetReports(): Record<string, DatasetReport> {
    const reports: Record<string, DatasetReport> = {};
    for (const { name } of this.files.datasets) {
      const here = (range: Range): boolean => range.dataset === name;
      reports[name] = {
        expected: events(this.planned.filter(here)),
        processed: events([...this.completed].filter(here)),
        skipped: events(this.skipped.map((loss) => loss.range).filter(here)),
        failed: events(this.failed.map((loss) => loss.range).filter(here)),
      };
    }
    return reports;
  }
}

const fileKey = (range: Range): string => JSON.stringify([range.dataset, range.filename]);

const events = (ranges: readonly Range[]): number => ranges.reduce((sum, { start, stop }) => sum + stop - start, 0);

function contains(outer: Range, inner: Range): boolean {
  return fileKey(outer) === fileKey(inner) && outer.start <= inner.start && inner.stop <= outer.stop;
}

/** A file that could not be opened has no known events: an empty range stands for it. */
function rangeOfBad({ dataset, entry }: BadFile): Range {
  return { dataset: dataset.name, filename: entry.filename, start: 0, stop: 0 };
}
