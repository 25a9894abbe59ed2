/** The functions of `cortado/jagged` beside awkward: the same buffers, the same answers, a million events. */
import type { Column, PrimitiveColumn } from "cortado/jagged";
import { isValid } from "cortado/jagged";
import { type Call, checkCalls, type Group } from "./jagged-functions.ts";
import { events, type JaggedInputs, jaggedInputs } from "./jagged-inputs.ts";
import { type Peer, startPeer } from "./peer.ts";
import { reductions } from "./reductions.ts";
import { rounds, speedup, summary, text } from "./rounds.ts";

/** What two float32 may differ by, relative to their size, when either is rounded. */
const rounding = 2 ** -23;

/** No function shall take longer than this, in units of awkward's time. */
const limit = 1.5;

export type JaggedRow = { readonly [heading: string]: string };

export async function benchJagged(folder: string, python: string | undefined): Promise<JaggedRow[]> {
  return benchCalls("reductions", reductions, folder, python);
}

/** Measures the calls of one group, or those whose Python matches `only`. Throws where an answer differs from awkward's. */
export async function benchCalls(
  group: Group,
  calls: readonly Call[],
  folder: string,
  python: string | undefined,
  only = /./,
): Promise<JaggedRow[]> {
  checkCalls(group, calls);
  const inputs = jaggedInputs(folder);
  const peer = python === undefined ? undefined : await startPeer(python, "jagged-peer.py");
  try {
    await peer?.ask({ load: folder });
    const table: JaggedRow[] = [];
    for (const call of calls) if (only.test(call[2])) table.push(await row(call, inputs, peer));
    return table;
  } finally {
    peer?.close();
  }
}

async function row(
  [, ours, python, tolerance = rounding]: Call,
  inputs: JaggedInputs,
  peer: Peer | undefined,
): Promise<JaggedRow> {
  if (peer !== undefined) {
    const theirs = await peer.ask<Digest>({ digest: python });
    const mine = digest(ours(inputs));
    if (mine.count !== theirs.count || Math.abs(mine.sum - theirs.sum) > tolerance * theirs.size)
      throw new Error(`${python}: ${JSON.stringify(mine)} here, ${JSON.stringify(theirs)} in awkward`);
  }
  const {
    seconds: [mine, theirs],
  } = await rounds(
    [
      async () => {
        const begin = performance.now();
        ours(inputs);
        return (performance.now() - begin) / 1000;
      },
      peer && (async () => (await peer.ask<{ seconds: number }>({ measure: python })).seconds),
    ],
    { warmup: 3, count: 7 },
  );
  const milliseconds = (seconds: readonly number[]): string => text(summary(seconds.map((s) => s * 1000)), 1);
  const ratio = theirs && speedup(theirs, mine!);
  return {
    [`jagged, ${events} events`]: python,
    "cortado ms": milliseconds(mine!),
    "awkward ms": theirs === undefined ? "not measured" : milliseconds(theirs),
    "time, cortado / awkward": ratio === undefined ? "not measured" : text(ratio),
    [`> ${limit}`]: ratio !== undefined && ratio.median > limit ? "slow" : "",
  };
}

interface Digest {
  readonly sum: number;
  /** Sum of absolute values. */
  readonly size: number;
  readonly count: number;
}

/** Sum and number of all numbers in a result, to compare answers. */
function digest(result: unknown): Digest {
  if (typeof result !== "object" || result === null) {
    const value = Number(result);
    return { sum: Number.isFinite(value) ? value : 0, size: Math.abs(value), count: 1 };
  }
  if (Array.isArray(result)) return total(result);
  if (!("kind" in result)) return total(Object.values(result));
  const column = result as Column;
  if (column.kind === "list") return digest(column.content);
  if (column.kind === "record") return total([...column.fields.values()]);
  const { values, length } = column as PrimitiveColumn;
  let [sum, size, count] = [0, 0, 0];
  for (let i = 0; i < length; i++) {
    if (!isValid(column, i)) continue;
    count++;
    const value = Number(values[i]!);
    if (!Number.isFinite(value)) continue;
    sum += value;
    size += Math.abs(value);
  }
  return { sum, size, count };
}

function total(parts: readonly unknown[]): Digest {
  return parts.map(digest).reduce((a, b) => ({ sum: a.sum + b.sum, size: a.size + b.size, count: a.count + b.count }), {
    sum: 0,
    size: 0,
    count: 0,
  });
}
