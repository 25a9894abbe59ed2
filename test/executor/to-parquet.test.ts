/** Files that a run writes: what is in them, that they do not depend on how it was run, and what is left when it does not end well. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import generate from "../../datasets/adl.ts";
import type { Events } from "../../processors/adl/events.d.ts";
import { noPython, pythonInterpreter } from "../../scripts/setup-python.ts";
import { CortadoError } from "../../src/errors.ts";
import {
  type Executor,
  isolated,
  iterative,
  type ParquetOutput,
  type RunOptions,
  type RunResult,
  resultJson,
  run,
  workers,
} from "../../src/executor/index.ts";
import { type Columns, writeParquet } from "../../src/io/index.ts";
import { fromList, toList, typeName } from "../../src/jagged/index.ts";
import dimuons from "../fixtures/processors/dimuon-rows.ts";
import { fixture } from "./sample.ts";
import { columnsOf, opened, readInPython } from "./to-parquet-written.ts";

const python = pythonInterpreter();
let folder: string;
let input: string[];
const at = (...names: string[]): string => join(folder, ...names);
const inputs = ["a.parquet", "b.parquet"];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "cortado-parquet-"));
  input = inputs.map((name) => at(name));
  for (const [i, path] of input.entries()) await writeParquet(path, [...generate({ events: 1500, seed: 7 + i })][0]!);
});
afterAll(() => rmSync(folder, { recursive: true }));

const toLists = (columns: Columns): [string, unknown][] =>
  Object.entries(columns).map(([name, column]) => [name, toList(column)]);
const types = (columns: Columns): string[] =>
  Object.entries(columns).map(([name, column]) => `${name}: ${typeName(column)}`);

type Written = { readonly rows: ParquetOutput };

/** Runs a processor that returns rows as `rows`, with files in a folder of their own. */
async function write(
  out: string,
  process: (events: Events) => unknown,
  options: RunOptions = {},
): Promise<RunResult<Written>> {
  return run<Written>(input, ((events: Events) => ({ rows: process(events) })) as never, { out: at(out), ...options });
}

/** The same columns as lists in the result. */
async function asLists(): Promise<Record<string, unknown[]>> {
  const { result } = await run<Record<string, unknown[]>>(input, ((events: Events) => {
    const { columns } = dimuons(events, {}).dimuons;
    return Object.fromEntries(Object.entries(columns).map(([key, column]) => [key, toList(column)]));
  }) as never);
  return result!;
}

test("a file has the selected values, in the types of the input, with counters; the result says what was written", async () => {
  const { result, report, metrics } = await run<{ cutflow: unknown; dimuons: ParquetOutput }>(input, dimuons as never, {
    out: at("new", "folder"),
    chunkSize: 400,
  });
  const path = at("new", "folder", "dimuons.parquet");
  const { columns, rowGroups } = await opened(path);
  const expected = await asLists();
  const rows = expected["run"]!.length;
  expect(rows).toBeGreaterThan(100);
  expect(result).toEqual({
    cutflow: { all: 3000, selected: rows },
    dimuons: { file: "dimuons.parquet", events: rows, bytes: readFileSync(path).length },
  });
  expect(report.outputs).toEqual([{ file: path, state: "written", events: rows, bytes: result!.dimuons.bytes }]);
  expect(rowGroups).toEqual([rows]);
  expect(readdirSync(at("new", "folder"))).toEqual(["dimuons.parquet"]);
  expect(metrics.columns).toEqual(
    ["HLT_IsoMu24", "MET_pt", "Muon_charge", "Muon_eta", "Muon_mass", "Muon_phi", "Muon_pt", "event", "run"].sort(),
  );
  expect(types(columns)).toEqual([
    "run: uint32",
    "event: uint64",
    "nMuon: uint32",
    "Muon_pt: var * float32",
    "Muon_charge: var * int32",
    "nmuons: int32",
    "muons_isPositive: var * bool",
    "MET_pt: float32",
    "HLT_IsoMu24: bool",
    "mass: float64",
  ]);
  expect(Object.fromEntries(toLists(columns))).toEqual(expected);
  expect(expected["nMuon"]).toEqual(expected["Muon_pt"]!.map((list) => (list as number[]).length));
  expect(JSON.parse(resultJson({ result }))).toEqual(result);
});

test("the file has the same bytes with every executor and chunk size, and when written again", async () => {
  const executors: [string, Executor][] = [
    ["iterative", iterative()],
    ["isolated", isolated()],
    ["workers(1)", workers(1)],
    ["workers(2)", workers(2)],
  ];
  const reference = readFileSync(at("new", "folder", "dimuons.parquet"));
  for (const [name, executor] of executors) {
    for (const chunkSize of [300, 1e6]) {
      const { result } = await run<{ dimuons: ParquetOutput }>(input, fixture("dimuon-rows"), {
        executor,
        chunkSize,
        out: at("same"),
      });
      const bytes = readFileSync(at("same", "dimuons.parquet"));
      expect([name, chunkSize, result!.dimuons.bytes, bytes.equals(reference)]).toEqual([
        name,
        chunkSize,
        reference.length,
        true,
      ]);
    }
    await executor.close();
  }
  expect(readdirSync(at("same"))).toEqual(["dimuons.parquet"]);
});

test("rows of chunks are cut anew into row groups of 100,000 events", async () => {
  const n = 120_000;
  const x = Float32Array.from({ length: n }, (_, i) => (i * 7919) % 1000);
  const event = BigInt64Array.from({ length: n }, (_, i) => BigInt(i));
  await writeParquet(
    at("many.parquet"),
    {
      event: { kind: "primitive", dtype: "int64", values: event, length: n },
      x_y: { kind: "primitive", dtype: "float32", values: x, length: n },
    },
    { rowGroupRows: 33_333 },
  );
  const files: Buffer[] = [];
  for (const chunkSize of [7001, 50_000, 1e6]) {
    await run(at("many.parquet"), (events: Events) => events.toParquet("copy.parquet", ["event", "x_y"]), {
      out: at("cut"),
      chunkSize,
    });
    files.push(readFileSync(at("cut", "copy.parquet")));
  }
  expect(files[1]!.equals(files[0]!)).toBe(true);
  expect(files[2]!.equals(files[0]!)).toBe(true);
  const { columns, rowGroups } = await opened(at("cut", "copy.parquet"));
  expect(rowGroups).toEqual([100_000, 20_000]);
  expect(columns["event"]).toMatchObject({ dtype: "int64", values: event });
  expect(columns["x_y"]).toMatchObject({ dtype: "float32", values: x });
});

test("names take columns, collections and records as they are stored", async () => {
  const whole = await Promise.all(input.map(columnsOf));
  const { result, metrics } = await write("names", (events) =>
    events.toParquet("all.parquet", ["run", "event", "Muon", "MET", "Jet_pt", "HLT"]),
  );
  const written = await columnsOf(at("names", "all.parquet"));
  expect(result!.rows.events).toBe(3000);
  const expected = Object.keys(whole[0]!).filter((name) => /^(run|event|Muon_.*|MET_.*|Jet_pt|HLT_.*)$/.test(name));
  expect(Object.keys(written).sort()).toEqual([...expected, "nMuon", "nJet"].sort());
  expect(metrics.columns).toEqual([...expected].sort());
  for (const [name, column] of Object.entries(written)) {
    expect([name, typeName(column)]).toEqual([name, typeName(whole[0]![name]!)]);
    expect([name, toList(column)]).toEqual([name, whole.flatMap((columns) => toList(columns[name]!))]);
  }

  await write("names", (events) =>
    events.filter((e) => e.Muon.length > 1).toParquet("some.parquet", ["event", "Muon"]),
  );
  const some = await columnsOf(at("names", "some.parquet"));
  const events = toList(written["event"]!);
  const kept = (toList(written["nMuon"]!) as number[]).flatMap((n, i) => (n > 1 ? [i] : []));
  expect(toList(some["event"]!)).toEqual(kept.map((i) => events[i]));
  expect(toList(some["Muon_phi"]!)).toEqual(kept.map((i) => toList(written["Muon_phi"]!)[i]));
});

test("variations and definitions are written like what the file has", async () => {
  await write("varied", (events) => {
    const up = events.vary("up", { Jet: { pt: (j) => 1.5 * j.pt } }).define({ ht: (e) => e.Jet.sum((j) => j.pt) });
    return up.toParquet("up.parquet", { Jet_pt: up.Jet.pt, Jet_nominal: events.Jet.pt, ht: up.ht });
  });
  await write("varied", (events) =>
    events
      .vary("up", { Jet: { pt: (j) => 1.5 * j.pt } })
      .define({ ht: (e) => e.Jet.sum((j) => j.pt) })
      .toParquet("names.parquet", ["Jet_pt", "ht"]),
  );
  const columns = await columnsOf(at("varied", "up.parquet"));
  expect(types(columns)).toEqual([
    "nJet: uint32",
    "Jet_pt: var * float32",
    "Jet_nominal: var * float32",
    "ht: float64",
  ]);
  const nominal = toList(columns["Jet_nominal"]!) as number[][];
  const varied = nominal.map((jets) => jets.map((pt) => Math.fround(1.5 * pt)));
  expect(toList(columns["Jet_pt"]!)).toEqual(varied);
  expect(toList(columns["ht"]!)).toEqual(varied.map((jets) => jets.reduce((sum, pt) => sum + pt, 0)));
  const byName = await columnsOf(at("varied", "names.parquet"));
  expect(toLists(byName)).toEqual(toLists(columns).filter(([name]) => name !== "Jet_nominal"));
});

test("what was written is an input of the next run", async () => {
  const path = at("new", "folder", "dimuons.parquet");
  const { result } = await run<{ n: number; positive: number }>(path, (events: Events) => ({
    n: events.length,
    positive: events.filter((e) => e.Muon.any((m) => m.charge > 0)).length,
  }));
  expect(result!.n).toBeGreaterThan(100);
  expect(result!.positive).toBeGreaterThan(10);
});

test("a list that is empty in the first chunks has the type it has later", async () => {
  const event = (await columnsOf(at("b.parquet")))["event"]!;
  const lastOfFirst = toList(event)[1000] as bigint;
  const second = (events: Events): boolean => events.metadata.filename === input[1];
  await write(
    "late",
    (events) => {
      const late = events.define({
        late: (e) => e.Muon.filter(() => second(events) && e.event > lastOfFirst),
      }).late;
      return events.toParquet("late.parquet", { event: events.event, Late_ok: late.map((m) => m.pt > 10) });
    },
    { chunkSize: 50 },
  );
  const { Late_ok } = await columnsOf(at("late", "late.parquet"));
  expect(typeName(Late_ok!)).toBe("var * bool");
  expect(toList(Late_ok!)).toHaveLength(3000);
  expect((toList(Late_ok!) as unknown[][]).flat().length).toBeGreaterThan(20);
});

test("nothing selected gives a file of no events, and chunks without rows leave no trace", async () => {
  const none = await write(
    "none",
    (events) =>
      dimuons(
        events.filter(() => false),
        {},
      ).dimuons,
    { chunkSize: 500 },
  );
  expect(none.result!.rows).toMatchObject({ file: "dimuons.parquet", events: 0 });
  const empty = await columnsOf(at("none", "dimuons.parquet"));
  const typesOfSome = types(await columnsOf(at("new", "folder", "dimuons.parquet")));
  expect(types(empty)).toEqual(
    typesOfSome.filter((t) => !/^n?muons/.test(t)).toSpliced(5, 0, "muons_isPositive: float64"),
  );
  const some = await write(
    "none",
    (events) =>
      dimuons(
        events.filter(() => events.metadata.filename === input[1]),
        {},
      ).dimuons,
    { chunkSize: 500 },
  );
  expect(some.result!.rows.events).toBeGreaterThan(50);
});

test("each dataset may have a file of its own", async () => {
  const process = (events: Events): object => {
    const { dataset } = events.metadata;
    return { files: { [dataset]: events.toParquet(`by/${dataset}.parquet`, ["event"]) } };
  };
  const { result } = await run<{ files: Record<string, ParquetOutput> }>(
    { one: [input[0]!], two: [input[1]!] },
    process as never,
    { out: at("datasets"), chunkSize: 400 },
  );
  expect(Object.values(result!.files).map(({ file, events }) => [file, events])).toEqual([
    ["by/one.parquet", 1500],
    ["by/two.parquet", 1500],
  ]);
  for (const [i, name] of ["one", "two"].entries())
    expect(toList((await columnsOf(at("datasets", "by", `${name}.parquet`)))["event"]!)).toEqual(
      toList((await columnsOf(input[i]!))["event"]!),
    );
  expect(readdirSync(at("datasets"))).toEqual(["by"]);
});

test("an absolute path is where it says, its parts beside it", async () => {
  mkdirSync(at("absolute"));
  const { result } = await write("unused", (events) => events.toParquet(at("absolute", "x.parquet"), ["run"]));
  expect(result!.rows.events).toBe(3000);
  expect(readdirSync(at("absolute"))).toEqual(["x.parquet"]);
  expect(readdirSync(folder)).not.toContain("unused");
});

test("input files of other widths are written in the type of the first", async () => {
  const narrow = { kind: "primitive", dtype: "int16", values: new Int16Array([1, 2]), length: 2 } as const;
  const wide = { kind: "primitive", dtype: "int64", values: new BigInt64Array([3n, 4n]), length: 2 } as const;
  await writeParquet(at("narrow.parquet"), { x: narrow, y: narrow });
  await writeParquet(at("wide.parquet"), { x: wide, y: wide });
  const copy = (events: Events): object => ({ rows: events.toParquet("xy.parquet", ["x", "y"]) });
  for (const [files, type] of [
    [["narrow.parquet", "wide.parquet"], "int16"],
    [["wide.parquet", "narrow.parquet"], "int64"],
  ] as const) {
    await run({ d: files.map((name) => at(name)) }, copy as never, { out: at("widths") });
    const columns = await columnsOf(at("widths", "xy.parquet"));
    expect(types(columns)).toEqual([`x: ${type}`, `y: ${type}`]);
    expect((toList(columns["x"]!) as unknown[]).map(Number).sort()).toEqual([1, 2, 3, 4]);
  }
});

test("strings are written, also in lists that are empty in the first chunks", async () => {
  await write(
    "strings",
    (events) =>
      events.toParquet("strings.parquet", {
        name: events.map((e) => `event ${e.event}`),
        Muon_sign: events.Muon.filter(() => events.metadata.filename === input[1]).map((m) =>
          m.charge > 0 ? "+" : "−",
        ),
      }),
    { chunkSize: 500 },
  );
  const columns = await columnsOf(at("strings", "strings.parquet"));
  expect(types(columns)).toEqual(["name: string", "nMuon: uint32", "Muon_sign: var * string"]);
  const whole = await Promise.all(input.map(columnsOf));
  const event = whole.flatMap((c) => toList(c["event"]!));
  expect(toList(columns["name"]!)).toEqual(event.map((e) => `event ${e}`));
  const charge = toList(whole[1]!["Muon_charge"]!) as number[][];
  const signs = charge.map((list) => list.map((q) => (q > 0 ? "+" : "−")));
  expect(toList(columns["Muon_sign"]!)).toEqual([...Array(1500).fill([]), ...signs]);
});

const wrong: [string, (events: Events) => unknown, string][] = [
  ["a number", (e) => e.toParquet("bad.parquet", { n: e.length } as never), `"n" is 1500, not a column`],
  ["a nested record", (e) => e.toParquet("bad.parquet", { a: { b: e.run } } as never), `"a" is an object that is none`],
  ["nothing", (e) => e.toParquet("bad.parquet", {}), "there are no columns"],
  ["one column", (e) => e.toParquet("bad.parquet", e.run as never), "takes columns by name"],
  ["no name", (e) => e.toParquet("", { run: e.run }), "takes the name of a file first"],
  [
    "other events",
    (e) => e.toParquet("bad.parquet", { run: e.run, met: e.filter((x) => x.MET.pt > 20).MET.pt }),
    `column "met" comes from other events than those written`,
  ],
  [
    "unequal lists",
    (e) => e.toParquet("bad.parquet", { Muon_pt: e.Muon.filter((m) => m.pt > 20).pt, Muon_eta: e.Muon.eta }),
    `columns "Muon_pt" and "Muon_eta" belong to one collection by their names`,
  ],
  [
    "a counter of before",
    (e) => e.toParquet("bad.parquet", { nMuon: e.nMuon, Muon_pt: e.Muon.filter((m) => m.pt > 20).pt }),
    `columns "nMuon" and "Muon_pt" belong to one collection`,
  ],
  [
    "what does not fit",
    (e) => e.toParquet("bad.parquet", { Muon_charge: e.Muon.map((m) => m.charge / 2) }),
    `column "Muon_charge" is int32 in the file it comes from, which cannot hold`,
  ],
  [
    "an array of another length",
    (e) => e.toParquet("bad.parquet", { x: fromList([1, 2, 3], "float32") }),
    `column "x" has 3 entries for 1`,
  ],
  ["an unknown name", (e) => e.toParquet("bad.parquet", ["Muons"]), `there is no "Muons". Nearest: Muon`],
  ["an unknown column", (e) => ({ x: (e.Muon as unknown as { ptt: never }).ptt }), `Muon has no "ptt"`],
  [
    "an impure selection",
    (() => {
      let n = 0;
      return (e: Events) => e.toParquet("bad.parquet", { x: e.map(() => n++) });
    })(),
    "not pure",
  ],
  [
    "the same file twice",
    (e) => [e.toParquet("bad.parquet", ["run"]), e.toParquet("./bad.parquet", ["event"])],
    `process returned two results to be written to "bad.parquet"`,
  ],
  [
    "the same file from different chunks",
    (e) => ({ [e.metadata.filename]: e.toParquet("bad.parquet", ["run"]) }),
    `process returned two results to be written to "bad.parquet"`,
  ],
  [
    "another column in other chunks",
    (e) => e.toParquet("bad.parquet", [e.metadata.filename === input[0] ? "run" : "event"]),
    `"bad.parquet" has the column "run" in some chunks and not in others`,
  ],
  [
    "another type in other chunks",
    (e) =>
      e.toParquet("bad.parquet", { x: e.map((): number | boolean => (e.metadata.filename === input[0] ? 1 : true)) }),
    `"bad.parquet" has the column "x" as float64 and as bool`,
  ],
  ["an input", (e) => e.toParquet("../a.parquet", ["run"]), "a.parquet: it is an input of this run"],
  ["a folder", (e) => e.toParquet("../new", ["run"]), "new: it is a folder"],
  ["no folder", (e) => e.toParquet("../nowhere/x.parquet", ["run"]), "there is no folder"],
];

test.each(wrong)("%s is refused, and leaves no file", async (_, process, message) => {
  mkdirSync(at("bad"), { recursive: true });
  const before = readdirSync(folder);
  await expect(write("bad", process)).rejects.toThrow(message);
  expect(readdirSync(at("bad"))).toEqual([]);
  expect(readdirSync(folder)).toEqual(before);
  for (const name of inputs) expect((await columnsOf(at(name)))["run"]!.length).toBe(1500);
});

/** A folder with an older file in it. */
function withOlder(name: string): string {
  mkdirSync(at(name));
  writeFileSync(at(name, "dimuons.parquet"), "older");
  return at(name);
}

/** The older file, and nothing else. */
function expectUntouched(out: string): void {
  expect(readdirSync(out)).toEqual(["dimuons.parquet"]);
  expect(readFileSync(join(out, "dimuons.parquet"), "utf8")).toBe("older");
}

const notWritten = (out: string): object[] => [{ file: join(out, "dimuons.parquet"), state: "not written" }];

test("a run that fails leaves an older file as it was, and no parts", async () => {
  for (const [name, executor] of Object.entries({ iterative: iterative(), "workers(2)": workers(2) })) {
    const out = withOlder(`fails ${name}`);
    const settings = { executor, out, chunkSize: 300, options: { throwAt: 900 } };
    const error = await run(input, fixture("dimuon-rows"), settings).catch((e) => e);
    expect(error).toMatchObject({ kind: "UserError" });
    expect(error.runResult.report.outputs).toEqual(notWritten(out));
    expect(error.runResult.result.dimuons).toEqual({ file: "dimuons.parquet", events: expect.any(Number) });
    expectUntouched(out);
    const reported = await run(input, fixture("dimuon-rows"), { ...settings, onFailure: "report" });
    expect(reported).toMatchObject({ status: "incomplete", report: { outputs: notWritten(out) } });
    expectUntouched(out);
    await executor.close();
  }
});

test("a run in which something is skipped writes only if that is accepted", async () => {
  writeFileSync(at("broken"), "PAR1 but not more than that");
  const out = withOlder("skips");
  const settings = { out, skipBadFiles: true };
  const skipped = await run([...input, at("broken")], dimuons as never, settings);
  expect(skipped).toMatchObject({ status: "incomplete", report: { outputs: notWritten(out) } });
  expectUntouched(out);
  const accepted = await run([...input, at("broken")], dimuons as never, { ...settings, acceptSkips: true });
  expect(accepted).toMatchObject({ status: "complete", report: { outputs: [{ state: "written" }] } });
  expect(readFileSync(join(out, "dimuons.parquet")).equals(readFileSync(at("new", "folder", "dimuons.parquet")))).toBe(
    true,
  );
});

test.each([
  ["isolated()", isolated],
  ["workers(2)", () => workers(2)],
])("an interrupted run leaves nothing: %s", async (name, make) => {
  const out = withOlder(`interrupted ${name}`);
  const executor = make();
  const controller = new AbortController();
  const result = await run(input, fixture("dimuon-rows"), {
    executor,
    out,
    chunkSize: 300,
    options: { hangAt: 600 },
    signal: controller.signal,
    onProgress: (progress) => {
      if (progress.kind === "chunk") setTimeout(() => controller.abort(), 100);
    },
  });
  expect(result).toMatchObject({ status: "cancelled", report: { outputs: notWritten(out) } });
  expectUntouched(out);
  await executor.close();
});

test("interrupted while the file is put together, a run is cancelled", async () => {
  const out = withOlder("interrupted late");
  const controller = new AbortController();
  const watch = setInterval(() => {
    if (readdirSync(out).some((name) => name.endsWith(".part"))) controller.abort();
  });
  const result = await run(input, dimuons as never, { out, chunkSize: 100, signal: controller.signal });
  clearInterval(watch);
  expect(result).toMatchObject({ status: "cancelled", report: { pending: [], outputs: notWritten(out) } });
  expectUntouched(out);
});

test("a chunk that is run again after its part was written, or in halves, changes nothing", async () => {
  const inner = iterative();
  const attempts = new Map<number, number>();
  const faulty: Executor = {
    ...inner,
    concurrency: 2,
    async submit(job, request) {
      const reply = await inner.submit(job, request);
      if (request.kind !== "chunk") return reply;
      const { start, stop } = request.chunk;
      const attempt = (attempts.get(start) ?? 0) + 1;
      attempts.set(start, attempt);
      const cause = Object.assign(new Error("EIO"), { code: "EIO" });
      if (start === 500 && attempt < 3) throw new CortadoError("IoError", "no", { code: "ReadFailed" }, { cause });
      if (start === 1000 && stop - start > 400) throw new CortadoError("ResourceError", "no", { code: "OutOfMemory" });
      return reply;
    },
  };
  const { metrics } = await run(input, dimuons as never, {
    executor: faulty,
    out: at("again"),
    chunkSize: 500,
    retry: { attempts: 4, delay: 0.001 },
  });
  expect(metrics.retries).toBeGreaterThan(2);
  expect(attempts.get(1250)).toBe(2);
  expect(
    readFileSync(at("again", "dimuons.parquet")).equals(readFileSync(at("new", "folder", "dimuons.parquet"))),
  ).toBe(true);
});

test("postprocess sees what was written; if it fails, nothing is kept", async () => {
  class Counting {
    process(events: Events): object {
      return { rows: events.toParquet("dimuons.parquet", ["run"]) };
    }
    postprocess({ rows }: Written): object {
      return { efficiency: rows.events / 6000, rows };
    }
  }
  const out = withOlder("post");
  class Failing extends Counting {
    override postprocess(): never {
      throw new Error("no luminosity");
    }
  }
  await expect(run(input, Failing as never, { out })).rejects.toThrow("no luminosity");
  expectUntouched(out);
  const { result } = await run<Written & { efficiency: number }>(input, Counting as never, { out });
  expect(result).toEqual({
    efficiency: 0.5,
    rows: { file: "dimuons.parquet", events: 3000, bytes: readFileSync(join(out, "dimuons.parquet")).length },
  });
});

test.skipIf(python === undefined)(
  `pyarrow, awkward and DuckDB read a file back${python === undefined ? ` [skipped: ${noPython}]` : ""}`,
  async () => {
    await run(input, dimuons as never, { chunkSize: 400, out: at("python") });
    const readers = readInPython(python!, at("python", "dimuons.parquet"));
    for (const [reader, columns] of Object.entries(readers))
      for (const [name, values] of Object.entries(await asLists())) {
        const expected = name === "event" ? values.map(String) : values;
        expect([reader, name, columns[name]]).toEqual([reader, name, expected]);
      }
  },
);
