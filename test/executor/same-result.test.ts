import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import {
  type Executor,
  isolated,
  iterative,
  type RunOptions,
  reportJson,
  resultJson,
  run,
  workers,
} from "../../src/executor/index.ts";
import { fixture, sample, temporaryFolder, writeSample } from "./sample.ts";

const folder = temporaryFolder();
const one = sample(180);
const two = sample(110, 180);
const files = [
  await writeSample(join(folder, "one.parquet"), one, { rowGroupRows: 50 }),
  await writeSample(join(folder, "two.parquet"), two),
];
const fileset = { x: { files, metadata: { sample: "s" } } };
const everything = fixture("everything");

const executors: Record<string, Executor> = {
  iterative: iterative(),
  isolated: isolated(),
  "workers(1)": workers(1),
  "workers(2)": workers(2),
};
afterAll(() => Promise.all(Object.values(executors).map((e) => e.close())));

const bytes = async (options: RunOptions): Promise<string> => resultJson(await run(fileset, everything, options));

test("the result has the same bytes with every executor, many chunks over two files", async () => {
  const reference = await run(fileset, everything, { executor: executors["iterative"]!, chunkSize: 20 });
  expect(reference.metrics.chunks).toBe(15);
  for (const executor of Object.values(executors)) {
    const other = await run(fileset, everything, { executor, chunkSize: 20 });
    expect(resultJson(other)).toBe(resultJson(reference));
    expect(other.report).toEqual(reference.report);
    expect(other.metrics.columns).toEqual(reference.metrics.columns);
    expect(other.metrics.bytesread).toBe(reference.metrics.bytesread);
    expect(other.metrics.probe).toEqual(reference.metrics.probe);
  }
});

test("the result is what a plain loop over the events gives", async () => {
  const { result, status, metrics } = await run<Record<string, unknown>>(fileset, everything, { chunkSize: 1e6 });
  const sum = (xs: number[]): number => xs.reduce((a, b) => a + b, 0);
  const both = [one, two];
  const weighted = sum(both.map((s) => sum(s.event.map((_, i) => s.genWeight[i]! * s.MET_pt[i]! * sum(s.Jet_pt[i]!)))));
  expect(status).toBe("complete");
  expect(result!["weighted"]).toBe(weighted);
  expect(result!["events"]).toBe(290);
  expect(result!["jets"]).toBe(sum(both.flatMap((s) => s.Jet_pt.map((jets) => jets.length))));
  expect(result!["runs"]).toEqual(new Set(both.flatMap((s) => s.run)));
  expect(result!["large"]).toEqual(both.flatMap((s) => s.event.filter((_, i) => s.MET_pt[i]! > 75)));
  expect(result!["bySample"]).toEqual({ s: 290 });
  expect(metrics.columns).toEqual(["Jet_pt", "MET_pt", "event", "genWeight", "run"]);
  expect(Object.keys(result!)).toEqual(["weighted", "events", "jets", "runs", "large", "met", "bySample"]);
});

test.each([1, 7, 40, 50, 100, 1000])("counts do not depend on the chunk size: %i", async (chunkSize) => {
  const { result, metrics, report } = await run<Record<string, never>>(fileset, everything, { chunkSize });
  const whole = await run<Record<string, never>>(fileset, everything, { chunkSize: 1e6 });
  for (const key of ["events", "jets", "runs", "large", "bySample"]) expect(result![key]).toEqual(whole.result![key]);
  expect(result!["weighted"]).toBeCloseTo(whole.result!["weighted"], 6);
  expect(metrics.entries).toBe(290);
  expect(report.completed).toHaveLength(metrics.chunks);
});

test("chunks can follow the row groups", async () => {
  const { report } = await run(fileset, everything, { chunkSize: 60, alignClusters: true });
  expect(report.completed.map((r) => `${r.start}-${r.stop}`)).toEqual(["0-100", "100-180", "0-110"]);
});

test("an executor serves several runs, one after another and at the same time", async () => {
  const executor = executors["workers(2)"]!;
  const alone = await bytes({ executor, chunkSize: 30 });
  const together = await Promise.all([bytes({ executor, chunkSize: 30 }), bytes({ executor, chunkSize: 30 })]);
  expect(together).toEqual([alone, alone]);
  await executor.close();
  expect(await bytes({ executor, chunkSize: 30 })).toBe(alone);
});

test("report.json is {status, report, metrics}", async () => {
  const result = await run(fileset, everything);
  const json = JSON.parse(reportJson(result));
  expect(Object.keys(json)).toEqual(["status", "report", "metrics"]);
  expect(json.report.byDataset).toEqual({ x: { expected: 290, processed: 290, skipped: 0, failed: 0 } });
  expect(json.report.files.map((f: { state: string }) => f.state)).toEqual(["complete", "complete"]);
});
