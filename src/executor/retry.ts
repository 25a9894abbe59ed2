import { setTimeout } from "node:timers/promises";
import { type CortadoError, isCortadoError } from "../errors.ts";

/** Attempts at something that may fail for a passing reason, and the wait before the second in seconds; it doubles. */
export interface RetryRules {
  readonly attempts: number;
  readonly delay: number;
}

/** Operating system errors that trying again does not mend. */
const lasting = ["EACCES", "EPERM", "EISDIR", "ENOTDIR", "ELOOP", "ENAMETOOLONG", "EINVAL"];

/** True for an error that may pass by itself: the operating system could not read, and not because it must not. */
export function mayPass(error: unknown): boolean {
  if (!isCortadoError(error, "IoError") || error.fields.code !== "ReadFailed") return false;
  const code = (error.cause as NodeJS.ErrnoException | undefined)?.code;
  return code !== undefined && !lasting.includes(code);
}

/** Waits before attempt number `attempt` (the second is 2): half to one and a half times the delay, doubling. */
export async function backOff(rules: RetryRules, attempt: number, signal: AbortSignal | undefined): Promise<void> {
  const seconds = rules.delay * 2 ** (attempt - 2) * (0.5 + Math.random());
  await setTimeout(seconds * 1000, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
}

/** True for what concerns a file, not the analysis: what `skipBadFiles` may skip, also as the cause of something else. */
export function isBadFile(error: unknown): boolean {
  for (let e = error; e instanceof Error; e = e.cause)
    if (isCortadoError(e)) {
      const { kind } = e as CortadoError;
      if (kind === "UserError") return false;
      if (isCortadoError(e, "IoError") && e.fields.code === "WriteFailed") return false;
      if (kind === "IoError" || kind === "NotFoundError" || kind === "FormatError") return true;
    }
  return false;
}
