import { rmSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { errorToData } from "../errors.ts";
import type { RunResult } from "../executor/index.ts";
import { errorLine } from "./error-text.ts";
import { histogramsIn } from "./histograms-in.ts";
import { type SavedFigures, saveFigures } from "./save-figures.ts";
import { writeWhole } from "./whole-file.ts";

/** Where the parts of a run were written; a part that could not be is missing and named in `problems`. */
export interface SavedRun {
  readonly folder: string;
  readonly paths: { readonly result?: string; readonly report: string } & SavedFigures["paths"];
  readonly problems: readonly string[];
}

export interface SaveOptions {
  /** Heading of the page. Default: the folder's name. */
  readonly title?: string;
  /** Once aborted, no more figures are drawn. */
  readonly signal?: AbortSignal;
}

/**
 * Writes `report.json` and `result.json` of a run into `folder`, then a figure of every histogram that can be drawn
 * (`KEY.svg`, `KEY.png`) and `report.html`. Whatever of it cannot be made is a problem named in the answer and keeps
 * nothing else from being written. Each file appears whole or not at all.
 * Throws `IoError` if the folder cannot be written to. Cost: about 0.3 s and 0.1 s a figure.
 */
export async function saveRun(folder: string, run: RunResult, options: SaveOptions = {}): Promise<SavedRun> {
  const { reportJson, resultJson } = await import("../executor/index.ts");
  const [result, report] = [join(folder, "result.json"), join(folder, "report.json")];
  const title = options.title ?? basename(resolve(folder));
  writeWhole(report, reportJson(run));
  rmSync(result, { force: true });
  const { text, problem } = textOf(() => resultJson(run));
  if (text !== undefined) writeWhole(result, text);
  const { paths, problems } = await saveFigures(folder, histogramsIn(run.result), {
    title,
    runs: { [title]: run },
    ...(options.signal !== undefined && { signal: options.signal }),
  });
  return {
    folder,
    paths: { ...(text !== undefined && { result }), report, ...paths },
    problems: problem === undefined ? problems : [problem, ...problems],
  };
}

/** JSON has no NaN: a result with one in a histogram has no text. */
function textOf(make: () => string): { readonly text?: string; readonly problem?: string } {
  try {
    return { text: make() };
  } catch (error) {
    return { problem: `result.json could not be written: ${errorLine(errorToData(error))}` };
  }
}
