import { CortadoError } from "../errors.ts";

/** The error for something that no figure can be made of. */
export function misuse(message: string): CortadoError {
  return new CortadoError("UsageError", message, { code: "BadArgument" });
}
