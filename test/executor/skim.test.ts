import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import generate from "../../datasets/adl.ts";
import type { Events } from "../../processors/adl/events.d.ts";
import { noPython, pythonInterpreter } from "../../scripts/setup-python.ts";
import { run, skim } from "../../src/executor/index.ts";
import { type Columns, openFile, openParquet, readColumns, writeParquet } from "../../src/io/index.ts";
import { fromList, toList, typeName } from "../../src/jagged/index.ts";

const python = pythonInterpreter();
let folder: string;
let input: string[];
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "cortado-skim-"));
  input = [at("a.parquet"), at("b.parquet")];
  for (const [i, path] of input.entries()) await writeParquet(path, [...generate({ events: 1500, seed: 7 + i })][0]!);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** All columns of a file. */
async function columnsOf(path: string): Promise<Columns> {
  const source = await openFile(path);
  const file = await openParquet(source);
  const { columns } = await readColumns(
    source,
    file,
    file.fields.map(({ name }) => ({ path: [name] })),
    0,
    file.rows,
  );
  await source.close();
  return Object.fromEntries(file.fields.map(({ name }, i) => [name, columns[i] as never]));
}

function dimuons(events: Events): Record<string, unknown> {
  const selected = events.define({ muons: (e) => e.Muon.filter((m) => m.pt > 15) }).filter((e) => e.muons.length >= 2);
  return {
    run: selected.run,
    event: selected.event,
    Muon_pt: selected.muons.pt,
    Muon_charge: selected.muons.charge,
    muons_isPositive: selected.muons.map((m) => m.charge > 0),
    MET_pt: selected.MET.pt,
    HLT_IsoMu24: selected.HLT.IsoMu24,
    mass: selected.map((e) =>
      e.muons
        .combinations(2)
        .maxBy((a, b) => a.pt + b.pt)
        .sum((a, b) => a.p4.add(b.p4).mass),
    ),
  };
}

test("a skim has the selected values, in the types of the file, with counters", async () => {
  const progress: unknown[] = [];
  const done = await skim(input, dimuons, at("skim.parquet"), { chunkSize: 400, onProgress: (p) => progress.push(p) });
  const read = await columnsOf(at("skim.parquet"));
  const { result } = await run<Record<string, unknown[]>>(input, dimuons);
  expect(done.events).toBeGreaterThan(100);
  expect(done).toMatchObject({ read: 3000, events: result!["run"]!.length, rowGroups: 1 });
  expect(done.columns).toEqual(
    ["HLT_IsoMu24", "MET_pt", "Muon_charge", "Muon_eta", "Muon_mass", "Muon_phi", "Muon_pt", "event", "run"].sort(),
  );
  expect(progress.at(-1)).toEqual({ read: 3000, kept: done.events, events: 3000 });
  expect(progress).toHaveLength(8);
  expect(Object.entries(read).map(([name, column]) => `${name}: ${typeName(column)}`)).toEqual([
    "run: uint32",
    "event: uint64",
    "nMuon: int32",
    "Muon_pt: var * float32",
    "Muon_charge: var * int32",
    "nmuons: int32",
    "muons_isPositive: var * bool",
    "MET_pt: float32",
    "HLT_IsoMu24: bool",
    "mass: float64",
  ]);
  for (const [name, values] of Object.entries(result!)) expect([name, toList(read[name]!)]).toEqual([name, values]);
  expect(toList(read["nMuon"]!)).toEqual(result!["Muon_pt"]!.map((list) => (list as number[]).length));
});

test("the file does not depend on the chunks, and is one to run on", async () => {
  const whole = await skim(input, dimuons, at("whole.parquet"));
  expect(toLists(await columnsOf(at("whole.parquet")))).toEqual(toLists(await columnsOf(at("skim.parquet"))));
  const again = await run<{ n: number; positive: number }>(at("whole.parquet"), (events: Events) => ({
    n: events.Muon.count()
      .map((n) => n)
      .toColumn().length,
    positive: events.filter((e) => e.Muon.any((m) => m.charge > 0)).length,
  }));
  expect(again.result!.n).toBe(whole.events);
  expect(again.result!.positive).toBeGreaterThan(10);
});

const toLists = (columns: Columns): unknown => Object.entries(columns).map(([name, column]) => [name, toList(column)]);

test("a list that is empty in the first chunks has the type it has later", async () => {
  const late = (events: Events): Record<string, unknown> => ({
    event: events.event,
    Late_ok: events.define({ late: (e) => e.Muon.filter(() => e.event > lastOfFirst) }).late.map((m) => m.pt > 10),
  });
  const { result } = await run<{ event: bigint[] }>(input, (events: Events) => ({ event: events.event }));
  const lastOfFirst = result!.event[2500]!;
  await skim(input, late, at("late.parquet"), { chunkSize: 300 });
  const { Late_ok } = await columnsOf(at("late.parquet"));
  expect(typeName(Late_ok!)).toBe("var * bool");
  expect(toList(Late_ok!)).toHaveLength(3000);
});

test("nothing selected gives a file of no events", async () => {
  const done = await skim(input, (events: Events) => dimuons(events.filter(() => false)), at("none.parquet"));
  expect(done.events).toBe(0);
  expect((await columnsOf(at("none.parquet")))["Muon_pt"]!.length).toBe(0);
});

test.each<[string, (events: Events) => unknown, string]>([
  ["a number", (events) => events.length, "a skim returns columns by name"],
  ["a nested record", (events) => ({ a: { b: events.run } }), "a is an object without columns"],
  ["nothing", () => ({}), "a skim returns columns by name"],
  [
    "other events",
    (e) => ({ run: e.run, met: e.filter((x) => x.MET.pt > 20).MET.pt }),
    `columns "run" and "met" cannot be in one file: they come from differently filtered events`,
  ],
  [
    "unequal lists",
    (e) => ({ Muon_pt: e.Muon.filter((m) => m.pt > 20).pt, Muon_eta: e.Muon.eta }),
    `columns "Muon_pt" and "Muon_eta" belong to one collection by their names`,
  ],
  [
    "a counter of before",
    (e) => ({ nMuon: e.nMuon, Muon_pt: e.Muon.filter((m) => m.pt > 20).pt }),
    `columns "nMuon" and "Muon_pt" belong to one collection`,
  ],
  [
    "what does not fit",
    (e) => ({ Muon_charge: e.Muon.map((m) => m.charge / 2) }),
    `column "Muon_charge" is int32 in the file it comes from, which cannot hold`,
  ],
  [
    "a missing value",
    (e) => ({ x: fromList(Array(e.length).fill(null), "?float32") }),
    `column "x" has a missing value in event 0`,
  ],
  ["an unknown column", (e) => ({ x: (e.Muon as unknown as { ptt: never }).ptt }), `Muon has no "ptt"`],
  [
    "an impure selection",
    (() => {
      let n = 0;
      return (e: Events) => ({ x: e.map(() => n++) });
    })(),
    "not pure",
  ],
])("%s is refused, and leaves no file", async (_, process, message) => {
  await expect(skim(input, process, at("bad.parquet"))).rejects.toThrow(message);
  expect(existsSync(at("bad.parquet"))).toBe(false);
  expect(readdirSync(folder).filter((name) => name.includes("bad"))).toEqual([]);
});

test("what cannot be read is not skipped", async () => {
  writeFileSync(at("broken"), "PAR1 but not more than that");
  await expect(skim([...input, at("broken")], dimuons, at("bad.parquet"))).rejects.toMatchObject({
    kind: "FormatError",
  });
  await expect(skim(input, dimuons, at("bad.parquet"), { chunkSize: 0 })).rejects.toThrow("chunkSize");
  expect(existsSync(at("bad.parquet"))).toBe(false);
});

test.skipIf(python === undefined)(
  `pyarrow, awkward and DuckDB read a skim back${python === undefined ? ` [skipped: ${noPython}]` : ""}`,
  async () => {
    await skim(input, dimuons, at("python.parquet"), { chunkSize: 400, write: { rowGroupRows: 150 } });
    const { result } = await run<Record<string, unknown[]>>(input, dimuons);
    const script = join(import.meta.dirname, "skim-read.py");
    const { stdout, stderr } = spawnSync(python!, [script, at("python.parquet")], { encoding: "utf8" });
    expect(stderr).toBe("");
    const readers = JSON.parse(stdout) as Record<string, Record<string, unknown[]>>;
    expect(Object.keys(readers)).toEqual(["pyarrow", "awkward", "duckdb"]);
    for (const [reader, columns] of Object.entries(readers))
      for (const [name, values] of Object.entries(result!)) {
        const expected = name === "event" ? values.map(String) : values;
        expect([reader, name, columns[name]]).toEqual([reader, name, expected]);
      }
  },
);
