/** Missing values, elements and lists in files that a run writes. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { noPython, pythonInterpreter } from "../../scripts/setup-python.ts";
import type { Events } from "../../src/events/index.ts";
import { type Executor, isolated, iterative, type RunOptions, run, workers } from "../../src/executor/index.ts";
import { type Columns, type Field, writeParquet } from "../../src/io/index.ts";
import { type Column, firsts, fromList, toList } from "../../src/jagged/index.ts";
import { anyColumns } from "../io/any-columns.ts";
import { fixture, temporaryFolder } from "./sample.ts";
import { columnsOf, opened, readInPython } from "./to-parquet-written.ts";

const python = pythonInterpreter();
const folder = temporaryFolder();
const at = (...names: string[]): string => join(folder, ...names);
const input = ["a.parquet", "b.parquet"].map((name) => at(name));
const count = 600;

/** Events `first` to `first + count`: nothing is missing in the first half of the first file, nor may it be in column `ok` there. */
function content(first: number): Columns {
  const events = Array.from({ length: count }, (_, i) => first + i);
  const missing = (event: number, one: number): boolean => event >= 300 && (event * 7) % one === 0;
  const jets = (event: number): number[] => Array.from({ length: (event * 5) % 4 }, (_, k) => event + k / 4);
  return {
    event: fromList(events.map(BigInt), "uint64"),
    Jet_pt: fromList(events.map(jets), "var * float32"),
    Jet_tag: fromList(
      events.map((e) => jets(e).map((_, k) => (missing(e + k, 4) ? null : k))),
      "var * ?int16",
    ),
    Tau_pt: fromList(
      events.map((e) => (missing(e, 5) ? null : jets(e + 1))),
      "option[var * float32]",
    ),
    w: fromList(
      events.map((e) => (missing(e, 3) ? null : e / 8)),
      "?float32",
    ),
    name: fromList(
      events.map((e) => (missing(e, 2) ? null : `event ${e % 10}`)),
      "?string",
    ),
    ok: fromList(
      events.map((e) => (first > 0 && missing(e, 9) ? null : e % 2 === 0)),
      "?bool",
    ),
  };
}

beforeAll(async () => {
  for (const [i, path] of input.entries()) await writeParquet(path, content(i * count));
});

/** The type of a field in awkward's words. */
function typeOf({ nullable, type }: Field): string {
  if (type.kind === "list") return nullable ? `option[var * ${typeOf(type.element)}]` : `var * ${typeOf(type.element)}`;
  return `${nullable ? "?" : ""}${type.kind === "primitive" ? type.dtype : type.kind}`;
}

const typesOf = async (path: string): Promise<Record<string, string>> =>
  Object.fromEntries((await opened(path)).fields.map((field) => [field.name, typeOf(field)]));

const listsOf = (columns: Columns): Record<string, unknown[]> =>
  Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, toList(column)]));

/** Runs a processor over files of these columns and gives what it wrote. */
async function written(
  name: string,
  files: readonly Columns[],
  process: (events: Events<object>) => unknown,
  options: RunOptions = {},
): Promise<string> {
  const paths = files.map((_, i) => at(`${name}-${i}.parquet`));
  for (const [i, columns] of files.entries()) await writeParquet(paths[i]!, columns);
  await run({ d: paths }, process as never, { out: at(name), ...options });
  return at(name, "x.parquet");
}

const copy =
  (...names: string[]) =>
  (events: Events<object>): object =>
    events.toParquet("x.parquet", names);

test("a column is OPTIONAL where it is in one of the files, or where something is missing, else REQUIRED", async () => {
  await run(input, fixture("nullable-rows"), { out: at("types"), chunkSize: 100 });
  expect(await typesOf(at("types", "stored.parquet"))).toEqual({
    event: "uint64",
    nJet: "int32",
    Jet_pt: "var * float32",
    Jet_tag: "var * ?int16",
    nTau: "int32",
    Tau_pt: "option[var * float32]",
    w: "?float32",
    name: "?string",
    ok: "?bool",
  });
  expect(await typesOf(at("types", "computed.parquet"))).toEqual({
    event: "uint64",
    nJet: "int32",
    Jet_tag: "var * ?int16",
    w: "?float32",
    leading: "?float32",
    root: "?float64",
    whole: "float64",
  });
  const [a, b] = [listsOf(content(0)), listsOf(content(count))];
  const { nJet, nTau, ...stored } = listsOf(await columnsOf(at("types", "stored.parquet")));
  expect(stored).toEqual(Object.fromEntries(Object.keys(a).map((name) => [name, [...a[name]!, ...b[name]!]])));
  const lengths = (lists: unknown[]): number[] => lists.map((list) => (list as unknown[] | null)?.length ?? 0);
  expect([nJet, nTau]).toEqual([lengths(stored["Jet_pt"]!), lengths(stored["Tau_pt"]!)]);
  expect(stored["Tau_pt"]).toContain(null);
  const computed = listsOf(await columnsOf(at("types", "computed.parquet")));
  const kept = stored["event"]!.flatMap((event, i) => (Number(event) % 3 === 1 ? [] : [i]));
  for (const name of ["event", "Jet_tag", "w"]) expect(computed[name]).toEqual(kept.map((i) => stored[name]![i]));
  expect(computed["leading"]).toEqual(kept.map((i) => (stored["Jet_pt"]![i] as number[])[0] ?? null));
  expect(computed["root"]).toEqual(kept.map((i) => (i < 900 ? null : Math.sqrt(i - 900))));
});

test("the files have the same bytes with every executor and chunk size", async () => {
  const executors: [string, Executor][] = [
    ["iterative", iterative()],
    ["isolated", isolated()],
    ["workers(1)", workers(1)],
    ["workers(2)", workers(2)],
  ];
  const files = ["stored.parquet", "computed.parquet"];
  const reference = files.map((name) => readFileSync(at("types", name)));
  for (const [name, executor] of executors) {
    for (const chunkSize of [47, 300, 1e6]) {
      await run(input, fixture("nullable-rows"), { executor, chunkSize, out: at("same") });
      const same = files.map((file, i) => readFileSync(at("same", file)).equals(reference[i]!));
      expect([name, chunkSize, ...same]).toEqual([name, chunkSize, true, true]);
    }
    await executor.close();
  }
});

test("any columns are written as they were, whatever the chunks", async () => {
  await fc.assert(
    fc.asyncProperty(anyColumns, fc.integer({ min: 1, max: 50 }), async (columns, chunkSize) => {
      const named = Object.fromEntries(Object.entries(columns).map(([name, c]) => [name.replace("_", ""), c]));
      const process = copy(...Object.keys(named));
      const path = await written("any", [named], process, { chunkSize });
      const bytes = readFileSync(path);
      expect(listsOf(await columnsOf(path))).toStrictEqual(listsOf(named));
      expect((await opened(path)).fields).toEqual((await opened(at("any-0.parquet"))).fields);
      expect(bytes.equals(readFileSync(await written("any", [named], process)))).toBe(true);
    }),
    { numRuns: 12, endOnFailure: true },
  );
});

test("a column with missing values only at the very end is OPTIONAL, stored or computed", async () => {
  const x = fromList(
    Array.from({ length: 100 }, (_, i) => (i === 99 ? null : i)),
    "?int32",
  );
  const none: Column = { ...fromList([1, 2, 3], "int32") };
  const path = await written(
    "late",
    [{ x: none }, { x }],
    (events) => {
      const { x } = events as unknown as { x: { toColumn(): Column } };
      return events.toParquet("x.parquet", { x: x.toColumn(), y: x.toColumn() });
    },
    { chunkSize: 10 },
  );
  expect(await typesOf(path)).toEqual({ x: "?int32", y: "?int32" });
  const expected = [1, 2, 3, ...toList(x)];
  expect(listsOf(await columnsOf(path))).toEqual({ x: expected, y: expected });
});

test("what allows missing values in the input does in the output, though none are written", async () => {
  const all = { validity: Uint8Array.of(0b111) };
  const x: Column = { ...fromList([1, 2, 3], "float32"), ...all };
  const l: Column = { ...fromList([[1], [], [2]], "var * int8"), ...all };
  const path = await written("allowed", [{ x, l, y: fromList([1, 2, 3]) }], (events) =>
    events.filter((e) => (e as unknown as { y: number }).y > 1).toParquet("x.parquet", ["x", "l", "y"]),
  );
  expect(await typesOf(path)).toEqual({ x: "?float32", l: "option[var * int8]", y: "float64" });
  expect(listsOf(await columnsOf(path))).toEqual({ x: [2, 3], l: [[], [2]], y: [2, 3] });
});

test("chunks in which all are missing have the type of the others", async () => {
  const process = (events: Events<object>): object => {
    const { n, pt } = events as unknown as Record<"n" | "pt", { toColumn(): Column }>;
    const isFirst = (toList(n.toColumn())[0] as number) < 3;
    const nothing = fromList(Array(events.length).fill(null));
    return events.toParquet("x.parquet", {
      text: isFirst ? nothing : fromList(Array(events.length).fill("a")),
      number: isFirst ? nothing : n.toColumn(),
      leading: firsts(pt.toColumn()),
      lists: isFirst ? fromList(Array(events.length).fill([null])) : fromList(Array(events.length).fill([true, null])),
    });
  };
  const n = fromList([0, 1, 2, 3, 4, 5], "int16");
  const path = await written("typed", [{ n, pt: fromList([[], [], [], [1], [], [2, 3]], "var * float32") }], process, {
    chunkSize: 3,
  });
  expect(await typesOf(path)).toEqual({
    text: "?string",
    number: "?int16",
    leading: "?float32",
    lists: "var * ?bool",
  });
  expect(listsOf(await columnsOf(path))).toEqual({
    text: [null, null, null, "a", "a", "a"],
    number: [null, null, null, 3, 4, 5],
    leading: [null, null, null, 1, null, 2],
    lists: [[null], [null], [null], [true, null], [true, null], [true, null]],
  });
});

test("a column that only another file has is missing in the events of this one", async () => {
  const ok = fromList([true, false]);
  const pt = fromList([[1], [2, 3]], "var * float32");
  for (const [name, files] of Object.entries({
    first: [{ HLT_a: ok }, { HLT_a: ok, HLT_b: ok, Muon_pt: pt, Muon_q: pt }],
    last: [{ HLT_a: ok, HLT_b: ok, Muon_pt: pt, Muon_q: pt }, { HLT_a: ok }],
  })) {
    const lists = listsOf(await columnsOf(await written(name, files, copy("HLT", "Muon"))));
    const both = (has: unknown[], not: unknown[]): unknown[] => (name === "last" ? [...has, ...not] : [...not, ...has]);
    expect(lists).toEqual({
      HLT_a: [true, false, true, false],
      HLT_b: both([true, false], [null, null]),
      nMuon: both([1, 2], [0, 0]),
      Muon_pt: both([[1], [2, 3]], [null, null]),
      Muon_q: both([[1], [2, 3]], [null, null]),
    });
    expect(await typesOf(at(name, "x.parquet"))).toMatchObject({ HLT_a: "bool", HLT_b: "?bool", nMuon: "int32" });
  }
});

test("what was written is an input of the next run", async () => {
  const path = at("types", "stored.parquet");
  const process = (
    events: Events<{ readonly Jet: readonly { has(name: string): boolean; readonly tag: number }[] }>,
  ) => ({
    tags: events.map((e) => e.Jet.filter((j) => j.has("tag")).length),
    again: events.toParquet("again.parquet", ["event", "Jet", "Tau", "w", "name", "ok"]),
  });
  await run(path, process as never, { out: at("again"), chunkSize: 333 });
  expect(readFileSync(at("again", "again.parquet")).equals(readFileSync(path))).toBe(true);
});

test("an empty list beside a missing one of the same collection is refused, as is a counter that is missing", async () => {
  const columns = { Jet_pt: fromList([[1], null], "option[var * float32]"), n: fromList([1, null], "?int32") };
  const mixed = (events: Events<object>): object => {
    const { Jet } = events as unknown as { Jet: { pt: never } };
    return events.toParquet("x.parquet", {
      Jet_pt: columns.Jet_pt,
      Jet_twice: Jet.pt,
    });
  };
  await expect(written("mixed", [columns], mixed)).rejects.toThrow("no list and an empty one in event 1 of those");
  const counted = (events: Events<object>): object =>
    events.toParquet("x.parquet", { nJet: columns.n, Jet_pt: columns.Jet_pt });
  await expect(written("counted", [columns], counted)).rejects.toThrow("no number and 0 items in event 1");
});

test.skipIf(python === undefined)(
  `pyarrow, awkward and DuckDB read a file back${python === undefined ? ` [skipped: ${noPython}]` : ""}`,
  async () => {
    for (const name of ["stored.parquet", "computed.parquet"]) {
      const columns = await columnsOf(at("types", name));
      const expected = { ...listsOf(columns), event: toList(columns["event"]!).map(String) };
      for (const [reader, found] of Object.entries(readInPython(python!, at("types", name))))
        expect([reader, found]).toEqual([reader, expected]);
    }
  },
);
