import { ownFunction } from "./own-function.ts";
import type { Lambda } from "./source.ts";
import { truth } from "./truth.ts";

/** A generated loop over events. `p` holds everything it works on, `rows` the events of the view, absent for all `n` of the chunk. */
export type Driver = (rows: Int32Array | undefined, n: number, p: Readonly<Record<string, unknown>>) => void;

const drivers = new Map<string, Block>();

/** The generated function: events `from` to `n` of the view. */
type Block = (rows: Int32Array | undefined, from: number, n: number, p: Readonly<Record<string, unknown>>) => void;

/**
 * Events in one call of the generated function. V8 replaces a function by its optimised form where it is called, and a
 * loop that is running only sometimes: with one call a chunk some chunks ran seven times slower.
 */
const blockEvents = 128;

/**
 * The loop with this body, one instance for each body and set of lambdas: a call site shared by different lambdas is
 * not inlined by V8, one of its own is. Lambdas with the same text share an instance, which costs nothing but speed.
 *
 * In the body `r` is the event (an index into the chunk), `k` its position in the view, and `truth` what a condition means.
 */
export function driver(body: string, parameters: readonly string[], lambdas: readonly Lambda[]): Driver {
  const source = `const { ${parameters.join(", ")} } = p;
    for (let k = from; k < n; k++) { const r = rows === undefined ? k : rows[k]; ${body} }`;
  const key = `${source}\n${lambdas.map(String).join("\n")}`;
  let block = drivers.get(key);
  if (block === undefined) {
    block = ownFunction(["truth"], `return function (rows, from, n, p) { ${source} }`)(truth) as Block;
    drivers.set(key, block);
  }
  const run = block;
  return (rows, n, p) => {
    for (let from = 0; from < n; from += blockEvents) run(rows, from, Math.min(from + blockEvents, n), p);
  };
}
