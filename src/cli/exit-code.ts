import { isCortadoError } from "../errors.ts";

/**
 * Exit codes of every command: `complete` 0; `failed` 1, also for a run that ended incomplete; `usage` 2 for a
 * command that cannot be carried out as given; `interrupted` 130 for Ctrl-C or a request to terminate.
 */
export const exitCodes = { complete: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/**
 * The exit code an error stands for. `usage`: wrong arguments, options, fileset or processor module, an input that does
 * not exist, or that is not Parquet (or JSON) at all. Everything else is `failed`: damaged files, unknown columns,
 * exceptions in user code, lost workers.
 */
export function exitCodeOf(error: unknown): number {
  if (isCortadoError(error, "UsageError") || isCortadoError(error, "NotFoundError")) return exitCodes.usage;
  if (isCortadoError(error, "FormatError") && (error.fields.code === "NotParquet" || error.fields.code === "NotJson"))
    return exitCodes.usage;
  return exitCodes.failed;
}
