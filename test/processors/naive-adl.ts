import { openFile, openParquet, readColumns } from "../../src/io/index.ts";
import { toList } from "../../src/jagged/index.ts";

/** Counts of a query's histogram: underflow, 100 bins, overflow. */
export type Counts = number[];

interface Object4 {
  readonly pt: number;
  readonly eta: number;
  readonly phi: number;
  readonly mass: number;
  readonly btag: number;
  readonly charge: number;
}

interface PlainEvent {
  readonly met: number;
  readonly metPhi: number;
  readonly jets: readonly Object4[];
  readonly muons: readonly Object4[];
  readonly electrons: readonly Object4[];
}

const members = ["pt", "eta", "phi", "mass", "btag", "charge"] as const;

/** The events of a flat file as plain objects, one by one: slow, and nothing in common with how cortado runs a query. */
async function* plainEvents(path: string, step = 10_000): AsyncGenerator<PlainEvent> {
  const source = await openFile(path);
  const file = await openParquet(source);
  const has = new Set(file.fields.map((field) => field.name));
  const names = ["MET_pt", "MET_phi", ...["Jet", "Muon", "Electron"].flatMap((c) => members.map((m) => `${c}_${m}`))];
  const present = names.filter((name) => has.has(name));
  for (let start = 0; start < file.rows; start += step) {
    const stop = Math.min(file.rows, start + step);
    const requests = present.map((name) => ({ path: [name] }));
    const { columns } = await readColumns(source, file, requests, start, stop);
    const lists = new Map(
      columns.map((column, i) => {
        if (column instanceof Error) throw column;
        return [present[i]!, toList(column) as number[][]] as const;
      }),
    );
    const objects = (collection: string, i: number): Object4[] => {
      const length = lists.get(`${collection}_pt`)![i]!.length;
      return Array.from({ length }, (_, k) =>
        Object.fromEntries(members.map((m) => [m, lists.get(`${collection}_${m}`)?.[i]?.[k] ?? Number.NaN])),
      ) as unknown as Object4[];
    };
    for (let i = 0; i < stop - start; i++)
      yield {
        met: (lists.get("MET_pt") as unknown as number[])[i]!,
        metPhi: (lists.get("MET_phi") as unknown as number[])[i]!,
        jets: objects("Jet", i),
        muons: objects("Muon", i),
        electrons: objects("Electron", i),
      };
  }
  await source.close();
}

function counter(lo: number, hi: number): { readonly counts: Counts; fill(value: number): void } {
  const counts: Counts = new Array(102).fill(0);
  return {
    counts,
    fill(value) {
      const bin = Math.floor(((value - lo) / (hi - lo)) * 100);
      counts[value < lo ? 0 : bin >= 100 || Number.isNaN(value) ? 101 : bin + 1]!++;
    },
  };
}

/** [px, py, pz, E] of the sum of some objects. */
function sum(...objects: readonly Object4[]): [number, number, number, number] {
  const total: [number, number, number, number] = [0, 0, 0, 0];
  for (const { pt, eta, phi, mass } of objects) {
    const pz = pt * Math.sinh(eta);
    total[0] += pt * Math.cos(phi);
    total[1] += pt * Math.sin(phi);
    total[2] += pz;
    total[3] += Math.sqrt(pt ** 2 + pz ** 2 + mass ** 2);
  }
  return total;
}

function mass(...objects: readonly Object4[]): number {
  const [x, y, z, e] = sum(...objects);
  const m2 = e * e - x * x - y * y - z * z;
  return Math.sign(m2) * Math.sqrt(Math.abs(m2));
}

function apart(a: Object4, b: Object4): number {
  const phi = Math.atan2(Math.sin(a.phi - b.phi), Math.cos(a.phi - b.phi));
  return Math.hypot(a.eta - b.eta, phi);
}

/** Queries 6 to 8 of a flat file, by plain loops over plain objects. */
export async function naiveQueries(path: string): Promise<Record<"q6a" | "q6b" | "q7" | "q8", Counts>> {
  const [q6a, q6b, q7, q8] = [counter(15, 40), counter(0, 1), counter(15, 200), counter(15, 250)];
  for await (const { met, metPhi, jets, muons, electrons } of plainEvents(path)) {
    let best: Object4[] | undefined;
    let distance = Number.POSITIVE_INFINITY;
    for (let i = 0; i < jets.length; i++)
      for (let j = i + 1; j < jets.length; j++)
        for (let k = j + 1; k < jets.length; k++) {
          const trijet = [jets[i]!, jets[j]!, jets[k]!];
          const d = Math.abs(mass(...trijet) - 172.5);
          if (d < distance) [best, distance] = [trijet, d];
        }
    if (best !== undefined) {
      const [x, y] = sum(...best);
      q6a.fill(Math.sqrt(x * x + y * y));
      q6b.fill(Math.max(...best.map((j) => j.btag)));
    }

    const leptons = [...muons.map((l) => ({ l, muon: true })), ...electrons.map((l) => ({ l, muon: false }))];
    const clean = jets.filter((j) => j.pt > 30 && !leptons.some(({ l }) => l.pt > 10 && apart(j, l) < 0.4));
    if (clean.length > 0) q7.fill(clean.reduce((total, j) => total + j.pt, 0));

    let pair: readonly [number, number] | undefined;
    let offPeak = Number.POSITIVE_INFINITY;
    for (let i = 0; i < leptons.length; i++)
      for (let j = i + 1; j < leptons.length; j++) {
        const [a, b] = [leptons[i]!, leptons[j]!];
        if (a.muon !== b.muon || a.l.charge === b.l.charge) continue;
        const d = Math.abs(mass(a.l, b.l) - 91.2);
        if (d < offPeak) [pair, offPeak] = [[i, j], d];
      }
    if (leptons.length >= 3 && pair !== undefined) {
      const others = leptons.filter((_, i) => !pair!.includes(i)).map(({ l }) => l);
      const lead = others.reduce((a, b) => (b.pt > a.pt ? b : a));
      q8.fill(Math.sqrt(2 * lead.pt * met * (1 - Math.cos(metPhi - lead.phi))));
    }
  }
  return { q6a: q6a.counts, q6b: q6b.counts, q7: q7.counts, q8: q8.counts };
}
