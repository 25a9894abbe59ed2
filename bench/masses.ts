/**
 * Lambdas over combinations beside awkward: the best trijet of six jets, the masses of all muon pairs. Ours computes
 * in double precision. Either both sides have made the vectors Cartesian before, or both make them so in the time measured.
 * A loop over typed arrays, written by hand with the platform's functions, stands beside.
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
  /** The same written by hand. */
  readonly loop?: readonly [collection: keyof Objects, loop: (vectors: Components) => Float64Array];
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
    loop: ["Jet", topTrijets],
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
    loop: ["Muon", dimuons],
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
      const { pt, eta, phi, mass } = e.Muon;
      const fields = { pt: pt.toColumn(), eta: eta.toColumn(), phi: phi.toColumn(), mass: mass.toColumn() };
      return property(combinationSums(vectors(fields), 2), "mass");
    },
    against: [["dimuons of vector", false]],
  },
];

/** The lists of a collection, and the components of its vectors. */
interface Components {
  readonly offsets: Int32Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
  readonly t: Float64Array;
}

/** The transverse momentum of the trijet with the mass closest to 172.5. */
function topTrijets({ offsets, x, y, z, t }: Components): Float64Array {
  const out = new Float64Array(offsets.length - 1);
  for (let e = 0; e < out.length; e++) {
    const stop = offsets[e + 1]!;
    let nearest = Number.POSITIVE_INFINITY;
    let [a, b, c] = [0, 0, 0];
    for (let i = offsets[e]!; i < stop; i++)
      for (let j = i + 1; j < stop; j++) {
        const xx = x[i]! + x[j]!;
        const yy = y[i]! + y[j]!;
        const zz = z[i]! + z[j]!;
        const tt = t[i]! + t[j]!;
        for (let k = j + 1; k < stop; k++) {
          const distance = Math.abs(massOf(xx + x[k]!, yy + y[k]!, zz + z[k]!, tt + t[k]!) - 172.5);
          if (distance < nearest) {
            nearest = distance;
            a = i;
            b = j;
            c = k;
          }
        }
      }
    out[e] = Math.sqrt((x[a]! + x[b]! + x[c]!) ** 2 + (y[a]! + y[b]! + y[c]!) ** 2);
  }
  return out;
}

function dimuons({ offsets, x, y, z, t }: Components): Float64Array {
  let pairs = 0;
  for (let e = 0; e + 1 < offsets.length; e++)
    pairs += ((offsets[e + 1]! - offsets[e]!) * (offsets[e + 1]! - offsets[e]! - 1)) / 2;
  const out = new Float64Array(pairs);
  let at = 0;
  for (let e = 0; e + 1 < offsets.length; e++) {
    const stop = offsets[e + 1]!;
    for (let i = offsets[e]!; i < stop; i++)
      for (let j = i + 1; j < stop; j++) out[at++] = massOf(x[i]! + x[j]!, y[i]! + y[j]!, z[i]! + z[j]!, t[i]! + t[j]!);
  }
  return out;
}

function massOf(x: number, y: number, z: number, t: number): number {
  const m2 = t * t - x * x - y * y - z * z;
  return m2 < 0 ? -Math.sqrt(-m2) : Math.sqrt(m2);
}

function componentsOf(columns: Record<string, Column>, name: keyof Objects): Components {
  const values = (member: string): Float32Array =>
    ((columns[`${name}_${member}`] as ListColumn).content as PrimitiveColumn<"float32">).values;
  const [pt, eta, phi, mass] = [values("pt"), values("eta"), values("phi"), values("mass")];
  const [x, y, z, t] = [0, 1, 2, 3].map(() => new Float64Array(pt.length)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let i = 0; i < pt.length; i++) {
    x[i] = pt[i]! * Math.cos(phi[i]!);
    y[i] = pt[i]! * Math.sin(phi[i]!);
    z[i] = pt[i]! * Math.sinh(eta[i]!);
    t[i] = Math.sqrt(pt[i]! * pt[i]! + z[i]! * z[i]! + mass[i]! * mass[i]!);
  }
  return { offsets: (columns[`${name}_pt`] as ListColumn).offsets, x, y, z, t };
}

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
  { label, process, loop }: Contest,
  [name, cartesian, target]: Contest["against"][number],
  dtype: string,
  path: string,
  folder: string,
  peer: Peer | undefined,
): Promise<MassRow> {
  let answer: Column | undefined;
  let byLoop: Float64Array | undefined;
  const [columns] = [...objects({ events, seed: 1 })] as [Record<string, Column>];
  const vectors = loop && componentsOf(columns, loop[0]);
  const {
    seconds: [lambdas, theirs, loops],
  } = await rounds(
    [
      async () => {
        const { seconds, answer: column } = await answered(path, process, cartesian);
        answer = column;
        return seconds;
      },
      peer && (async () => (await peer.ask<{ seconds: number }>({ measure: name, dtype })).seconds),
      loop &&
        (async () => {
          const begin = performance.now();
          byLoop = loop[1](cartesian ? vectors! : componentsOf(columns, loop[0]));
          return (performance.now() - begin) / 1000;
        }),
    ],
    { warmup: 3, count: 7 },
  );
  if (peer !== undefined && dtype === "float64") requireEqual(label, answer!, readFileSync(join(folder, name)));
  if (byLoop !== undefined) requireEqual(label, answer!, Buffer.from(byLoop.buffer));
  const milliseconds = (seconds: readonly number[]): string => text(summary(seconds.map((s) => s * 1000)), 1);
  const faster = theirs && speedup(lambdas!, theirs);
  const verdict = target === undefined ? "none" : `${target}${faster && faster.median < target ? ", MISSED" : ""}`;
  return {
    [`${events} events`]: label,
    "cortado ms": milliseconds(lambdas!),
    awkward: `${name}, ${dtype}`,
    "awkward ms": theirs === undefined ? "not measured" : milliseconds(theirs),
    "times faster": faster === undefined ? "not measured" : text(faster, 1),
    "loop, times faster": loops && theirs ? text(speedup(loops, theirs), 1) : "",
    "time, lambdas / loop": loops ? text(speedup(loops, lambdas!)) : "",
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
