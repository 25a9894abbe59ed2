import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { type Executor, iterative, type RunOptions, type RunResult, run, workers } from "../../src/executor/index.ts";
import { fixture, lineOf, sample, temporaryFolder, writeSample } from "./sample.ts";

const folder = temporaryFolder();
const path = (name: string): string => join(folder, name);
const good = await writeSample(path("good.parquet"), sample(100), { rowGroupRows: 25 });
const other = await writeSample(path("other.parquet"), sample(50, 100));
writeFileSync(path("text.parquet"), "this is no Parquet file at all");
const cut = await writeSample(path("cut.parquet"), sample(50));
truncateSync(cut, 1000);
const missing = path("goood.parquet");

const pool = workers(2);
afterAll(() => pool.close());
const executors: [string, Executor][] = [
  ["iterative()", iterative()],
  ["workers(2)", pool],
];

interface Rejection extends Error {
  readonly kind: string;
  readonly fields: Record<string, unknown>;
  readonly runResult: RunResult;
}

async function rejection(files: string | object, name: string, options: RunOptions = {}): Promise<Rejection> {
  return run(files as string, fixture(name), options).then(
    (result) => {
      throw new Error(`the run resolved with status ${result.status}`);
    },
    (error: Rejection) => error,
  );
}

const ranges = (list: readonly { start: number; stop: number }[]): string =>
  list.map((r) => `${r.start}-${r.stop}`).join(" ");

describe.each(executors)("%s", (_, executor) => {
  test("an exception inside process: dataset, file, events, the user's line, the columns, the cause", async () => {
    const error = await rejection({ x: [good, other] }, "throws-at", {
      executor,
      chunkSize: 30,
      options: { event: 60 },
    });
    expect(error).toMatchObject({
      kind: "UserError",
      message: "process threw RangeError: an event nobody expected",
      fields: { code: "Threw", dataset: "x", file: good, start: 34, stop: 68, columns: ["MET_pt", "event"] },
      cause: { name: "RangeError", message: "an event nobody expected" },
    });
    expect(error.fields["userLine"]).toContain(lineOf("throws-at", "throw new"));
    const { report, status } = error.runResult;
    expect(status).toBe("incomplete");
    expect(report.failed).toHaveLength(1);
    expect(report.failed[0]).toMatchObject({
      range: { dataset: "x", filename: good, start: 34, stop: 68 },
      attempts: 1,
      error: { kind: "UserError", cause: { name: "RangeError" } },
    });
    expect(ranges(report.completed)).toMatch(/^0-34/);
    const accounted = [...report.completed, ...report.pending].reduce((sum, r) => sum + r.stop - r.start, 0);
    expect(accounted + 34).toBe(150);
  });

  test("with onFailure report everything else is done", async () => {
    const options = { executor, chunkSize: 30, options: { event: 60 }, onFailure: "report" } as const;
    const { status, result, report, metrics } = await run({ x: [good, other] }, fixture("throws-at"), options);
    expect(status).toBe("incomplete");
    expect(result).toEqual({ n: 116 });
    expect(metrics.entries).toBe(116);
    expect(ranges(report.completed)).toBe("0-34 68-100 0-25 25-50");
    expect(report.byDataset).toEqual({ x: { expected: 150, processed: 116, skipped: 0, failed: 34 } });
    expect(report.files.map((f) => f.state)).toEqual(["incomplete", "complete"]);
  });

  test("a misspelt column in plain JavaScript: the nearest names, and the user's line", async () => {
    const error = await rejection(good, "misspelt.js", { executor });
    expect(error).toMatchObject({
      kind: "MissingColumnError",
      fields: { column: "Jet.ptt", dataset: "good", file: good, start: 0, stop: 100 },
    });
    expect(error.fields["nearest"]).toContain("pt");
    expect(error.fields["userLine"]).toContain(lineOf("misspelt.js", "ptt"));
  });

  test.each([
    ["nothing", /process returned undefined/],
    ["null", /process returned null/],
    ["function", /process returned .*function/],
    ["inside", /function.* at cutflow > all/],
    ["date", /an instance of Date at when/],
    ["promise", /a promise at later/],
  ])("process returns %s", async (what, message) => {
    const error = await rejection(good, "returns", { executor, options: { what } });
    expect(error).toMatchObject({
      kind: "UserError",
      fields: { code: "BadResult", dataset: "good", file: good, start: 0, stop: 100 },
    });
    expect(error.message).toMatch(message);
  });

  test("process.exit is an error with the user's line, also if the user catches it, and ends nothing", async () => {
    const error = await rejection(good, "exits", { executor, chunkSize: 50 });
    expect(error).toMatchObject({
      kind: "UserError",
      message: "process called process.exit(3); throw an error instead",
      fields: { code: "Exited", dataset: "good", file: good, start: 50, stop: 100 },
    });
    expect(error.fields["userLine"]).toContain(lineOf("exits", "process.exit"));
    expect(error.runResult.result).toEqual({ n: 50 });
  });

  test("results that do not add up: the key, and the chunk that differs", async () => {
    const error = await rejection(good, "changes-kind", { executor, chunkSize: 30 });
    expect(error).toMatchObject({
      kind: "MergeError",
      fields: { path: ["cutflow", "all"], dataset: "good", file: good, start: 34, stop: 68 },
    });
    expect(error.runResult.report.completed).toEqual([]);
    expect(error.runResult.report.failed).toHaveLength(3);
  });

  test("no such file: the nearest names", async () => {
    const error = await rejection({ x: [good, missing] }, "no-columns", { executor });
    expect(error).toMatchObject({ kind: "NotFoundError", fields: { code: "NoSuchFile", dataset: "x", file: missing } });
    expect(error.fields["nearest"]).toContain("good.parquet");
    expect(error.runResult.report.files.map((f) => f.state)).toEqual(["pending", "failed"]);
  });

  test.each([
    ["text.parquet", "NotParquet"],
    ["cut.parquet", "TruncatedFile"],
  ])("%s is refused as %s, or skipped and named if asked", async (name, code) => {
    const bad = path(name);
    const error = await rejection({ x: [good, bad, other] }, "no-columns", { executor });
    expect(error).toMatchObject({ kind: "FormatError", fields: { code, dataset: "x", file: bad } });
    expect(error.runResult.metrics.chunks).toBe(0);

    const skipping = { executor, skipBadFiles: true } as const;
    const { status, result, report, metrics } = await run({ x: [good, bad, other] }, fixture("no-columns"), skipping);
    expect([status, result, metrics.skipped]).toEqual(["incomplete", { n: 150 }, 1]);
    expect(report.files[1]).toMatchObject({ filename: bad, state: "skipped", reason: error.message });
    expect(report.skipped).toMatchObject([{ range: { filename: bad }, error: { fields: { code } }, attempts: 1 }]);

    const accepted = await run({ x: [good, bad] }, fixture("no-columns"), { ...skipping, acceptSkips: true });
    expect([accepted.status, accepted.result]).toEqual(["complete", { n: 100 }]);
  });

  test("all files bad is never an empty success", async () => {
    const bad = { x: [path("text.parquet"), missing] };
    const error = await rejection(bad, "no-columns", { executor, skipBadFiles: true });
    expect(error).toMatchObject({ kind: "UsageError", fields: { code: "NothingToDo" } });
    expect(error.message).toMatch(/no chunk survived/);
    expect(error.message).toContain(missing);
    expect(error.message).toContain("text.parquet");
  });

  test("a processor that cannot be used is refused before any file is opened", async () => {
    for (const name of ["no-default", "no-process", "throws-at-import", "exits-at-import", "imports-nothing"])
      expect(await rejection(missing, name, { executor })).toMatchObject({
        kind: "UsageError",
        fields: { code: "BadProcessor" },
      });
    const none = await rejection(good, "no-column", { executor });
    expect(none).toMatchObject({ kind: "NotFoundError", fields: { code: "NoSuchFile" } });
    expect(none.fields["nearest"]).toContain("no-columns.ts");
  });
});

test("a flipped byte in a page that is used fails its chunks; with skipBadFiles the others are counted", async () => {
  const flipped = await writeSample(path("flipped.parquet"), sample(100), { rowGroupRows: 25 });
  const { openFile, openParquet, planColumns } = await import("../../src/io/index.ts");
  const source = await openFile(flipped);
  const plan = planColumns(await openParquet(source), [{ path: ["MET_pt"] }], 30, 40);
  const range = plan.ranges[0]!;
  const bytes = new Uint8Array(await source.read(0, source.byteLength));
  await source.close();
  bytes[range.stop - 3]! ^= 0x10;
  writeFileSync(flipped, bytes);

  const error = await rejection(flipped, "behind-and", { chunkSize: 25 });
  expect(error).toMatchObject({
    kind: "FormatError",
    fields: { code: "CorruptPage", column: "MET_pt", dataset: "flipped", file: flipped, start: 25, stop: 50 },
  });
  const skipped = await run(flipped, fixture("behind-and"), { chunkSize: 25, skipBadFiles: true });
  expect(skipped.status).toBe("incomplete");
  expect(ranges(skipped.report.completed)).toBe("0-25 50-75 75-100");
  expect(skipped.report.skipped).toMatchObject([{ range: { start: 25, stop: 50 }, entries: 25 }]);
  expect(skipped.report.byDataset["flipped"]).toEqual({ expected: 100, processed: 75, skipped: 25, failed: 0 });
  // A processor that catches the error of the page does not get away with it, one that does not use it is not bothered.
  expect((await run(flipped, fixture("swallows"))).status).toBe("complete");
});

describe("files of one dataset", () => {
  test("another number width reads normally", async () => {
    const wide = { MET_pt: "float64", run: "int64", Jet_pt: "var * float64", genWeight: "float32" };
    const second = await writeSample(path("wide.parquet"), sample(50, 100), { types: wide });
    const mixed = await run<Record<string, number>>({ x: [good, second] }, fixture("everything"));
    const same = await run<Record<string, number>>({ x: [good, other] }, fixture("everything"));
    expect(mixed.status).toBe("complete");
    for (const key of ["events", "jets", "runs", "large"]) expect(mixed.result![key]).toEqual(same.result![key]);
    expect(mixed.result!["weighted"]).toBeCloseTo(same.result!["weighted"]!, 1);
  });

  test.each([
    ["list against scalar", { MET_pt: "var * float32" }, { MET_pt: sample(50).MET_pt.map((x) => [x]) }],
    ["number against string", { MET_pt: "string" }, { MET_pt: sample(50).MET_pt.map(String) }],
  ])("%s is refused, naming both files", async (_, types, values) => {
    const second = await writeSample(path("unlike.parquet"), sample(50), { types, values });
    const error = await rejection({ x: [good, second] }, "behind-and", { chunkSize: 1000 });
    expect(error).toMatchObject({
      kind: "SchemaError",
      fields: { code: "IncompatibleColumn", column: "MET_pt", dataset: "x", file: second, otherFile: good },
    });
    expect(error.message).toContain("unlike.parquet");
    expect(error.message).toContain("good.parquet");
    expect((await run({ x: [good, second] }, fixture("swallows"))).status).toBe("complete");
    expect((await run({ x: [good], y: [other] }, fixture("behind-and"))).status).toBe("complete");
  });

  test("found out late, the chunks that did not use the column stay counted", async () => {
    const types = { Jet_btag: "var * int32" };
    const plain = await writeSample(path("late-one.parquet"), sample(1200));
    const second = await writeSample(path("late-two.parquet"), sample(1200, 1200), {
      types: { Jet_btag: "float32" },
      values: { Jet_btag: new Array(1200).fill(0) },
    });
    const third = await writeSample(path("late-three.parquet"), sample(600, 2400), {
      types,
      values: { Jet_btag: sample(600).Jet_btag.map((l) => l.map(() => 1)) },
    });
    const options = { chunkSize: 600, options: { event: 2398 }, onFailure: "report" } as const;
    const { status, report } = await run({ x: [plain, second, third] }, fixture("last-event"), options);
    expect(status).toBe("incomplete");
    expect(ranges(report.completed)).toBe("0-600 600-1200 0-600 0-600");
    expect(report.failed).toMatchObject([
      {
        range: { filename: second, start: 600 },
        error: { kind: "SchemaError", fields: { column: "Jet_btag", otherFile: plain } },
      },
    ]);
  });

  test("a column that is missing in one file has no values there: reading one is an error naming column and file", async () => {
    const second = await writeSample(path("less.parquet"), sample(50), { types: { Jet_eta: undefined } });
    const error = await rejection({ x: [good, second] }, "misspelt.js", {});
    expect(error.kind).toBe("MissingColumnError");
    const less = await rejection({ x: [good, second] }, "needs-eta", {});
    expect(less).toMatchObject({
      kind: "MissingValueError",
      fields: { column: "Jet_eta", dataset: "x", file: second, start: 0, stop: 50 },
    });
    expect(less.message).toContain("only other files of the dataset have Jet_eta");
    expect(less.fields["userLine"]).toContain(lineOf("needs-eta", "j.eta"));
  });
});

test("zero events and an empty row group", async () => {
  const empty = await writeSample(path("empty.parquet"), sample(0));
  const none = await run<Record<string, unknown>>(empty, fixture("everything"));
  expect(none.status).toBe("complete");
  expect(none.result).toMatchObject({ events: 0, weighted: 0, jets: 0, large: [] });
  expect(ranges(none.report.completed)).toBe("0-0");
  expect(none.metrics).toMatchObject({ chunks: 1, entries: 0, probe: { entries: 0 } });
  const both = await run<Record<string, unknown>>({ x: [empty], y: [good] }, fixture("everything"));
  expect(both.result).toMatchObject({ events: 100 });
  expect(both.report.byDataset["x"]).toEqual({ expected: 0, processed: 0, skipped: 0, failed: 0 });
});

test("the same file in two datasets is read for each, with its own metadata; twice in one is refused", async () => {
  const of = (sample: string): object => ({ files: [good], metadata: { sample } });
  const { result } = await run<Record<string, unknown>>({ x: of("a"), y: of("b") } as never, fixture("everything"));
  expect(result!["bySample"]).toEqual({ a: 100, b: 100 });
  expect(await rejection({ x: [good, good] }, "everything")).toMatchObject({
    kind: "UsageError",
    fields: { code: "DuplicateFile", dataset: "x", file: good },
  });
});

test.each([
  [{ options: { f: () => 1 } }, "BadOptions", /option f is a function/],
  [{ options: { a: [1, Number.NaN] } }, "BadOptions", /option a\.1 is the number NaN/],
  [{ options: [1] }, "BadOptions", /options are a JSON object/],
  [{ chunkSize: 0 }, "BadArgument", /chunkSize/],
  [{ maxChunks: 1.5 }, "BadArgument", /maxChunks/],
  [{ chunksize: 3 }, "BadArgument", /no option chunksize. Nearest: chunkSize/],
])("options %j are refused", async (options, code, message) => {
  const error = await rejection(good, "no-columns", options as RunOptions);
  expect(error).toMatchObject({ kind: "UsageError", fields: { code } });
  expect(error.message).toMatch(message);
});

test("no files, and steps that a file does not have", async () => {
  expect(await rejection({ x: [] }, "no-columns")).toMatchObject({ fields: { code: "NothingToDo" } });
  const steps = {
    x: {
      [good]: {
        steps: [
          [0, 60],
          [60, 101],
        ],
      },
    },
  };
  expect((await rejection(steps, "no-columns")).message).toMatch(/step 60 to 101 .* has 100 events/);
  const part = await run(
    {
      x: {
        [good]: {
          steps: [
            [10, 20],
            [50, 60],
          ],
        },
      },
    },
    fixture("no-columns"),
  );
  expect([part.status, part.result, part.report.files[0]!.state]).toEqual(["complete", { n: 20 }, "incomplete"]);
});

test("maxChunks counts by dataset and opens no more files than it needs", async () => {
  const fileset = { x: [good, missing], y: [other] };
  const { result, report } = await run(fileset, fixture("no-columns"), { chunkSize: 25, maxChunks: 2 });
  expect(result).toEqual({ n: 100 });
  expect(report.files.map((f) => f.state)).toEqual(["incomplete", "pending", "complete"]);
});
