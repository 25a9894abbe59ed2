import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { filesetOfInputs, normaliseFileset, readFileset, reservedMetadata } from "../../src/fileset/index.ts";

const folder = mkdtempSync(join(tmpdir(), "cortado-fileset-"));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => join(folder, name);
for (const name of ["b.parquet", "a.parquet", "notes.txt"]) writeFileSync(at(name), "");
mkdirSync(at("empty"));
symlinkSync(at("a.parquet"), at("link-to-a"));

const plain = (filename: string): object => ({ filename, treename: "Events", metadata: {} });

test("a list of files, {files, metadata} and {file: {…}} give the same plain data", () => {
  expect(normaliseFileset({ x: ["p.parquet"] }).datasets).toEqual([{ name: "x", files: [plain("p.parquet")] }]);
  expect(
    normaliseFileset({ x: { files: ["p.parquet"], metadata: { xsec: 2 }, treename: "T" } }).datasets[0]!.files,
  ).toEqual([{ filename: "p.parquet", treename: "T", metadata: { xsec: 2 } }]);
  expect(
    normaliseFileset({
      x: {
        files: {
          "p.parquet": {
            object_path: "Events",
            steps: [
              [0, 10],
              [10, 12],
            ],
            num_entries: 12,
            metadata: { sample: "s" },
          },
          "q.parquet": "Tree",
        },
        metadata: { xsec: 2, sample: "d" },
      },
    }).datasets[0]!.files,
  ).toEqual([
    {
      filename: "p.parquet",
      treename: "Events",
      metadata: { xsec: 2, sample: "s" },
      steps: [
        [0, 10],
        [10, 12],
      ],
    },
    { filename: "q.parquet", treename: "Tree", metadata: { xsec: 2, sample: "d" } },
  ]);
  expect(normaliseFileset({ x: { "p.parquet": { metadata: { sample: 1 } } } }).datasets[0]!.files).toEqual([
    { filename: "p.parquet", treename: "Events", metadata: { sample: 1 } },
  ]);
});

test("files without a fileset belong to the dataset named after their stem", () => {
  expect(filesetOfInputs([at("a.parquet")]).datasets).toEqual([{ name: "a", files: [plain(at("a.parquet"))] }]);
  for (const inputs of [[folder], [at("*.parquet")], [at("a.parquet"), at("b.parquet")]])
    expect(filesetOfInputs(inputs).datasets.map((d) => [d.name, d.files[0]!.filename])).toEqual([
      ["a", at("a.parquet")],
      ["b", at("b.parquet")],
    ]);
  expect(filesetOfInputs(["one/x.parquet", "two/x.parquet"]).datasets).toHaveLength(1);
});

test("a folder or pattern without files says so", () => {
  expect(() => filesetOfInputs([at("empty")])).toThrow(/no \*\.parquet file in folder .*It is empty/);
  expect(() => filesetOfInputs([at("*.root")])).toThrow(/no file matches/);
  expect(() => filesetOfInputs(["root://host//x.root"])).toThrow(/remote/);
});

test("the same file twice in one dataset is refused, however it is written; in two datasets it is not", () => {
  const a = at("a.parquet");
  for (const other of [a, join(folder, "empty", "..", "a.parquet"), at("link-to-a")])
    expect(() => normaliseFileset({ x: [a, other] })).toThrow(
      expect.objectContaining({
        kind: "UsageError",
        fields: expect.objectContaining({ code: "DuplicateFile", dataset: "x" }),
      }),
    );
  expect(() => normaliseFileset({ x: [a, a] })).toThrow(`${a} is twice in dataset "x"`);
  const two = normaliseFileset({ x: { files: [a], metadata: { k: 1 } }, y: { files: [a], metadata: { k: 2 } } });
  expect(two.datasets.map((d) => d.files[0]!.metadata)).toEqual([{ k: 1 }, { k: 2 }]);
});

test.each(reservedMetadata)("metadata may not use the word %s", (word) => {
  const message = `Reserved word '${word}' in metadata of dataset "x"`;
  expect(() => normaliseFileset({ x: { files: ["p"], metadata: { [word]: 1 } } })).toThrow(message);
  expect(() => normaliseFileset({ x: { files: { p: { metadata: { [word]: 1 } } } } })).toThrow(
    `Reserved word '${word}'`,
  );
});

test.each([
  [[], "a fileset is an object"],
  ["x", "a fileset is an object"],
  [{}, "no dataset"],
  [{ x: 3 }, 'dataset "x" needs a list of files'],
  [{ x: [3] }, "one of them is number 3"],
  [{ x: { files: ["p"], metdata: {} } }, 'unknown entry "metdata". Nearest: metadata'],
  [{ x: { files: ["p"], metadata: 3 } }, "is an object, not number 3"],
  [{ x: { p: { step: [] } } }, 'unknown entry "step". Nearest: steps'],
  [
    {
      x: {
        p: {
          steps: [
            [0, 10],
            [5, 12],
          ],
        },
      },
    },
    "overlap",
  ],
  [{ x: { p: { steps: [[3, 1]] } } }, "a step of file p"],
])("%j is refused", (form, message) => {
  expect(() => normaliseFileset(form)).toThrow(message);
});

test("a JSON fileset finds its files beside itself, then in the working folder", () => {
  writeFileSync(at("set.json"), JSON.stringify({ x: ["a.parquet"], y: ["package.json"], z: ["nowhere.parquet"] }));
  expect(readFileset(at("set.json")).datasets.map((d) => d.files[0]!.filename)).toEqual([
    at("a.parquet"),
    "package.json",
    at("nowhere.parquet"),
  ]);
});

test("a JSON fileset that is missing, not JSON or not a fileset is named", () => {
  writeFileSync(at("broken.json"), "{");
  writeFileSync(at("number.json"), "3");
  expect(() => readFileset(at("sett.json"))).toThrow(/there is no fileset .*sett\.json\. Nearest: set\.json/);
  expect(() => readFileset(at("broken.json"))).toThrow(/broken\.json is not JSON/);
  expect(() => readFileset(at("number.json"))).toThrow(/number\.json/);
});
