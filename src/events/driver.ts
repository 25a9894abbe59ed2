import type { Lambda } from "./source.ts";
import { truth } from "./truth.ts";

/** A generated loop over events. `p` holds everything it works on, `rows` the events of the view, absent for all `n` of the chunk. */
export type Driver = (rows: Int32Array | undefined, n: number, p: Readonly<Record<string, unknown>>) => unknown;

const drivers = new Map<string, Driver>();

/**
 * The loop with this body, one instance for each body and set of lambdas: a call site shared by different lambdas is
 * not inlined by V8, one of its own is. Lambdas with the same text share an instance, which costs nothing but speed.
 *
 * In the body `r` is the event (an index into the chunk), `k` its position in the view, and `truth` what a condition means.
 */
export function driver(
  head: string,
  body: string,
  tail: string,
  parameters: readonly string[],
  lambdas: readonly Lambda[],
): Driver {
  const source = `const { ${parameters.join(", ")} } = p; ${head}
    for (let k = 0; k < n; k++) { const r = rows === undefined ? k : rows[k]; ${body} }
    ${tail}`;
  const key = `${source}\n${lambdas.map(String).join("\n")}`;
  let known = drivers.get(key);
  if (known === undefined) {
    known = new Function("truth", `return function (rows, n, p) { ${source} }`)(truth) as Driver;
    drivers.set(key, known);
  }
  return known;
}
