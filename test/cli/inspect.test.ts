import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeFile } from "../../src/cli/file-description.ts";
import { inspectText } from "../../src/cli/inspect.ts";
import type { ParquetFile } from "../../src/io/index.ts";
import { eventLayout } from "../../src/schema/index.ts";
import { cortado } from "./spawn.ts";

const folder = mkdtempSync(join(tmpdir(), "cortado-inspect-"));
const file = join(folder, "a.parquet");
beforeAll(async () => {
  expect((await cortado("generate", "datasets/adl.ts", "--events", "500", "--out", file)).code).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("inspect shows events, collections with members by type, and sizes", async () => {
  const { code, stdout, stderr } = await cortado("inspect", file);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/^events +500 in 1 row group$/m);
  expect(stdout).toMatch(/^columns +\d+, zstd$/m);
  expect(stdout).toMatch(/^ {2}Jet +5 columns +[\d.]+ kB\n +float32 +pt eta phi mass btag$/m);
  expect(stdout).toMatch(/^ {2}MET +2 columns +[\d.]+ kB\n +float32 +pt phi$/m);
  expect(stdout).toMatch(/^ +uint64 +event$/m);
  for (const line of stdout.split("\n").slice(1)) expect(line.length).toBeLessThanOrEqual(110);
});

test("--columns has a line for each, --json all of it; sizes add up to the row groups'", async () => {
  const [columns, machine] = await Promise.all([
    cortado("inspect", file, "--columns"),
    cortado("inspect", file, "--json"),
  ]);
  expect(columns.stdout).toMatch(/^Jet_pt +float32 +list +[\d.]+ kB$/m);
  expect(columns.stdout).toMatch(/^MET_phi +float32 +one +[\d.]+ kB$/m);
  const found = JSON.parse(machine.stdout) as ReturnType<typeof describeFile>;
  expect(found).toMatchObject({
    events: 500,
    collections: { Jet: { counter: "nJet", members: { pt: { column: "Jet_pt", type: "float32", depth: 1 } } } },
    records: { MET: { members: { pt: { column: "MET_pt", depth: 0 } } } },
    columns: { event: { column: "event", type: "uint64" } },
    others: {},
  });
  const groups = [...Object.values(found.collections), ...Object.values(found.records)];
  const sum = [...groups, ...Object.values(found.columns)].reduce((n, g) => n + g.bytes, 0);
  expect(sum).toBe(found.rowGroups.reduce((n, g) => n + g.bytes, 0));
});

test("a file that is none: 2", async () => {
  writeFileSync(join(folder, "b.txt"), "not a Parquet file at all");
  const [text, gone] = await Promise.all([
    cortado("inspect", join(folder, "b.txt")),
    cortado("inspect", join(folder, "c.parquet")),
  ]);
  expect(text.code).toBe(2);
  expect(text.stderr).toMatch(/not a Parquet file/);
  expect(gone.code).toBe(2);
  expect(gone.stderr).toMatch(/there is no file .*c\.parquet\. Nearest: a\.parquet/);
});

/** A footer with `flags` flags, `members` members of a collection and a list of lists. */
function wide(flags: number, members: number): ParquetFile {
  const names = [
    ...Array.from({ length: flags }, (_, i) => ({ name: `HLT_Path${i}`, list: false })),
    ...Array.from({ length: members }, (_, i) => ({ name: `Jet_member${i}`, list: true })),
  ];
  const leaf = {
    physical: "FLOAT",
    typeLength: 0,
    value: { kind: "same", dtype: "float32" },
    maxDefinition: 1,
    maxRepetition: 1,
  } as const;
  const chunk = {
    start: 0,
    stop: 10,
    codec: "ZSTD",
    values: 0,
    uncompressed: 0,
    encodings: ["PLAIN"],
    encrypted: false,
  };
  const base = { nullable: false, presentAt: 0 };
  return {
    name: "wide.parquet",
    size: 1000,
    rows: 0,
    keyValues: [],
    rowGroups: [{ firstRow: 0, rows: 0, chunks: names.map(() => chunk) }],
    leaves: names.map(({ name }) => ({ ...leaf, path: [name] })),
    fields: names.map(({ name, list }) => {
      const value = { kind: "primitive", dtype: "float32" } as const;
      return {
        name,
        nullable: false,
        type: list ? { kind: "list", element: { name: "element", nullable: false, type: value } } : value,
      };
    }),
    schema: names.map(({ name, list }, i) => {
      const node = { ...base, name: list ? "element" : name, kind: "leaf", leaf: i } as const;
      return list ? { ...base, name, kind: "list", elementAt: 1, element: node } : node;
    }),
  };
}

test("a wide file is shown in a few lines that fit", () => {
  const few = wide(3, 3);
  expect(inspectText(describeFile(few, eventLayout(few.fields)))).toContain("float32  member0 member1 member2");
  const many = wide(1400, 99);
  const text = inspectText(describeFile(many, eventLayout(many.fields)));
  expect(text).toMatch(/^ {2}HLT +1400 columns +14\.0 kB +Path0 Path1 .* …$/m);
  expect(text).toMatch(/^ {2}Jet +99 columns +990 B +member0 .* …$/m);
  expect(text).toContain("--columns lists every column.");
  expect(text.split("\n").length).toBeLessThan(20);
  for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(101);
});
