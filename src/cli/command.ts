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

/** Reads the arguments of one command and carries it out, or shows its help. Answers with the exit code. */
export async function runCommand<O extends Options>(
  form: CommandForm<O>,
  argv: readonly string[],
  command: (args: Arguments<O & typeof commonOptions>) => Promise<number>,
): Promise<number> {
  const args = parseArguments(form, argv);
  if (!args.options.help) return command(args);
  process.stdout.write(`${helpText(form)}\n`);
  return exitCodes.complete;
}

/**
 * Carries out what a process was started for: its answer, or that of the error it ends with, becomes `process.exitCode`;
 * the error is printed. Never throws. `cortado inspect FILE | head` ends quietly.
 */
export async function asProcess(argv: readonly string[], action: () => Promise<number>): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", ignoreClosedPipe);
  try {
    process.exitCode = await action();
  } catch (error) {
    process.exitCode = exitCodeOf(error);
    process.stderr.write(`cortado: ${errorText(error, argv.includes("--verbose"))}\n`);
  }
}

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
  process.exit();
}
