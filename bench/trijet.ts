/** The trijet search of ADL query 6: the processor with its lambdas beside a loop over typed arrays, same chunks, same answer. */
import { join } from "node:path";
import { axis, Hist, iterative, run, toUhi } from "cortado";
import { generateFile, openFile, openParquet, readColumns } from "cortado/io";
import type { Column, ListColumn, PrimitiveColumn } from "cortado/jagged";
import generate from "../datasets/adl.ts";
import q6 from "../processors/adl/q6.ts";
import { rounds, speedup, summary, text } from "./rounds.ts";

const events = 400_000;
const chunkSize = 100_000;

export type TrijetRow = { readonly [heading: string]: string };

export async function benchTrijet(folder: string): Promise<TrijetRow[]> {
  const path = join(folder, "adl.parquet");
  await generateFile(generate, { events, seed: 1, out: path });
  const chunks = await jetChunks(path);

  let byLambdas: unknown;
  let byLoop: unknown;
  const {
    seconds: [lambdas, loop],
  } = await rounds([
    async () => {
      const { result, metrics } = await run([path], q6, { executor: iterative(), chunkSize });
      byLambdas = result;
      return metrics.processtime;
    },
    async () => {
      const begin = performance.now();
      byLoop = searchByLoop(chunks);
      return (performance.now() - begin) / 1000;
    },
  ]);
  const uhi = (result: unknown): string =>
    JSON.stringify(Object.values(result as Record<string, Hist>).map((h) => toUhi(h)));
  if (uhi(byLambdas) !== uhi(byLoop)) throw new Error("the lambdas and the loop give different histograms");
  const rate = (seconds: readonly number[]): string => text(summary(seconds.map((s) => events / s / 1e6)));
  return [
    {
      "trijet search (Q6)": `${events} events, ${chunkSize} a chunk`,
      "lambdas M events/s": rate(lambdas!),
      "loop M events/s": rate(loop!),
      "time, lambdas / loop": text(speedup(loop!, lambdas!)),
    },
  ];
}

interface Jets {
  readonly offsets: Int32Array;
  readonly pt: Float32Array;
  readonly eta: Float32Array;
  readonly phi: Float32Array;
  readonly mass: Float32Array;
  readonly btag: Float32Array;
}

async function jetChunks(path: string): Promise<Jets[]> {
  const source = await openFile(path);
  const file = await openParquet(source);
  const members = ["pt", "eta", "phi", "mass", "btag"] as const;
  const requests = members.map((member) => ({ path: [`Jet_${member}`], group: "Jet" }));
  const chunks: Jets[] = [];
  for (let start = 0; start < file.rows; start += chunkSize) {
    const { columns } = await readColumns(source, file, requests, start, Math.min(start + chunkSize, file.rows));
    const arrays = columns.map((column) => {
      if (column instanceof Error) throw column;
      return ((column as ListColumn).content as PrimitiveColumn<"float32">).values;
    });
    const named = Object.fromEntries(members.map((member, m) => [member, arrays[m]!])) as Omit<Jets, "offsets">;
    chunks.push({ offsets: (columns[0] as ListColumn).offsets, ...named });
  }
  await source.close();
  return chunks;
}

/** What one writes by hand when only speed counts: energies once a jet, three nested loops, the winner's numbers last. */
function searchByLoop(chunks: readonly Jets[]): Record<string, Hist> {
  const q6a = Hist.of(axis.regular(100, 15, 40, { name: "pt", label: "Trijet p_T [GeV]" }));
  const q6b = Hist.of(axis.regular(100, 0, 1, { name: "btag", label: "Largest b-tag of the trijet" }));
  for (const { offsets, pt, eta, phi, mass, btag } of chunks) {
    const x = new Float64Array(pt.length);
    const y = new Float64Array(pt.length);
    const z = new Float64Array(pt.length);
    const t = new Float64Array(pt.length);
    for (let i = 0; i < pt.length; i++) {
      x[i] = pt[i]! * Math.cos(phi[i]!);
      y[i] = pt[i]! * Math.sin(phi[i]!);
      z[i] = pt[i]! * Math.sinh(eta[i]!);
      const m = mass[i]!;
      t[i] = Math.sqrt(Math.max(0, pt[i]! * pt[i]! + z[i]! * z[i]! + (m < 0 ? -m * m : m * m)));
    }
    const bestPt = new Float64Array(offsets.length - 1);
    const bestTag = new Float64Array(offsets.length - 1);
    let found = 0;
    for (let e = 0; e < offsets.length - 1; e++) {
      const stop = offsets[e + 1]!;
      let nearest = Infinity;
      let a = -1;
      let b = -1;
      let c = -1;
      for (let i = offsets[e]!; i < stop; i++)
        for (let j = i + 1; j < stop; j++) {
          const xx = x[i]! + x[j]!;
          const yy = y[i]! + y[j]!;
          const zz = z[i]! + z[j]!;
          const tt = t[i]! + t[j]!;
          for (let k = j + 1; k < stop; k++) {
            const px = xx + x[k]!;
            const py = yy + y[k]!;
            const pz = zz + z[k]!;
            const energy = tt + t[k]!;
            const m2 = energy * energy - px * px - py * py - pz * pz;
            const distance = Math.abs((m2 < 0 ? -Math.sqrt(-m2) : Math.sqrt(m2)) - 172.5);
            if (distance < nearest) {
              nearest = distance;
              a = i;
              b = j;
              c = k;
            }
          }
        }
      if (a < 0) continue;
      const px = x[a]! + x[b]! + x[c]!;
      const py = y[a]! + y[b]! + y[c]!;
      bestPt[found] = Math.sqrt(px * px + py * py);
      bestTag[found++] = Math.max(btag[a]!, btag[b]!, btag[c]!);
    }
    q6a.fill({ pt: flat(bestPt, found) });
    q6b.fill({ btag: flat(bestTag, found) });
  }
  return { q6a, q6b };
}

const flat = (values: Float64Array, length: number): Column => ({
  kind: "primitive",
  dtype: "float64",
  length,
  values: values.subarray(0, length),
});
