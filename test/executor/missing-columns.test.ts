import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { isCortadoError } from "../../src/errors.ts";
import { type Executor, isolated, iterative, RunError, run, workers } from "../../src/executor/index.ts";
import type { Hist } from "../../src/hist/index.ts";
import { writeParquet } from "../../src/io/index.ts";
import { fromList } from "../../src/jagged/index.ts";
import { fixture, temporaryFolder } from "./sample.ts";

const folder = temporaryFolder();
const jets = [[50, 40], [], [30]];
const full = join(folder, "full.parquet");
const less = join(folder, "less.parquet");
await writeParquet(full, {
  run: fromList([1, 1, 1], "uint32"),
  nJet: fromList([2, 0, 1], "uint32"),
  Jet_pt: fromList(jets, "var * float32"),
  Jet_btag: fromList([[1, 0], [], [1]], "var * float32"),
  nMuon: fromList([1, 2, 0], "uint32"),
  Muon_pt: fromList([[9], [8, 7], []], "var * float32"),
  Muon_jetIdx: fromList([[1], [-1, 0], []], "var * int16"),
  MET_pt: fromList([10, 20, 30], "float32"),
  HLT_IsoMu24: fromList([true, false, true]),
  HLT_Mu50: fromList([true, true, true]),
  genWeight: fromList([1, 1, 1], "float32"),
});
await writeParquet(less, {
  run: fromList([1, 1, 1], "uint32"),
  Jet_pt: fromList(jets, "var * float32"),
  HLT_Mu50: fromList([true, true, true]),
});

interface Muon {
  readonly pt: number;
  readonly matched_jet: { readonly length: number };
}
interface Event {
  readonly run: number;
  readonly nJet: number;
  readonly HLT: { readonly IsoMu24: boolean; readonly Mu50: boolean };
  readonly Muon: { any(f: (m: Muon) => boolean): boolean };
  readonly Jet: { readonly length: number };
  has(name: string): boolean;
}
interface Events {
  readonly length: number;
  filter(f: (e: Event) => boolean): Events;
  readonly Muon: { filter(f: (m: Muon) => boolean): { count(): { toColumn(): unknown } } };
}

async function rejection(files: string[], process: (events: Events) => unknown): Promise<RunError> {
  try {
    await run({ x: files }, process as never);
  } catch (error) {
    if (error instanceof RunError) return error;
    throw error;
  }
  throw new Error("it did not reject");
}

describe("asked for first", () => {
  const executors: Record<string, Executor> = { iterative: iterative(), workers: workers(2), isolated: isolated() };
  afterAll(async () => {
    for (const executor of Object.values(executors)) await executor.close();
  });

  test.each(
    Object.keys(executors).flatMap((name) =>
      [
        [full, less],
        [less, full],
      ].map((files) => [name, files] as const),
    ),
  )("%s, files in either order: only what is there is counted", async (name, files) => {
    const { status, result } = await run({ x: files }, fixture("asks-first"), { executor: executors[name]! });
    expect(status).toBe("complete");
    expect(result).toEqual({ events: 6, fired: 2, decided: 3, met: 60, muons: 3, tags: 2, jets: 6, weighted: 3 });
  });
});

describe("read without asking", () => {
  test.each([
    ["a trigger", (e: Event) => e.HLT.IsoMu24, "HLT_IsoMu24"],
    ["a collection", (e: Event) => e.Muon.any((m) => m.pt > 8), "Muon"],
    ["a counter, whose lists are there", (e: Event) => e.nJet > 1, "nJet"],
  ])("%s: the error names column, file and the way out", async (_, condition, column) => {
    for (const files of [
      [full, less],
      [less, full],
    ]) {
      const error = await rejection(files, (events) => ({ n: events.filter(condition).length }));
      expect(error).toMatchObject({ kind: "MissingValueError", fields: { column, file: less } });
      expect(error.message).toMatch(/other files? of the dataset ha/);
      expect(error.message).toContain(`has("${column.split("_").at(-1)}")`);
    }
  });

  test("a collection over all events, and its references", async () => {
    const error = await rejection([full, less], (events) =>
      events.Muon.filter((m) => m.matched_jet.length > 0)
        .count()
        .toColumn(),
    );
    expect(error).toMatchObject({ kind: "MissingValueError", fields: { column: "Muon", file: less } });
  });

  test("lists keep their lengths though a counter of theirs is missing", async () => {
    const process = (events: Events): object => ({ n: events.filter((e) => e.Jet.length > 0 && e.HLT.Mu50).length });
    expect((await run({ x: [full, less] }, process as never)).result).toEqual({ n: 4 });
  });

  test("what no file has is unknown, with the nearest names; so is what only another dataset has", async () => {
    const nowhere = await rejection([less], (events) => ({
      n: events.filter((e) => e.HLT.IsoMu24).length,
    }));
    expect(nowhere.kind).toBe("MissingColumnError");
    const fileset = { a: [full], b: [less] };
    const process = (events: Events): object => ({ n: events.filter((e) => e.HLT.IsoMu24).length });
    const { report } = await run(fileset, process as never, { onFailure: "report" });
    expect(report.failed).toMatchObject([{ range: { dataset: "b" }, error: { kind: "MissingColumnError" } }]);
  });

  test("asking for a name that no file has is a mistake too", async () => {
    const error = await rejection([full, less], (events) => ({ n: events.filter((e) => e.has("Muons")).length }));
    expect(isCortadoError(error) && error.kind).toBe("MissingColumnError");
    expect(error.message).toContain("Muon");
  });
});

describe("other places", () => {
  test("a list of the event, in a record, is missing like any value", async () => {
    const [both, one] = ["both.parquet", "one.parquet"].map((name) => join(folder, name));
    const schema = { name: "s", records: { Info: { lists: true } } };
    await writeParquet(both!, { Info_n: fromList([1], "int32"), Info_w: fromList([[1, 2]], "var * float32") });
    await writeParquet(one!, { Info_n: fromList([1], "int32") });
    interface Info {
      readonly w: { readonly length: number };
      has(name: string): boolean;
    }
    const asked = (events: { map(f: (e: { Info: Info }) => number): unknown }): object => ({
      w: events.map((e) => (e.Info.has("w") ? e.Info.w.length : -1)),
    });
    const { result } = await run({ x: [both!, one!] }, asked as never, { schema });
    expect(result).toEqual({ w: [2, -1] });
  });

  test("a member with two names is missing by both", async () => {
    const [raw, none] = ["raw.parquet", "none.parquet"].map((name) => join(folder, name));
    const schema = { name: "s", collections: { Jet: { aliases: { pt: "rawPt" } } } };
    await writeParquet(raw!, {
      Jet_rawPt: fromList([[3]], "var * float32"),
      Jet_eta: fromList([[0]], "var * float32"),
    });
    await writeParquet(none!, { Jet_eta: fromList([[0]], "var * float32") });
    interface Jet {
      has(name: string): boolean;
    }
    const asked = (events: { map(f: (e: { Jet: { any(f: (j: Jet) => boolean): boolean } }) => boolean): unknown }) => ({
      pt: events.map((e) => e.Jet.any((j) => j.has("pt"))),
      rawPt: events.map((e) => e.Jet.any((j) => j.has("rawPt"))),
    });
    const { result } = await run({ x: [raw!, none!] }, asked as never, { schema });
    expect(result).toEqual({ pt: [true, false], rawPt: [true, false] });
  });
});

describe("filled as a whole column", () => {
  const executors: Record<string, Executor> = { iterative: iterative(), workers: workers(2) };
  afterAll(async () => {
    for (const executor of Object.values(executors)) await executor.close();
  });
  const ways = Object.keys(executors).flatMap((name) => [1, 2, 1000].map((chunkSize) => [name, chunkSize] as const));
  const filled = (fill: string, name: string, chunkSize: number) =>
    run<{ hist: Hist }>({ x: { files: [full, less], metadata: { fill } } }, fixture("fills-columns"), {
      executor: executors[name]!,
      chunkSize,
    });

  test.each(ways)("%s, chunks of %i: no event of the file is left out in silence", async (name, chunkSize) => {
    for (const [fill, column] of [
      ["trigger", "HLT_IsoMu24"],
      ["filtered", "HLT_IsoMu24"],
      ["member", "Jet_btag"],
      ["weight", "MET_pt"],
    ] as const) {
      const error = await filled(fill, name, chunkSize).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ kind: "MissingValueError", fields: { column, file: less } });
      expect((error as Error).message).toMatch(/has\(.*fillNone/);
    }
  });

  test.each(ways)("%s, chunks of %i: what is asked for first, or filled in, is counted", async (name, chunkSize) => {
    const [asked, standing] = await Promise.all(["asked", "filled"].map((fill) => filled(fill, name, chunkSize)));
    expect([...asked!.result!.hist.values()]).toEqual([1, 2]);
    expect([...standing!.result!.hist.values()]).toEqual([4, 2]);
  });
});
