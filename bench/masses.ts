/**
 * Lambdas over combinations beside awkward: the best trijet of six jets, the masses of all muon pairs. Ours computes
 * in double precision. Either both sides have made the vectors Cartesian before, or both make them so in the time measured.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Events, iterative, type List, type LorentzItem, run } from "cortado";
import { generateFile } from "cortado/io";
import type { Column, ListColumn, PrimitiveColumn } from "cortado/jagged";
import { combinationSums, property, vectors } from "cortado/vector";
import { type Random, random } from "../datasets/random.ts";
import { type Peer, startPeer } from "./peer.ts";
import { rounds, speedup, summary, text } from "./rounds.ts";

const events = 131_072;
const jetsOfEvent = 6;
const muonsOfEvent = 1.5;

interface Candidate extends LorentzItem {
  readonly pt: number;
  readonly eta: number;
  readonly phi: number;
  readonly mass: number;
}

interface Objects {
  readonly Jet: List<Candidate>;
  readonly Muon: List<Candidate>;
}

interface Contest {
  readonly label: string;
  readonly process: (e: Events<Objects>) => Column;
  /** What the other side calls it, whether both have Cartesian vectors before, and how many times faster ours shall be. */
  readonly against: readonly (readonly [name: string, cartesian: boolean, target?: number])[];
}

const contests: readonly Contest[] = [
  {
    label: "Jet.combinations(3).minBy(|m − 172.5|), pt of the best",
    process: (e) =>
      e.Jet.combinations(3)
        .minBy((a, b, c) => Math.abs(a.p4.add(b.p4).add(c.p4).mass - 172.5))
        .map((a, b, c) => a.p4.add(b.p4).add(c.p4).pt)
        .toColumn(),
    against: [
      ["top trijets", true, 10],
      ["top trijets, converted", false],
    ],
  },
  {
    label: "Jet.combinations(3).maxBy(pt), mass of the best",
    process: (e) =>
      e.Jet.combinations(3)
        .maxBy((a, b, c) => a.p4.add(b.p4).add(c.p4).pt)
        .map((a, b, c) => a.p4.add(b.p4).add(c.p4).mass)
        .toColumn(),
    against: [["hardest trijets", true]],
  },
  {
    label: "Muon.combinations(2).map(mass)",
    process: (e) =>
      e.Muon.combinations(2)
        .map((a, b) => a.p4.add(b.p4).mass)
        .toColumn(),
    against: [
      ["dimuons", true],
      ["dimuons, converted", false],
      ["dimuons of vector, Cartesian", true, 5],
      ["dimuons of vector", false, 5],
    ],
  },
  {
    label: "cortado/vector: combinationSums, mass",
    process: (e) => {
      const column = (member: (muon: Candidate) => number): Column => e.Muon.map(member).toColumn();
      const [pt, eta, phi, mass] = [
        column((m) => m.pt),
        column((m) => m.eta),
        column((m) => m.phi),
        column((m) => m.mass),
      ];
      return property(combinationSums(vectors({ pt, eta, phi, mass }), 2), "mass");
    },
    against: [["dimuons of vector", false]],
  },
];

export type MassRow = { readonly [heading: string]: string };

export async function benchMasses(folder: string, python: string | undefined): Promise<MassRow[]> {
  const path = join(folder, "objects.parquet");
  await generateFile(objects, { events, seed: 1, out: path });
  let peer: Peer | undefined;
  try {
    if (python !== undefined) {
      peer = await startPeer(python, "masses-peer.py");
      await peer.ask({ load: path, out: folder });
    }
    const table: MassRow[] = [];
    for (const contest of contests)
      for (const against of contest.against)
        for (const dtype of ["float64", "float32"]) table.push(await row(contest, against, dtype, path, folder, peer));
    return table;
  } finally {
    peer?.close();
  }
}

async function row(
  { label, process }: Contest,
  [name, cartesian, target]: Contest["against"][number],
  dtype: string,
  path: string,
  folder: string,
  peer: Peer | undefined,
): Promise<MassRow> {
  let answer: Column | undefined;
  const {
    seconds: [lambdas, theirs],
  } = await rounds(
    [
      async () => {
        const { seconds, answer: column } = await answered(path, process, cartesian);
        answer = column;
        return seconds;
      },
      peer && (async () => (await peer.ask<{ seconds: number }>({ measure: name, dtype })).seconds),
    ],
    { warmup: 3, count: 7 },
  );
  if (peer !== undefined && dtype === "float64") requireEqual(label, answer!, readFileSync(join(folder, name)));
  const milliseconds = (seconds: readonly number[]): string => text(summary(seconds.map((s) => s * 1000)), 1);
  const faster = theirs && speedup(lambdas!, theirs);
  const verdict = target === undefined ? "none" : `${target}${faster && faster.median < target ? ", MISSED" : ""}`;
  return {
    [`${events} events`]: label,
    "cortado ms": milliseconds(lambdas!),
    awkward: `${name}, ${dtype}`,
    "awkward ms": theirs === undefined ? "not measured" : milliseconds(theirs),
    "times faster": faster === undefined ? "not measured" : text(faster, 1),
    "at least": verdict,
  };
}

/** What `process` gives of all events as one chunk, and how long it takes with the columns in memory. */
async function answered(
  path: string,
  process: (e: Events<Objects>) => Column,
  cartesian: boolean,
): Promise<{ readonly seconds: number; readonly answer: Column }> {
  let seconds = 0;
  let answer: Column | undefined;
  const processor = (e: Events<Objects>) => {
    if (cartesian) for (const one of [e.Jet, e.Muon]) one.sum((object) => object.p4.t).toColumn();
    const begin = performance.now();
    answer = process(e);
    seconds = (performance.now() - begin) / 1000;
    return { events: answer.length };
  };
  await run([path], processor as never, { executor: iterative(), chunkSize: events });
  return { seconds, answer: answer! };
}

/** Throws unless all values that are there are equal to a relative 10⁻⁶, or 10⁻⁴ GeV where the mass is a small difference. */
function requireEqual(label: string, column: Column, bytes: Buffer): void {
  const theirs = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  const leaf = (column.kind === "list" ? column.content : column) as PrimitiveColumn<"float64">;
  let at = 0;
  for (let i = 0; i < leaf.length; i++) {
    if (leaf.validity !== undefined && ((leaf.validity[i >> 3]! >> (i & 7)) & 1) === 0) continue;
    const [a, b] = [leaf.values[i]!, theirs[at++]!];
    if (!(Math.abs(a - b) <= 1e-6 * Math.abs(b) + 1e-4))
      throw new Error(`${label}: value ${i} is ${a} here, ${b} there`);
  }
  if (at !== theirs.length) throw new Error(`${label}: ${at} values here, ${theirs.length} there`);
}

/** Events of six jets and about 1.5 muons, all independent. */
function* objects({ events: length, seed }: { events: number; seed: number }): Iterable<Record<string, Column>> {
  const source = random(seed, 0);
  yield {
    ...collection("Jet", length, source, () => jetsOfEvent),
    ...collection("Muon", length, source, () => source.poisson(muonsOfEvent)),
  };
}

function collection(name: string, length: number, { uniform }: Random, count: () => number): Record<string, Column> {
  const offsets = new Int32Array(length + 1);
  for (let i = 0; i < length; i++) offsets[i + 1] = offsets[i]! + count();
  const members = {
    pt: () => 20 - 30 * Math.log(uniform()),
    eta: () => 5 * uniform() - 2.5,
    phi: () => Math.PI * (2 * uniform() - 1),
    mass: () => (name === "Muon" ? 0.10566 : 5 + 10 * uniform()),
  };
  const counts = Uint32Array.from({ length }, (_, i) => offsets[i + 1]! - offsets[i]!);
  const columns: Record<string, Column> = {
    [`n${name}`]: { kind: "primitive", dtype: "uint32", length, values: counts },
  };
  for (const [member, make] of Object.entries(members)) {
    const values = Float32Array.from({ length: offsets[length]! }, make);
    const content: PrimitiveColumn = { kind: "primitive", dtype: "float32", length: values.length, values };
    columns[`${name}_${member}`] = { kind: "list", length, offsets, content } satisfies ListColumn;
  }
  return columns;
}
