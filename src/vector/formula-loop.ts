import type { Numbers } from "./vectors.ts";

type Formula = (...values: number[]) => number;

type Loop = (f: Formula, out: Float64Array, inputs: readonly Numbers[], from: number, to: number) => void;

const loops = new Map<string, Loop>();

/** Rows in one call of a loop, so that V8 swaps in optimised code soon. */
const block = 1024;

/**
 * The formula of the rows of its inputs, `rows` numbers. The loop is text, one for each formula and types of its inputs: V8 inlines
 * a formula only where no other one is called, and 32-bit and 64-bit numbers are read best by different loops.
 */
export function eachRow(f: Formula, inputs: readonly Numbers[], rows: number): Float64Array {
  const names = inputs.map((_, k) => `a${k}`);
  const key = `${f} of ${inputs.map((values) => values.BYTES_PER_ELEMENT)}`;
  let loop = loops.get(key);
  if (loop === undefined) {
    loop = new Function(
      "f, out, inputs, from, to",
      `// ${JSON.stringify(key)}
      const [${names.join(", ")}] = inputs;
      for (let i = from; i < to; i++) out[i] = f(${names.map((name) => `${name}[i]`).join(", ")});`,
    ) as Loop;
    loops.set(key, loop);
  }
  const out = new Float64Array(rows);
  for (let from = 0; from < rows; from += block) loop(f, out, inputs, from, Math.min(from + block, rows));
  return out;
}
