/** Regular axes whose bins have one width in the logarithm, the square root or a power of the value. */
import { badArgument } from "./axis-options.ts";

/** What is divided evenly: `log(x)`, `sqrt(x)` or `x ** pow`. */
export type AxisTransform = "log" | "sqrt" | { readonly pow: number };

export function forward(transform: AxisTransform, x: number): number {
  if (transform === "log") return Math.log(x);
  return transform === "sqrt" ? Math.sqrt(x) : x ** transform.pow;
}

/** The same as text: a function of `x`, and of `power`. */
export function forwardText(transform: AxisTransform): string {
  return typeof transform === "string" ? `Math.${transform}(x)` : "x ** power";
}

export function inverse(transform: AxisTransform, z: number): number {
  if (transform === "log") return Math.exp(z);
  return transform === "sqrt" ? z * z : z ** (1 / transform.pow);
}

/** The transform in words: `log`, `sqrt`, `pow 0.25`. */
export function transformText(transform: AxisTransform): string {
  return typeof transform === "string" ? transform : `pow ${transform.pow}`;
}

export function sameTransform(a: AxisTransform | undefined, b: AxisTransform | undefined): boolean {
  return a === b || (typeof a === "object" && typeof b === "object" && a.pow === b.pow);
}

/** @throws UsageError for anything else than the three, or the power 0. */
export function requireTransform(transform: AxisTransform): void {
  if (transform === "log" || transform === "sqrt") return;
  if (typeof transform === "object" && Number.isFinite(transform.pow) && transform.pow !== 0) return;
  throw badArgument(
    `A regular axis has no transform ${JSON.stringify(transform)}: there are "log", "sqrt" and { pow }.`,
  );
}
