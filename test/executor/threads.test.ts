import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import {
  type Executor,
  isolated,
  iterative,
  type RunOptions,
  type RunResult,
  resultJson,
  run,
  workers,
} from "../../src/executor/index.ts";
import { fixture, lineOf, sample, temporaryFolder, writeSample } from "./sample.ts";

const folder = temporaryFolder();
const file = await writeSample(join(folder, "file.parquet"), sample(1200), { rowGroupRows: 200 });
const opened: Executor[] = [];
const use = (executor: Executor): Executor => {
  opened.push(executor);
  return executor;
};
afterAll(() => Promise.all(opened.map((e) => e.close())));

interface Rejection extends Error {
  readonly fields: Record<string, unknown>;
  readonly runResult: RunResult;
}
const rejection = (name: string, options: RunOptions): Promise<Rejection> =>
  run(file, fixture(name), options).then(
    () => Promise.reject(new Error("the run resolved")),
    (error) => error,
  );

describe.each([
  ["isolated()", isolated],
  ["workers(1)", () => workers(1)],
  ["workers(2)", () => workers(2)],
])("%s", (_, make) => {
  test("a process that never ends is stopped within a second, and what was finished is kept", async () => {
    const executor = use(make());
    const controller = new AbortController();
    let stopped = 0;
    const result = await run(file, fixture("never-ends"), {
      executor,
      chunkSize: 200,
      options: { from: 800 },
      signal: controller.signal,
      onProgress: (progress) => {
        // All four chunks that end have ended: the others run forever now.
        if (progress.kind !== "chunk" || progress.chunksDone < 4) return;
        setTimeout(() => {
          stopped = performance.now();
          controller.abort();
        }, 100);
      },
    });
    expect(performance.now() - stopped).toBeLessThan(1000);
    expect(result).toMatchObject({ status: "cancelled", result: { n: 800 }, metrics: { chunks: 4, entries: 800 } });
    expect(result.report.pending.map((r) => r.start)).toEqual([800, 1000]);
    expect(result.report.failed).toEqual([]);
    // The executor is not spoilt.
    expect((await run(file, fixture("no-columns"), { executor })).result).toEqual({ n: 1200 });
  });

  test("a thread that ends by itself: tried once more, then the chunk fails", async () => {
    const error = await rejection("exits-later", { executor: use(make()), chunkSize: 1200 });
    expect(error).toMatchObject({
      kind: "ResourceError",
      fields: { code: "WorkerDied", exitCode: 7, dataset: "file", file, start: 0, stop: 1200 },
    });
    expect(error.runResult.report.failed[0]!.attempts).toBe(2);
    expect(error.runResult.metrics.retries).toBe(1);
  });
});

test("an exception outside of process is the user's, with its line", async () => {
  const error = await rejection("throws-later", { executor: use(workers(1)) });
  expect(error).toMatchObject({
    kind: "UserError",
    message: "the processor, outside of process, threw TypeError: too late",
    fields: { code: "Threw", dataset: "file", file, start: 0, stop: 1200 },
  });
  expect(error.fields["userLine"]).toContain(lineOf("throws-later", "throw new"));
});

test("too much memory: tried again, then in halves as far as they fit", async () => {
  const executor = use(workers(1, { memoryMB: 40 }));
  const options = { executor, chunkSize: 1200, options: { perEvent: 800 } }; // 1200 events do not fit, 300 do
  const { status, result, report, metrics } = await run(file, fixture("too-much-memory"), options);
  expect([status, result]).toEqual(["complete", { n: 1200, kept: 0 }]);
  expect(report.completed.length).toBeGreaterThan(1);
  expect(report.completed.at(-1)!.stop).toBe(1200);
  expect(metrics.retries).toBe(1);
});

test("too much memory also for an eighth of the chunk fails, naming the first range that did not fit", async () => {
  const executor = use(workers(1, { memoryMB: 40 }));
  const error = await rejection("too-much-memory", { executor, chunkSize: 1200, options: { perEvent: 1e9 } });
  expect(error).toMatchObject({
    kind: "ResourceError",
    fields: { code: "OutOfMemory", dataset: "file", file, start: 0, stop: 150 },
  });
  expect(error.runResult.report.pending.reduce((sum, r) => sum + r.stop - r.start, 0)).toBe(1050);
});

describe("a cancelled run", () => {
  test("before it began has nothing and accounts for everything", async () => {
    for (const executor of [iterative(), use(workers(1))]) {
      const result = await run(file, fixture("no-columns"), { executor, signal: AbortSignal.abort() });
      expect(result).toMatchObject({ status: "cancelled", result: undefined, report: { completed: [] } });
      expect(result.report.files[0]!.state).toBe("pending");
    }
  });

  test("with iterative() ends after the chunk that runs, and does not postprocess", async () => {
    const controller = new AbortController();
    const result = await run(file, fixture("postprocess"), {
      chunkSize: 200,
      signal: controller.signal,
      onProgress: (p) => {
        if (p.kind === "chunk") controller.abort();
      },
    });
    expect(result.status).toBe("cancelled");
    expect(JSON.parse(resultJson(result))).toMatchObject({ n: 200, met: { uhi_schema: 1 } });
    expect(Object.keys(result.result as object)).toEqual(["n", "met"]);
    expect(result.report.pending).toHaveLength(5);
  });
});

describe("postprocess", () => {
  test.each([
    ["iterative()", iterative()],
    ["workers(1)", use(workers(1))],
  ])("with %s gets the sum with its methods, and its answer is the result", async (_, executor) => {
    const { result } = await run<Record<string, unknown>>(file, fixture("postprocess"), { executor, chunkSize: 200 });
    expect(Object.keys(result!)).toEqual(["total", "isHist", "n", "met"]);
    expect(result).toMatchObject({ total: 1200, isHist: true });
    const same = await run(file, fixture("postprocess"), { executor, options: { inPlace: true } });
    expect(same.result).toMatchObject({ n: 1200, added: "in place" });
    const error = await run(file, fixture("postprocess"), { executor, options: { fail: true } }).catch((e) => e);
    expect(error).toMatchObject({
      kind: "UserError",
      message: "postprocess threw Error: no luminosity",
      runResult: { status: "incomplete", result: { n: 1200 } },
    });
    expect(error.fields.userLine).toContain(lineOf("postprocess", "throw new"));
  });
});

test("a class or function runs in this thread; worker threads want its module", async () => {
  const count = (events: { length: number }): object => ({ n: events.length });
  expect((await run(file, count)).result).toEqual({ n: 1200 });
  const error = await run(file, count, { executor: use(workers(1)) }).catch((e) => e);
  expect(error).toMatchObject({ kind: "UsageError", fields: { code: "BadProcessor" } });
  expect(error.message).toMatch(/new URL\("\.\/count\.ts", import\.meta\.url\)/);
});

test("lazy columns in a result become lists of the values of all events", async () => {
  const { result } = await run<{ met: number[]; jets: { pt: number[][] } }>(file, fixture("returns-columns"), {
    chunkSize: 500,
  });
  const { MET_pt, Jet_pt } = sample(1200);
  expect(result!.met).toEqual(MET_pt);
  expect(result!.jets.pt).toEqual(Jet_pt.map((pts) => pts.filter((pt) => pt > 50)));
});

describe("a processor outside of the package", () => {
  const outside = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  test("imports cortado by name and gets the same copy of it", async () => {
    const processor = outside(
      "met.ts",
      `import { axis, Hist, Processor } from "cortado";
       import { fromList } from "cortado/jagged";
       export default class extends Processor<any> {
         process(events: any) {
           return { h: Hist.of(axis.regular(4, 0, 80, { name: "x" })).fill({ x: events.MET.pt }), n: fromList([1]).length };
         }
       }`,
    );
    const { result } = await run<{ h: object; n: number }>(file, processor, {
      executor: use(workers(1)),
      chunkSize: 200,
    });
    expect(result!.n).toBe(6);
    expect(JSON.parse(resultJson({ result })).h.storage.values).toHaveLength(6);
  });

  test.each([
    [
      "enum.ts",
      "export enum Cut { tight }\nexport default () => ({ n: Cut.tight });",
      /enum.*constant object/s,
      ":1:8",
    ],
    ["syntax.ts", "const a = 1;\nexport default const = ;", /does not parse/, ":2:16"],
    ["syntax.mjs", "const a = 1;\nlet y = = 2;", /does not parse: Unexpected token/, undefined],
    [
      "export.ts",
      'import { cut } from "node:fs";\nexport default () => ({ cut });',
      /does not provide an export/,
      ":1:",
    ],
    ["notes.txt", "hello", /a processor is a \.ts, \.mts, \.js or \.mjs file/, undefined],
    ["instance.ts", "export default { process: () => ({}) };", /is a object, not a class|is an object/, undefined],
  ])("%s that cannot be loaded says why and where", async (name, text, message, line) => {
    const processor = outside(name, text);
    const error = await run(file, processor, { executor: use(workers(1)) }).catch((e) => e);
    expect(error).toMatchObject({ kind: "UsageError", fields: { code: "BadProcessor", file: processor } });
    expect(error.message).toMatch(message);
    if (line !== undefined) expect(error.fields.userLine).toContain(name + line);
  });
});
