import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { saveRun } from "../../src/cli/save-run.ts";
import { axis, Hist } from "../../src/hist/index.ts";
import { range, runResult } from "./run-result.ts";

const folder = mkdtempSync(join(tmpdir(), "cortado-save-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const met = () =>
  Hist.of(axis.regular(4, 0, 100, { name: "met", label: "MET [GeV]" })).fill({ met: [10, 20, 60, 300] });

test("results, a figure for each histogram wherever it lies, and the page", async () => {
  const out = join(folder, "whole");
  const regions = Hist.of(axis.category("region"), axis.regular(4, 0, 100, { name: "met" }));
  regions.fill({ region: "low", met: [1, 2, 3] }).fill({ region: "high", met: [90, 95] });
  const run = runResult({ met: met(), control: { met: met() }, regions, n: 4, byName: new Map([["a/b", met()]]) });
  const { paths, problems } = await saveRun(out, run);
  expect(problems).toEqual([]);
  expect(paths.figures.map((f) => f.key)).toEqual(["met", "control.met", "regions", "byName.a/b"]);
  expect(readdirSync(out).sort()).toEqual(
    ["byName.a_b", "control.met", "met", "regions"]
      .flatMap((n) => [`${n}.png`, `${n}.svg`])
      .concat("report.html", "report.json", "result.json")
      .sort(),
  );
  const legend = readFileSync(join(out, "regions.svg"), "utf8");
  expect(legend).toContain("low");
  expect(legend).toContain("high");
  const page = readFileSync(paths.page!, "utf8");
  expect(page).toContain("met: 4 entries");
  expect(page).toContain("regions: 5 entries");
  expect(page.match(/<figure>/g)).toHaveLength(4);
});

test("a histogram that cannot be written or drawn is named and loses nothing else", async () => {
  const out = join(folder, "odd");
  await saveRun(out, runResult({ stale: 1 }));
  const bad = met();
  bad.storage.values[2] = Number.POSITIVE_INFINITY;
  const three = Hist.of(axis.category("a"), axis.category("b"), axis.regular(2, 0, 1, { name: "x" }));
  const { paths, problems } = await saveRun(out, runResult({ bad, three, good: met() }));
  expect(problems).toHaveLength(2);
  expect(problems[0]).toMatch(/^result\.json could not be written: .*"bad".*Infinity/);
  expect(problems[1]).toMatch(/^figure bad could not be drawn: /);
  expect(paths.figures.map((f) => f.key)).toEqual(["good"]);
  expect(paths.result).toBeUndefined();
  expect(readdirSync(out).sort()).toEqual(["good.png", "good.svg", "report.html", "report.json"]);
});

test("keys that make the same name of a file do not overwrite each other, nor the report", async () => {
  const out = join(folder, "names");
  const { paths } = await saveRun(out, runResult({ "a b": met(), "a/b": met(), report: met(), "../x": met() }));
  expect(paths.figures.map((f) => f.svg.slice(out.length + 1))).toEqual([
    "a_b.svg",
    "a_b-2.svg",
    "report-2.svg",
    "_x.svg",
  ]);
  expect(readdirSync(folder)).not.toContain("x.svg");
});

test("an incomplete run says so on its page, before the figures", async () => {
  const out = join(folder, "incomplete");
  const report = {
    ...runResult(1).report,
    failed: [
      {
        range: range(50, 100),
        attempts: 1,
        error: { name: "UserError", kind: "UserError" as const, message: "too <late>" },
      },
    ],
  };
  const { paths } = await saveRun(out, runResult({ met: met() }, { status: "incomplete", report }));
  const page = readFileSync(paths.page!, "utf8");
  expect(page.indexOf("do not hold all events")).toBeGreaterThan(0);
  expect(page.indexOf("do not hold all events")).toBeLessThan(page.indexOf("<figure>"));
  expect(page).toContain("too &lt;late&gt;");
  expect(page).toContain("50 to 100");
});

test("once interrupted the results are still written, figures no more", async () => {
  const out = join(folder, "interrupted");
  const { paths, problems } = await saveRun(out, runResult({ met: met() }), { signal: AbortSignal.abort() });
  expect(readdirSync(out).sort()).toEqual(["report.json", "result.json"]);
  expect([paths.figures, paths.page, problems]).toEqual([[], undefined, []]);
});

test("a folder that cannot be is an error that names the file", async () => {
  writeFileSync(join(folder, "file"), "");
  await expect(saveRun(join(folder, "file"), runResult(1))).rejects.toMatchObject({
    kind: "IoError",
    fields: { code: "WriteFailed", file: join(folder, "file", "report.json") },
  });
});
