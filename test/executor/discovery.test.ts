import { statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type RunResult, run } from "../../src/executor/index.ts";
import { openFile, openParquet, planColumns } from "../../src/io/index.ts";
import { fixture, sample, temporaryFolder, writeSample } from "./sample.ts";

const folder = temporaryFolder();
const small = await writeSample(join(folder, "small.parquet"), sample(300));
const long = await writeSample(join(folder, "long.parquet"), sample(1600));

/** Columns, replays of the probe, replays of chunks. */
const found = ({ metrics }: RunResult): [readonly string[], number, number] => [
  metrics.columns,
  metrics.probe.replays,
  metrics.chunkReplays,
];

async function whole(column: string): Promise<number> {
  const source = await openFile(long);
  const plan = planColumns(await openParquet(source), [{ path: [column] }], 0, 1600);
  await source.close();
  return plan.bytes;
}

test.each([
  // The probe misses MET_pt, then the number of muons; none of their members is used, so the counter gives it.
  ["behind-and", {}, [["MET_pt", "nMuon"], 2, 0]],
  // Jets have no counter: until pt is asked for their lengths come from the smallest member, btag, which then leaves.
  ["everything", {}, [["Jet_pt", "MET_pt", "event", "genWeight", "run"], 6, 0]],
  ["uses-helper", {}, [["Muon_charge"], 2, 0]],
  ["swallows", {}, [["Jet_eta"], 2, 0]],
  ["no-columns", {}, [[], 0, 0]],
  ["keeps-own-state", {}, [[], 0, 0]],
])("%s reads exactly what it uses", async (name, options, [columns, replays, chunkReplays]) => {
  const result = await run(small, fixture(name as string), { chunkSize: 100, options });
  expect(result.status).toBe("complete");
  expect(found(result)).toEqual([columns, replays, chunkReplays]);
});

test("the bytes read are those of the columns used, as the footer has them", async () => {
  const { metrics } = await run(small, fixture("behind-and"));
  const source = await openFile(small);
  const plan = planColumns(await openParquet(source), [{ path: ["MET_pt"] }, { path: ["nMuon"] }], 0, 300);
  await source.close();
  expect(metrics.bytesread).toBe(plan.bytes);
  expect(metrics.bytesread).toBeLessThan(statSync(small).size / 2);
  expect(metrics.bytesByColumn["MET_pt"]! + metrics.bytesByColumn["nMuon"]!).toBe(metrics.bytesread);
  expect(metrics.buffers).toEqual(["MET_pt", "nMuon"]);
});

test("a processor that reads no column reads no bytes", async () => {
  const { metrics, result } = await run(small, fixture("no-columns"));
  expect(result).toEqual({ n: 300 });
  expect(metrics).toMatchObject({ bytesread: 0, columns: [], buffers: [], probe: { bytesread: 0, entries: 300 } });
});

test("a column that only the last event needs is read when it comes, and remembered", async () => {
  const last = { event: 1599 };
  const result = await run<{ sum: number }>(long, fixture("last-event"), { chunkSize: 400, options: last });
  const { Jet_pt, Jet_btag } = sample(1600);
  const hard = Jet_pt.slice(0, 1599)
    .flat()
    .filter((pt) => pt > 50).length;
  expect(result.result!.sum).toBeCloseTo(hard + Jet_btag[1599]!.reduce((a, b) => a + b, 0), 10);
  expect(result.metrics.columns).toEqual(["Jet_btag", "Jet_pt", "event"]);
  expect(result.metrics.chunkReplays).toBe(1);
  expect(result.metrics.probe.entries).toBe(1000);

  const middle = await run(long, fixture("last-event"), { chunkSize: 100, options: { event: 1151 } });
  expect(middle.metrics.chunkReplays).toBe(1);
  // Chunks before it were read without the column, those after it with it: 5 of 16, each all of the one row group.
  expect(middle.metrics.bytesByColumn["Jet_btag"]! / (await whole("Jet_btag"))).toBe(5);
  expect(middle.metrics.bytesByColumn["Jet_pt"]! / (await whole("Jet_pt"))).toBe(16);
});

test("found by the probe, the same column costs no replay of a chunk", async () => {
  const result = await run(long, fixture("last-event"), { chunkSize: 400, options: { event: 7 } });
  // Misses: event, the lengths of the jets (read from btag), pt, and btag itself, which is read by then.
  expect(found(result)).toEqual([["Jet_btag", "Jet_pt", "event"], 4, 0]);
});

test("a miss swallowed by a try/catch does not become a wrong number", async () => {
  const { result } = await run<{ sum: number; n: number }>(small, fixture("swallows"));
  expect(result!.sum).toBeCloseTo(
    sample(300)
      .Jet_eta.flat()
      .reduce((a, b) => a + b, 0),
    8,
  );
});

test.each(["keeps-state", "random"])("%s is not pure, and the run says so before any chunk", async (name) => {
  const error = await run(small, fixture(name)).catch((e) => e);
  expect(error).toMatchObject({
    kind: "UserError",
    fields: { code: "NotPure", dataset: "small", file: small, start: 0, stop: 300 },
    runResult: { status: "incomplete", metrics: { chunks: 0 }, report: { completed: [] } },
  });
  expect(error.message).toMatch(/process is not pure/);
  expect(error.runResult.report.pending).toHaveLength(1);
});

test("the probe is the first file that has events", async () => {
  const empty = await writeSample(join(folder, "empty.parquet"), sample(0));
  const { metrics, result } = await run({ x: [empty, small] }, fixture("behind-and"));
  expect(metrics.probe.entries).toBe(300);
  expect(metrics.chunkReplays).toBe(0);
  expect(result).toEqual((await run(small, fixture("behind-and"))).result);
});
