import { CortadoError, whatExists } from "../errors.ts";
import type { Arguments, CommandForm, commonOptions, Options } from "./arguments.ts";
import { asProcess, runCommand } from "./command.ts";
import { exitCodes } from "./exit-code.ts";
import { version } from "./version.ts";

/** What a command's module exports: its form, and what it does. The returned number is the exit code. */
interface Command {
  readonly form: CommandForm;
  readonly command: (args: Arguments<Options & typeof commonOptions>) => Promise<number>;
}

// Each module is loaded only when its command is asked for: `cortado --help` loads none.
const commands: Record<string, { readonly says: string; readonly load: () => Promise<unknown> }> = {
  run: {
    says: "run a processor over files, write its result, figures and a report",
    load: () => import("./run.ts"),
  },
  inspect: {
    says: "show what a Parquet file holds",
    load: () => import("./inspect.ts"),
  },
  hist: {
    says: "draw the histogram of an expression, or those of a run, in the terminal",
    load: () => import("./hist.ts"),
  },
  types: {
    says: "write the TypeScript types of a file's events",
    load: () => import("./types.ts"),
  },
  generate: {
    says: "write a Parquet file of generated events",
    load: () => import("./generate.ts"),
  },
};

/** Runs one command line and sets `process.exitCode`: see `exitCodes`. Never throws. */
export function main(argv: readonly string[]): Promise<void> {
  return asProcess(argv, () => dispatch(argv));
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
  const { form, command } = (await commands[name]!.load()) as Command;
  return runCommand(form, args, command);
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
    "  cortado run processors/dimuon.ts events.parquet --out out",
    "",
    "cortado COMMAND --help explains each with examples.",
    `Exit codes: ${exitCodes.complete} complete, ${exitCodes.failed} failed or incomplete, ${exitCodes.usage} wrong usage or input, ${exitCodes.interrupted} interrupted.`,
  ].join("\n");
}
