import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Column } from "cortado";
import { correctionSet } from "cortado/correction";
import { startPeer } from "./peer.ts";
import { rounds, speedup, text } from "./rounds.ts";

const jets = 1_000_000;
const input = (name: string, type = "real") => ({ name, type });
const uniform = (n: number, low: number, high: number): number[] =>
  Array.from({ length: n + 1 }, (_, i) => low + ((high - low) * i) / n + 1e-9);

/** 20 bins of η, 12 of pt, as scale factors have them; the numbers are not even. */
const etaEdges = uniform(20, -2.4, 2.4);
const ptEdges = [20.5, 25.5, 30.5, 35.5, 40.5, 50.5, 60.5, 80.5, 120.5, 200.5, 300.5, 500.5, 1000.5];
const table = {
  nodetype: "multibinning",
  inputs: ["eta", "pt"],
  edges: [etaEdges, ptEdges],
  content: Array.from({ length: 240 }, (_, i) => 0.9 + 0.001 * ((i * 37) % 200) + 0.00001),
  flow: "clamp",
};
const formula = (expression: string, parameters: readonly number[]) => ({
  nodetype: "formula",
  expression,
  parser: "TFormula",
  variables: ["pt"],
  parameters,
});
const bTag = "[0]*((1.0+([1]*x))/(1.0+([2]*x)))";

const corrections = {
  schema_version: 2,
  corrections: [
    {
      name: "binned scale factor, η × pt",
      inputs: [input("key", "string"), input("eta"), input("pt")],
      data: { nodetype: "category", input: "key", content: [{ key: "nominal", value: table }] },
    },
    { name: "formula", inputs: [input("pt")], data: formula(bTag, [0.87, 0.051, 0.046]) },
    {
      name: "formula with exp and log",
      inputs: [input("pt")],
      data: formula("[0]+[1]*log(x)*exp(-[2]*x)", [1.01, 0.02, 0.003]),
    },
    {
      name: "formula in each of 12 bins",
      inputs: [input("pt")],
      data: {
        nodetype: "binning",
        input: "pt",
        edges: ptEdges,
        content: ptEdges.slice(1).map((_, i) => formula(bTag, [0.87 + 0.01 * i, 0.051, 0.046])),
        flow: "clamp",
      },
    },
  ].map((one) => ({ ...one, version: 1, output: input("weight") })),
};

/** Corrections of a million jets beside correctionlib called from Python; the sums must agree. */
export async function benchCorrections(folder: string, python: string | undefined): Promise<Record<string, string>[]> {
  const [eta, pt] = [new Float64Array(jets), new Float64Array(jets)];
  let seed = 1;
  const draw = (): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
  for (let i = 0; i < jets; i++) {
    eta[i] = 5 * draw() - 2.5;
    pt[i] = 20 - 60 * Math.log(1 - draw());
  }
  writeFileSync(join(folder, "eta.f64"), eta);
  writeFileSync(join(folder, "pt.f64"), pt);
  const peer = python === undefined ? undefined : await startPeer(python, "corrections-peer.py");
  await peer?.ask({ corrections, folder });
  const set = correctionSet(corrections);
  const rows: Record<string, string>[] = [];
  for (const name of set.names) {
    const one = set.get(name);
    const given = one.inputs.map((i) => (i.name === "key" ? "nominal" : i.name === "eta" ? eta : pt));
    const total = (column: Column): number =>
      column.kind === "primitive" ? (column.values as Float64Array).reduce((sum, value) => sum + value, 0) : Number.NaN;
    const sums = [0, 0];
    const ours = async (): Promise<number> => {
      const start = performance.now();
      const column = one.evaluate(...given);
      const seconds = (performance.now() - start) / 1000;
      sums[0] = total(column as unknown as Column);
      return seconds;
    };
    const theirs = async (): Promise<number> => {
      const { seconds, sum } = await peer!.ask<{ seconds: number; sum: number }>({ name });
      sums[1] = sum;
      return seconds;
    };
    const { seconds } = await rounds([ours, peer && theirs]);
    const [mine, other] = seconds;
    if (other !== undefined && Math.abs(sums[0]! - sums[1]!) > 1e-9 * Math.abs(sums[1]!))
      throw new Error(`${name}: the sums differ, ${sums[0]} and ${sums[1]}`);
    const median = mine!.toSorted((a, b) => a - b)[mine!.length >> 1]!;
    rows.push({
      "a million jets": name,
      "M/s": (jets / median / 1e6).toFixed(0),
      "times correctionlib's speed": other === undefined ? "not measured" : text(speedup(mine!, other)),
    });
  }
  peer?.close();
  return rows;
}
