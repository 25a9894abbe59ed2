import { CortadoError } from "../errors.ts";
import type { Range, Report } from "./report.ts";

/**
 * Checks that completed, skipped, failed and pending together are exactly the planned ranges, each event once.
 * Throws `InternalError` (`Accounting`) naming the first place where they are not.
 */
export function checkAccounting(
  planned: readonly Range[],
  report: Pick<Report, "completed" | "skipped" | "failed" | "pending">,
): void {
  const accounted = [
    ...report.completed,
    ...report.pending,
    ...report.skipped.map((s) => s.range),
    ...report.failed.map((f) => f.range),
  ];
  const expected = byFile(planned);
  const found = byFile(accounted);
  for (const key of new Set([...expected.keys(), ...found.keys()]))
    compare(expected.get(key) ?? [], found.get(key) ?? []);
}

function byFile(ranges: readonly Range[]): Map<string, Range[]> {
  const files = new Map<string, Range[]>();
  for (const range of ranges) {
    const key = JSON.stringify([range.dataset, range.filename]);
    const list = files.get(key);
    if (list === undefined) files.set(key, [range]);
    else list.push(range);
  }
  for (const list of files.values()) list.sort((a, b) => a.start - b.start || a.stop - b.stop);
  return files;
}

/** A planned range may have been cut into several, none may overlap, and an empty one must be there once. */
function compare(planned: readonly Range[], found: readonly Range[]): void {
  let next = 0;
  for (const range of planned) {
    let at = range.start;
    do {
      const part = found[next];
      if (part === undefined || part.start !== at || part.stop > range.stop) throw wrong(range, at, part);
      at = part.stop;
      next++;
    } while (at < range.stop);
  }
  if (next < found.length) throw wrong(found[next]!, found[next]!.start, found[next]);
}

function wrong(range: Range, at: number, part: Range | undefined): CortadoError {
  const instead = part === undefined ? "nothing" : `events ${part.start} to ${part.stop}`;
  return new CortadoError("InternalError", `chunks do not add up: at event ${at} the report has ${instead}`, {
    code: "Accounting",
    dataset: range.dataset,
    file: range.filename,
    start: range.start,
    stop: range.stop,
  });
}
