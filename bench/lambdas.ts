/**
 * Lambdas over one event, and chains over collections, beside loops over typed arrays: same chunks, same sums. Both sides have the
 * columns in memory, make a column with one value for each event (of the chunk, or that is kept) and add it up. A loop is what one
 * writes by hand for one question: it keeps the lists of one event only, where a definition keeps those of all for later uses.
 */
import { join } from "node:path";
import type { Events, List, LorentzItem } from "cortado";
import { deltaR, iterative, run } from "cortado";
import { generateFile, openFile, openParquet, readColumns } from "cortado/io";
import type { ColumnSource, ListColumn, PrimitiveColumn } from "cortado/jagged";
import generate from "../datasets/adl.ts";
import q4 from "../processors/adl/q4.ts";
import q5 from "../processors/adl/q5.ts";
import q6 from "../processors/adl/q6.ts";
import q7 from "../processors/adl/q7.ts";
import q8 from "../processors/adl/q8.ts";
import { rounds, speedup, text } from "./rounds.ts";

const events = 400_000;
const chunkSize = 100_000;

interface Lepton extends LorentzItem {
  readonly pt: number;
  readonly eta: number;
  readonly phi: number;
  readonly mass: number;
  readonly charge: number;
}

interface Jet extends LorentzItem {
  readonly pt: number;
  readonly eta: number;
  readonly phi: number;
  readonly mass: number;
  readonly btag: number;
}

type AdlEvents = Events<{ readonly Jet: List<Jet>; readonly Muon: List<Lepton>; readonly Electron: List<Lepton> }>;

const collections = {
  Jet: ["pt", "eta", "phi", "mass", "btag"],
  Muon: ["pt", "eta", "phi", "charge"],
  Electron: ["pt", "eta"],
} as const;

type Arrays<M extends string> = { readonly offsets: Int32Array } & { readonly [K in M]: Float32Array };

type Chunk = { readonly [C in keyof typeof collections]: Arrays<(typeof collections)[C][number]> };

interface Case {
  readonly name: string;
  /** At most this many times the loop. */
  readonly target: number;
  readonly lambdas: (events: AdlEvents) => ColumnSource;
  /** Makes the same column for a chunk: what it adds up to. */
  readonly loop: (chunk: Chunk) => number;
}

const distance = (eta: number, phi: number): number => {
  const turned = Math.abs(phi) > Math.PI ? phi - 2 * Math.PI * Math.round(phi / (2 * Math.PI)) : phi;
  return Math.sqrt(eta * eta + turned * turned);
};

/** x, y, z, t of each jet. */
function cartesian({ pt, eta, phi, mass }: Chunk["Jet"]): Float64Array {
  const v = new Float64Array(4 * pt.length);
  for (let i = 0; i < pt.length; i++) {
    const [p, m] = [pt[i]!, mass[i]!];
    const z = p * Math.sinh(eta[i]!);
    v[4 * i] = p * Math.cos(phi[i]!);
    v[4 * i + 1] = p * Math.sin(phi[i]!);
    v[4 * i + 2] = z;
    v[4 * i + 3] = Math.sqrt(Math.max(0, p * p + z * z + (m < 0 ? -m * m : m * m)));
  }
  return v;
}

const cases: readonly Case[] = [
  {
    name: "event: filter, sum",
    target: 2.5,
    lambdas: (events) => events.map((e) => e.Jet.filter((j) => j.pt > 30).sum((j) => j.pt)),
    loop({ Jet: { offsets, pt } }) {
      const sums = new Float64Array(offsets.length - 1);
      for (let e = 0; e < sums.length; e++) {
        let sum = 0;
        for (let i = offsets[e]!; i < offsets[e + 1]!; i++) if (pt[i]! > 30) sum += pt[i]!;
        sums[e] = sum;
      }
      return total(sums);
    },
  },
  {
    name: "event: jets away from muons",
    target: 2.5,
    lambdas: (events) =>
      events.map((e) => e.Jet.filter((j) => !e.Muon.any((m) => deltaR(j, m) < 0.4)).sum((j) => j.pt)),
    loop({ Jet, Muon }) {
      const sums = new Float64Array(Jet.offsets.length - 1);
      for (let e = 0; e < sums.length; e++) {
        let sum = 0;
        for (let i = Jet.offsets[e]!; i < Jet.offsets[e + 1]!; i++) {
          let near = false;
          for (let m = Muon.offsets[e]!; m < Muon.offsets[e + 1]! && !near; m++)
            near = distance(Jet.eta[i]! - Muon.eta[m]!, Jet.phi[i]! - Muon.phi[m]!) < 0.4;
          if (!near) sum += Jet.pt[i]!;
        }
        sums[e] = sum;
      }
      return total(sums);
    },
  },
  {
    name: "event: any pair of opposite charge",
    target: 2.5,
    lambdas: (events) => events.map((e) => e.Muon.combinations(2).any((a, b) => a.charge !== b.charge)),
    loop({ Muon: { offsets, charge } }) {
      const any = new Uint8Array(offsets.length - 1);
      for (let e = 0; e < any.length; e++) {
        let found = false;
        const stop = offsets[e + 1]!;
        for (let i = offsets[e]!; i < stop && !found; i++)
          for (let j = i + 1; j < stop && !found; j++) found = charge[i] !== charge[j];
        any[e] = found ? 1 : 0;
      }
      return total(any);
    },
  },
  {
    name: "event: three selections defined, filter on them",
    target: 2.5,
    lambdas: (events) =>
      events
        .define({
          muons: (e) => e.Muon.filter((m) => m.pt > 30 && Math.abs(m.eta) < 2.1),
          electrons: (e) => e.Electron.filter((l) => l.pt > 30 && Math.abs(l.eta) < 2.1),
          jets: (e) => e.Jet.filter((j) => j.pt > 30 && Math.abs(j.eta) < 2.4),
        })
        .filter(
          (e) => e.muons.length + e.electrons.length <= 1 && e.jets.length >= 2 && e.jets.any((j) => j.btag > 0.5),
        )
        .map((e) => e.jets.sum((j) => j.pt)),
    loop({ Jet, Muon, Electron }) {
      const sums = new Float64Array(Jet.offsets.length - 1);
      let events = 0;
      const kept = new Int32Array(64);
      for (let e = 0; e < sums.length; e++) {
        let leptons = 0;
        for (let i = Muon.offsets[e]!; i < Muon.offsets[e + 1]!; i++)
          if (Muon.pt[i]! > 30 && Math.abs(Muon.eta[i]!) < 2.1) leptons++;
        for (let i = Electron.offsets[e]!; i < Electron.offsets[e + 1]!; i++)
          if (Electron.pt[i]! > 30 && Math.abs(Electron.eta[i]!) < 2.1) leptons++;
        if (leptons > 1) continue;
        let jets = 0;
        for (let i = Jet.offsets[e]!; i < Jet.offsets[e + 1]!; i++)
          if (Jet.pt[i]! > 30 && Math.abs(Jet.eta[i]!) < 2.4) kept[jets++] = i;
        if (jets < 2) continue;
        let tagged = false;
        for (let k = 0; k < jets && !tagged; k++) tagged = Jet.btag[kept[k]!]! > 0.5;
        if (!tagged) continue;
        let sum = 0;
        for (let k = 0; k < jets; k++) sum += Jet.pt[kept[k]!]!;
        sums[events++] = sum;
      }
      return total(sums.slice(0, events));
    },
  },
  {
    name: "chain: filter, sum",
    target: 1.8,
    lambdas: (events) => events.Jet.filter((j) => j.pt > 31).sum((j) => j.pt),
    loop({ Jet: { offsets, pt } }) {
      const sums = new Float64Array(offsets.length - 1);
      for (let e = 0; e < sums.length; e++) {
        let sum = 0;
        for (let i = offsets[e]!; i < offsets[e + 1]!; i++) if (pt[i]! > 31) sum += pt[i]!;
        sums[e] = sum;
      }
      return total(sums);
    },
  },
  {
    name: "chain: filter, pairs, filter, largest",
    target: 1.8,
    lambdas: (events) =>
      events.Jet.filter((j) => j.pt > 25)
        .combinations(2)
        .filter((a, b) => Math.abs(a.eta - b.eta) < 2)
        .maxBy((a, b) => a.pt + b.pt)
        .sum((a, b) => a.pt + b.pt),
    loop({ Jet: { offsets, pt, eta } }) {
      const kept = new Int32Array(64);
      const sums = new Float64Array(offsets.length - 1);
      for (let e = 0; e < sums.length; e++) {
        let n = 0;
        for (let i = offsets[e]!; i < offsets[e + 1]!; i++) if (pt[i]! > 25) kept[n++] = i;
        let best = -1;
        for (let a = 0; a < n; a++)
          for (let b = a + 1; b < n; b++) {
            const [i, j] = [kept[a]!, kept[b]!];
            if (Math.abs(eta[i]! - eta[j]!) < 2 && pt[i]! + pt[j]! > best) best = pt[i]! + pt[j]!;
          }
        sums[e] = Math.max(best, 0);
      }
      return total(sums);
    },
  },
  {
    name: "chain: triples, nearest to a mass",
    target: 1.8,
    lambdas: (events) =>
      events.Jet.combinations(3)
        .minBy((a, b, c) => Math.abs(a.p4.add(b.p4).add(c.p4).mass - 172.5))
        .sum((a, b, c) => a.pt + b.pt + c.pt),
    loop({ Jet }) {
      const { offsets, pt } = Jet;
      const v = cartesian(Jet);
      const sums = new Float64Array(offsets.length - 1);
      for (let e = 0; e < sums.length; e++) {
        const stop = offsets[e + 1]!;
        let [nearest, best] = [Number.POSITIVE_INFINITY, 0];
        for (let i = offsets[e]!; i < stop; i++)
          for (let j = i + 1; j < stop; j++) {
            const x = v[4 * i]! + v[4 * j]!;
            const y = v[4 * i + 1]! + v[4 * j + 1]!;
            const z = v[4 * i + 2]! + v[4 * j + 2]!;
            const t = v[4 * i + 3]! + v[4 * j + 3]!;
            for (let k = j + 1; k < stop; k++) {
              const [xx, yy, zz] = [x + v[4 * k]!, y + v[4 * k + 1]!, z + v[4 * k + 2]!];
              const tt = t + v[4 * k + 3]!;
              const m2 = tt * tt - xx * xx - yy * yy - zz * zz;
              const off = Math.abs((m2 < 0 ? -Math.sqrt(-m2) : Math.sqrt(m2)) - 172.5);
              if (off < nearest) {
                nearest = off;
                best = pt[i]! + pt[j]! + pt[k]!;
              }
            }
          }
        sums[e] = best;
      }
      return total(sums);
    },
  },
];

export type LambdaRow = { readonly [heading: string]: string };

/** Time of the lambdas over time of the loop. Other processors run first, so that what all share has seen many lambdas. */
export async function benchLambdas(folder: string): Promise<LambdaRow[]> {
  const path = join(folder, "lambdas.parquet");
  await generateFile(generate, { events, seed: 2, out: path });
  const options = { executor: iterative(), chunkSize };
  for (const query of [q4, q5, q6, q7, q8]) await run([path], query as never, options);
  const chunks = await readChunks(path);
  const rows: LambdaRow[] = [];
  for (const { name, target, lambdas, loop } of cases) {
    const sums = { lambdas: 0, loop: 0 };
    const {
      seconds: [first, second],
    } = await rounds(
      [
        async () => {
          let seconds = 0;
          sums.lambdas = 0;
          await run(
            [path],
            (events: AdlEvents) => {
              const begin = performance.now();
              const sum = total((lambdas(events).toColumn() as PrimitiveColumn<"float64">).values);
              // Not reached by the attempts that only find out which columns are used.
              seconds += (performance.now() - begin) / 1000;
              if (events.length > 1000) sums.lambdas += sum;
              return { events: events.length };
            },
            options,
          );
          return seconds;
        },
        async () => {
          const begin = performance.now();
          sums.loop = 0;
          for (const chunk of chunks) sums.loop += loop(chunk);
          return (performance.now() - begin) / 1000;
        },
      ],
      { warmup: 3 },
    );
    if (Math.abs(sums.lambdas - sums.loop) > 1e-9 * Math.abs(sums.loop))
      throw new Error(`${name}: the lambdas give ${sums.lambdas}, the loop ${sums.loop}`);
    rows.push({
      lambdas: name,
      "time, lambdas / loop": text(speedup(second!, first!)),
      target: `at most ${target}`,
    });
  }
  return rows;
}

function total(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum;
}

async function readChunks(path: string): Promise<Chunk[]> {
  const source = await openFile(path);
  const file = await openParquet(source);
  const chunks: Chunk[] = [];
  for (let start = 0; start < file.rows; start += chunkSize) {
    const stop = Math.min(start + chunkSize, file.rows);
    const chunk: Record<string, unknown> = {};
    for (const [group, members] of Object.entries(collections)) {
      const requests = members.map((member) => ({ path: [`${group}_${member}`], group }));
      const { columns } = await readColumns(source, file, requests, start, stop);
      const lists = columns.map((column) => {
        if (column instanceof Error) throw column;
        return column as ListColumn;
      });
      const values = members.map((member, m) => [member, (lists[m]!.content as PrimitiveColumn).values]);
      chunk[group] = { offsets: lists[0]!.offsets, ...Object.fromEntries(values) };
    }
    chunks.push(chunk as Chunk);
  }
  await source.close();
  return chunks;
}
