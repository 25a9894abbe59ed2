import { readFileSync } from "node:fs";
import { CortadoError, whatExists } from "../errors.ts";
import {
  type Arguments,
  type CommandForm,
  type commonOptions,
  helpText,
  type Options,
  parseArguments,
} from "./arguments.ts";
import { errorText } from "./error-text.ts";
import { exitCodeOf, exitCodes } from "./exit-code.ts";

/** What a command's module exports: its form, and what it does. The returned number is the exit code. */
interface Command<O extends Options> {
  readonly form: CommandForm<O>;
  readonly command: (args: Arguments<O & typeof commonOptions>) => Promise<number>;
}

// Each module is loaded only when its command is asked for: `cortado --help` loads none.
const commands: Record<string, { readonly says: string; readonly load: () => Promise<Command<Options>> }> = {
  run: {
    says: "run a processor over files, write its result, figures and a report",
    load: () => import("./run.ts") as Promise<Command<Options>>,
  },
  inspect: {
    says: "show what a Parquet file holds",
    load: () => import("./inspect.ts") as Promise<Command<Options>>,
  },
  types: {
    says: "write the TypeScript types of a file's events",
    load: () => import("./types.ts") as Promise<Command<Options>>,
  },
  generate: {
    says: "write a Parquet file of generated events",
    load: () => import("./generate.ts") as Promise<Command<Options>>,
  },
};

/** Runs one command line and sets `process.exitCode`: see `exitCodes`. Never throws. */
export async function main(argv: readonly string[]): Promise<void> {
  process.stdout.on("error", ignoreClosedPipe);
  process.stderr.on("error", ignoreClosedPipe);
  try {
    process.exitCode = await dispatch(argv);
  } catch (error) {
    process.exitCode = exitCodeOf(error);
    process.stderr.write(`cortado: ${errorText(error, argv.includes("--verbose"))}\n`);
  }
}

async function dispatch(argv: readonly string[]): Promise<number> {
  const [first, ...rest] = argv;
  if (first === undefined) {
    process.stderr.write(`${overview()}\n`);
    return exitCodes.usage;
  }
  if (first === "--version" || first === "-v") {
    process.stdout.write(`${version()}\n`);
    return exitCodes.complete;
  }
  if (first === "--help" || first === "-h" || (first === "help" && rest.length === 0)) {
    process.stdout.write(`${overview()}\n`);
    return exitCodes.complete;
  }
  const [name, args] = first === "help" ? [rest[0]!, ["--help"]] : [first, rest];
  if (!Object.hasOwn(commands, name))
    throw new CortadoError(
      "UsageError",
      `there is no command "${name}". ${whatExists(name, Object.keys(commands))}\nSee: cortado --help`,
      { code: "BadArgument" },
    );
  const { form, command } = await commands[name]!.load();
  const parsed = parseArguments(form, args);
  if (parsed.options.help) {
    process.stdout.write(`${helpText(form)}\n`);
    return exitCodes.complete;
  }
  return command(parsed);
}

function overview(): string {
  const widest = Math.max(...Object.keys(commands).map((n) => n.length));
  return [
    `cortado ${version()}: columnar analysis of collider events`,
    "",
    "  cortado COMMAND ...",
    "",
    ...Object.entries(commands).map(([name, { says }]) => `  ${name.padEnd(widest)}  ${says}`),
    "",
    "Examples:",
    "  # what is in this file?",
    "  cortado inspect events.parquet",
    "",
    "  # a processor over it, with figures and a report in out/",
    "  cortado run processors/met.ts events.parquet --out out",
    "",
    "cortado COMMAND --help explains each with examples.",
    `Exit codes: ${exitCodes.complete} complete, ${exitCodes.failed} failed or incomplete, ${exitCodes.usage} wrong usage or input, ${exitCodes.interrupted} interrupted.`,
  ].join("\n");
}

function version(): string {
  const root = import.meta.url.endsWith(".ts") ? "../../package.json" : "../package.json";
  return (JSON.parse(readFileSync(new URL(root, import.meta.url), "utf8")) as { version: string }).version;
}

/** `cortado inspect FILE | head` ends quietly. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") process.exit(process.exitCode ?? 0);
  throw error;
}
