/** Reductions and order of jagged columns beside awkward: the same buffers, the same answers, a million events. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Column, ListColumn, PrimitiveColumn } from "cortado/jagged";
import {
  all,
  any,
  argmax,
  argmin,
  argsort,
  count,
  countNonzero,
  isValid,
  max,
  mean,
  min,
  nansum,
  prod,
  ptp,
  softmax,
  sort,
  std,
  sum,
  var as variance,
} from "cortado/jagged";
import { random } from "../datasets/random.ts";
import { type Peer, startPeer } from "./peer.ts";
import { rounds, speedup, summary, text } from "./rounds.ts";

const events = 1_000_000;

type Operation = (column: Column, options: never) => unknown;

/** awkward's name of each operation and ours, and the columns it is measured on. */
const cases: readonly (readonly [op: string, operation: Operation, columns: string, axis: number | null])[] = [
  ["count", count, "pt", 1],
  ["count_nonzero", countNonzero, "charge tight", 1],
  ["sum", sum, "pt eta charge id tight", 1],
  ["prod", prod, "pt charge", 1],
  ["max", max, "pt eta charge id", 1],
  ["min", min, "pt", 1],
  ["ptp", ptp, "pt", 1],
  ["any", any, "pt tight", 1],
  ["all", all, "pt tight", 1],
  ["mean", mean, "pt", 1],
  ["var", variance, "pt", 1],
  ["std", std, "pt", 1],
  ["argmax", argmax, "pt id", 1],
  ["argmin", argmin, "pt", 1],
  ["nansum", nansum, "pt", 1],
  ["softmax", softmax, "eta", -1],
  ["sort", sort, "pt charge id", 1],
  ["argsort", argsort, "pt id", 1],
  ["sum", sum, "pt", null],
  ["max", max, "pt", null],
  ["sum", sum, "pt", 0],
  ["mean", mean, "pt", 0],
];

export type JaggedRow = { readonly [heading: string]: string };

export async function benchJagged(folder: string, python: string | undefined): Promise<JaggedRow[]> {
  const columns = makeColumns(folder);
  let peer: Peer | undefined;
  try {
    if (python !== undefined) {
      peer = await startPeer(python, "jagged-peer.py");
      await peer.ask({ load: folder });
    }
    const table: JaggedRow[] = [];
    for (const [op, operation, names, axis] of cases)
      for (const column of names.split(" ")) table.push(await row(op, operation, column, columns[column]!, axis, peer));
    return table;
  } finally {
    peer?.close();
  }
}

async function row(
  op: string,
  operation: Operation,
  label: string,
  column: ListColumn,
  axis: number | null,
  peer: Peer | undefined,
): Promise<JaggedRow> {
  const options = { axis } as never;
  const ask = { op, column: label, kwargs: { axis } };
  if (peer !== undefined) {
    const theirs = await peer.ask<{ sum: number; count: number }>(ask);
    const ours = digest(operation(column, options));
    if (
      ours.count !== theirs.count ||
      Math.abs(ours.sum - theirs.sum) > 1e-4 * Math.abs(theirs.sum) + 1e-6 * ours.count
    )
      throw new Error(`${op} of ${label}: ${JSON.stringify(ours)} here, ${JSON.stringify(theirs)} in awkward`);
  }
  const {
    seconds: [ours, theirs],
  } = await rounds(
    [
      async () => {
        const begin = performance.now();
        operation(column, options);
        return (performance.now() - begin) / 1000;
      },
      peer && (async () => (await peer.ask<{ seconds: number }>(ask)).seconds),
    ],
    { warmup: 3, count: 7 },
  );
  const milliseconds = (seconds: readonly number[]): string => text(summary(seconds.map((s) => s * 1000)), 1);
  return {
    [`jagged, ${events} events`]: `${op}(${label}: ${(column.content as PrimitiveColumn).dtype}, axis ${axis})`,
    "cortado ms": milliseconds(ours!),
    "awkward ms": theirs === undefined ? "not measured" : milliseconds(theirs),
    "time, cortado / awkward": theirs === undefined ? "not measured" : text(speedup(theirs, ours!)),
  };
}

/** Columns of one collection, their buffers written for the other side. */
function makeColumns(folder: string): { readonly [name: string]: ListColumn } {
  const { uniform, poisson } = random(20240901, 0);
  const offsets = new Int32Array(events + 1);
  for (let i = 0; i < events; i++) offsets[i + 1] = offsets[i]! + poisson(4.5);
  const length = offsets[events]!;
  const values = {
    pt: Float32Array.from({ length }, () => 15 - 25 * Math.log(1 - uniform())),
    eta: Float64Array.from({ length }, () => 6 * uniform() - 3),
    charge: Int32Array.from({ length }, () => Math.floor(11 * uniform()) - 5),
    id: BigInt64Array.from({ length }, () => BigInt(Math.floor(1e6 * uniform()) - 500_000)),
    tight: Uint8Array.from({ length }, () => Number(uniform() < 0.5)),
  };
  const dtypes = { pt: "float32", eta: "float64", charge: "int32", id: "int64", tight: "bool" } as const;
  writeFileSync(join(folder, "offsets"), offsets);
  return Object.fromEntries(
    Object.entries(values).map(([name, buffer]) => {
      writeFileSync(join(folder, name), buffer);
      const content = {
        kind: "primitive",
        dtype: dtypes[name as keyof typeof dtypes],
        length,
        values: buffer,
      } as Column;
      return [name, { kind: "list", length: events, offsets, content }];
    }),
  );
}

/** Sum and number of the values that are there, to compare answers. */
function digest(result: unknown): { sum: number; count: number } {
  if (typeof result !== "object" || result === null) return { sum: Number(result), count: 1 };
  let leaf = result as Column;
  while (leaf.kind === "list") leaf = leaf.content;
  const { values } = leaf as PrimitiveColumn;
  let sum = 0;
  let count = 0;
  for (let i = 0; i < leaf.length; i++) {
    if (!isValid(leaf, i)) continue;
    count++;
    if (Number.isFinite(Number(values[i]!))) sum += Number(values[i]!);
  }
  return { sum, count };
}
