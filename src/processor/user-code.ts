import { CortadoError, type Place } from "../errors.ts";
import { userLine } from "./user-line.ts";

/** Thrown in place of the exit when user code calls `process.exit`. */
export class ExitCalled extends Error {
  override readonly name = "ExitCalled";
  readonly exitCode: number;

  constructor(exitCode: number) {
    super(`process.exit(${exitCode}) was called`);
    this.exitCode = exitCode;
  }
}

/**
 * Runs user code so that `process.exit` in it is an error instead of the end of this thread or process, also if the code
 * swallows what is thrown, and so that stacks are deep enough to reach the user's frames through cortado's.
 */
export async function runUserCode<T>(run: () => T | Promise<T>): Promise<T> {
  const { exit } = process;
  const { stackTraceLimit } = Error;
  let exited: ExitCalled | undefined;
  process.exit = (code) => {
    const call = new ExitCalled(Number(code ?? process.exitCode ?? 0));
    if (userLine(call) === undefined) return exit(code); // Node's own, after an uncaught exception
    exited ??= call;
    throw exited;
  };
  Error.stackTraceLimit = Math.max(stackTraceLimit ?? 10, 50);
  try {
    return await run();
  } finally {
    process.exit = exit;
    Error.stackTraceLimit = stackTraceLimit;
    if (exited !== undefined) {
      // biome-ignore lint/correctness/noUnsafeFinally: the exit outweighs whatever the code returned or threw after it
      throw exited;
    }
  }
}

/** What user code threw as a `UserError` with the user's line; `doing` says what ran, such as `process`. */
export function userError(
  thrown: unknown,
  doing: string,
  place: Place,
  columns?: readonly string[],
): CortadoError<"UserError"> {
  const line = userLine(thrown) ?? userLine((thrown as Error | undefined)?.cause);
  const what = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  const exited = thrown instanceof ExitCalled;
  return new CortadoError(
    "UserError",
    exited ? `${doing} called process.exit(${thrown.exitCode}); throw an error instead` : `${doing} threw ${what}`,
    {
      ...place,
      code: exited ? "Exited" : "Threw",
      ...(line !== undefined && { userLine: line }),
      ...(columns !== undefined && { columns }),
    },
    { cause: thrown },
  );
}
