import { CortadoError, type ErrorKind } from "../errors.ts";
import type { RunResult } from "./report.ts";

/**
 * What a run that failed rejects with: the error of its first failure, in the order of the plan, together with everything
 * that was finished. `isCortadoError(error, "UserError")` and the like work as for the failure itself.
 */
export class RunError<K extends ErrorKind = ErrorKind> extends CortadoError<K> {
  readonly runResult: RunResult;

  constructor(error: CortadoError<K>, runResult: RunResult) {
    super(error.kind, error.message, error.fields, error.cause === undefined ? undefined : { cause: error.cause });
    if (error.stack !== undefined) this.stack = error.stack;
    this.runResult = runResult;
  }
}
