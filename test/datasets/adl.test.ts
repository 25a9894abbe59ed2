import { expect, test } from "vitest";
import generate from "../../datasets/adl.ts";
import type { Column, ListColumn, PrimitiveColumn } from "../../src/jagged/index.ts";

type Batch = Record<string, Column>;
const values = (column: Column | undefined): ArrayLike<number> => (column as PrimitiveColumn<"float32">).values;
const content = (batch: Batch, name: string): ArrayLike<number> => values((batch[name] as ListColumn).content);
const offsets = (batch: Batch, collection: string): Int32Array => (batch[`${collection}_pt`] as ListColumn).offsets;

const [batch] = generate({ events: 20_000, seed: 11 }) as Iterable<Batch> as [Batch];

test("the same seed gives the same events, another seed others", () => {
  expect([...generate({ events: 300, seed: 11 })]).toEqual([...generate({ events: 300, seed: 11 })]);
  const [other] = generate({ events: 300, seed: 12 }) as Iterable<Batch> as [Batch];
  expect(values(other["MET_pt"])).not.toEqual(values([...generate({ events: 300, seed: 11 })][0]!["MET_pt"]));
});

test("the first events do not depend on how many are asked for", () => {
  const batches = [...generate({ events: 50_400, seed: 3 })] as Batch[];
  expect(batches.map((b) => b["run"]!.length)).toEqual([50_000, 400]);
  const [few] = generate({ events: 500, seed: 3 }) as Iterable<Batch> as [Batch];
  expect(Array.from(values(few["MET_pt"]))).toEqual(Array.from(values(batches[0]!["MET_pt"])).slice(0, 500));
  const jets = offsets(few, "Jet")[500]!;
  expect(Array.from(content(few, "Jet_btag"))).toEqual(Array.from(content(batches[0]!, "Jet_btag")).slice(0, jets));
});

test("no events still have columns", () => {
  const [none, ...rest] = [...generate({ events: 0, seed: 1 })];
  expect(rest).toEqual([]);
  expect(Object.keys(none!)).toEqual(Object.keys(batch));
  expect(none!["Jet_pt"]!.length).toBe(0);
});

test("multiplicities are those of the 2012 single-muon data, roughly", () => {
  const mean = (collection: string): number => offsets(batch, collection)[20_000]! / 20_000;
  expect(mean("Jet")).toBeCloseTo(3.2, 0);
  expect(mean("Muon")).toBeCloseTo(1.4, 0);
  expect(mean("Electron")).toBeCloseTo(0.2, 1);
});

test("counters, shared offsets, falling pt, values in their ranges, 10 bits of mantissa", () => {
  for (const collection of ["Jet", "Muon", "Electron"]) {
    const shared = offsets(batch, collection);
    const members = Object.keys(batch).filter((name) => name.startsWith(`${collection}_`));
    expect(members).toEqual(
      ["pt", "eta", "phi", "mass", collection === "Jet" ? "btag" : "charge"].map((m) => `${collection}_${m}`),
    );
    for (const name of members) expect((batch[name] as ListColumn).offsets).toBe(shared);
    const pt = content(batch, `${collection}_pt`);
    for (let e = 0; e < 20_000; e++) {
      if (values(batch[`n${collection}`])[e] !== shared[e + 1]! - shared[e]!) throw new Error(`event ${e}`);
      for (let i = shared[e]! + 1; i < shared[e + 1]!; i++) if (pt[i]! > pt[i - 1]!) throw new Error(`event ${e}`);
    }
    for (const name of ["pt", "eta", "phi", "mass"]) {
      const floats = content(batch, `${collection}_${name}`) as unknown as Float32Array;
      expect(new Uint32Array(floats.buffer).every((bits) => (bits & 0x1fff) === 0)).toBe(true);
      expect(floats.every(Number.isFinite)).toBe(true);
    }
    expect(Math.min(...new Set(Array.from(pt)))).toBeGreaterThan(0);
    expect(Array.from(content(batch, `${collection}_phi`)).every((phi) => Math.abs(phi) <= 3.1426)).toBe(true);
  }
});

test("event numbers increase", () => {
  const ids = (batch["event"] as PrimitiveColumn<"uint64">).values;
  for (let i = 1; i < ids.length; i++) if (ids[i]! <= ids[i - 1]!) throw new Error(`event ${i}`);
  expect(batch["event"]).toMatchObject({ dtype: "uint64" });
});

test("each of the eight queries finds events: plain loops over the definitions", () => {
  const found = { dijet: 0, dimuon: 0, trijet: 0, tagged: 0, clean: 0, trilepton: 0 };
  const mass = (name: string, i: number, j: number): number => {
    const at = (member: string, k: number): number => content(batch, `${name}_${member}`)[k]!;
    const cosh = Math.cosh(at("eta", i) - at("eta", j));
    return Math.sqrt(2 * at("pt", i) * at("pt", j) * (cosh - Math.cos(at("phi", i) - at("phi", j))));
  };
  const pairs = (name: string, e: number, want: (mass: number) => boolean): boolean => {
    const range = offsets(batch, name);
    const charge = content(batch, `${name}_charge`);
    for (let i = range[e]!; i < range[e + 1]!; i++)
      for (let j = i + 1; j < range[e + 1]!; j++) if (charge[i] !== charge[j] && want(mass(name, i, j))) return true;
    return false;
  };
  const jets = offsets(batch, "Jet");
  const pt = content(batch, "Jet_pt");
  for (let e = 0; e < 20_000; e++) {
    const [from, to] = [jets[e]!, jets[e + 1]!];
    const hard = (threshold: number): number =>
      Array.from({ length: to - from }, (_, i) => pt[from + i]!).filter((p) => p > threshold).length;
    if (hard(40) >= 2) found.dijet++;
    if (pairs("Muon", e, (m) => m > 60 && m < 120)) found.dimuon++;
    if (to - from >= 3) found.trijet++;
    if (hard(30) > 0) found.clean++;
    const leptons = ["Muon", "Electron"].reduce(
      (n, name) => n + offsets(batch, name)[e + 1]! - offsets(batch, name)[e]!,
      0,
    );
    if (leptons >= 3 && (pairs("Muon", e, () => true) || pairs("Electron", e, () => true))) found.trilepton++;
    for (let i = from; i < to; i++) if (content(batch, "Jet_btag")[i]! > 0.8) found.tagged++;
  }
  expect(found.dijet).toBeGreaterThan(1000);
  expect(found.dimuon).toBeGreaterThan(1000);
  expect(found.trijet).toBeGreaterThan(5000);
  expect(found.tagged).toBeGreaterThan(1000);
  expect(found.clean).toBeGreaterThan(5000);
  expect(found.trilepton).toBeGreaterThan(500);
});
