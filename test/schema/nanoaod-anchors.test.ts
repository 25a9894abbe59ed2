/** Numbers that the reference gives for cross-references, identification and generator history on the 40-event sample. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import type { EventColumn, Events, Item, ItemOperations, List, LorentzItem } from "../../src/events/index.ts";
import { run } from "../../src/executor/index.ts";

const data = join(process.env["CORTADO_DATA"] ?? resolve(import.meta.dirname, "../../../shared/data"), "cms-nanoaod");
const samples = ["nano_dy.parquet", "nano_dy.extensionarray.parquet"].map((name) => join(data, name));
const empty = join(data, "nano_dy_empty.parquet");
const missing = [...samples, empty].filter((file) => !existsSync(file));

interface GenPart extends Item {
  readonly pdgId: number;
  readonly parent: GenPartList;
  readonly children: GenPartList;
  readonly distinctParent: GenPartList;
  readonly distinctChildren: GenPartList;
  readonly distinctChildrenDeep: GenPartList;
  hasFlags(...names: ("isHardProcess" | "isLastCopy")[]): boolean;
}
interface GenPartList extends ItemOperations<readonly [GenPart]> {}
interface Jet extends LorentzItem {
  readonly pt: number;
  readonly matched_gen: List<LorentzItem>;
  readonly isTight: boolean;
}
interface Lepton extends LorentzItem {
  readonly pt: number;
  readonly tightId: boolean;
  readonly isTight: boolean;
  readonly matched_jet: List<Jet>;
  readonly matched_gen: List<GenPart>;
}
interface Event {
  readonly Muon: List<Lepton>;
  readonly Electron: List<Lepton>;
  readonly Jet: List<Jet>;
  readonly GenPart: List<GenPart>;
  readonly Photon: List<LorentzItem & { readonly isTight: boolean }>;
  readonly TrigObj: List<LorentzItem & { readonly pt: number; readonly mass: number }>;
}

const total = (column: EventColumn<number>): number => {
  const made = column.toColumn();
  if (made.kind !== "primitive") throw new Error(made.kind);
  let sum = 0;
  for (const value of made.values) sum += Number(value);
  return sum;
};

function anchors(events: Events<Event>): object {
  const { Muon, Electron, Jet, GenPart, TrigObj } = events;
  return {
    "Muon.matched_jet missing": total(Muon.count((m) => m.matched_jet.length === 0)),
    "Muon.matched_gen missing": total(Muon.count((m) => m.matched_gen.length === 0)),
    "Electron.matched_gen missing": total(Electron.count((l) => l.matched_gen.length === 0)),
    "Jet.matched_gen present": total(Jet.count((j) => j.matched_gen.length === 1)),
    "Jet.isTight": total(Jet.count((j) => j.isTight)),
    "Electron.isTight": total(Electron.count((l) => l.isTight)),
    "Muon.tightId": total(Muon.count((m) => m.tightId)),
    hardProcess: total(GenPart.count((g) => g.hasFlags("isHardProcess"))),
    "hardProcess & lastCopy": total(GenPart.count((g) => g.hasFlags("isHardProcess", "isLastCopy"))),
    parent: total(GenPart.count((g) => g.parent.length === 1)),
    distinctParent: total(GenPart.count((g) => g.distinctParent.length === 1)),
    children: total(GenPart.sum((g) => g.children.length)),
    distinctChildren: total(GenPart.sum((g) => g.distinctChildren.length)),
    distinctChildrenDeep: total(GenPart.sum((g) => g.distinctChildrenDeep.length)),
    "wrong parents": total(GenPart.count((g) => g.children.any((c) => !c.parent.all((p) => p.is(g))))),
    "alike parents": total(GenPart.count((g) => g.distinctParent.any((p) => p.pdgId === g.pdgId))),
    photons: events.map((e) => e.Photon.any((p) => p.isTight)),
    masses: total(TrigObj.sum((t) => t.mass)),
    "p4 as stored": total(TrigObj.count((t) => Math.abs(t.p4.pt - t.pt) > 1e-3)),
  };
}

describe.skipIf(missing.length > 0)(`cross-references on real events${missing.map((m) => `: ${m} is absent`)}`, () => {
  test.each(
    samples.flatMap((file) => [7, 1000].map((chunkSize) => [file, chunkSize] as const)),
  )("%s in chunks of %i", async (file, chunkSize) => {
    const { result, metrics } = await run<Record<string, unknown>>(file, anchors as never, { chunkSize });
    const { photons, ...counts } = result!;
    expect((photons as boolean[]).slice(0, 9)).toEqual([false, true, true, true, false, false, false, false, false]);
    expect(counts).toEqual({
      "Muon.matched_jet missing": 1,
      "Muon.matched_gen missing": 2,
      "Electron.matched_gen missing": 8,
      "Jet.matched_gen present": 95,
      "Jet.isTight": 178,
      "Electron.isTight": 9,
      "Muon.tightId": 14,
      hardProcess: 222,
      "hardProcess & lastCopy": 88,
      parent: 864,
      distinctParent: 827,
      children: 864,
      distinctChildren: 827,
      distinctChildrenDeep: 453,
      "wrong parents": 0,
      "alike parents": 0,
      masses: 0,
      "p4 as stored": 0,
    });
    expect(metrics.columns).not.toContain("Jet_isTight");
    expect(metrics.columns).toContain("Jet_jetId");
  });

  test("no events: nothing, of the right type", async () => {
    const { result } = await run<Record<string, unknown>>(empty, anchors as never);
    expect(result).toMatchObject({ "Muon.matched_jet missing": 0, distinctChildrenDeep: 0, photons: [] });
  });

  test("a reference reads the index, and only the list lengths of where it points", async () => {
    const count = (events: Events<Event>): number => total(events.Muon.count((m) => m.matched_jet.length === 1));
    const { result, metrics } = await run<number>(samples[0]!, count as never);
    expect(result).toBe(17);
    expect(metrics.columns).toEqual(["Muon_jetIdx", "nJet"]);
  });

  test("matched jets are those of the whole collection, after filters and combinations", async () => {
    const sums = (events: Events<Event>): number[] => {
      const tight = events.Muon.filter((m) => m.pt > 5);
      const cut = events.define({ jets: (e) => e.Jet.filter((j) => j.pt > 1e9) });
      return [
        total(tight.combinations(2).sum((a, b) => a.matched_jet.pt.sum() + b.matched_jet.pt.sum())),
        total(cut.map((e) => e.jets.length)),
        total(events.map((e) => e.Muon.sum((m) => e.Jet.count((j) => m.matched_jet.any((x) => x.is(j)))))),
      ];
    };
    const { result } = await run<number[][]>(samples[0]!, ((e: Events<Event>) => [sums(e)]) as never);
    expect(result![0]![0]).toBeGreaterThan(0);
    expect(result![0]!.slice(1)).toEqual([0, 17]);
  });
});
