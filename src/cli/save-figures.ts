import { join } from "node:path";
import { errorToData } from "../errors.ts";
import type { RunResult } from "../executor/index.ts";
import { errorLine } from "./error-text.ts";
import type { FoundHist } from "./histograms-in.ts";
import { count } from "./quantity.ts";
import { writeWhole } from "./whole-file.ts";

/** The figures that were written; what could not be drawn is named in `problems`. */
export interface SavedFigures {
  readonly paths: {
    readonly figures: readonly { readonly key: string; readonly svg: string; readonly png: string }[];
    /** Absent if the page could not be made. */
    readonly page?: string;
  };
  readonly problems: readonly string[];
}

export interface FigureOptions {
  /** Heading of the page. */
  readonly title: string;
  /** The runs the histograms come from, by name, for the page. */
  readonly runs: Readonly<Record<string, RunResult>>;
  /** Once aborted, nothing more is drawn. */
  readonly signal?: AbortSignal;
  /** Told before each figure. */
  readonly onFigure?: (key: string) => void;
}

/**
 * Draws histograms into `folder`: `KEY.svg`, `KEY.png`, and all of them on one page `report.html`. Never throws: what
 * cannot be drawn is a problem in the answer. Histograms that no figure shows (see `figureOf`) are left out silently.
 */
export async function saveFigures(
  folder: string,
  histograms: readonly FoundHist[],
  options: FigureOptions,
): Promise<SavedFigures> {
  const figures: { key: string; svg: string; png: string }[] = [];
  const drawn: { caption: string; svg: string }[] = [];
  const problems: string[] = [];
  const attempt = async (what: string, action: () => Promise<void>): Promise<void> => {
    if (options.signal?.aborted === true) return;
    try {
      await action();
    } catch (error) {
      problems.push(`${what}: ${errorLine(errorToData(error))}`);
    }
  };
  const names = fileNames(histograms.map((h) => h.key));
  for (const [i, { key, hist }] of histograms.entries())
    await attempt(`figure ${key} could not be drawn`, async () => {
      const { figureOf } = await import("./figure-of.ts");
      const figure = await figureOf(hist, { title: hist.label || key });
      if (figure === undefined) return;
      options.onFigure?.(key);
      const svg = await figure.svg();
      const paths = { key, svg: join(folder, `${names[i]}.svg`), png: join(folder, `${names[i]}.png`) };
      writeWhole(paths.svg, svg);
      writeWhole(paths.png, await figure.png());
      figures.push(paths);
      drawn.push({ caption: `${key}: ${count(hist.sum({ flow: true }))} entries`, svg });
    });
  let page: string | undefined;
  await attempt("report.html could not be written", async () => {
    const { pageText } = await import("./page.ts");
    const path = join(folder, "report.html");
    writeWhole(path, pageText(options.title, options.runs, drawn));
    page = path;
  });
  return { paths: { figures, ...(page !== undefined && { page }) }, problems };
}

/** Keys as names of files, all different. */
function fileNames(keys: readonly string[]): string[] {
  const taken = new Set(["result", "report"]);
  return keys.map((key) => {
    const plain = key.replace(/[^\p{L}\p{N}.+-]+/gu, "_").replace(/^\.+/, "") || "hist";
    let name = plain;
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${plain}-${n}`;
    taken.add(name.toLowerCase());
    return name;
  });
}
