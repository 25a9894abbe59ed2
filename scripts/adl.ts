/**
 * The README's main job: the eight ADL queries over generated events, or over files that are given.
 * `npm run adl -- --help` shows its options.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type Executor, isolated, type RunResult, reportJson, resultJson, run, workers } from "cortado";
import {
  type Arguments,
  asProcess,
  bytes,
  type CommandForm,
  columnNames,
  count,
  duration,
  exitCodes,
  generateWithProgress,
  histogramsIn,
  onInterrupt,
  type ProgressDisplay,
  rate,
  runCommand,
  saveFigures,
  showProgress,
  table,
  writeWhole,
} from "cortado/cli";

const root = resolve(import.meta.dirname, "..");
const queries = ["q1", "q2", "q3", "q4", "q5", "q6", "q7", "q8"];

const options = {
  events: { type: "integer", value: "N", min: 1, help: "events to generate; default 200000" },
  seed: { type: "integer", value: "S", min: 0, help: "of the generated events; default 1" },
  workers: {
    type: "integer",
    value: "N",
    min: 0,
    help: "worker threads; default all cores, 0 one chunk after another",
  },
  out: { type: "text", value: "DIR", help: "output folder; default out/adl" },
  cache: { type: "text", value: "DIR", help: "where generated events are kept; default .cache/adl" },
} as const;

const form: CommandForm<typeof options> = {
  name: "adl",
  call: "npm run adl --",
  operands: "[INPUT...]",
  takes: [0, Number.POSITIVE_INFINITY],
  summary: "Runs the eight ADL benchmark queries; leaves histograms, figures and a page.",
  examples: [
    ["npm start", "over 200,000 generated events"],
    ["npm run adl -- --events 1000000", "over more of them"],
    ["npm run adl -- ../shared/data/adl/Run2012B_SingleMu-1000.parquet --out out/real", "over real events"],
  ],
  options,
};

/** Events of a row group and a chunk: small enough for 200,000 events to keep all cores busy. */
const chunkSize = 25_000;

/** The queries that ended, in order; the last one may be cancelled. */
type Runs = Record<string, RunResult>;

async function adl(args: Arguments<typeof options>): Promise<number> {
  const o = args.options;
  const out = resolve(o.out ?? join(root, "out/adl"));
  const inputs =
    args.operands.length > 0 ? args.operands : [await generated(o.events ?? 200_000, o.seed ?? 1, o.cache)];
  const executor = o.workers === 0 ? isolated() : workers(o.workers ?? availableParallelism());
  const progress = showProgress({ parts: queries.length });
  const interruption = onInterrupt(() => progress.say("interrupted: keeping what is finished (again to end at once)"));
  const began = performance.now();
  let runs: Runs;
  let problems: readonly string[];
  try {
    runs = await runQueries(inputs, executor, interruption.signal, progress);
    problems = await save(out, runs, interruption.signal, progress);
  } finally {
    progress.close();
    interruption.release();
    await executor.close();
  }
  const seconds = (performance.now() - began) / 1000;
  process.stdout.write(`${resultTable(runs)}\n\n`);
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  const near = relative(process.cwd(), out) || ".";
  process.stdout.write(
    `${duration(seconds)} in all. In ${near}: report.html to look at, figures (SVG, PNG), histograms.json (UHI)\n`,
  );
  if (interruption.signal.aborted) return exitCodes.interrupted;
  return problems.length === 0 && Object.values(runs).every((r) => r.status === "complete")
    ? exitCodes.complete
    : exitCodes.failed;
}

async function runQueries(
  inputs: readonly string[],
  executor: Executor,
  signal: AbortSignal,
  progress: ProgressDisplay,
): Promise<Runs> {
  const runs: Runs = {};
  for (const query of queries) {
    if (signal.aborted) break;
    progress.title(query);
    const processor = pathToFileURL(join(root, "processors/adl", `${query}.ts`));
    runs[query] = await run(inputs, processor, { executor, chunkSize, signal, onProgress: progress.onProgress });
  }
  return runs;
}

/** Results first, then figures and page; answers with what could not be drawn. */
async function save(
  out: string,
  runs: Runs,
  signal: AbortSignal,
  progress: ProgressDisplay,
): Promise<readonly string[]> {
  const result = Object.assign({}, ...Object.values(runs).map((r) => r.result)) as Record<string, unknown>;
  writeWhole(join(out, "histograms.json"), resultJson({ result }));
  for (const [query, r] of Object.entries(runs)) writeWhole(join(out, `${query}.report.json`), reportJson(r));
  const { problems } = await saveFigures(out, histogramsIn(result), {
    title: "ADL benchmark queries",
    runs,
    signal,
    onFigure: (key) => progress.title(`drawing ${key}`),
  });
  return problems;
}

/** A line for each histogram; what belongs to the run stands at its first. */
function resultTable(runs: Runs): string {
  const rows = Object.entries(runs).flatMap(([query, { result, metrics }]) => {
    const about = [
      count(metrics.entries),
      rate(metrics.entries, metrics.walltime),
      bytes(metrics.bytesread),
      columnNames(metrics.columns),
    ];
    const found = histogramsIn(result);
    if (found.length === 0) return [[query, about[0]!, "–", ...about.slice(1)]];
    return found.map(({ key, hist }, i) => {
      const entries = count(hist.sum({ flow: true }));
      return i === 0 ? [key, about[0]!, entries, ...about.slice(1)] : [key, "", entries];
    });
  });
  return table(
    [
      { heading: "query" },
      { heading: "events", align: "right" },
      { heading: "histogram entries", align: "right" },
      { heading: "events/s", align: "right" },
      { heading: "bytes read", align: "right" },
      { heading: "columns read" },
    ],
    rows,
  );
}

/** The generated events, made if they are not there yet. The name changes with the code that makes them. */
async function generated(events: number, seed: number, cache = join(root, ".cache/adl")): Promise<string> {
  const code = createHash("sha256").update(String(chunkSize));
  const modules = readdirSync(join(root, "datasets")).filter((name) => name.endsWith(".ts"));
  for (const name of modules.sort()) code.update(readFileSync(join(root, "datasets", name)));
  const path = join(resolve(cache), `adl-${events}-seed${seed}-${code.digest("hex").slice(0, 8)}.parquet`);
  if (existsSync(path)) return path;
  mkdirSync(resolve(cache), { recursive: true });
  const { default: generator } = await import("../datasets/adl.ts");
  const progress = showProgress({ title: "generating events" });
  const began = performance.now();
  const written = await generateWithProgress(
    generator,
    { events, seed, out: path, rowGroupRows: chunkSize },
    progress,
  ).finally(progress.close);
  process.stdout.write(
    `generated ${count(written.events)} events (${bytes(written.bytes)}) in ${duration((performance.now() - began) / 1000)}\n`,
  );
  return path;
}

await asProcess(process.argv, () => runCommand(form, process.argv.slice(2), adl));
