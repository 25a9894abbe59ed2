import { join } from "node:path";
import { expect, test } from "vitest";
import { ChunkLoader, openEventFile, openReader } from "../../src/processor/index.ts";
import { sample, temporaryFolder, writeSample } from "../executor/sample.ts";

const folder = temporaryFolder();
const file = await openEventFile(await writeSample(join(folder, "file.parquet"), sample(60)));

test("columns of one collection share their offsets, however they came in", async () => {
  const reader = await openReader(file);
  const loader = new ChunkLoader(reader, 10, 50);
  await loader.load(["nMuon"]);
  await loader.load(["Muon_pt"]);
  await loader.load(["Muon_charge", "MET_pt"]);
  const [pt, charge] = ["Muon_pt", "Muon_charge"].map((name) => loader.columns.column(name));
  expect(pt).toHaveProperty("offsets", loader.columns.offsets("Muon"));
  expect(charge!.kind === "list" && pt!.kind === "list" && charge!.offsets === pt!.offsets).toBe(true);
  expect(Object.keys(loader.read.bytesByColumn).sort()).toEqual(["MET_pt", "Muon_charge", "Muon_pt", "nMuon"]);
  const sum = Object.values(loader.read.bytesByColumn).reduce((a, b) => a + b, 0);
  expect(loader.read.bytes).toBe(sum);
  await reader.close();
});

test("sibling lists of different length are an error of the column that came later", async () => {
  const data = sample(60);
  const longer = data.Muon_charge.map((list, i) => (i === 20 ? [...list, 1] : list));
  const path = await writeSample(join(folder, "siblings.parquet"), data, { values: { Muon_charge: longer } });
  const reader = await openReader(await openEventFile(path));
  const loader = new ChunkLoader(reader, 10, 50);
  await loader.load(["Muon_pt"]);
  await loader.load(["Muon_charge"]);
  expect(loader.errors.get("Muon_charge")).toMatchObject({
    kind: "FormatError",
    fields: { code: "CorruptOffsets", column: "Muon_charge" },
  });
  expect(loader.errors.get("Muon_charge")!.message).toMatch(/\b20\b/);
  expect(() => loader.columns.column("Muon_charge")).toThrow(/Muon_charge/);
  expect(loader.columns.column("Muon_pt").length).toBe(40);
  await reader.close();
});

test("a counter that disagrees with the lists is an error", async () => {
  const data = sample(60);
  const counts = data.Muon_pt.map((list, i) => list.length + (i === 30 ? 1 : 0));
  const path = await writeSample(join(folder, "counter.parquet"), data, { values: { nMuon: counts } });
  const reader = await openReader(await openEventFile(path));
  for (const names of [
    ["nMuon", "Muon_pt"],
    ["Muon_pt", "nMuon"],
  ]) {
    const loader = new ChunkLoader(reader, 0, 60);
    for (const name of names) await loader.load([name]);
    expect(loader.errors.get(names[1]!)).toMatchObject({ fields: { code: "CorruptOffsets" } });
  }
  await reader.close();
});

test("columns that take more bytes than they may are refused", async () => {
  const reader = await openReader(file);
  const loader = new ChunkLoader(reader, 0, 60, 200);
  await expect(loader.load(["MET_pt"])).rejects.toMatchObject({
    kind: "ResourceError",
    message: "the columns of 60 events take 240 bytes, 200 are allowed",
  });
  await reader.close();
});

test("a file that has changed its size is not read on", async () => {
  const path = await writeSample(join(folder, "changes.parquet"), sample(10));
  const before = await openEventFile(path);
  await writeSample(path, sample(12));
  await expect(openReader(before)).rejects.toMatchObject({
    kind: "IoError",
    fields: { code: "SourceChanged", file: path },
  });
});
