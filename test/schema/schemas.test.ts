import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { run } from "../../src/executor/index.ts";
import { memorySink, memorySource, openParquet, writeParquet } from "../../src/io/index.ts";
import { fromList } from "../../src/jagged/index.ts";
import { describe as describeFile } from "../../src/processor/index.ts";
import {
  checkSchema,
  describeLayout,
  eventLayout,
  eventTypes,
  readSchema,
  type Schema,
  titlesKey,
  titlesOf,
} from "../../src/schema/index.ts";
import { temporaryFolder } from "../executor/sample.ts";

const folder = temporaryFolder();
const shipped = (name: string): string => resolve(import.meta.dirname, `../../datasets/schemas/${name}.json`);

async function opened(columns: Parameters<typeof writeParquet>[1], keyValues: Record<string, string> = {}) {
  const sink = memorySink();
  await writeParquet(sink, columns, { keyValues });
  return openParquet(memorySource(sink.bytes(), "m"));
}

interface List<T> {
  readonly length: number;
  sum(f: (x: T) => number): number;
}
interface P4 {
  readonly mass: number;
  readonly p4: { readonly energy: number; readonly pt: number };
}

describe("layouts that are declared", () => {
  const physlite = {
    "AnalysisMuonsAuxDyn.pt": fromList([[1000, 2000], []], "var * float32"),
    "AnalysisMuonsAuxDyn.eta": fromList([[0, 0], []], "var * float32"),
    "AnalysisMuonsAuxDyn.phi": fromList([[0, 1], []], "var * float32"),
    "AnalysisElectronsAuxDyn.pt": fromList([[3000], [4000]], "var * float32"),
    "AnalysisElectronsAuxDyn.eta": fromList([[0], [0]], "var * float32"),
    "AnalysisElectronsAuxDyn.phi": fromList([[0], [0]], "var * float32"),
    "AnalysisElectronsAuxDyn.m": fromList([[4000], [3000]], "var * float32"),
    "EventInfoAuxDyn.eventNumber": fromList([1n, 2n], "uint64"),
  };
  interface Event {
    readonly Electrons: List<P4>;
    readonly Muons: List<P4>;
    readonly EventInfo: { readonly eventNumber: bigint };
  }
  const sums = (events: { map(f: (e: Event) => number): unknown }): object => ({
    electrons: events.map((e) => e.Electrons.sum((x) => x.p4.energy)),
    muons: events.map((e) => e.Muons.sum((m) => Math.round(m.mass))),
    numbers: events.map((e) => Number(e.EventInfo.eventNumber)),
  });

  test("PHYSLITE: AnalysisElectronsAuxDyn.pt is events.Electrons.pt, as data, file or URL", async () => {
    const file = join(folder, "physlite.parquet");
    await writeParquet(file, physlite);
    for (const schema of [readSchema(shipped("physlite")), shipped("physlite"), pathToFileURL(shipped("physlite"))]) {
      const { result, metrics } = await run(file, sums as never, { schema, chunkSize: 1 });
      expect(result).toEqual({ electrons: [5000, 5000], muons: [212, 0], numbers: [1, 2] });
      expect(metrics.buffers).toContain("AnalysisElectronsAuxDyn.m.list.element");
    }
  });

  test("ATLAS open data: lep_n counts, lep_E becomes a mass and four-vectors", async () => {
    const file = join(folder, "atlas.parquet");
    await writeParquet(file, {
      lep_n: fromList([1, 0], "uint32"),
      lep_pt: fromList([[3000], []], "var * float32"),
      lep_eta: fromList([[0], []], "var * float32"),
      lep_phi: fromList([[0], []], "var * float32"),
      lep_E: fromList([[5000], []], "var * float32"),
      eventNumber: fromList([7, 8], "int32"),
    });
    const process = (events: {
      map(f: (e: { lep: List<P4 & { energy: number }>; lep_n: number }) => number): unknown;
    }): object => ({
      mass: events.map((e) => e.lep.sum((l) => l.mass)),
      energy: events.map((e) => e.lep.sum((l) => l.p4.energy - l.energy)),
      n: events.map((e) => e.lep_n - e.lep.length),
    });
    const { result, metrics } = await run(file, process as never, { schema: shipped("atlas-open-data") });
    expect(result).toEqual({ mass: [4000, 0], energy: [0, 0], n: [0, 0] });
    expect(metrics.columns).toEqual(["lep_E", "lep_eta", "lep_n", "lep_phi", "lep_pt"]);
  });

  test("types and descriptions by a schema", async () => {
    const file = join(folder, "described.parquet");
    await writeParquet(file, physlite);
    expect(await describeFile(file, readSchema(shipped("physlite")))).toContain(
      "Muons: a list of objects\n  eta: float32\n  mass: float32, not stored",
    );
    const { status, stdout } = spawnSync(
      process.execPath,
      [resolve(import.meta.dirname, "../../bin/cortado.js"), "types", file, "--schema", shipped("physlite")],
      { encoding: "utf8" },
    );
    expect(status).toBe(0);
    expect(stdout).toContain("export interface Electrons extends LorentzItem {");
  });

  test("columns left out, columns required", async () => {
    const { fields } = await opened({ a_x: fromList([1]), b: fromList([1]) });
    const layout = eventLayout(fields, { name: "s", rename: [{ from: "a_.*", to: "" }], required: ["b"] });
    expect(Object.keys(layout.columns)).toEqual(["b"]);
    expect(() => eventLayout(fields, { name: "s", required: ["run"] })).toThrow(
      /the file has no run, which schema s requires/,
    );
  });
});

describe("a schema that extends NanoAOD's", () => {
  test("has its own rules, for the same member in place of NanoAOD's, besides them", async () => {
    const { fields } = await opened({
      Jet_jetId: fromList([[2]], "var * int32"),
      Jet_muonIdx: fromList([[0]], "var * int32"),
      Muon_jetIdx: fromList([[0]], "var * int32"),
      MET_pt: fromList([1], "float32"),
      MET_phi: fromList([1], "float32"),
    });
    const layout = eventLayout(fields, {
      name: "own",
      extends: "NanoAOD",
      required: [],
      collections: {
        Jet: {
          references: { matched_muons: { to: "Muon", by: ["muonIdx"] } },
          tests: { isTight: [{ of: "jetId", bits: 6 }] },
        },
      },
    });
    expect(layout.columns["Jet_isTight"]!.computed!.value).toBe(6);
    expect(layout.columns["Jet_isLoose"]!.computed!.value).toBe(1);
    expect(layout.columns["Jet_matched_muons"]!.computed!.of).toEqual(["Jet_muonIdx"]);
    expect(layout.columns["Muon_matched_jet"]!.target).toBe("Jet");
    expect(Object.keys(layout.records["MET"]!)).toEqual(["pt", "phi", "px", "py"]);
  });
});

describe("a schema that is wrong", () => {
  const schema = (more: object): unknown => ({ name: "s", ...more });
  test.each([
    [{}, /needs "name"/],
    [schema({ colections: {} }), /has no "colections".*collections/],
    [schema({ extends: "PHYSLITE" }), /extends is "NanoAOD"/],
    [schema({ records: { MET: { polar: { pt: "et" } } } }), /records\.MET\.polar needs "phi"/],
    [schema({ rename: [{ from: "(", to: "" }] }), /rename\[0\]\.from is a regular expression/],
    [schema({ counter: "n" }), /counter is a name with one \*/],
    [schema({ collections: { Jet: { constants: { mass: "0" } } } }), /collections\.Jet\.constants\.mass is a number/],
    [schema({ collections: { Jet: { references: { m: { to: "Muon" } } } } }), /references\.m needs "by"/],
    [schema({ collections: { Jet: { tests: { isTight: [{ of: "jetId" }] } } } }), /isTight\[0\] needs "atLeast"/],
    [[], /is an object/],
  ])("%j", (data, message) => {
    expect(() => checkSchema(data)).toThrow(message);
  });

  test("a file that is not there, or not JSON", async () => {
    expect(() => readSchema(join(folder, "none.json"))).toThrow(/there is no schema/);
    writeFileSync(join(folder, "bad.json"), "{");
    expect(() => readSchema(join(folder, "bad.json"))).toThrow(/not JSON/);
    await expect(run([], (() => 1) as never, { schema: { nam: "s" } as unknown as Schema })).rejects.toMatchObject({
      kind: "UsageError",
    });
  });
});

describe("titles", () => {
  const columns = {
    nJet: fromList([1], "uint32"),
    Jet_pt: fromList([[1]], "var * float32"),
    Jet_muonIdx1: fromList([[0]], "var * int32"),
    Jet_muonIdx2: fromList([[-1]], "var * int32"),
    Muon_pt: fromList([[1]], "var * float32"),
    MET_pt: fromList([1], "float32"),
    run: fromList([1], "uint32"),
  };
  const titles = { Jet_pt: "pt */ of the jet", run: "run/i", Jet_gone: "not kept", MET_pt: "" };

  test("of the converted file's branches are those of the columns, and doc comments of the types", async () => {
    const { fields, keyValues } = await opened(columns, { [titlesKey]: JSON.stringify(titles) });
    const layout = eventLayout(fields, undefined, titlesOf(keyValues));
    expect(layout.columns["Jet_pt"]!.title).toBe("pt */ of the jet");
    expect(layout.columns["run"]!.title).toBe("run/i");
    for (const name of ["MET_pt", "nJet"]) expect(layout.columns[name]).not.toHaveProperty("title");
    expect(eventTypes(layout, "m")).toContain("  /** pt * / of the jet */\n  readonly pt: number;");
    const globalIndex = "not stored  index into Muon of all events of the chunk, -1 for none";
    expect(describeLayout(layout)).toBe(
      [
        "Jet: a list of objects (nJet)",
        "  charge: int32, not stored  0, not in the file",
        "  matched_muons: → Muon, not stored  by muonIdx1, muonIdx2",
        "  muonIdx1: int32",
        `  muonIdx1G: int32, ${globalIndex}`,
        "  muonIdx2: int32",
        `  muonIdx2G: int32, ${globalIndex}`,
        `  muonIdxG: list of int32, ${globalIndex}`,
        "  pt: float32  pt */ of the jet",
        "Muon: a list of objects",
        "  pt: float32",
        "MET: one object",
        "  pt: float32",
        "values of the event:",
        "  nJet: uint32",
        "  run: uint32  run/i",
      ].join("\n"),
    );
  });

  test("references, lists of them, tests and indices say what the branches they are made of do", async () => {
    const { fields } = await opened({
      Muon_pt: fromList([[1]], "var * float32"),
      Muon_jetIdx: fromList([[0]], "var * int16"),
      Jet_pt: fromList([[1]], "var * float32"),
      Jet_jetId: fromList([[6]], "var * uint8"),
    });
    const titles = { Jet_pt: "pt", Jet_jetId: "Jet ID flags", Muon_jetIdx: "index of the associated jet" };
    const layout = eventLayout(fields, undefined, new Map(Object.entries(titles)));
    const text = eventTypes(layout, "m");
    expect(text).toContain("  /** by jetIdx (index of the associated jet) */\n  readonly matched_jet: JetList;");
    expect(text).toContain("  /** bits 2 of jetId (Jet ID flags) */\n  readonly isTight: boolean;");
    expect(text).toContain("  /** pt */\n  readonly pt: List<number>;");
    expect(describeLayout(layout)).toContain(
      "  matched_jet: → Jet, not stored  by jetIdx (index of the associated jet)",
    );
  });

  test.each(["", "[]", "null", "{", '"x"'])("%j is no titles", (text) => {
    expect(titlesOf([[titlesKey, text]]).size).toBe(0);
  });

  test("a nested column has the title of its branch", async () => {
    const { fields } = await opened({ "Jet.pt": fromList([[1]], "var * float32") });
    const layout = eventLayout(fields, undefined, new Map([["Jet.pt", "title"]]));
    expect(layout.columns["Jet_pt"]!.title).toBe("title");
  });
});
