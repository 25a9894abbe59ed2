let made = 0;

/**
 * `new Function` with code of its own. V8 keeps one code, with one record of what its calls meet, for all functions made of equal text:
 * then the loops of different lambdas would share it, and none of the lambdas be inlined.
 */
// biome-ignore lint/suspicious/noExplicitAny: it makes what the text says
export function ownFunction(parameters: readonly string[], text: string): (...values: readonly unknown[]) => any {
  return new Function(...parameters, `${text}\n// ${made++}`) as (...values: readonly unknown[]) => unknown;
}
