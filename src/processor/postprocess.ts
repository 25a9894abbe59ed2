import { checkMergeable } from "../accumulator/index.ts";
import { CortadoError, isCortadoError } from "../errors.ts";
import { additions } from "./additions.ts";
import type { Program } from "./load.ts";
import { materialise } from "./materialise.ts";
import type { Options } from "./processor.ts";
import { runUserCode, userError } from "./user-code.ts";

/**
 * The final result: what the processor's `postprocess` makes of the sum of all chunks, or the sum itself if there is no
 * `postprocess` or it returns nothing (it may change what it is given). Throws `UserError`.
 */
export async function postprocess(program: Program, options: Options, result: unknown): Promise<unknown> {
  let final: unknown;
  try {
    final = await runUserCode(async () => {
      const instance = program.create(options);
      return materialise((await instance.postprocess?.(result)) ?? result);
    });
  } catch (error) {
    throw userError(error, "postprocess", {});
  }
  try {
    checkMergeable(final, additions);
  } catch (error) {
    if (!isCortadoError(error, "UserError")) throw error;
    throw new CortadoError("UserError", error.message.replace(/^process /, "postprocess "), error.fields);
  }
  return final;
}
