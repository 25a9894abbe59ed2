import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import generate from "../../datasets/adl.ts";
import { generateFile, memorySink, memorySource, openFile, openParquet, writeParquet } from "../../src/io/index.ts";
import { fromList } from "../../src/jagged/index.ts";
import { eventLayout, eventTypes } from "../../src/schema/index.ts";

const root = resolve(import.meta.dirname, "../..");
// Inside the checkout, so that "cortado" resolves as it does for a processor here.
const folder = mkdtempSync(join(root, "node_modules/.event-types-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function typesOf(columns: Parameters<typeof writeParquet>[1]): Promise<string> {
  const sink = memorySink();
  await writeParquet(sink, columns);
  return eventTypes(eventLayout((await openParquet(memorySource(sink.bytes(), "m"))).fields), "m");
}

/** What the compiler says of each of some files, by name; one run for all of them. */
function compileAll(texts: Readonly<Record<string, string>>): (name: string) => string[] {
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
  const options =
    "--ignoreConfig --noEmit --strict --pretty false --module nodenext --target es2024 --skipLibCheck --allowImportingTsExtensions";
  const files = Object.keys(texts).map((name) => join(folder, name));
  const { stdout } = spawnSync(
    process.execPath,
    [join(root, "node_modules/typescript/bin/tsc"), ...options.split(" "), "--types", "", ...files],
    { encoding: "utf8", cwd: root },
  );
  const lines = stdout.split("\n").filter((line) => line.includes("error TS"));
  const elsewhere = lines.filter((line) => !line.includes(basename(folder)));
  if (elsewhere.length > 0) throw new Error(`errors outside of the files:\n${elsewhere.join("\n")}`);
  return (name) => lines.filter((line) => line.includes(`/${name}(`));
}

const processor = (body: string): string => `
import { axis, Hist } from "cortado";
import type { Events } from "./events.d.ts";
export default function process(events: Events) {
  const hist = Hist.of(axis.regular(10, 0, 100, { name: "x" }));
  ${body}
  return { hist };
}`;

const right = `
      const selected = events
        .define({ jets: (e) => e.Jet.filter((j) => j.pt > 30), leptons: (e) => e.Muon.concat(e.Electron) })
        .define({ nTags: (e) => e.jets.count((j) => j.btag > 0.5) })
        .filter((e) => e.nTags >= 1 && e.HLT.IsoMu24 && e.event > 5n);
      const n: number = selected.length;
      hist.fill({ x: selected.jets.combinations(2).map((a, b) => a.p4.add(b.p4).mass), weight: n });
      hist.fill({ x: selected.map((e) => e.leptons.pt.max().sum() + e.MET.pt) });`;

const mistakes = [
  ["a member", "events.Jet.filter((j) => j.ptt > 1);", /error TS2339: Property 'ptt' does not exist on type 'Jet'/],
  ["a collection", "events.Jets;", /error TS2551: Property 'Jets' does not exist/],
  ["a record's member", "events.MET.phy;", /error TS2\d+: Property 'phy' does not exist/],
  [
    "a definition",
    "events.define({ nTags: (e) => e.Jet.count() }).filter((e) => e.nTag > 1);",
    /error TS2551: Property 'nTag' does not exist/,
  ],
  [
    "a member that only one of two flavours has",
    "events.define({ l: (e) => e.Muon.concat(e.Jet) }).l.filter((l) => l.btag > 0);",
    /error TS2339: Property 'btag' does not exist/,
  ],
  ["a list as a condition", "events.filter((e) => e.Jet.filter((j) => j.pt > 1));", /error TS2(322|345)/],
  [
    "objects in the place of conditions",
    "events.filter((e) => e.Jet.any());",
    /error TS2554: Expected 1 arguments, but got 0/,
  ],
  ["a bigint as a number", "hist.fill({ x: events.map((e) => e.event + 1) });", /error TS2365/],
] as const;

describe("with the types of a file", () => {
  let made: string;
  let errors: (name: string) => string[];
  beforeAll(async () => {
    const path = join(folder, "sample.parquet");
    await generateFile(generate, { events: 100, seed: 1, out: path });
    const source = await openFile(path);
    made = eventTypes(eventLayout((await openParquet(source)).fields), "datasets/adl.ts");
    await source.close();
    writeFileSync(join(folder, "events.d.ts"), made);
    const wrong = mistakes.map(([, body], k) => [`wrong-${k}.ts`, processor(body)] as const);
    errors = compileAll({ "right.ts": processor(right), ...Object.fromEntries(wrong) });
  });

  test("the shipped types are those of the generated sample", () => {
    expect(readFileSync(join(root, "processors/adl/events.d.ts"), "utf8")).toBe(made);
  });

  test("a right processor compiles", () => {
    expect(errors("right.ts")).toEqual([]);
  });

  test.each(
    mistakes.map(([what, , message], k) => [what, k, message] as const),
  )("%s misspelt or misused does not compile", (_, k, message) => {
    expect(errors(`wrong-${k}.ts`)).toEqual([expect.stringMatching(message)]);
  });
});

describe("objects that refer to each other", () => {
  const types = typesOf({
    nMuon: fromList([1], "int32"),
    Muon_pt: fromList([[1]], "var * float32"),
    Muon_jetIdx: fromList([[0]], "var * int32"),
    nJet: fromList([1], "int32"),
    Jet_pt: fromList([[1]], "var * float32"),
    Jet_jetId: fromList([[6]], "var * int32"),
    Jet_muonIdx1: fromList([[0]], "var * int32"),
    Jet_muonIdx2: fromList([[-1]], "var * int32"),
    nGenPart: fromList([1], "int32"),
    GenPart_pdgId: fromList([[1]], "var * int32"),
    GenPart_genPartIdxMother: fromList([[-1]], "var * int32"),
    GenPart_statusFlags: fromList([[1]], "var * int32"),
    PV_x: fromList([1], "float32"),
    PV_y: fromList([1], "float32"),
    PV_z: fromList([1], "float32"),
    MET_pt: fromList([1], "float32"),
    MET_phi: fromList([1], "float32"),
  });

  test("lists of references, tests and flags are typed, in circles too", async () => {
    writeFileSync(join(folder, "whole.ts"), await types); // not a .d.ts, whose own errors TypeScript leaves out
    const errors = compileAll({
      "circle.ts": `import type { Events } from "./whole.ts";
      export default (events: Events) => [
        events.Muon.count((m) => m.matched_jet.any((j) => j.isTight && j.matched_muons.any((other) => other.is(m)))),
        events.Muon.sum((m) => m.matched_jet.pt.sum() + m.matched_jet.concat(m.matched_jet).length),
        events.GenPart.count((g) => g.parent.any((p) => p.children.length > 1) && g.hasFlags("isPrompt", "isLastCopy")),
        events.filter((e) => e.has("Muon")).GenPart.pdgId,
        events.map((e) => e.PV.pos.z + e.MET.px + e.Jet.sum((j) => j.muonIdxG.count((i) => i >= 0))),
        events.Muon.jetIdxG,
      ];`,
    });
    expect([...errors("circle.ts"), ...errors("whole.ts")]).toEqual([]);
  });

  test.each([
    ["a reference", "m.matched_jets.length > 0", /error TS2551: Property 'matched_jets'/],
    ["a member of what is referred to", "m.matched_jet.any((j) => j.ptt > 1)", /error TS2339: Property 'ptt'/],
    ["a reference taken for a condition", "m.matched_jet", /error TS2345: .*JetList/],
  ])("%s misspelt or misused does not compile", async (_, condition, message) => {
    writeFileSync(join(folder, "linked.d.ts"), await types);
    const errors = compileAll({
      "wrong-circle.ts": `import type { Events } from "./linked.d.ts";
      export default (events: Events) => events.Muon.count((m) => ${condition});`,
    });
    expect(errors("wrong-circle.ts").join("\n")).toMatch(message);
  });
});

describe("what is written", () => {
  test("types by what a lambda sees, names quoted where they must be, lists of values", async () => {
    const text = await typesOf({
      run: fromList([1], "uint32"),
      event: fromList([1n], "uint64"),
      flag: fromList([true]),
      "odd-name": fromList([1], "float32"),
      nWeights: fromList([2], "uint32"),
      Weights: fromList([[1, 2]], "var * float32"),
      nTrack: fromList([1], "uint32"),
      Track_z: fromList([[1]], "var * float32"),
      MET_pt: fromList([1], "float32"),
    });
    expect(text).toMatchInlineSnapshot(`
      "// The columns of m, written by \`cortado types\`: make it again rather than editing it.
      import type { Events as EventsOf, Item, List } from "cortado";

      export interface Track extends Item {
        readonly z: number;
      }

      export interface MET {
        readonly pt: number;
        /** False if there is no value for this name here: reading it would throw. */
        has(name: string): boolean;
      }

      /** One event, inside a lambda. */
      export interface Event {
        readonly Track: List<Track>;
        readonly Weights: List<number>;
        readonly MET: MET;
        readonly event: bigint;
        readonly flag: boolean;
        readonly nTrack: number;
        readonly nWeights: number;
        readonly "odd-name": number;
        readonly run: number;
        /** False if there is no value for this name here: reading it would throw. */
        has(name: string): boolean;
      }

      /** The events of a chunk. */
      export type Events = EventsOf<Event>;
      "
    `);
  });

  test("all processors have at most 25 lines", () => {
    const adl = join(root, "processors/adl");
    const files = readdirSync(adl).filter((name) => /^q\d\.ts$/.test(name));
    expect(files).toHaveLength(8);
    for (const name of files) {
      const lines = readFileSync(join(adl, name), "utf8").trimEnd().split("\n").length;
      expect([name, lines <= 25]).toEqual([name, true]);
    }
  });
});

describe("interfaces written by hand, with lists of each other", () => {
  const declared = `import type { Collection, Events as EventsOf, List, LorentzItem } from "cortado";
    interface Muon extends LorentzItem { readonly pt: number; readonly matched_jet: List<Jet> }
    interface Jet extends LorentzItem { readonly pt: number; readonly matched_muons: List<Muon>; readonly btag: number }
    type Events = EventsOf<{ readonly Muon: List<Muon>; readonly Jet: List<Jet> }>;`;
  const uses = `
    export const defined = (events: Events) =>
      events.define({ jets: (e) => e.Jet.filter((j) => j.pt > 1 && j.matched_muons.any((m) => m.matched_jet.btag.sum() > 1)) });
    export const total = (events: Events): boolean => defined(events).filter((e) => e.jets.pt.sum() > 1).length > 1;
    export const clean = (events: Events): Collection<number> => events.Jet
      .pairsWith(events.Muon.filter((m) => m.matched_jet.length === 0))
      .filter((j, muons) => !muons.any((m) => m.pt > j.pt))
      .sortBy((j, muons) => muons.count() + j.btag)
      .map((j, muons) => j.pt + muons.pt.sum());
    export const grouped = (events: Events): Collection<number> => events.Jet.groupBy((j) => j.btag).map((jets) => jets.pt.sum());
    export const flavours = (events: Events): Collection<number> => events.Muon.concat(events.Jet).pt;`;
  const mistakes = [
    ["a misspelt member of a collection", "events.Jet.nope", /error TS2339: Property 'nope'/],
    ["a misspelt member of a list", "events.filter((e) => e.Jet.nope.sum() > 1)", /error TS2339: Property 'nope'/],
    ["a list taken for a column", "events.Jet.matched_muons.toColumn()", /error TS18046: 'events.Jet.matched_muons'/],
    ["lists taken for values", "events.map((e) => e.Jet.matched_muons.length)", /error TS18046: 'e.Jet.matched_muons'/],
    ["a member of one flavour", "events.Muon.concat(events.Jet).btag", /error TS2339: Property 'btag'/],
    [
      "a misspelt member of a partner",
      "events.Jet.pairsWith(events.Muon).map((j, muons) => muons.btag.sum())",
      /error TS2339: Property 'btag'/,
    ],
  ] as const;
  let errors: (name: string) => string[];
  beforeAll(() => {
    const wrong = mistakes.map(([, text], k) => [
      `by-hand-${k}.ts`,
      `${declared}\nexport default (events: Events) => ${text};`,
    ]);
    errors = compileAll({ "by-hand.ts": declared + uses, ...Object.fromEntries(wrong) });
  });

  test("compile", () => {
    expect(errors("by-hand.ts")).toEqual([]);
  });

  test.each(mistakes.map(([what, , message], k) => [what, k, message] as const))("%s does not", (_, k, message) => {
    expect(errors(`by-hand-${k}.ts`)).toEqual([expect.stringMatching(message)]);
  });
});
