/** Small events in the layouts of NanoAOD's versions: references, identification, constants and records as coffea has them. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { run } from "../../src/executor/index.ts";
import { type Columns, writeParquet } from "../../src/io/index.ts";
import { fromList } from "../../src/jagged/index.ts";
import { nanoaod, type Schema } from "../../src/schema/index.ts";
import { temporaryFolder } from "../executor/sample.ts";

interface Version {
  readonly columns: Readonly<Record<string, { readonly type: string; readonly data: readonly unknown[] }>>;
  /** What coffea answers: a value for each event, or a list for each, of one value or one list an object. */
  readonly coffea: Readonly<Record<string, readonly unknown[]>>;
}

const fixture = resolve(import.meta.dirname, "../fixtures/nanoaod-versions.json");
const versions: Readonly<Record<string, Version>> = JSON.parse(readFileSync(fixture, "utf8"));
const folder = temporaryFolder();

function columnsOf({ columns }: Version, leaveOut: readonly string[] = []): Columns {
  const kept = Object.entries(columns).filter(([name]) => !leaveOut.includes(name));
  const exact = (type: string, data: readonly unknown[]): readonly unknown[] =>
    type === "uint64" ? data.map((one) => BigInt(one as number)) : data;
  return Object.fromEntries(kept.map(([name, { type, data }]) => [name, fromList(exact(type, data), type)]));
}

async function written(name: string, columns: Columns): Promise<string> {
  const file = join(folder, `${name}.parquet`);
  await writeParquet(file, columns);
  return file;
}

/** An object, record or event, asked by name. */
// biome-ignore lint/suspicious/noExplicitAny: anything by any name
type Named = Readonly<Record<string, any>>;
type Objects = { readonly length: number; any(f: (object: Named) => boolean): boolean };

/** All of a list, in its order. */
function each(list: Objects, f: (object: Named) => unknown): unknown[] {
  const found: unknown[] = [];
  list.any((object) => {
    found.push(f(object));
    return false;
  });
  return found;
}

/** What a path such as `Muon.matched_jet` or `PV.pos.x` is of one event: pt for the objects of a reference. */
function answer(e: Named, path: string): unknown {
  const flags = /^(\w+)\.hasFlags\((.*)\)$/.exec(path);
  if (flags !== null) return each(e[flags[1]!]!, (g) => g.hasFlags(...flags[2]!.split(", ")));
  const [owner, ...members] = path.split(".") as [string, ...string[]];
  const one = (object: Named): unknown => {
    let value: unknown = object;
    for (const member of members) value = (value as Named)[member];
    if (value === null || typeof value !== "object") return value;
    const list = value as Objects & { readonly collection?: unknown; map?: (f: (x: number) => number) => Objects };
    return each(list, (x) => (typeof x === "number" ? x : x["pt"]));
  };
  const group: unknown = e[owner];
  return "any" in (group as object) ? each(group as Objects, one) : one(group as Named);
}

async function answers(file: string, paths: readonly string[], chunkSize: number, schema: Schema) {
  const process = (events: { map(f: (e: Named) => string): unknown }): object => ({
    all: events.map((e) => JSON.stringify(paths.map((path) => answer(e, path)))),
  });
  const { result } = await run<{ all: string[] }>(file, process as never, { chunkSize, schema });
  const byEvent = result!.all.map((text) => JSON.parse(text) as unknown[]);
  return Object.fromEntries(paths.map((path, k) => [path, byEvent.map((answers) => answers[k])]));
}

/** float32 numbers are rounded by JSON; energies and components are float32 in coffea, double here. */
function close(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(close);
  return typeof value === "number" && !Number.isInteger(value) ? expect.closeTo(value, 3) : value;
}

/** Versions that are read in chunks as well; indices into all objects of a chunk are others there. */
const inChunks: ReadonlySet<string> = new Set(["9", "15", "uint8"]);

describe.each(Object.entries(versions))("version %s", (name, version) => {
  const paths = Object.keys(version.coffea);

  test("everything that coffea answers, in chunks and as one", async () => {
    const file = await written(name, columnsOf(version));
    for (const chunkSize of inChunks.has(name) ? [2, 100] : [100]) {
      const here = chunkSize === 100 ? paths : paths.filter((path) => !/Idx(\d|Mother)?G$/.test(path));
      const found = await answers(file, here, chunkSize, nanoaod);
      for (const path of here) expect({ [path]: found[path] }).toEqual({ [path]: close(version.coffea[path]) });
    }
  });

  test("rho, triggers that are missing, and what is not there", async () => {
    const file = await written(`${name}-other`, columnsOf(version));
    const ask = (f: (e: Named) => unknown): Promise<unknown> =>
      run(file, ((events: { map(f: (e: Named) => unknown): unknown }) => ({ all: events.map(f) })) as never).then(
        ({ result }) => (result as { all: unknown[] }).all,
      );
    const rho = "Rho_fixedGridRhoFastjetAll" in version.columns;
    const values = version.columns[rho ? "Rho_fixedGridRhoFastjetAll" : "fixedGridRhoFastjetAll"]!.data;
    const read = (e: Named): number => (rho ? e["Rho"]!["fixedGridRhoFastjetAll"] : e["fixedGridRhoFastjetAll"]);
    expect(await ask(read)).toEqual(close(values));
    await expect(ask((e) => e["HLT"]!["IsoMu2"])).rejects.toThrow(/HLT has no "IsoMu2".*IsoMu24/);
  });
});

test("the fixture has every reference, family relation and test that the schema knows", () => {
  const asked = new Set(Object.values(versions).flatMap(({ coffea }) => Object.keys(coffea)));
  const known = Object.entries(nanoaod.collections!).flatMap(
    ([owner, { references = {}, tests = {}, constants = {} }]) =>
      [references, tests, constants].flatMap((group) => Object.keys(group).map((member) => `${owner}.${member}`)),
  );
  for (const member of ["parent", "children", "distinctParent", "distinctChildren", "distinctChildrenDeep"])
    known.push(`GenPart.${member}`);
  expect(known.filter((member) => !asked.has(member))).toEqual([]);
  const indices = Object.values(nanoaod.collections!).flatMap(({ references = {} }) =>
    Object.values(references).flatMap(({ by }) => by),
  );
  expect(indices.length + 1).toBe(25);
});

describe("version 15", () => {
  const ask = async (f: (e: Named) => unknown, lists = false): Promise<unknown> => {
    const file = await written("15-asked", columnsOf(versions["15"]!));
    const process = lists
      ? (events: Named) => ({ all: f(events) })
      : (events: { map(f: (e: Named) => unknown): unknown }) => ({ all: events.map(f) });
    const { result } = await run<{ all: unknown }>(file, process as never);
    return result!.all;
  };

  test("isTight of a jet says that jetId is gone, and what it is made of", async () => {
    const gone = /Jet has no "isTight": it is made of jetId, which this file does not have; NanoAOD has none.*chHEF/;
    await expect(ask((e) => e["Jet"]!["any"]((j: Named) => j["isTight"]))).rejects.toThrow(gone);
    await expect(ask((events) => (events["Jet"] as Named)["isTight"], true)).rejects.toThrow(gone);
    await expect(ask((e) => e["Jet"]!["any"]((j: Named) => j["jetId"]))).rejects.toThrow(
      /Jet has no "jetId": NanoAOD has/,
    );
  });

  test("MET is PFMET or PuppiMET", async () => {
    await expect(ask((e) => e["MET"]!["pt"])).rejects.toThrow(
      /"MET": NanoAOD has PFMET and PuppiMET in its place.*PFMET/,
    );
    const size = (e: Named): number => Math.hypot(e["PFMET"]!["px"], e["PFMET"]!["py"]);
    expect(await ask(size)).toEqual(close(versions["15"]!.columns["PFMET_pt"]!.data));
  });

  test("new members are there: b-tagging, mothers of LHE particles", async () => {
    const { columns } = versions["15"]!;
    const tags = await ask((e) => JSON.stringify(each(e["Jet"]!, (j) => j["btagUParTAK4B"])));
    expect((tags as string[]).map((t) => JSON.parse(t))).toEqual(close(columns["Jet_btagUParTAK4B"]!.data));
    const mothers = await ask((e) => JSON.stringify(each(e["LHEPart"]!, (l) => l["firstMotherIdx"])));
    expect((mothers as string[]).map((t) => JSON.parse(t))).toEqual(columns["LHEPart_firstMotherIdx"]!.data);
  });
});

describe("a dataset of versions", () => {
  test("what one has and the other has not is missing there, not false", async () => {
    const files = await Promise.all(["9", "15"].map((name) => written(`${name}-dataset`, columnsOf(versions[name]!))));
    const process = (events: { map(f: (e: Named) => unknown): unknown }): object => ({
      tight: events.map((e) => each(e["Jet"]!, (j) => j["has"]("isTight")).every(Boolean)),
      met: events.map((e) => e["has"]("MET")),
    });
    const widths = { x: { files } };
    const { result, report } = await run<Record<string, boolean[]>>(widths, process as never, { onFailure: "report" });
    expect(report.failed).toEqual([]);
    expect(result!["met"]).toEqual([...Array(6).fill(true), ...Array(6).fill(false)]);
  });
});

describe("event numbers", () => {
  const ids = ["run", "luminosityBlock", "event"];
  const length = (events: { readonly length: number }): object => ({ n: events.length });

  test.each(ids)("NanoAOD's schema requires %s, and names the file", async (id) => {
    const file = await written(`without-${id}`, columnsOf(versions["12"]!, [id]));
    await expect(run(file, length as never, { schema: nanoaod })).rejects.toMatchObject({
      kind: "SchemaError",
      message: expect.stringContaining(`${file} has no ${id}, which schema NanoAOD requires`),
      fields: { column: id, file },
    });
    for (const schema of [
      undefined,
      { ...nanoaod, required: [] },
      { name: "skim", extends: "NanoAOD", required: [] } as const,
    ])
      expect((await run(file, length as never, schema === undefined ? {} : { schema })).result).toEqual({ n: 6 });
  });

  test("run and luminosityBlock are numbers whatever their width, event is a bigint", async () => {
    const wide: Columns = {
      run: fromList([1n, 2n], "int64"),
      luminosityBlock: fromList([3n, 4n], "uint64"),
      event: fromList([5n, 6n], "uint64"),
      nJet: fromList([1n, 0n], "int64"),
      Jet_pt: fromList([[50], []], "var * float32"),
    };
    const file = await written("wide", wide);
    const process = (events: Named & { map(f: (e: Named) => unknown): unknown }): object => ({
      lambda: events.map((e) => e["run"] + e["luminosityBlock"] + e["nJet"]),
      columns: ["run", "luminosityBlock", "nJet"].map((name) =>
        (events[name] as { map(f: (x: number) => number): { toColumn(): { values: unknown } } }).map((x) => x + 1),
      )[0],
      event: events.map((e) => typeof e["event"]),
    });
    const { result } = await run(file, process as never, { schema: nanoaod });
    expect(result).toEqual({ lambda: [5, 6], columns: [2, 3], event: ["bigint", "bigint"] });
    const far = await written("far", { ...wide, run: fromList([1n, 2n ** 60n], "int64") });
    const runs = (events: { map(f: (e: Named) => unknown): unknown; readonly run: unknown }): object => ({
      lambda: events.map((e) => e["run"]),
    });
    await expect(run(far, runs as never)).rejects.toThrow(/run holds 1152921504606846976, too large for a number/);
    await expect(run(far, ((events: { run: unknown }) => ({ r: events.run })) as never)).rejects.toThrow(/too large/);
  });
});
