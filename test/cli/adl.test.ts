import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { fromUhi } from "../../src/hist/index.ts";
import { type Finished, finish, root } from "./spawn.ts";

const folder = mkdtempSync(join(tmpdir(), "cortado-adl-"));
const [out, cache] = [join(folder, "out"), join(folder, "cache")];
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const adl = (...args: string[]): Promise<Finished> =>
  finish(
    spawn(process.execPath, [join(root, "scripts/adl.ts"), ...args], { cwd: root, stdio: ["ignore", "pipe", "pipe"] }),
  );
const names = ["q1", "q2", "q3", "q4", "q5", "q6a", "q6b", "q7", "q8"];

test("the main job: events made once, eight queries, one table, histograms, figures, a page", async () => {
  const { code, stdout, stderr } = await adl("--events", "2000", "--out", out, "--cache", cache);
  expect(stderr).not.toContain("\x1b");
  expect(stderr).not.toMatch(/^adl:|could not/m);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^generated 2,000 events/m);
  expect(stdout).toMatch(/^query +events +histogram entries +events\/s +bytes read +columns read$/m);
  expect(stdout).toMatch(/^q1 +2,000 +2,000 +.*MET_pt$/m);
  expect(stdout).toMatch(/^q5 .* MET_pt Muon_\{charge,eta,mass,phi,pt\}$/m);

  const histograms = JSON.parse(readFileSync(join(out, "histograms.json"), "utf8")) as Record<string, unknown>;
  expect(Object.keys(histograms)).toEqual(names);
  for (const name of names) {
    const hist = fromUhi(histograms[name]);
    expect(hist.shape()).toEqual([100]);
    expect(hist.shape({ flow: true })).toEqual([102]);
    expect(hist.sum({ flow: true })).toBeGreaterThan(10);
    const cells = stdout
      .split("\n")
      .find((line) => line.startsWith(`${name} `))!
      .split(/ {2,}/);
    const entries = name === "q6b" ? cells[1] : cells[2];
    expect(Number(entries?.replaceAll(",", ""))).toBe(hist.sum({ flow: true }));
    expect(readFileSync(join(out, `${name}.svg`), "utf8")).toContain("<svg");
    expect(readFileSync(join(out, `${name}.png`)).length).toBeGreaterThan(5000);
  }
  const page = readFileSync(join(out, "report.html"), "utf8");
  expect(page.match(/<figure>/g)).toHaveLength(names.length);
  expect(page).not.toMatch(/<script|(?:src|href)="(?!data:|#)/);

  const before = readFileSync(join(out, "histograms.json"), "utf8");
  const again = await adl("--events", "2000", "--out", out, "--cache", cache, "--workers", "0");
  expect(again.code).toBe(0);
  expect(again.stdout).not.toContain("generated");
  expect(readFileSync(join(out, "histograms.json"), "utf8")).toBe(before);
  expect(readdirSync(cache)).toHaveLength(1);
});

test("files that are given take the place of generated events; wrong usage is 2", async () => {
  const [file] = readdirSync(cache);
  const [given, gone, wrong] = await Promise.all([
    adl(join(cache, file!), "--out", join(folder, "given"), "--workers", "1"),
    adl(join(cache, "gone.parquet"), "--out", join(folder, "gone")),
    adl("--evnts", "3"),
  ]);
  expect(given.code).toBe(0);
  expect(readFileSync(join(folder, "given/histograms.json"), "utf8")).toBe(
    readFileSync(join(out, "histograms.json"), "utf8"),
  );
  expect(gone.code).toBe(2);
  expect(gone.stderr).toMatch(/there is no file/);
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toMatch(/there is no option --evnts\. Nearest: --events\.\nSee: npm run adl -- --help/);
});
