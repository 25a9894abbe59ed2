import { existsSync } from "node:fs";
import { basename, extname, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { CortadoError, nearest, whatExists } from "../errors.ts";
import { neighbours } from "../fileset/index.ts";
import type { Options, ProcessFunction, ProcessorClass } from "./processor.ts";
import { resolveCortado } from "./resolve-cortado.ts";
import { runUserCode } from "./user-code.ts";
import { syntaxLine, userLine } from "./user-line.ts";

/** One use of a processor: made for one attempt at one chunk. */
export interface Instance {
  process(events: unknown): unknown;
  postprocess?(result: unknown): unknown;
}

/** A loaded processor: makes instances. */
export interface Program {
  /** The class or function name, else the name of the module. */
  readonly name: string;
  /** Cost: the processor's constructor. Throws what it throws. */
  create(options: Options): Instance;
}

/** How a processor may be named: its module (a path or URL), or the class or function itself where it stays in this thread. */
export type ProcessorRef = string | URL | ProcessorClass | ProcessFunction;

/** The module's URL; a string without a scheme is a path in the working folder. */
export function moduleUrl(ref: string | URL): string {
  if (ref instanceof URL) return ref.href;
  return /^(file|data|node|https?):/.test(ref) ? ref : pathToFileURL(resolve(ref)).href;
}

/**
 * Loads a processor.
 *
 * Throws `NotFoundError` if the module does not exist, `UsageError` (`BadProcessor`) if it does not parse, throws while it
 * loads, imports what does not exist, or has no processor as its default export.
 */
export async function loadProcessor(ref: ProcessorRef): Promise<Program> {
  if (typeof ref === "function") return programOf(ref, "the processor", [], undefined);
  const url = moduleUrl(ref);
  const file = url.startsWith("file:") ? fileURLToPath(url) : url;
  checkExists(url, file);
  resolveCortado();
  let module: Record<string, unknown>;
  try {
    module = await runUserCode(() => import(url) as Promise<Record<string, unknown>>);
  } catch (error) {
    throw notLoaded(error, file);
  }
  const exports = Object.keys(module);
  return programOf(module["default"], basename(file, extname(file)), exports, file);
}

function programOf(value: unknown, name: string, exports: readonly string[], file: string | undefined): Program {
  const where = file ?? name;
  if (value === undefined) {
    const others = exports.length === 0 ? "It exports nothing." : `It exports ${exports.join(", ")}.`;
    throw bad(`${where} has no default export. ${others} Write: export default class … extends Processor`, file);
  }
  if (typeof value !== "function")
    throw bad(
      `the default export of ${where} is a ${typeof value}, not a class with process(events) or a function`,
      file,
    );
  const called = value.name === "" || value.name === "default" ? name : value.name;
  if (typeof value.prototype?.process === "function")
    return { name: called, create: (options) => new (value as ProcessorClass)(structuredClone(options)) as Instance };
  if (/^class\b/.test(Function.prototype.toString.call(value))) {
    const methods = Object.getOwnPropertyNames(value.prototype).filter((m) => m !== "constructor");
    throw bad(`class ${called} of ${where} has no method process(events). ${whatExists("process", methods)}`, file);
  }
  const run = value as (events: unknown, options: Options) => unknown;
  return { name: called, create: (options) => ({ process: (events) => run(events, structuredClone(options)) }) };
}

function checkExists(url: string, file: string): void {
  if (!url.startsWith("file:") || existsSync(file)) return;
  const names = neighbours(file);
  throw new CortadoError("NotFoundError", `there is no processor ${file}. ${whatExists(basename(file), names)}`, {
    code: "NoSuchFile",
    file,
    nearest: nearest(basename(file), names),
  });
}

function notLoaded(error: unknown, file: string): CortadoError<"UsageError"> {
  const { code, message } = (error ?? {}) as NodeJS.ErrnoException;
  switch (code) {
    case "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX":
      return bad(
        `${file} uses TypeScript that cannot simply be left out (enum, namespace, parameter properties): ${message}. ` +
          "Write a constant object instead of an enum, and assign fields in the constructor.",
        file,
        error,
      );
    case "ERR_UNKNOWN_FILE_EXTENSION":
    case "ERR_INVALID_MODULE_SPECIFIER":
      return bad(`${file} is no module: a processor is a .ts, .mts, .js or .mjs file`, file, error);
    case "ERR_MODULE_NOT_FOUND":
    case "ERR_PACKAGE_PATH_NOT_EXPORTED":
      return bad(`${file} imports what does not exist: ${message}`, file, error);
    default:
      break;
  }
  if (error instanceof SyntaxError) return bad(`${file} does not parse: ${message}`, file, error);
  return bad(`${file} throws while it is loaded: ${error instanceof Error ? message : String(error)}`, file, error);
}

function bad(message: string, file: string | undefined, cause?: unknown): CortadoError<"UsageError"> {
  const line = userLine(cause) ?? syntaxLine(cause);
  return new CortadoError(
    "UsageError",
    message,
    { code: "BadProcessor", ...(file !== undefined && { file }), ...(line !== undefined && { userLine: line }) },
    cause === undefined ? undefined : { cause },
  );
}
