import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { resultJson } from "../../src/executor/index.ts";
import { axis, Hist, toUhiZip } from "../../src/hist/index.ts";
import { writeParquet } from "../../src/io/index.ts";
import { fromList } from "../../src/jagged/index.ts";
import { cortado } from "./spawn.ts";

const folder = mkdtempSync(join(tmpdir(), "cortado-hist-"));
const file = join(folder, "jets.parquet");
beforeAll(() =>
  writeParquet(file, {
    nJet: fromList([2, 0, 1, 3], "uint32"),
    Jet_pt: fromList([[50, 20], [], [35], [60, 45, 10]], "var * float32"),
    MET_pt: fromList([10, 20, 30, 40], "float32"),
  }),
);
afterAll(() => rmSync(folder, { recursive: true }));

test("in the terminal and as a figure", async () => {
  const svg = join(folder, "ht.svg");
  const args = ["sum(Jet.pt[Jet.pt > 15])", "--bins", "3,0,120", "--where", "num(Jet) > 0", "--out", svg];
  const { code, stdout } = await cortado("hist", file, ...args);
  expect(stdout.replace(/█+|[▏▎▍▌▋▊▉]/g, "")).toBe(
    `sum(Jet.pt[Jet.pt > 15])\n    0 │ 1\n   40 │ 1\n   80 │ 1\n3 entries, in range mean 60.00, standard deviation 32.66; 3 of 4 events\ndrawn to ${svg}\n`,
  );
  expect(code).toBe(0);
  expect(readFileSync(svg, "utf8")).toMatch(/^<svg/);
});

test.each([
  [["Jet.ptt", "--bins", "3,0,120"], /^cortado: Jet has no "ptt"\. Nearest: pt\.\nJet\.ptt\n {3,4}\^$/m],
  [["sum(Jet.pt", "--bins", "3,0,120"], /sum\(Jet\.pt\n {10}\^$/m],
  [["MET.pt"], /--bins is missing/],
  [["MET.pt", "--bins", "3,9"], /--bins 3,9 is not a number of bins and a range/],
  [["MET.pt", "--bins", "3,0,9", "--where", "Jet.pt > 3"], /take any\(...\) or all\(...\)/],
  [["MET.pt", "--bins", "3,0,9", "--out", "a.pdf"], /an \.svg or a \.png/],
] as const)("%s is wrong usage", async (args, message) => {
  const { code, stderr, stdout } = await cortado("hist", file, ...args);
  expect(stderr).toMatch(message);
  expect([code, stdout]).toEqual([2, ""]);
});

describe("what a run left behind", () => {
  const result = join(folder, "result.json");
  const hist = (x: number[]): Hist => Hist.of(axis.regular(2, 0, 2, { name: "x" })).fill([x]);
  beforeAll(() => {
    const hists = { all: hist([0.5, 1.5, 1.5]), control: { low: hist([0.5]), events: 3 }, note: "text" };
    writeFileSync(result, resultJson({ result: hists }));
    writeFileSync(join(folder, "hists.zip"), toUhiZip({ all: hist([0.5]) }));
  });
  const bars = (text: string): string => text.replace(/█+/g, "");

  test("one by its key, a list without", async () => {
    const low = "x\n    0 │ 1\n    1 │ 0\n1 entries, in range mean 0.5000, standard deviation 0.000\n";
    expect(bars((await cortado("hist", `${result}:control.low`)).stdout)).toBe(low);
    expect(bars((await cortado("hist", `${result}:control`)).stdout)).toBe(low);
    expect(bars((await cortado("hist", join(folder, "hists.zip"))).stdout)).toBe(low);
    const list = await cortado("hist", result);
    expect([list.code, list.stdout]).toEqual([
      0,
      `key          axes                 storage
───────────  ───────────────────  ───────
all          x: regular(2, 0, 2)  double
control.low  x: regular(2, 0, 2)  double

cortado hist ${result}:KEY draws one, for example ${result}:all
`,
    ]);
    const svg = join(folder, "all.svg");
    expect((await cortado("hist", `${result}:all`, "--out", svg)).code).toBe(0);
    expect(readFileSync(svg, "utf8")).toMatch(/^<svg/);
  });

  test.each([
    [[`${result}:contrl`], /has no histogram "contrl"\. Nearest: control\.low/],
    [[result, "--bins", "3,0,9"], /--bins is for an expression/],
    [[result, "--out", join(folder, "a.svg")], /--out draws one histogram/],
    [[join(folder, "none.json")], /There is no file/],
  ] as const)("%s is wrong usage", async (args, message) => {
    const { code, stderr } = await cortado("hist", ...args);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });
});
