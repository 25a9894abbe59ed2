/** Shape and weight variations in one loop, as docs/systematics.md shows it, through `run`. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import type { Events, Item, List } from "../../src/events/index.ts";
import { run } from "../../src/executor/index.ts";
import { axis, Hist } from "../../src/hist/index.ts";
import { writeParquet } from "../../src/io/index.ts";
import { fromList } from "../../src/jagged/index.ts";
import { type WeightStatistics, Weights } from "../../src/selection/index.ts";
import { sample, temporaryFolder, writeSample } from "./sample.ts";

interface Event {
  readonly Jet: List<Item & { readonly pt: number; readonly eta: number }>;
  readonly MET: { readonly pt: number };
  readonly genWeight: number;
}

const folder = temporaryFolder();
const data = sample(300);
const file = await writeSample(join(folder, "sample.parquet"), data);

const scales = Array.from({ length: 10 }, (_, k) => [`jes_${k}`, 1 + 0.01 * (k - 4.5)] as const);
const hist = (): Hist =>
  Hist.of(axis.category("variation"), axis.regular(20, 0, 400, { name: "ht" }), { storage: "weight" });

function filled(events: Events<Event>, factors: readonly (readonly [string, number])[]): { ht: Hist } {
  const ht = hist();
  const varied = factors.map(([name, factor]) => events.vary(name, { Jet: { pt: (j) => factor * j.pt } }));
  for (const e of [events, ...varied]) {
    const selected = e.filter((x) => x.Jet.count((j) => j.pt > 40) >= 2);
    const weights = new Weights(selected.length).add("gen", selected.genWeight).add("sf", 1, 1.05, 0.95);
    const values = selected.map((x) => x.Jet.sum((j) => j.pt));
    ht.fill({ variation: e.variation, ht: values }, { weight: weights.weight() });
    if (e.variation !== "nominal") continue;
    for (const name of weights.variations) ht.fill({ variation: name, ht: values }, { weight: weights.weight(name) });
  }
  return { ht };
}

test("ten variations read each column once: the bytes and columns of the nominal alone", async () => {
  const nominal = await run<{ ht: Hist }>(file, (events: Events<Event>) => filled(events, []), { chunkSize: 100 });
  const all = await run<{ ht: Hist }>(file, (events: Events<Event>) => filled(events, scales), { chunkSize: 100 });
  expect(all.metrics.columns).toEqual(["Jet_pt", "genWeight"]);
  expect(all.metrics.columns).toEqual(nominal.metrics.columns);
  expect(all.metrics.bytesByColumn).toEqual(nominal.metrics.bytesByColumn);
  expect(all.metrics.bytesread).toBe(nominal.metrics.bytesread);
  expect(all.metrics.chunkReplays).toBe(0);
});

test("each variation is what the varied file gives, the nominal what it is alone", async () => {
  const { result } = await run<{ ht: Hist }>(file, (events: Events<Event>) => filled(events, scales), {
    chunkSize: 100,
  });
  const alone = await run<{ ht: Hist }>(file, (events: Events<Event>) => filled(events, []), { chunkSize: 100 });
  const names = ["nominal", "sfUp", "sfDown", ...scales.map(([name]) => name)];
  expect(result!.ht.axes[0]).toMatchObject({ categories: names });
  const row = (h: Hist, k: number): number[] => [...h.values({ flow: true })].slice(k * 22, (k + 1) * 22);
  for (const k of [0, 1, 2]) expect(row(result!.ht, k)).toEqual(row(alone.result!.ht, k));
  for (const [k, [, factor]] of scales.entries()) {
    const Jet_pt = data.Jet_pt.map((l) => l.map((pt) => Math.fround(factor * pt)));
    const expected = hist();
    Jet_pt.forEach((jets, i) => {
      if (jets.filter((pt) => pt > 40).length < 2) return;
      const ht = jets.reduce((a, b) => a + b, 0);
      expected.fill({ variation: "x", ht }, { weight: data.genWeight[i]! });
    });
    for (const [bin, value] of row(expected, 0).entries()) expect(row(result!.ht, k + 3)[bin]).toBeCloseTo(value, 10);
  }
});

test("references point to the varied objects", async () => {
  const linked = join(folder, "linked.parquet");
  await writeParquet(linked, {
    Muon_pt: fromList([[5, 6], [], [7]], "var * float32"),
    Muon_jetIdx: fromList([[1, -1], [], [0]], "var * int16"),
    Jet_pt: fromList([[10, 20], [30], [40]], "var * float32"),
  });
  type Muon = Item & { readonly pt: number; readonly matched_jet: List<Item & { readonly pt: number }> };
  interface Linked {
    readonly Muon: List<Muon>;
    readonly Jet: List<Item & { readonly pt: number }>;
  }
  const { result } = await run(linked, (events: Events<Linked>) => {
    const matched = (e: Events<Linked>): object => e.map((x) => x.Muon.sum((m) => m.matched_jet.sum((j) => j.pt)));
    const up = events.vary("up", { Jet: { pt: (j) => 2 * j.pt } });
    return { nominal: matched(events), up: matched(up), muons: up.Muon.pt };
  });
  expect(result).toEqual({ nominal: [20, 0, 40], up: [40, 0, 80], muons: [[5, 6], [], [7]] });
});

interface Sums {
  readonly all: { readonly n: number; readonly up: number; readonly down: number }[];
  readonly statistics: Readonly<Record<string, WeightStatistics>>;
}
const nano = join(
  process.env["CORTADO_DATA"] ?? resolve(import.meta.dirname, "../../../shared/data"),
  "cms-nanoaod/nano_dy.parquet",
);

test("a weight varied by 5 % on 40 events with unit weights sums to 42 and 38", async (context) => {
  if (!existsSync(nano)) context.skip(`there is no ${nano}`);
  const { result } = await run<Sums>(nano, (events: Events<Event>) => {
    const weights = new Weights(events.length).add("sf", 1, 1.05, 0.95);
    const sum = (name?: string): number => weights.weight(name).reduce((a, b) => a + b, 0);
    return { all: [{ n: sum(), up: sum("sfUp"), down: sum("sfDown") }], statistics: weights.weightStatistics };
  });
  expect(result!.all[0]!.n).toBe(40);
  expect(result!.all[0]!.up).toBeCloseTo(42, 12);
  expect(result!.all[0]!.down).toBeCloseTo(38, 12);
  expect(result!.statistics["sf"]).toMatchObject({ sumw: 40, sumw2: 40, minw: 1, maxw: 1, n: 40 });
});
