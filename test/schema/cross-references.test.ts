import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ChunkColumns, computeColumn, makeEvents } from "../../src/events/index.ts";
import { run } from "../../src/executor/index.ts";
import { type Field, writeParquet } from "../../src/io/index.ts";
import { fromList, toList } from "../../src/jagged/index.ts";
import { eventLayout } from "../../src/schema/index.ts";
import { temporaryFolder } from "../executor/sample.ts";

const folder = temporaryFolder();
let files = 0;

/** What `f` answers for each event of a file with these columns. */
async function answers(
  columns: Parameters<typeof writeParquet>[1],
  f: (e: never) => number | boolean | string,
  chunkSize = 2,
): Promise<unknown> {
  const file = join(folder, `${files++}.parquet`);
  await writeParquet(file, columns);
  const process = (events: { map(f: (e: never) => unknown): unknown }): unknown => ({ all: events.map(f) });
  const { result } = await run<{ all: unknown[] }>(file, process as never, { chunkSize });
  return result?.all;
}

interface List<T> {
  readonly length: number;
  filter(f: (x: T) => boolean): List<T>;
  sum(f: (x: T) => number): number;
  any(f: (x: T) => boolean): boolean;
  all(f: (x: T) => boolean): boolean;
}
interface Jet {
  readonly pt: number;
  readonly isLoose: boolean;
  readonly isTight: boolean;
  readonly isTightLeptonVeto: boolean;
  readonly matched_muons: List<Muon>;
  has(name: string): boolean;
}
interface Muon {
  readonly pt: number;
  readonly matched_jet: List<Jet>;
  readonly matched_gen: List<never>;
}

const dimuons = {
  Muon_pt: fromList([[5, 6], [], [7], [8, 9]], "var * float32"),
  Muon_jetIdx: fromList([[1, -1], [], [3], [0, 0]], "var * int16"),
  Jet_pt: fromList([[10, 20], [30], [40], [50]], "var * float32"),
  Jet_muonIdx1: fromList([[-1, 0], [0], [0], [1]], "var * int8"),
  Jet_muonIdx2: fromList([[1, 1], [-1], [5], [0]], "var * int8"),
};

describe("references", () => {
  test("an index in its list is one object, any other is none", async () => {
    const jets = await answers(dimuons, (e: { Muon: List<Muon> }) =>
      e.Muon.sum((m) => 100 * m.matched_jet.length + m.matched_jet.sum((j) => j.pt)),
    );
    expect(jets).toEqual([120, 0, 0, 300]);
  });

  test("two indices are a list of up to two, in their order", async () => {
    const muons = await answers(dimuons, (e: { Jet: List<Jet> }) => e.Jet.sum((j) => j.matched_muons.sum((m) => m.pt)));
    expect(muons).toEqual([6 + 5 + 6, 0, 7, 17]);
  });

  test("they point into the whole collection, whatever was filtered", async () => {
    const back = await answers(dimuons, (e: { Muon: List<Muon>; Jet: List<Jet> }) =>
      e.Muon.filter((m) => m.pt > 5.5).sum((m) => m.matched_jet.sum((j) => j.matched_muons.sum((x) => x.pt))),
    );
    expect(back).toEqual([0, 0, 0, 34]);
  });

  test("there is none to a collection that is not in the file", async () => {
    const matched = answers(dimuons, (e: { Muon: List<Muon> }) => e.Muon.sum((m) => m.matched_gen.length));
    await expect(matched).rejects.toMatchObject({ kind: "MissingColumnError", fields: { column: "Muon.matched_gen" } });
  });

  test("an index that is missing for one object is a missing value, not an empty list", () => {
    const field = (name: string): Field => {
      const element: Field = { name: "element", nullable: true, type: { kind: "primitive", dtype: "int16" } };
      return { name, nullable: false, type: { kind: "list", element } };
    };
    const columns = new ChunkColumns(eventLayout([field("Muon_jetIdx"), field("Jet_pt")]), 2, 10);
    columns.add("Jet_pt", fromList([[1, 2], [3]], "var * int16"));
    columns.add("Muon_jetIdx", fromList([[1, null], [0]], "var * ?int16"));
    columns.add("Muon_matched_jet", computeColumn(columns, "Muon_matched_jet", "memory"));
    columns.expect(["Muon_matched_jet", "Jet_pt"]);
    const metadata = { dataset: "x", filename: "memory", entrystart: 10, entrystop: 12 };
    const events = makeEvents<{ Muon: List<Muon & { has(name: string): boolean }> }>(columns, metadata);
    const sum = (f: (e: { Muon: List<Muon & { has(name: string): boolean }> }) => number): unknown =>
      toList(events.map(f).toColumn());
    expect(() => sum((e) => e.Muon.sum((m) => m.matched_jet.length))).toThrow(
      /Muon\.matched_jet has no value in event 10; ask `has\("matched_jet"\)` first/,
    );
    expect(sum((e) => e.Muon.sum((m) => (m.has("matched_jet") ? m.matched_jet.sum((j) => j.pt) : 0)))).toEqual([2, 3]);
  });

  test("a column of the file with the name of a reference is what the name means", async () => {
    const columns = { ...dimuons, Muon_matched_jet: fromList([[1, 2], [], [3], [4, 5]], "var * int32") };
    const own = (e: { Muon: List<{ matched_jet: number }> }): number => e.Muon.sum((m) => m.matched_jet);
    expect(await answers(columns, own)).toEqual([3, 0, 3, 9]);
  });
});

interface GenPart {
  readonly pdgId: number;
  readonly index: number;
  readonly parent: List<GenPart>;
  readonly children: List<GenPart>;
  readonly distinctParent: List<GenPart>;
  readonly distinctChildren: List<GenPart>;
  readonly distinctChildrenDeep: List<GenPart>;
  hasFlags(...names: string[]): boolean;
}

const history = (mothers: number[][], kinds: number[][]): Parameters<typeof writeParquet>[1] => ({
  GenPart_genPartIdxMother: fromList(mothers, "var * int32"),
  GenPart_pdgId: fromList(kinds, "var * int32"),
  GenPart_index: fromList(
    mothers.map((list) => list.map((_, i) => i)),
    "var * int32",
  ),
});

/** The relation of every particle of every event as text: `"0:1,2 1: 2:"`. */
const relation =
  (name: "parent" | "children" | "distinctParent" | "distinctChildren" | "distinctChildrenDeep") =>
  (e: { GenPart: List<GenPart> }): string => {
    const all: string[] = [];
    e.GenPart.all((g) => {
      const found: number[] = [];
      g[name].all((x) => found.push(x.index) > 0);
      all.push(`${g.index}:${found.join(",")}`);
      return true;
    });
    return all.join(" ");
  };

describe("family", () => {
  // 0 gluon → 1 top → 2 top → 3 top, 4 gluon; 3 → 5 W, 6 b; 5 → 7 W without children; the b (6) has a copy before it in the list: none.
  const mothers = [-1, 0, 1, 2, 2, 3, 3, 5];
  const kinds = [21, 6, 6, 6, 21, 24, 5, 24];

  test.each([
    ["parent", "0: 1:0 2:1 3:2 4:2 5:3 6:3 7:5"],
    ["children", "0:1 1:2 2:3,4 3:5,6 4: 5:7 6: 7:"],
    ["distinctParent", "0: 1:0 2:0 3:0 4:2 5:3 6:3 7:3"],
    ["distinctChildren", "0:1,2,3 1: 2:4 3:5,6,7 4: 5: 6: 7:"],
    ["distinctChildrenDeep", "0: 1:4,5,6 2: 3: 4: 5:7 6: 7:"],
  ] as const)("%s", async (name, expected) => {
    expect(await answers(history([mothers, []], [kinds, []]), relation(name) as never)).toEqual([expected, ""]);
  });

  test("a child that is stored before its parent is found", async () => {
    expect(await answers(history([[1, -1]], [[11, 23]]), relation("children") as never)).toEqual(["0: 1:0"]);
  });

  test("particles that are their own ancestors are an error, not a loop without end", async () => {
    const circle = history([[1, 0]], [[11, 11]]);
    const error = { kind: "FormatError", fields: { column: "GenPart_genPartIdxMother" } };
    await expect(answers(circle, relation("distinctParent") as never)).rejects.toMatchObject(error);
    expect(await answers(circle, relation("children") as never)).toEqual(["0:1 1:0"]);
  });

  test("children are the inverse of parent, in any tree and any chunks", async () => {
    const tree = fc.array(
      fc.array(fc.tuple(fc.integer({ min: -1, max: 9 }), fc.integer({ min: 1, max: 3 })), { maxLength: 8 }),
      {
        minLength: 1,
        maxLength: 4,
      },
    );
    await fc.assert(
      fc.asyncProperty(tree, fc.integer({ min: 1, max: 4 }), async (events, chunkSize) => {
        // Parents before their children, as generators write them: no circles.
        const up = events.map((event) => event.map(([mother], i) => (mother < i ? mother : -1)));
        const columns = history(
          up,
          events.map((event) => event.map(([, kind]) => kind)),
        );
        const found = await answers(columns, relation("children") as never, chunkSize);
        const expected = up.map((event) =>
          event.map((_, i) => `${i}:${event.flatMap((mother, k) => (mother === i ? [k] : [])).join(",")}`).join(" "),
        );
        expect(found).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });
});

describe("identification", () => {
  test("bits of jetId", async () => {
    const columns = {
      Jet_pt: fromList([[1], [1], [1], [1]]),
      Jet_jetId: fromList([[0], [1], [3], [7]], "var * uint8"),
    };
    const ids = (e: { Jet: List<Jet> }): number =>
      e.Jet.sum((j) => Number(j.isLoose) + 10 * Number(j.isTight) + 100 * Number(j.isTightLeptonVeto));
    expect(await answers(columns, ids)).toEqual([0, 1, 11, 111]);
  });

  test("cutBased where the file has it, else its bitmap", async () => {
    const tight = (e: { Photon: List<{ isTight: boolean; isLoose: boolean }> }): number =>
      e.Photon.sum((p) => Number(p.isLoose) + 10 * Number(p.isTight));
    const cutBased = fromList([[0], [1], [2], [3]], "var * int32");
    const bitmap = fromList([[0], [1], [3], [7]], "var * int32");
    const expected = [0, 1, 1, 11];
    expect(await answers({ Photon_cutBased: cutBased }, tight)).toEqual(expected);
    expect(await answers({ Photon_cutBasedBitmap: bitmap }, tight)).toEqual(expected);
    const both = { Photon_cutBased: cutBased, Photon_cutBasedBitmap: fromList([[7], [7], [7], [7]], "var * int32") };
    expect(await answers(both, tight)).toEqual(expected);
  });

  test("flags: all that are named; a misspelt one is an error with the nearest", async () => {
    const columns = { GenPart_statusFlags: fromList([[1 << 7], [(1 << 13) | (1 << 7)], [1 << 13], []], "var * int32") };
    const both = (e: { GenPart: List<GenPart> }): number =>
      e.GenPart.sum(
        (g) => Number(g.hasFlags("isHardProcess", "isLastCopy")) + 10 * Number(g.hasFlags("isHardProcess")),
      );
    expect(await answers(columns, both)).toEqual([10, 11, 0, 0]);
    const misspelt = answers(columns, (e: { GenPart: List<GenPart> }) => e.GenPart.any((g) => g.hasFlags("isLastCpy")));
    await expect(misspelt).rejects.toThrow(/there is no flag "isLastCpy".*isLastCopy/);
  });
});

describe("constants and names", () => {
  test("photons without mass have four-vectors; a mass in the file is kept", async () => {
    const photons = {
      Photon_pt: fromList([[3]], "var * float32"),
      Photon_eta: fromList([[0]], "var * float32"),
      Photon_phi: fromList([[0]], "var * float32"),
    };
    const energy = (e: { Photon: List<{ p4: { energy: number }; mass: number; charge: number }> }): number =>
      e.Photon.sum((p) => p.p4.energy + p.mass + p.charge);
    expect(await answers(photons, energy)).toEqual([3]);
    expect(await answers({ ...photons, Photon_mass: fromList([[4]], "var * float32") }, energy)).toEqual([9]);
  });

  test("the energy from the regression is regrEnergy", async () => {
    const columns = { Photon_pt: fromList([[3]], "var * float32"), Photon_energy: fromList([[7]], "var * float32") };
    const regression = (e: { Photon: List<{ regrEnergy: number }> }): number => e.Photon.sum((p) => p.regrEnergy);
    expect(await answers(columns, regression)).toEqual([7]);
  });
});
