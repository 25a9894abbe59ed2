/** The schemas of ATLAS files, with the names of real ones. */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { run } from "../../src/executor/index.ts";
import { type Columns, type Field, type FieldType, openFile, openParquet, writeParquet } from "../../src/io/index.ts";
import { type DType, fromList } from "../../src/jagged/index.ts";
import { eventLayout, readSchema } from "../../src/schema/index.ts";
import { temporaryFolder } from "../executor/sample.ts";

interface Stored {
  readonly type: string;
  readonly data?: readonly unknown[];
}
/** Columns of a real PHYSLITE file, the first events of some: see make-physlite.py. */
const physlite: Readonly<Record<string, Stored>> = JSON.parse(
  readFileSync(resolve(import.meta.dirname, "../fixtures/physlite.json"), "utf8"),
);
const shipped = (name: string): string => resolve(import.meta.dirname, `../../datasets/schemas/${name}.json`);
const folder = temporaryFolder();

const exact = (type: string, data: readonly unknown[]): readonly unknown[] =>
  type === "uint64" ? data.map((one) => BigInt(one as number)) : data;
/** The field of a column of this type, such as `var * int32`. */
function fieldOf(name: string, type: string): Field {
  const inner = type.replace(/^var \* /, "");
  if (inner !== type) return { name, nullable: false, type: { kind: "list", element: fieldOf("element", inner) } };
  const string: FieldType = { kind: "string", encoding: "utf8" };
  return { name, nullable: false, type: type === "string" ? string : { kind: "primitive", dtype: type as DType } };
}

const column = ({ type, data = [] }: Stored) => fromList(exact(type, data), type);

describe("PHYSLITE", () => {
  const schema = readSchema(shipped("physlite"));

  test("every name of the file has a place: its container, or the event's information", () => {
    const fields = Object.entries(physlite).map(([name, { type }]) => fieldOf(name, type));
    const layout = eventLayout(fields, schema);
    const stored = Object.values(layout.columns).filter(({ computed }) => computed === undefined);
    expect(stored).toHaveLength(Object.keys(physlite).length);
    expect(Object.keys(layout.collections).sort()).toEqual([
      "Electrons",
      "Jets",
      "LargeRJets",
      "MET_Core_AnalysisMET",
      "Muons",
      "PrimaryVertices",
      "TauJets",
    ]);
    expect(Object.keys(layout.records)).toEqual(["EventInfo"]);
    expect(layout.scalars).toEqual({});
    for (const name of ["Electrons", "Jets", "LargeRJets", "Muons", "TauJets"])
      expect(Object.keys(layout.collections[name]!.members)).toEqual(
        expect.arrayContaining(["pt", "eta", "phi", "mass"]),
      );
    expect(layout.collections["Electrons"]!.members).toMatchObject({
      ambiguityLink_m_persIndex: "Electrons_ambiguityLink_m_persIndex",
      m: "Electrons_m",
      mass: "Electrons_m",
    });
    expect(layout.records["EventInfo"]).toHaveProperty("mcEventWeights");
  });

  test("its events: four-vectors, links, positions, lists of the event", async () => {
    const kept = Object.entries(physlite).filter(([, { data }]) => data !== undefined);
    const file = join(folder, "physlite.parquet");
    await writeParquet(file, Object.fromEntries(kept.map(([name, one]) => [name, column(one)])) as Columns);
    interface List<T> {
      readonly length: number;
      sum(f: (x: T) => number): number;
    }
    interface Particle {
      readonly m: number;
      readonly p4: { readonly mass: number; readonly pt: number };
      readonly ambiguityLink_m_persIndex: number;
      readonly pos: { readonly z: number };
    }
    interface Event {
      readonly Electrons: List<Particle>;
      readonly Jets: List<Particle>;
      readonly PrimaryVertices: List<Particle>;
      readonly EventInfo: { readonly eventNumber: bigint; readonly mcEventWeights: { sum(): number } };
    }
    const process = (events: { map(f: (e: Event) => number): unknown }): object => ({
      "mass of electrons": events.map((e) => e.Electrons.sum((x) => x.p4.mass)),
      links: events.map((e) => e.Electrons.sum((x) => Number(x.ambiguityLink_m_persIndex === 0xffffffff))),
      "pt of jets": events.map((e) => e.Jets.sum((j) => j.p4.pt)),
      z: events.map((e) => e.PrimaryVertices.sum((v) => v.pos.z)),
      weights: events.map((e) => e.EventInfo.mcEventWeights.sum()),
      numbers: events.map((e) => Number(e.EventInfo.eventNumber)),
    });
    const { result } = await run<Record<string, number[]>>(file, process as never, { schema, chunkSize: 3 });
    const data = (name: string): number[] =>
      physlite[name]!.data!.map((list) => [list].flat(Infinity).reduce((sum: number, x) => sum + Number(x), 0));
    const near = (values: number[]): unknown[] => values.map((x) => expect.closeTo(x, 1));
    expect(result).toEqual({
      "mass of electrons": near(data("AnalysisElectronsAuxDyn.m")),
      links: physlite["AnalysisElectronsAuxDyn.ambiguityLink.m_persKey"]!.data!.map(
        (keys) => (keys as number[]).filter((key) => key === 0).length,
      ),
      "pt of jets": near(data("AnalysisJetsAuxDyn.pt")),
      z: near(data("PrimaryVerticesAuxDyn.z")),
      weights: near(data("EventInfoAuxDyn.mcEventWeights")),
      numbers: data("EventInfoAuxDyn.eventNumber"),
    });
  });
});

const sample = join(process.env["CORTADO_DATA"] ?? resolve(import.meta.dirname, "../../../shared/data"), "atlas-4lep");
const file = join(sample, "data_A.4lep.parquet");

describe.skipIf(!existsSync(file))(`ATLAS open data${existsSync(file) ? "" : `: ${file} is absent`}`, () => {
  test("every collection has its counter and four-vectors, missing energy its components", async () => {
    const source = await openFile(file);
    const layout = eventLayout((await openParquet(source)).fields, readSchema(shipped("atlas-open-data")));
    await source.close();
    expect(Object.keys(layout.collections).sort()).toEqual(["jet", "largeRjet", "lep", "photon", "tau"]);
    for (const [name, { counter, members }] of Object.entries(layout.collections)) {
      expect(counter).toBe(`${name}_n`);
      expect(Object.keys(members)).toEqual(expect.arrayContaining(["pt", "eta", "phi", "energy", "mass"]));
    }
    expect(Object.keys(layout.records["met"]!)).toEqual(expect.arrayContaining(["et", "phi", "px", "py"]));
    expect(Object.keys(layout.records)).toEqual(expect.arrayContaining(["scaleFactor", "met"]));
  });

  test("leptons have the energy that is stored, and the masses of electrons and muons", async () => {
    interface Lepton {
      readonly energy: number;
      readonly pt: number;
      readonly p4: { readonly energy: number };
    }
    const worst = (events: { readonly lep: { map(f: (l: Lepton) => number): unknown } }): object => ({
      off: events.lep.map((l) => Math.abs(l.p4.energy / l.energy - 1)),
    });
    const { result } = await run<{ off: number[][] }>(file, worst as never, { schema: shipped("atlas-open-data") });
    expect(result!.off.flat().length).toBeGreaterThan(100);
    expect(Math.max(...result!.off.flat())).toBeLessThan(1e-6);
  });
});
