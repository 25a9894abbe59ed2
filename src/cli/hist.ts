import { availableParallelism } from "node:os";
import { extname } from "node:path";
import { CortadoError, isCortadoError } from "../errors.ts";
import type { Hist } from "../hist/index.ts";
import type { Arguments, CommandForm, commonOptions } from "./arguments.ts";
import { exitCodes } from "./exit-code.ts";
import type { ExpressionOptions } from "./expression-processor.ts";
import type { FoundHist } from "./histograms-in.ts";
import { onInterrupt } from "./interrupt.ts";
import { showProgress } from "./progress.ts";
import { count } from "./quantity.ts";

const options = {
  bins: { type: "text", value: "N,LOW,HIGH", help: "number of bins and range, e.g. 50,0,200" },
  where: { type: "text", value: "EXPR", help: "only events for which this is true, e.g. 'num(Jet) >= 2'" },
  out: { type: "text", value: "FILE", help: "draw it there as well, .svg or .png" },
  workers: {
    type: "integer",
    value: "N",
    min: 0,
    help: "worker threads; default all cores, 0 one chunk after another",
  },
} as const;

export const form: CommandForm<typeof options> = {
  name: "hist",
  operands: "FILE EXPR | RESULT.json[:KEY]",
  takes: [1, 2],
  summary: "Draws the histogram of an expression, or one that a run left behind, in the terminal.",
  examples: [
    ["cortado hist events.parquet MET.pt --bins 50,0,200", "a value of every event"],
    [
      "cortado hist events.parquet 'Jet.pt[abs(Jet.eta) < 2.4]' --bins 50,0,200 --out jets.svg",
      "of every jet in a range, as a figure too",
    ],
    [
      "cortado hist events.parquet 'sum(Jet.pt[Jet.pt > 30])' --bins 40,0,800 --where 'num(Muon) == 1'",
      "of selected events",
    ],
    ["cortado hist out/result.json:met", "a histogram of a run; without :KEY what there is to choose from"],
  ],
  options,
  notes: [
    "RESULT is what a run left behind, or histograms in UHI form (.json, .zip) that Python's hist wrote.",
    "FILE is a file, a folder or a pattern. An EXPR uses the names that `cortado inspect` shows, + - * / ^ < <= > >= == != & | and or not ? :,\nfunctions of values (abs sqrt exp log sin cos ...) and of lists (sum num any all max min); [...] filters a list.",
  ],
};

export async function command(args: Arguments<typeof options & typeof commonOptions>): Promise<number> {
  const [input, expression] = args.operands as [string, string | undefined];
  const { bins, where, out } = args.options;
  const format = out === undefined ? undefined : figureFormat(out);
  if (expression === undefined) return drawStored(input, args.options, format);
  const settings: ExpressionOptions = { expression, ...(where !== undefined && { where }), ...readBins(bins) };
  const { run, workers, isolated } = await import("../executor/index.ts");
  const { filesetOfInputs } = await import("../fileset/index.ts");
  const processor = new URL(`./expression-processor${extname(import.meta.url)}`, import.meta.url);
  const executor = args.options.workers === 0 ? isolated() : workers(args.options.workers ?? availableParallelism());
  const progress = showProgress({ title: "hist" });
  const interruption = onInterrupt(() => progress.say("interrupted"));
  try {
    const { result, status } = await run<{ hist: Hist; events: number; selected: number }>(
      filesetOfInputs([input]),
      processor,
      {
        executor,
        options: settings,
        signal: interruption.signal,
        onProgress: progress.onProgress,
      },
    );
    progress.close();
    if (status === "cancelled" || result === undefined) return exitCodes.interrupted;
    const selected = where === undefined ? "" : `; ${count(result.selected)} of ${count(result.events)} events`;
    process.stdout.write(`${result.hist}${selected}\n`);
    if (out !== undefined) await draw(result.hist, out, format!);
    return exitCodes.complete;
  } catch (error) {
    throw mistakeIn(error) ?? error;
  } finally {
    progress.close();
    interruption.release();
    await executor.close();
  }
}

/** Draws the histogram of a file, or lists those there are; options of expressions are refused. */
async function drawStored(
  input: string,
  given: { readonly bins: string | undefined; readonly where: string | undefined; readonly out: string | undefined },
  format: "svg" | "png" | undefined,
): Promise<number> {
  const { storedHists } = await import("./stored-hists.ts");
  const { bins, where, out } = given;
  if (bins !== undefined || where !== undefined)
    throw new CortadoError(
      "UsageError",
      `--${bins === undefined ? "where" : "bins"} is for an expression; ${input} holds histograms`,
      {
        code: "BadArgument",
      },
    );
  const { file, found } = storedHists(input);
  const [{ key, hist }, another] = found as [FoundHist, FoundHist | undefined];
  if (another === undefined) {
    process.stdout.write(`${hist}\n`);
    if (out !== undefined) await draw(hist, out, format!);
    return exitCodes.complete;
  }
  if (out !== undefined)
    throw new CortadoError(
      "UsageError",
      `--out draws one histogram: choose with ${file}:KEY, for example ${file}:${key}`,
      {
        code: "BadArgument",
      },
    );
  process.stdout.write(`${await listOf(found)}\n\ncortado hist ${file}:KEY draws one, for example ${file}:${key}\n`);
  return exitCodes.complete;
}

/** A line for each histogram: its key, axes and storage. */
async function listOf(found: readonly FoundHist[]): Promise<string> {
  const [{ describeAxis }, { clipped, table }] = await Promise.all([import("../hist/index.ts"), import("./table.ts")]);
  const axesOf = (hist: Hist): string =>
    hist.axes.map((axis) => `${axis.name}${axis.name === "" ? "" : ": "}${describeAxis(axis)}`).join(", ");
  return table(
    [{ heading: "key" }, { heading: "axes" }, { heading: "storage" }],
    found.map(({ key, hist }) => [key, clipped(axesOf(hist), 80), hist.storage.kind]),
  );
}

/** The mistake in an expression that made a run fail, if that is what did. */
function mistakeIn(error: unknown): CortadoError | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if (isCortadoError(cause, "UsageError")) return cause;
  return undefined;
}

async function draw(hist: Hist, out: string, format: "svg" | "png"): Promise<void> {
  const [{ figureOf }, { writeWhole }] = await Promise.all([import("./figure-of.ts"), import("./whole-file.ts")]);
  const figure = await figureOf(hist);
  if (figure === undefined)
    throw new CortadoError("UsageError", `no figure shows a histogram of ${hist.axes.length} axes`, {
      code: "BadArgument",
    });
  writeWhole(out, await figure[format]());
  process.stdout.write(`drawn to ${out}\n`);
}

function figureFormat(out: string): "svg" | "png" {
  const format = extname(out).slice(1);
  if (format === "svg" || format === "png") return format;
  throw new CortadoError("UsageError", `--out ${out}: a figure is an .svg or a .png file`, { code: "BadArgument" });
}

function readBins(text: string | undefined): { bins: number; start: number; stop: number } {
  const [bins, start, stop] = (text ?? "").split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  if (
    text !== undefined &&
    text.split(",").length === 3 &&
    Number.isInteger(bins) &&
    bins! > 0 &&
    start! < stop! &&
    Number.isFinite(stop! - start!)
  )
    return { bins: bins!, start: start!, stop: stop! };
  const given = text === undefined ? "--bins is missing" : `--bins ${text} is not a number of bins and a range`;
  throw new CortadoError("UsageError", `${given}: write for example --bins 50,0,200`, { code: "BadArgument" });
}
