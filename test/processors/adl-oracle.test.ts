import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import generate from "../../datasets/adl.ts";
import { noPython, pythonInterpreter } from "../../scripts/setup-python.ts";
import { type Executor, iterative, type RunResult, run, workers } from "../../src/executor/index.ts";
import { Hist } from "../../src/hist/index.ts";
import { generateFile } from "../../src/io/index.ts";
import { type Counts, naiveQueries } from "./naive-adl.ts";

const root = resolve(import.meta.dirname, "../..");
const data = join(process.env["CORTADO_DATA"] ?? join(root, "../shared/data"), "adl");
const processor = (query: string): URL => pathToFileURL(join(root, "processors", "adl", `${query}.ts`));
const queries = ["q1", "q2", "q3", "q4", "q5", "q6", "q7", "q8"];

/** What each query may read, by canonical name in every layout. */
const columns: Record<string, string[]> = {
  q1: ["MET_pt"],
  q2: ["Jet_pt"],
  q3: ["Jet_eta", "Jet_pt"],
  q4: ["Jet_pt", "MET_pt"],
  q5: ["MET_pt", ...of("Muon", "charge eta mass phi pt")],
  q6: of("Jet", "btag eta mass phi pt"),
  q7: [...of("Electron", "eta phi pt"), ...of("Jet", "eta phi pt"), ...of("Muon", "eta phi pt")],
  q8: [...of("Electron", "charge eta mass phi pt"), "MET_phi", "MET_pt", ...of("Muon", "charge eta mass phi pt")],
};

function of(collection: string, members: string): string[] {
  return members.split(" ").map((member) => `${collection}_${member}`);
}

function counts(result: RunResult, name: string): Counts {
  const hist = (result.result as Record<string, Hist>)[name];
  if (!(hist instanceof Hist)) throw new Error(`no histogram ${name}`);
  return [...hist.values({ flow: true })];
}

const pools: Record<string, Executor & { close(): Promise<void> }> = {};
const folder = mkdtempSync(join(tmpdir(), "cortado-adl-"));
const generated = join(folder, "generated.parquet");

beforeAll(async () => {
  pools["1"] = workers(1);
  pools["2"] = workers(2);
  await generateFile(generate, { events: 100_000, seed: 7, out: generated });
});
afterAll(async () => {
  await Promise.all(Object.values(pools).map((pool) => pool.close()));
  rmSync(folder, { recursive: true });
});

describe("on generated events", () => {
  const found: Record<string, Counts> = {};
  test.each(queries)("%s runs, reads its columns and nothing else", async (query) => {
    const result = await run([generated], processor(query), { executor: pools["2"]!, chunkSize: 30_000 });
    expect(result.status).toBe("complete");
    expect(result.metrics.entries).toBe(100_000);
    expect(result.metrics.columns).toEqual(columns[query]);
    const names = Object.keys(result.result as object);
    expect(names).toEqual(query === "q6" ? ["q6a", "q6b"] : [query]);
    for (const name of names) {
      found[name] = counts(result, name);
      expect(found[name]).toHaveLength(102);
      expect(found[name].reduce((total, n) => total + n, 0)).toBeGreaterThan(1000);
    }
  });

  test("q6 to q8 equal plain loops over single events, in every bin", async () => {
    const naive = await naiveQueries(generated);
    for (const name of ["q6a", "q6b", "q7", "q8"] as const) expect([name, found[name]]).toEqual([name, naive[name]]);
  });

  test("q6 to q8 equal awkward-array, in every bin", (context) => {
    const python = pythonInterpreter();
    if (python === undefined) return context.skip(noPython);
    const script = join(root, "test/fixtures/adl-awkward.py");
    const answer = JSON.parse(execFileSync(python, [script, generated], { encoding: "utf8", maxBuffer: 1 << 26 }));
    expect(answer.events).toBe(100_000);
    for (const name of ["q6a", "q6b", "q7", "q8"]) expect([name, found[name]]).toEqual([name, answer[name]]);
  });
});

const files = existsSync(data) ? readdirSync(data).filter((name) => name.endsWith(".parquet")) : [];
const references = existsSync(join(data, "reference")) ? readdirSync(join(data, "reference")) : [];
const ranges: Record<string, [number, number]> = {
  q1: [0, 2000],
  q2: [15, 60],
  q3: [15, 60],
  q4: [0, 2000],
  q5: [0, 2000],
};

/** A reference file's counts: rows x,y with x the bin's centre, flow half a bin outside the range. */
function reference(query: string): Counts {
  const name = references.find((r) => r.startsWith(`${query}-`))!;
  const [lo, hi] = ranges[query]!;
  const bins: Counts = new Array(102).fill(0);
  for (const line of readFileSync(join(data, "reference", name), "utf8")
    .trim()
    .split("\n")
    .slice(1)) {
    const [x, y] = line.split(",").map(Number) as [number, number];
    bins[Math.round(((x - lo) / (hi - lo)) * 100 + 0.5)]! += y;
  }
  return bins;
}

describe.skipIf(files.length === 0 || references.length === 0)(
  `on real events, files and references of ${data}${files.length === 0 ? " (absent)" : ""}`,
  () => {
    let naive: Awaited<ReturnType<typeof naiveQueries>>;
    beforeAll(async () => {
      naive = await naiveQueries(join(data, files.find((name) => !name.includes("restructured"))!));
    });

    const expected = (name: string): Counts => (name in naive ? naive[name as keyof typeof naive] : reference(name));
    const cases = files.flatMap((file) => queries.map((query) => ({ file, query })));

    test.each(cases)("$query on $file with every chunk size and executor", async ({ file, query }) => {
      for (const [how, executor] of [["0", iterative()], ...Object.entries(pools)] as const)
        for (const chunkSize of [1, 7, 400, 100_000]) {
          const result = await run([join(data, file)], processor(query), { executor, chunkSize });
          const where = `${chunkSize} events a chunk, ${how} workers`;
          expect([where, result.metrics.columns]).toEqual([where, columns[query]]);
          for (const name of Object.keys(result.result as object))
            expect([where, name, counts(result, name)]).toEqual([where, name, expected(name)]);
        }
    });
  },
);
