/** What a run does with the faults of an executor: one that fails as told stands in for disks and threads that do. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { CortadoError } from "../../src/errors.ts";
import { type Executor, iterative, type Progress, type Request, run } from "../../src/executor/index.ts";
import { sample, temporaryFolder, writeSample } from "./sample.ts";

const folder = temporaryFolder();
const file = await writeSample(join(folder, "file.parquet"), sample(80));
const count = (events: { readonly length: number }): object => ({ n: events.length, list: [events.length] });
const retry = { attempts: 4, delay: 0.001 };

/** An executor whose answer to attempt `attempt` at a chunk is what `fault` says, if it says anything. */
function faulty(
  fault: (chunk: Extract<Request, { kind: "chunk" }>["chunk"], attempt: number) => Error | undefined,
): Executor {
  const inner = iterative();
  const attempts = new Map<string, number>();
  return {
    ...inner,
    concurrency: 3,
    submit(job, request) {
      if (request.kind !== "chunk") return inner.submit(job, request);
      const key = `${request.chunk.start}-${request.chunk.stop}`;
      const attempt = (attempts.get(key) ?? 0) + 1;
      attempts.set(key, attempt);
      const error = fault(request.chunk, attempt);
      return error === undefined ? inner.submit(job, request) : Promise.reject(error);
    },
  };
}

const diskFault = (code: string): CortadoError =>
  new CortadoError(
    "IoError",
    "the disk says no",
    { code: "ReadFailed" },
    { cause: Object.assign(new Error(code), { code }) },
  );
const lost = (code: "OutOfMemory" | "WorkerDied"): CortadoError => new CortadoError("ResourceError", code, { code });

test("a fault that passes costs retries and nothing else", async () => {
  const told: Progress[] = [];
  const { status, result, metrics } = await run(file, count as never, {
    executor: faulty(({ start }, attempt) => (start === 20 && attempt < 4 ? diskFault("EIO") : undefined)),
    chunkSize: 20,
    retry,
    onProgress: (p) => told.push(p),
  });
  expect([status, result, metrics.retries]).toEqual(["complete", { n: 80, list: [20, 20, 20, 20] }, 3]);
  expect(told.filter((p) => p.kind === "retry")).toHaveLength(3);
});

test("one that stays fails the chunk after all attempts, or is skipped if asked; either way it is named", async () => {
  const executor = (): Executor => faulty(({ start }) => (start === 20 ? diskFault("EIO") : undefined));
  const error = await run(file, count as never, { executor: executor(), chunkSize: 20, retry }).catch((e) => e);
  expect(error).toMatchObject({ kind: "IoError", fields: { dataset: "file", file, start: 20, stop: 40 } });
  expect(error.runResult.report.failed).toMatchObject([{ attempts: 4, range: { start: 20 } }]);
  const skipping = { executor: executor(), chunkSize: 20, retry, skipBadFiles: true };
  const { status, result, report } = await run(file, count as never, skipping);
  expect([status, result]).toEqual(["incomplete", { n: 60, list: [20, 20, 20] }]);
  expect(report.skipped).toMatchObject([{ attempts: 4, entries: 20, range: { start: 20, stop: 40 } }]);
});

test("what must not be read is not tried again", async () => {
  const executor = faulty(() => diskFault("EACCES"));
  const error = await run(file, count as never, { executor, chunkSize: 20, retry }).catch((e) => e);
  expect(error.runResult.report.failed[0].attempts).toBe(1);
  expect(error.runResult.metrics.retries).toBe(0);
});

test("a lost thread is one retry, whatever the chunk", async () => {
  const executor = faulty((_, attempt) => (attempt === 1 ? lost("WorkerDied") : undefined));
  const { result, metrics } = await run(file, count as never, { executor, chunkSize: 20 });
  expect([result, metrics.retries]).toEqual([{ n: 80, list: [20, 20, 20, 20] }, 4]);
});

test("memory: one retry, then halves, down to an eighth; the events stay in order and are counted once", async () => {
  const executor = faulty(({ start, stop }) => (stop - start > 10 ? lost("OutOfMemory") : undefined));
  const { status, result, metrics, report } = await run(file, count as never, { executor, chunkSize: 80 });
  expect([status, result]).toEqual(["complete", { n: 80, list: new Array(8).fill(10) }]);
  expect(metrics).toMatchObject({ retries: 1, chunks: 8, entries: 80 });
  expect(report.completed.map((r) => r.start)).toEqual([0, 10, 20, 30, 40, 50, 60, 70]);

  const hungry = faulty(({ start, stop }) => (stop - start > 10 || start === 30 ? lost("OutOfMemory") : undefined));
  const error = await run(file, count as never, { executor: hungry, chunkSize: 80 }).catch((e) => e);
  expect(error).toMatchObject({ kind: "ResourceError", fields: { start: 30, stop: 40 } });
  expect(error.runResult).toMatchObject({
    result: { n: 30 },
    report: { failed: [{ range: { start: 30, stop: 40 } }] },
  });
  expect(error.runResult.report.pending).toMatchObject([{ start: 40, stop: 80 }]);
});

test("many failures at once: the first in the plan is the one that is thrown", async () => {
  const executor = faulty(({ start }) =>
    start >= 20 ? new CortadoError("UserError", `at ${start}`, { code: "Threw" }) : undefined,
  );
  const error = await run(file, count as never, { executor, chunkSize: 20, onFailure: "stop" }).catch((e) => e);
  expect(error.message).toBe("at 20");
  const all = await run(file, count as never, { executor, chunkSize: 20, onFailure: "report" });
  expect(all.report.failed.map((f) => f.error.message)).toEqual(["at 20", "at 40", "at 60"]);
  expect(all.report.byDataset["file"]).toEqual({ expected: 80, processed: 20, skipped: 0, failed: 60 });
});

test("an error that is none of cortado's is reported as a fault of cortado", async () => {
  const executor = faulty(() => new TypeError("x is undefined"));
  const error = await run(file, count as never, { executor, chunkSize: 80 }).catch((e) => e);
  expect(error).toMatchObject({
    kind: "InternalError",
    message: "TypeError: x is undefined",
    fields: { start: 0, stop: 80 },
  });
});
