import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import type { Field, FieldType } from "../../src/io/index.ts";
import { openFile, openParquet } from "../../src/io/index.ts";
import type { DType } from "../../src/jagged/index.ts";
import { eventLayout } from "../../src/schema/index.ts";

const flat = (name: string, dtype: DType = "float32"): Field => ({
  name,
  nullable: false,
  type: { kind: "primitive", dtype },
});
const list = (name: string, dtype: DType = "float32"): Field =>
  of(name, { kind: "list", element: flat("element", dtype) });
const of = (name: string, type: FieldType): Field => ({ name, nullable: false, type });
const record = (...fields: Field[]): FieldType => ({ kind: "record", fields });

describe("one meaning, three layouts", () => {
  const layouts = {
    flat: [flat("nJet", "uint32"), list("Jet_pt"), list("Jet_eta"), flat("MET_pt"), flat("run", "uint32")],
    nested: [
      of("Jet", { kind: "list", element: of("element", record(flat("pt"), flat("eta"))) }),
      of("MET", record(flat("pt"))),
      flat("run", "int64"),
    ],
    dotted: [list("Jet.pt"), list("Jet.eta"), flat("MET.pt"), flat("run", "uint32")],
    underlined: [list("Jet__pt"), list("Jet__eta"), flat("MET__pt"), flat("run", "uint32")],
  };
  test.each(Object.entries(layouts))("%s", (_, fields) => {
    const layout = eventLayout(fields);
    expect(layout.collections["Jet"]!.members).toEqual({ pt: "Jet_pt", eta: "Jet_eta", charge: "Jet_charge" });
    expect(layout.records).toEqual({ MET: { pt: "MET_pt" } });
    expect(layout.scalars["run"]).toBe("run");
    expect(layout.columns["Jet_pt"]).toMatchObject({ depth: 1, collection: "Jet", type: "float32" });
  });

  test("the path is the file's own", () => {
    expect(eventLayout(layouts.nested).columns["Jet_pt"]!.path).toEqual(["Jet", "pt"]);
    expect(eventLayout(layouts.dotted).columns["Jet_pt"]!.path).toEqual(["Jet.pt"]);
  });

  test("a counter belongs to its collection, and is a number whatever its width", () => {
    const layout = eventLayout([flat("nJet", "int64"), list("Jet_pt")]);
    expect(layout.collections["Jet"]!.counter).toBe("nJet");
    expect(layout.columns["nJet"]).toMatchObject({ integer: true, collection: "Jet" });
    expect(layout.scalars).toEqual({ nJet: "nJet" });
  });
});

describe("names that need care", () => {
  test("the longest prefix with a counter wins over the first underscore", () => {
    const layout = eventLayout([flat("nboosted_Tau", "uint32"), list("boosted_Tau_pt"), list("boosted_x")]);
    expect(Object.keys(layout.collections)).toEqual(["boosted_Tau", "boosted"]);
  });

  test("single values under the prefix of lists stay values of the event", () => {
    const layout = eventLayout([flat("lep_n", "uint32"), list("lep_pt"), list("lep_eta")]);
    expect(layout.scalars).toEqual({ lep_n: "lep_n" });
    expect(layout.collections["lep"]!.members).toEqual({ pt: "lep_pt", eta: "lep_eta" });
  });

  test("a list without a prefix is a collection of values", () => {
    const layout = eventLayout([flat("nLHEPdfWeight", "uint32"), list("LHEPdfWeight")]);
    expect(layout.collections["LHEPdfWeight"]).toEqual({
      members: { value: "LHEPdfWeight" },
      self: "LHEPdfWeight",
      counter: "nLHEPdfWeight",
    });
  });

  test("triggers are one record; lists of lists keep their depth; run, luminosityBlock are numbers, event is not", () => {
    const nested = of("Jet_constituents", { kind: "list", element: list("element") });
    const layout = eventLayout([
      flat("HLT_IsoMu24", "bool"),
      flat("HLT_Mu17_TrkIsoVVL", "bool"),
      nested,
      flat("luminosityBlock", "int64"),
      flat("event", "uint64"),
    ]);
    expect(layout.records["HLT"]).toEqual({ IsoMu24: "HLT_IsoMu24", Mu17_TrkIsoVVL: "HLT_Mu17_TrkIsoVVL" });
    expect(layout.columns["Jet_constituents"]!.depth).toBe(2);
    expect(layout.columns["luminosityBlock"]!.integer).toBe(true);
    expect(layout.columns["event"]!.integer).toBeUndefined();
  });
});

const data = process.env["CORTADO_DATA"] ?? resolve(import.meta.dirname, "../../../shared/data");

describe.skipIf(!existsSync(data))(`real files${existsSync(data) ? "" : `: ${data} is absent`}`, () => {
  async function layoutOf(path: string): Promise<ReturnType<typeof eventLayout>> {
    const source = await openFile(join(data, path));
    try {
      return eventLayout((await openParquet(source)).fields);
    } finally {
      await source.close();
    }
  }

  test("the two layouts of the ADL sample name the same columns, counters apart", async () => {
    const [a, b] = await Promise.all(
      ["", "restructured-"].map((kind) => layoutOf(`adl/Run2012B_SingleMu-${kind}1000.parquet`)),
    );
    const names = (layout: typeof a): string[] =>
      Object.keys(layout!.columns)
        .filter((n) => !/^n[A-Z]/.test(n))
        .sort();
    expect(names(b)).toEqual(names(a));
    expect(Object.keys(b!.collections).sort()).toEqual(Object.keys(a!.collections).sort());
    expect(Object.keys(b!.records).sort()).toEqual(Object.keys(a!.records).sort());
  });

  test("NanoAOD: every column has one place", async () => {
    const layout = await layoutOf("cms-nanoaod/nano_dy.parquet");
    const stored = Object.values(layout.columns).filter((column) => column.computed === undefined);
    expect(stored).toHaveLength(1499);
    const places = [
      ...Object.values(layout.collections).flatMap((c) => Object.values(c.members)),
      ...Object.values(layout.records).flatMap((r) => Object.values(r)),
      ...Object.values(layout.scalars),
    ];
    expect([...new Set(places)].sort()).toEqual(Object.keys(layout.columns).sort());
    expect(Object.keys(layout.collections)).toEqual(
      expect.arrayContaining(["Jet", "Muon", "GenPart", "SV", "LHEPdfWeight"]),
    );
    expect(Object.values(layout.collections).filter((c) => c.counter === undefined)).toEqual([]);
  });

  test("ATLAS mini-trees: lep is a collection, lep_n a value", async () => {
    const layout = await layoutOf("atlas-4lep/data_A.4lep.parquet");
    expect(Object.keys(layout.collections["lep"]!.members)).toEqual(expect.arrayContaining(["pt", "eta", "phi", "E"]));
    expect(layout.scalars["lep_n"]).toBe("lep_n");
  });
});
