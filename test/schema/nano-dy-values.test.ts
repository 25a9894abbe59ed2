/** Counts, sums, masses and cuts that the specification gives for the 40-event sample. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import type { EventColumn, Events, List, LorentzItem } from "../../src/events/index.ts";
import { run } from "../../src/executor/index.ts";
import { type Column, toList } from "../../src/jagged/index.ts";
import { deltaR } from "../../src/vector/index.ts";

const data = join(process.env["CORTADO_DATA"] ?? resolve(import.meta.dirname, "../../../shared/data"), "cms-nanoaod");
const sample = join(data, "nano_dy.parquet");

interface Particle extends LorentzItem {
  readonly pt: number;
  readonly eta: number;
  readonly phi: number;
  readonly charge: number;
}
interface Event {
  readonly Muon: List<Particle>;
  readonly Electron: List<Particle>;
  readonly Jet: List<Particle>;
  readonly Photon: List<Particle>;
  readonly Tau: List<Particle>;
  readonly FatJet: List<Particle>;
  readonly SV: List<Particle>;
  readonly GenPart: List<Particle>;
  readonly GenJet: List<Particle>;
  readonly TrigObj: List<Particle>;
  readonly MET: { readonly pt: number };
  readonly nMuon: number;
  readonly nElectron: number;
  readonly genWeight: number;
  readonly event: bigint;
}

const values = (column: { toColumn(): Column }): number[] => toList(column.toColumn()) as number[];
const total = (column: EventColumn<number>): number => values(column).reduce((a, b) => a + Number(b), 0);
const collections = [
  "Muon",
  "Electron",
  "Jet",
  "Photon",
  "Tau",
  "FatJet",
  "SV",
  "GenPart",
  "GenJet",
  "TrigObj",
] as const;

describe.skipIf(!existsSync(sample))(`values of nano_dy${existsSync(sample) ? "" : `: ${sample} is absent`}`, () => {
  /** What `ask` makes of all events, in one chunk. */
  async function of<R>(ask: (events: Events<Event>) => R): Promise<R> {
    const { result } = await run<{ all: R[] }>(sample, ((events: Events<Event>) => ({ all: [ask(events)] })) as never);
    return result!.all[0]!;
  }

  test("counts and sums", async () => {
    const counts = await of((e) => collections.map((name) => total(e[name].count())));
    expect(counts).toEqual([18, 25, 188, 28, 29, 0, 9, 1067, 127, 128]);
    const sums = await of((e) => [
      total(e.Muon.sum((x) => x.pt)),
      total(e.Electron.sum((x) => x.pt)),
      total(e.Jet.sum((x) => x.pt)),
      total(e.map((x) => x.MET.pt)),
      total(e.map((x) => x.genWeight)),
      total(e.map((x) => Number(x.event))),
    ]);
    const expected = [538.369381, 608.141459, 5737.710938, 1253.306721, 578762.435547, 149992783];
    expect(sums).toEqual(expected.map((x) => expect.closeTo(x, 5)));
    expect(await of((e) => values(e.map((x) => x.nMuon)))).toEqual([
      0, 0, 0, 0, 2, 1, 2, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 0, 2, 0, 2, 0, 1, 1, 0, 0, 1, 0, 0, 0,
      0, 0,
    ]);
  });

  test("dimuons and trijets", async () => {
    const masses = await of((e) =>
      values(
        e.Muon.combinations(2)
          .filter((a, b) => a.charge !== b.charge)
          .map((a, b) => a.p4.add(b.p4).mass),
      ).flat(),
    );
    const expected = [94.603493, 87.583687, 87.96817, 90.374535, 89.101593, 31.58276];
    expect(masses).toEqual(expected.map((m) => expect.closeTo(m, 3)));
    expect(masses.reduce((a, b) => a + b, 0)).toBeCloseTo(481.2142827, 3);
    const trijets = await of((e) => {
      const all = e.Jet.combinations(3);
      const off = (a: Particle, b: Particle, c: Particle): number => Math.abs(a.p4.add(b.p4).add(c.p4).mass - 172.5);
      const best = all.minBy(off);
      return [
        total(all.count()),
        total(e.Jet.count()) > 0 ? values(e.Jet.count()).filter((n) => n >= 3).length : 0,
        total(best.sum((a, b, c) => a.p4.add(b.p4).add(c.p4).pt)),
        total(best.sum((a, b, c) => a.p4.add(b.p4).add(c.p4).mass)),
      ];
    });
    expect(trijets).toEqual([703, 33, expect.closeTo(1292.94043, 2), expect.closeTo(6347.594727, 1)]);
  });

  test("jets: HT, leading, away from muons; electrons and trigger objects", async () => {
    const jets = await of((e) => {
      const ht = e.Jet.filter((j) => j.pt > 30).sum((j) => j.pt);
      const away = (x: Event): number => x.Jet.count((j) => x.Muon.all((m) => deltaR(j, m) > 0.4));
      return [
        total(ht),
        values(ht).filter((x) => x > 100).length,
        total(e.Jet.take(1).sum((j) => j.pt)),
        total(e.map(away)),
      ];
    });
    expect(jets).toEqual([expect.closeTo(3174.546875, 3), 13, expect.closeTo(1998.859375, 3), 171]);
    const near = await of((e) => [
      total(e.Electron.count()) - total(e.Electron.nearest(e.TrigObj, { threshold: 0.4 }).count()),
      total(e.Electron.cartesian(e.TrigObj).count()),
      total(e.Electron.cartesian(e.TrigObj).sum((a, b) => deltaR(a, b))),
    ]);
    expect(near).toEqual([6, 103, expect.closeTo(178.086777, 3)]);
  });

  test("cuts, one by one, all but one, in a row, weighted", async () => {
    const passed = await of((e) =>
      values(
        e.map((x) => {
          const lead = x.Electron.any((l) => l.pt >= 20) || x.Muon.any((m) => m.pt >= 20);
          return Number(x.nMuon === 0) + 2 * Number(x.nElectron === 2) + 4 * Number(lead);
        }),
      ),
    );
    const weights = await of((e) => values(e.map((x) => x.genWeight)));
    const count = (mask: number): number => passed.filter((bits) => (bits & mask) === mask).length;
    const weighted = (mask: number): number =>
      passed.reduce((sum, bits, i) => sum + ((bits & mask) === mask ? weights[i]! : 0), 0);
    expect([0, 1, 2, 4].map(count)).toEqual([40, 28, 5, 17]);
    expect([0, 1, 3, 7].map(count)).toEqual([40, 28, 5, 3]);
    expect([0, 7 - 2, 7 - 1, 7 - 4, 7].map(count)).toEqual([40, 10, 3, 5, 3]);
    const cumulative = [578762.435547, 315450.423828, 25807.210938, 26331.201172];
    expect([0, 1, 3, 7].map(weighted)).toEqual(cumulative.map((x) => expect.closeTo(x, 2)));
  });

  test("a member alone reads itself, and the counter where lists are only counted", async () => {
    const { metrics } = await run(sample, ((e: Events<Event>) => ({ pt: e.Muon.pt })) as never);
    expect(metrics.columns).toEqual(["Muon_pt"]);
  });
});
