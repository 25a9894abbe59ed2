/** Filling beside Python's hist (boost-histogram): the same ten million values, one thread each. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { axis, Hist } from "cortado";
import { pythonInterpreter } from "../scripts/setup-python.ts";
import { type Peer, startPeer } from "./peer.ts";
import { rounds, speedup, summary, text } from "./rounds.ts";

const count = 10_000_000;
const heading = `fill of ${count} values`;
const edges = [...Array.from({ length: 25 }, (_, i) => 4 * i), ...Array.from({ length: 11 }, (_, i) => 100 + 10 * i)];
const regular = axis.regular(100, 0, 200, { name: "x" });
const variable = axis.variable(edges, { name: "x" });

/** Names are those of hist-peer.py. */
const cases: { readonly [name: string]: (x: Float64Array, weight: Float64Array) => readonly [Hist, object] } = {
  regular: (x) => [Hist.of(regular), { x }],
  "regular, weights": (x, weight) => [Hist.of(regular, { storage: "weight" }), { x, weight }],
  "variable, weights": (x, weight) => [Hist.of(variable, { storage: "weight" }), { x, weight }],
  "regular x regular, weights": (x, weight) => [
    Hist.of(regular, axis.regular(20, 0, 2, { name: "y" }), { storage: "weight" }),
    { x, weight, y: weight },
  ],
  "category x regular, weights": (x, weight) => [
    Hist.of(axis.category("dataset"), regular, { storage: "weight" }),
    { x, weight, dataset: "ttbar" },
  ],
};

export type HistRow = { readonly [heading: string]: string };

/** A falling spectrum with a peak: what a distribution looks like. */
function columns(): { x: Float64Array; weight: Float64Array } {
  let state = 12345;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  const x = Float64Array.from({ length: count }, () =>
    random() < 0.3 ? 91 + 8 * (random() + random() + random() - 1.5) : -60 * Math.log(random()),
  );
  return { x, weight: Float64Array.from({ length: count }, () => 0.5 + random()) };
}

async function row(name: string, x: Float64Array, weight: Float64Array, peer: Peer | undefined): Promise<HistRow> {
  const fill = (): { seconds: number; sum: number } => {
    const [hist, values] = cases[name]!(x, weight);
    const begin = performance.now();
    hist.fill(values as { x: Float64Array });
    return { seconds: (performance.now() - begin) / 1000, sum: hist.sum({ flow: true }) };
  };
  if (peer !== undefined) {
    const [mine, theirs] = [fill().sum, (await peer.ask<{ sum: number }>({ fill: name })).sum];
    if (Math.abs(mine - theirs) > 1e-9 * Math.abs(theirs)) throw new Error(`${name}: ${mine} here, ${theirs} in hist`);
  }
  const {
    seconds: [mine, theirs],
  } = await rounds(
    [async () => fill().seconds, peer && (async () => (await peer.ask<{ seconds: number }>({ fill: name })).seconds)],
    { warmup: 1, count: 5 },
  );
  const milliseconds = (seconds: readonly number[]): string => text(summary(seconds.map((s) => s * 1000)), 0);
  return {
    [heading]: name,
    "cortado ms": milliseconds(mine!),
    "hist ms": theirs === undefined ? "not measured" : milliseconds(theirs),
    "time, cortado / hist": theirs === undefined ? "not measured" : text(speedup(theirs, mine!)),
  };
}

/** What a fill costs besides its values: 200 histograms filled from one chunk of ten events. */
async function fixedRow(peer: Peer | undefined): Promise<HistRow> {
  const hists = Array.from({ length: 200 }, () => Hist.of(regular, { storage: "weight" }));
  const [x, weight] = [new Float64Array(10).fill(50), new Float64Array(10).fill(1)];
  const fill = (): number => {
    const begin = performance.now();
    for (const hist of hists) hist.fill({ x, weight });
    return (performance.now() - begin) / 1000;
  };
  const {
    seconds: [mine, theirs],
  } = await rounds(
    [async () => fill(), peer && (async () => (await peer.ask<{ seconds: number }>({ small: hists.length })).seconds)],
    { warmup: 20, count: 50 },
  );
  const microseconds = (seconds: readonly number[]): string =>
    `${text(summary(seconds.map((s) => (s * 1e6) / hists.length)))} µs a fill`;
  return {
    [heading]: "200 small histograms from one chunk of ten",
    "cortado ms": microseconds(mine!),
    "hist ms": theirs === undefined ? "not measured" : microseconds(theirs),
    "time, cortado / hist": theirs === undefined ? "not measured" : text(speedup(theirs, mine!)),
  };
}

export async function benchHist(folder: string, python: string | undefined): Promise<HistRow[]> {
  mkdirSync(folder, { recursive: true });
  const { x, weight } = columns();
  for (const [name, values] of Object.entries({ x, weight })) writeFileSync(join(folder, name), values);
  const peer = python === undefined ? undefined : await startPeer(python, "hist-peer.py");
  try {
    await peer?.ask({ load: folder });
    const table: HistRow[] = [];
    for (const name of Object.keys(cases)) table.push(await row(name, x, weight, peer));
    return [...table, await fixedRow(peer)];
  } finally {
    peer?.close();
  }
}

if (import.meta.main) {
  const folder = mkdtempSync(join(tmpdir(), "cortado-bench-hist-"));
  console.table(await benchHist(folder, pythonInterpreter()));
  rmSync(folder, { recursive: true });
}
