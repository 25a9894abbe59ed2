import type { Metrics, Range, RunResult } from "../../src/executor/index.ts";

const metrics: Metrics = {
  entries: 100,
  chunks: 1,
  columns: ["MET_pt"],
  buffers: ["MET_pt"],
  bytesread: 1234,
  bytesByColumn: { MET_pt: 1234 },
  bytesDecoded: 4000,
  peakBytes: 4000,
  processtime: 0.1,
  readtime: 0.1,
  decodetime: 0.1,
  mergetime: 0.1,
  walltime: 0.5,
  workers: 2,
  retries: 0,
  skipped: 0,
  probe: { entries: 100, replays: 1, bytesread: 10 },
  chunkReplays: 0,
};

export const range = (start: number, stop: number, filename = "a.parquet"): Range => ({
  dataset: "data",
  filename,
  start,
  stop,
});

/** A run of one file of 100 events that is complete unless told. */
export function runResult(result: unknown, more: Partial<RunResult> = {}): RunResult {
  return {
    status: "complete",
    result,
    report: {
      completed: [range(0, 100)],
      failed: [],
      skipped: [],
      pending: [],
      files: [{ dataset: "data", filename: "a.parquet", state: "complete", entries: 100 }],
      byDataset: { data: { expected: 100, processed: 100, skipped: 0, failed: 0 } },
    },
    metrics,
    ...more,
  };
}
