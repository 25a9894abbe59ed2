import { existsSync } from "node:fs";
import { basename } from "node:path";
import { CortadoError } from "../errors.ts";
import type { EventGenerator, GenerateOptions, Written } from "../io/index.ts";
import type { Arguments, CommandForm, commonOptions } from "./arguments.ts";
import { exitCodes } from "./exit-code.ts";
import { loadGenerator } from "./generator-module.ts";
import { type ProgressDisplay, showProgress } from "./progress.ts";
import { bytes, count, duration } from "./quantity.ts";

const options = {
  events: { type: "integer", value: "N", min: 0, help: "how many events" },
  seed: { type: "integer", value: "S", min: 0, help: "the same seed gives the same events; default 1" },
  out: { type: "text", value: "FILE", help: "the Parquet file to write" },
  force: { type: "flag", help: "replace FILE if it exists" },
} as const;

export const form: CommandForm<typeof options> = {
  name: "generate",
  operands: "GENERATOR --events N --out FILE",
  takes: [1, 1],
  summary: "Writes a Parquet file of generated events. FILE appears only when it is complete.",
  examples: [
    ["cortado generate datasets/adl.ts --events 200000 --out data.parquet", "NanoAOD-like events for the ADL queries"],
    [
      "cortado generate datasets/adl.ts --events 1000 --seed 7 --out small.parquet --force",
      "other events, over an old file",
    ],
  ],
  options,
  notes: ["A GENERATOR is a module whose default export is a function ({events, seed}) => batches of columns."],
};

export async function command(args: Arguments<typeof options & typeof commonOptions>): Promise<number> {
  const { events, seed, out, force } = args.options;
  const path = args.operands[0]!;
  if (events === undefined) throw usage("how many events? --events N");
  if (out === undefined) throw usage("where to? --out FILE");
  if (existsSync(out) && !force) throw usage(`${out} exists; --force replaces it`);
  const generator = await loadGenerator(path);
  const progress = showProgress({ title: basename(path).replace(/\.[cm]?[jt]s$/, "") });
  const began = performance.now();
  try {
    const written = await generateWithProgress(generator, { events, seed: seed ?? 1, out }, progress);
    progress.close();
    const seconds = (performance.now() - began) / 1000;
    process.stdout.write(`${out}: ${count(written.events)} events, ${bytes(written.bytes)}, ${duration(seconds)}\n`);
    return exitCodes.complete;
  } finally {
    progress.close();
  }
}

/** `generateFile` with its progress shown. */
export async function generateWithProgress(
  generator: EventGenerator,
  options: Omit<GenerateOptions, "onProgress">,
  progress: ProgressDisplay,
): Promise<Written> {
  const { generateFile } = await import("../io/index.ts");
  const range = { dataset: "", filename: options.out, start: 0, stop: options.events };
  progress.onProgress({ kind: "start", chunks: 1, events: options.events, workers: 0 });
  return generateFile(generator, {
    ...options,
    onProgress: (eventsDone, events) =>
      progress.onProgress({
        kind: "chunk",
        range,
        chunksDone: 0,
        chunks: 1,
        eventsDone,
        events,
        bytesread: 0,
        retries: 0,
        failures: 0,
      }),
  });
}

function usage(message: string): CortadoError<"UsageError"> {
  return new CortadoError("UsageError", `${message}\nSee: cortado generate --help`, { code: "BadArgument" });
}
