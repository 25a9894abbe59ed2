import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { noPython, pythonInterpreter } from "../../scripts/setup-python.ts";
import { storedHists } from "../../src/cli/stored-hists.ts";
import { axis, Hist, toUhiZip } from "../../src/hist/index.ts";
import { step } from "../../src/plot/index.ts";
import { cortado } from "./spawn.ts";

const folder = mkdtempSync(join(tmpdir(), "cortado-stored-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("a key that is there, and not those that begin with it", () => {
  const hist = Hist.of(axis.regular(1, 0, 1));
  const file = join(folder, "keys.zip");
  writeFileSync(file, toUhiZip({ met: hist, "met.up": hist, "jets.a": hist, "jets.b": hist }));
  const keys = (input: string): string[] => storedHists(input).found.map(({ key }) => key);
  expect(keys(file)).toEqual(["met", "met.up", "jets.a", "jets.b"]);
  expect(keys(`${file}:met`)).toEqual(["met"]);
  expect(keys(`${file}:jets`)).toEqual(["jets.a", "jets.b"]);
  expect(() => storedHists(`${file}:mett`)).toThrow(/has no histogram "mett"\. Nearest: met/);
  writeFileSync(join(folder, "one.json"), JSON.stringify(hist));
  expect(keys(join(folder, "one.json"))).toEqual(["hist"]);
  writeFileSync(join(folder, "none.json"), '{"sum": 3}');
  expect(() => storedHists(join(folder, "none.json"))).toThrow(/holds no histograms/);
});

const python = pythonInterpreter();
describe.skipIf(python === undefined)(`what Python's hist wrote${python === undefined ? `: ${noPython}` : ""}`, () => {
  const files = { JSON: join(folder, "python.json"), ZIP: join(folder, "python.zip") };
  beforeAll(() => {
    execFileSync(python!, [resolve(import.meta.dirname, "../fixtures/write-hists.py"), files.JSON, files.ZIP]);
  });

  test.each(["JSON", "ZIP"] as const)("%s: loaded, added to ours, drawn", async (kind) => {
    const found = Object.fromEntries(storedHists(files[kind]).found.map(({ key, hist }) => [key, hist]));
    expect(Object.keys(found)).toEqual(["by_dataset", "counts", "grid", "mean"]);
    const pt = axis.regular(4, 0, 100, { name: "pt", label: "$p_T$ [GeV]" });
    const ours = Hist.of(axis.category("dataset"), pt, { storage: "weight" });
    ours.fill({ dataset: ["wjets", "zjets"], pt: [60, 70] }, { weight: [1, 3] });
    const sum = ours.add(found["by_dataset"]!);
    expect(sum.axes[0]).toMatchObject({ categories: ["wjets", "zjets", "ttbar"] });
    expect([...sum.values({ flow: true })]).toEqual([0, 0, 0, 3, 0, 4, 0, 0, 0, 3, 0, 0, 0, 0.5, 1, 0, 0, 0]);
    expect([...sum.variances()!]).toEqual([0, 0, 5, 0, 0, 0, 9, 0, 0.25, 1, 0, 0]);
    const counts = Hist.of(axis.variable([0, 1, 5], { name: "n" }), { storage: "int64" }).fill([[4, 9]]);
    expect([...found["counts"]!.add(counts).values({ flow: true })]).toEqual([0, 1, 3, 1]);
    const mean = Hist.of(pt, { storage: "mean" }).fill([[10]], { sample: [8] });
    expect(found["mean"]!.add(mean).values()[0]).toBe(4);
    const svg = await step({ theirs: found["by_dataset"]!.at({ dataset: "wjets" }), sum: sum.project("pt") }).svg();
    expect(svg).toMatch(/^<svg[\s\S]*theirs[\s\S]*GeV/);
  });

  test.each(["JSON", "ZIP"] as const)("%s: in the terminal and as a figure", async (kind) => {
    const { stdout } = await cortado("hist", files[kind]);
    expect(stdout).toMatch(
      /^by_dataset {2}dataset: category\("ttbar", "wjets", growing\), pt: regular\(4, 0, 100\) +weight$/m,
    );
    const svg = join(folder, `${kind}.svg`);
    const drawn = await cortado("hist", `${files[kind]}:by_dataset`, "--out", svg);
    expect([drawn.stderr, drawn.code]).toEqual(["", 0]);
    expect(drawn.stdout).toMatch(/ttbar[\s\S]*wjets[\s\S]*drawn to/);
    expect(readFileSync(svg, "utf8")).toMatch(/^<svg/);
    const grid = await cortado("hist", `${files[kind]}:grid`, "--out", svg);
    expect(readFileSync(svg, "utf8")).toMatch(/against/);
    expect(grid.stdout).toMatch(/^i ↓.*→\n0 │██ {6}│\n1 │ {6}██│\n/);
  });
});
