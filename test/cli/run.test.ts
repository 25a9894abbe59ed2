import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cortado, type Finished, type Started, startCortado } from "./spawn.ts";

const folder = mkdtempSync(join(tmpdir(), "cortado-run-"));
const at = (name: string): string => join(folder, name);
const json = (path: string): Record<string, unknown> => JSON.parse(readFileSync(path, "utf8"));
const events = 600;

const processors: Record<string, string> = {
  "met.ts": `import { Hist, axis } from "cortado";
    export default function met(events: any, options: any) {
      const met = Hist.of(axis.regular(20, 0, 200, { name: "MET", label: "MET [GeV]" }));
      met.fill({ MET: events.MET.pt });
      return { met, deep: { events: events.length }, minPt: options.minPt ?? 0 };
    }`,
  "misspelt.js": `export default (events) => {
      let sum = 0;
      events.filter((e) => {
        sum += e.MET.ptt;
        return true;
      }).length;
      return { sum };
    };`,
  "throws-late.js": `export default (events) => {
      if (events.metadata.entrystart >= 400) throw new RangeError("too late");
      return { n: events.length, met: events.MET.pt.length };
    };`,
  "endless.js": `import { writeFileSync } from "node:fs";
    export default (events, { marks }) => {
      const { entrystart } = events.metadata;
      if (entrystart >= 200) {
        writeFileSync(marks + entrystart, "");
        for (;;);
      }
      return { n: events.length, met: events.MET.pt.length };
    };`,
  "rows.js": `import { writeFileSync } from "node:fs";
    export default (events, { marks }) => {
      const { entrystart } = events.metadata;
      if (entrystart >= 200 && marks !== undefined) {
        writeFileSync(marks + entrystart, "");
        for (;;);
      }
      return { n: events.length, rows: events.filter((e) => e.MET.pt > 20).toParquet("met.parquet", ["run", "MET"]) };
    };`,
  "nothing.js": `export default () => undefined;`,
  "no-processor.js": `export const process = 1;`,
};

beforeAll(async () => {
  for (const [name, text] of Object.entries(processors)) writeFileSync(at(name), text);
  writeFileSync(at("not.parquet"), "this is text, and long enough to be looked at");
  const made = await cortado("generate", "datasets/adl.ts", "--events", String(events), "--out", at("a.parquet"));
  expect(made.stderr).not.toMatch(/^cortado:/m);
  expect(made.code).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: string[]): Promise<Finished> => cortado("run", ...args);

test("a run leaves result, report, figures and a page, and says so", async () => {
  const out = at("out");
  const { code, stdout, stderr } = await run(
    at("met.ts"),
    at("a.parquet"),
    "--out",
    out,
    "--workers",
    "2",
    "--options",
    `{"minPt": 1}`,
  );
  expect(stderr).not.toMatch(/^cortado:/m);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^complete +600 events in 1 chunk of 1 file/);
  expect(stdout).toMatch(/^ {2}met .*600 entries, 0 to 200 MET \[GeV\]$/m);
  expect(stdout).toMatch(/^ {2}deep\.events +600$/m);
  expect(stdout).toContain("report.html, 1 figure");
  const result = json(join(out, "result.json"));
  expect(Object.keys(result)).toEqual(["met", "deep", "minPt"]);
  expect(result).toMatchObject({ deep: { events }, minPt: 1, met: { axes: [{ type: "regular", bins: 20 }] } });
  expect(Object.keys(json(join(out, "report.json")))).toEqual(["status", "report", "metrics"]);
  expect(json(join(out, "report.json"))).toMatchObject({
    status: "complete",
    metrics: { entries: events, columns: ["MET_pt"] },
  });
  expect(readFileSync(join(out, "met.svg"), "utf8")).toMatch(/^<svg/);
  expect(readFileSync(join(out, "met.png")).subarray(1, 4).toString()).toBe("PNG");
  const page = readFileSync(join(out, "report.html"), "utf8");
  expect(page).toContain("<svg");
  expect(page).not.toMatch(/(src|href)="(?!data:|#)/);
});

test("the same result.json whatever the workers, and no colours where there is no terminal", async () => {
  const texts = [];
  for (const workers of ["0", "1", "2"]) {
    const out = at(`same${workers}`);
    const { code, stderr } = await run(
      at("met.ts"),
      at("a.parquet"),
      "--out",
      out,
      "--workers",
      workers,
      "--chunk-size",
      "90",
    );
    expect(code).toBe(0);
    expect(stderr).not.toContain("\x1b");
    expect(stderr).toMatch(/^met: 0 of 600 events \(0 %\)/m);
    expect(stderr).toMatch(/^met: 600 of 600 events \(100 %\)/m);
    texts.push(readFileSync(join(out, "result.json"), "utf8"));
  }
  expect(new Set(texts).size).toBe(1);
});

test("--json is one document on standard output", async () => {
  const [plain, saved] = await Promise.all([
    run(at("met.ts"), at("a.parquet"), "--json", "--workers", "1"),
    run(at("met.ts"), at("a.parquet"), "--json", "--workers", "1", "--out", at("json")),
  ]);
  expect(JSON.parse(plain.stdout)).toMatchObject({
    status: "complete",
    result: { deep: { events } },
    report: { pending: [] },
    metrics: { entries: events },
  });
  const { paths, result } = JSON.parse(saved.stdout) as {
    paths: { figures: { svg: string }[] } & Record<string, string>;
    result?: unknown;
  };
  expect(result).toBeUndefined();
  for (const path of [paths["result"]!, paths["report"]!, paths["page"]!, paths.figures[0]!.svg])
    expect(existsSync(path)).toBe(true);
});

test("--fileset names datasets; --max-chunks takes the first", async () => {
  writeFileSync(at("set.json"), JSON.stringify({ data: ["a.parquet"], again: ["a.parquet"] }));
  const { code, stdout } = await run(
    at("met.ts"),
    "--fileset",
    at("set.json"),
    "--json",
    "--workers",
    "1",
    "--chunk-size",
    "200",
    "--max-chunks",
    "1",
  );
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    metrics: { entries: 400, chunks: 2 },
    report: { byDataset: { data: {}, again: {} } },
  });
});

test("a misspelt column: 1, the nearest names, the place and the user's line; no stack", async () => {
  const { code, stderr } = await run(at("misspelt.js"), at("a.parquet"), "--workers", "1");
  expect(code).toBe(1);
  expect(stderr).toMatch(/ptt/);
  expect(stderr).toMatch(/[Nn]earest: .*\bpt\b/);
  expect(stderr).toMatch(/dataset +a$/m);
  expect(stderr).toContain(at("a.parquet"));
  expect(stderr).toMatch(/misspelt\.js:4:\d+\n +sum \+= e\.MET\.ptt;\n +\^/);
  expect(stderr).not.toMatch(/^\s+at .*node:internal/m);
  expect(stderr.split("\n").length).toBeLessThan(20);
});

test("an exception in a later chunk: 1, its range named, what was finished kept", async () => {
  const out = at("late");
  const { code, stderr, stdout } = await run(
    at("throws-late.js"),
    at("a.parquet"),
    "--chunk-size",
    "200",
    "--workers",
    "1",
    "--out",
    out,
  );
  expect(code).toBe(1);
  expect(stderr).toMatch(/too late/);
  expect(stderr).toMatch(/events +400 to 600/);
  expect(stderr).toMatch(/throws-late\.js:2:\d+/);
  expect(stdout).toMatch(/^incomplete +400 events/);
  expect(json(join(out, "result.json"))).toEqual({ n: 400, met: 400 });
  expect(json(join(out, "report.json"))).toMatchObject({
    status: "incomplete",
    report: { failed: [{ range: { start: 400, stop: 600 } }] },
  });
  const verbose = await run(
    at("throws-late.js"),
    at("a.parquet"),
    "--chunk-size",
    "200",
    "--workers",
    "0",
    "--verbose",
  );
  expect(verbose.stderr).toMatch(/^\s+at .*throws-late\.js/m);
});

test("what cannot be carried out as given is 2, and says what to do", { timeout: 180_000 }, async () => {
  const cases: [string[], RegExp][] = [
    [[at("met.ts"), at("b.parquet")], /there is no file .*b\.parquet\. Nearest: a\.parquet/],
    [[at("mett.ts"), at("a.parquet")], /there is no processor .*mett\.ts\. Nearest: met\.ts/],
    [[at("met.ts"), at("not.parquet")], /not a Parquet file/],
    [[at("met.ts")], /nothing to read/],
    [[at("met.ts"), at("none*.parquet")], /no file matches/],
    [[at("met.ts"), at("a.parquet"), at("a.parquet")], /twice in dataset "a"/],
    [[at("met.ts"), at("a.parquet"), "--fileset", at("set.json")], /not both/],
    [[at("met.ts"), "--fileset", at("gone.json")], /there is no fileset/],
    [[at("met.ts"), at("a.parquet"), "--options", "{minPt: 30}"], /--options is not JSON/],
    [[at("met.ts"), at("a.parquet"), "--options", "[1]"], /options/],
    [[at("met.ts"), at("a.parquet"), "--chunk-size", "0"], /--chunk-size takes a whole number from 1 up, not "0"/],
    [[at("no-processor.js"), at("a.parquet")], /no default export/],
    [[], /something is missing/],
  ];
  const ends = [];
  for (const [args, says] of cases) {
    const { code, stderr, stdout } = await run(...args, "--workers", "1");
    expect(stderr).toMatch(says);
    expect(stdout).toBe("");
    ends.push([args.at(-1), code]);
  }
  expect(ends).toEqual(cases.map(([args]) => [args.at(-1), 2]));
});

test("a result that cannot be added is 1; with --json the error is there too", async () => {
  const { code, stdout, stderr } = await run(at("nothing.js"), at("a.parquet"), "--json", "--workers", "1");
  expect(code).toBe(1);
  expect(stderr).toMatch(/must return/);
  expect(JSON.parse(stdout)).toMatchObject({ status: "incomplete", error: { kind: "UserError" } });
});

test("--skip-bad-files goes on without them, names them, and is 1", async () => {
  const { code, stdout } = await run(
    at("met.ts"),
    at("a.parquet"),
    at("not.parquet"),
    "--skip-bad-files",
    "--workers",
    "1",
  );
  expect(code).toBe(1);
  expect(stdout).toMatch(/^incomplete +600 events/);
  expect(stdout).toMatch(/skipped .*not\.parquet.*not a Parquet file/);
});

test("files of toParquet are in the folder of --out, in the result and in the report", async () => {
  const out = at("rows");
  const files: Buffer[] = [];
  for (const workers of ["0", "2"]) {
    const { code, stdout } = await run(at("rows.js"), at("a.parquet"), "--out", out, "--workers", workers);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}rows\.file +met\.parquet$/m);
    files.push(readFileSync(join(out, "met.parquet")));
  }
  expect(files[1]!.equals(files[0]!)).toBe(true);
  const { rows } = json(join(out, "result.json")) as { rows: { events: number } };
  expect(rows).toEqual({ file: "met.parquet", events: rows.events, bytes: files[0]!.length });
  expect(rows.events).toBeGreaterThan(100);
  expect(json(join(out, "report.json"))).toMatchObject({
    report: { outputs: [{ ...rows, file: join(out, "met.parquet"), state: "written" }] },
  });
  expect(readdirSync(out).sort()).toEqual(["met.parquet", "report.html", "report.json", "result.json"]);
  const inspected = await cortado("inspect", join(out, "met.parquet"));
  expect(inspected.stdout).toMatch(/MET +2 columns/);
});

/** Starts an endless processor and waits until `threads` chunks hang in it: by then the two good ones are finished. */
async function startEndless(
  name: string,
  threads: number,
  args: readonly string[],
  processor = "endless.js",
): Promise<Started> {
  const marks = `${name}-hangs-`;
  const options = JSON.stringify({ marks });
  const started = startCortado([
    "run",
    at(processor),
    at("a.parquet"),
    "--chunk-size",
    "100",
    "--options",
    options,
    ...args,
  ]);
  const hanging = (): number => [200, 300].filter((start) => existsSync(`${marks}${start}`)).length;
  for (let waited = 0; hanging() < threads && waited < 30_000; waited += 20) await setTimeout(20);
  expect(hanging()).toBe(threads);
  return started;
}

for (const workers of [0, 1, 2])
  test(`Ctrl-C stops an endless loop within a second at --workers ${workers} and keeps what was finished`, {
    retry: 2,
  }, async () => {
    const out = at(`interrupted${workers}`);
    const started = await startEndless(out, Math.max(1, workers), ["--workers", String(workers), "--out", out]);
    const pressed = performance.now();
    started.child.kill("SIGINT");
    const { code, stderr, stdout } = await started.finished;
    expect((performance.now() - pressed) / 1000).toBeLessThan(1);
    expect(code).toBe(130);
    expect(stderr).toMatch(/interrupted: what 200 events gave is in /);
    expect(stdout).toMatch(/^cancelled +200 events/);
    expect(stdout).toMatch(/pending: 400 events\n.*a\.parquet, events 200 to 600$/m);
    expect(json(join(out, "result.json"))).toEqual({ n: 200, met: 200 });
    const { status, report } = json(join(out, "report.json")) as {
      status: string;
      report: { pending: { start: number }[] };
    };
    expect(status).toBe("cancelled");
    expect(report.pending.map((r) => r.start)).toEqual([200, 300, 400, 500]);
  });

test("Ctrl-C leaves no file of toParquet and no parts, and says so", async () => {
  const out = at("rows-interrupted");
  const started = await startEndless(out, 2, ["--workers", "2", "--out", out], "rows.js");
  started.child.kill("SIGINT");
  const { code, stdout } = await started.finished;
  expect(code).toBe(130);
  expect(stdout).toMatch(/^not written .*met\.parquet: the run is cancelled$/m);
  expect(json(join(out, "result.json"))).toEqual({ n: 200, rows: { file: "met.parquet", events: expect.any(Number) } });
  expect(readdirSync(out).sort()).toEqual(["report.json", "result.json"]);
});

test("a request to terminate does the same", async () => {
  const started = await startEndless(at("terminated"), 1, ["--workers", "1"]);
  started.child.kill("SIGTERM");
  const { code, stdout } = await started.finished;
  expect(code).toBe(130);
  expect(stdout).toMatch(/^cancelled +200 events/);
});
