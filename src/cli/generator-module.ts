import { readdirSync, statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { CortadoError, nearest, whatExists } from "../errors.ts";
import type { EventGenerator } from "../io/index.ts";

/**
 * The default export of a generator's module, which may import `cortado` by name wherever it lies.
 * Throws `NotFoundError` with the nearest names in its folder, `UsageError` for what is no generator.
 */
export async function loadGenerator(path: string): Promise<EventGenerator> {
  checkExists(path);
  const { resolveCortado } = await import("../processor/index.ts");
  resolveCortado();
  let module: { readonly default?: unknown };
  try {
    module = (await import(pathToFileURL(resolve(path)).href)) as typeof module;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CortadoError("UsageError", `${path} cannot be loaded: ${reason}`, { code: "BadArgument" }, { cause });
  }
  if (typeof module.default === "function") return module.default as EventGenerator;
  throw new CortadoError(
    "UsageError",
    `${path} has no generator: its default export is to be a function ({events, seed}) => batches of columns`,
    { code: "BadArgument" },
  );
}

function checkExists(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() === true) return;
  const names = filesIn(dirname(path)).filter((n) => /\.[cm]?[jt]s$/.test(n));
  const name = basename(path);
  throw new CortadoError("NotFoundError", `there is no generator ${path}. ${whatExists(name, names)}`, {
    code: "NoSuchFile",
    nearest: nearest(name, names),
  });
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
