import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";
import { writeParquet } from "../../src/io/index.ts";
import { fromList } from "../../src/jagged/index.ts";

/** The events of a sample file, as nested arrays. */
export interface Sample {
  readonly event: number[];
  readonly run: number[];
  readonly genWeight: number[];
  readonly MET_pt: number[];
  readonly Jet_pt: number[][];
  readonly Jet_eta: number[][];
  readonly Jet_btag: number[][];
  readonly Muon_pt: number[][];
  readonly Muon_charge: number[][];
}

/** Events `first` to `first + count`, the same for the same numbers; sums of their values depend on the order of adding. */
export function sample(count: number, first = 0): Sample {
  const of = <T>(f: (event: number, random: () => number) => T): T[] =>
    Array.from({ length: count }, (_, i) => f(first + i, generator(first + i + 1)));
  const list = (shift: number, f: (x: number, i: number) => number): number[][] =>
    of((event, random) => Array.from({ length: (event * 7 + shift) % 5 }, (_, i) => Math.fround(f(random(), i))));
  return {
    event: of((event) => event),
    run: of((event) => 1 + Math.floor(event / 100)),
    genWeight: of((_, random) => random() - 0.3),
    MET_pt: of((_, random) => Math.fround(80 * random())),
    Jet_pt: list(0, (x) => 20 + 100 * x),
    Jet_eta: list(0, (x) => 5 * x - 2.5),
    Jet_btag: list(0, (x) => Math.round(16 * x) / 16),
    Muon_pt: list(3, (x) => 5 + 60 * x),
    Muon_charge: list(3, (_, i) => (i % 2 === 0 ? 1 : -1)),
  };
}

function generator(seed: number): () => number {
  let state = (seed * 2654435761) >>> 0;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 0x9e3779b9) >>> 0;
    return state / 2 ** 32;
  };
}

const types: Record<string, string> = {
  event: "int64",
  run: "int32",
  nMuon: "int32",
  genWeight: "float64",
  MET_pt: "float32",
  Jet_pt: "var * float32",
  Jet_eta: "var * float32",
  Jet_btag: "var * float32",
  Muon_pt: "var * float32",
  Muon_charge: "var * int32",
};

/** A folder that is removed after the tests of this file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "cortado-test-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface Changes {
  readonly rowGroupRows?: number;
  /** Other types than usual, `undefined` to leave a column out. */
  readonly types?: Readonly<Record<string, string | undefined>>;
  /** Other values than the sample's. */
  readonly values?: Readonly<Record<string, unknown[]>>;
}

/** Writes a sample as a Parquet file, with the counter `nMuon` (but none for jets), and returns the path. */
export async function writeSample(path: string, data: Sample, changes: Changes = {}): Promise<string> {
  const values: Record<string, unknown[]> = { ...data, nMuon: data.Muon_pt.map((m) => m.length), ...changes.values };
  const all = { ...types, ...changes.types };
  const columns = Object.entries(values).flatMap(([name, list]) => {
    const type = all[name];
    if (type === undefined) return [];
    const whole = type.includes("int64") ? toBigints(list) : list;
    return [[name, fromList(whole, type)] as const];
  });
  const { rowGroupRows } = changes;
  await writeParquet(path, Object.fromEntries(columns), rowGroupRows === undefined ? {} : { rowGroupRows });
  return path;
}

function toBigints(list: unknown[]): unknown[] {
  return list.map((x) => (Array.isArray(x) ? toBigints(x) : BigInt(x as number)));
}

/** The URL of a fixture processor: TypeScript unless its name says otherwise. */
export const fixture = (name: string): URL =>
  new URL(`../fixtures/processors/${name}${name.endsWith(".js") ? "" : ".ts"}`, import.meta.url);

/** `file:line:` where a fixture processor says `text`: what a user's line begins with. */
export function lineOf(name: string, text: string): string {
  const file = fileURLToPath(fixture(name));
  const line = readFileSync(file, "utf8")
    .split("\n")
    .findIndex((l) => l.includes(text));
  return `${file}:${line + 1}:`;
}
