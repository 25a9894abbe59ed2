import { CortadoError } from "../errors.ts";

/**
 * What a condition's answer means: booleans and numbers as JavaScript reads them. Anything else, a list for instance,
 * would always be true and is an error.
 */
export function truth(answer: unknown): boolean {
  if (answer === true || answer === false) return answer;
  if (typeof answer === "number") return answer !== 0 && !Number.isNaN(answer);
  const what = answer === null ? "null" : typeof answer === "object" ? "a list or object" : typeof answer;
  throw new CortadoError(
    "UsageError",
    `a condition must answer true or false, not ${what}; of a list ask .length, .any() or .all()`,
    {
      code: "BadArgument",
    },
  );
}
