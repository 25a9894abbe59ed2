import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openFile, openParquet } from "../../src/io/index.ts";
import { type EventGenerator, generateFile } from "../../src/io/write-generated.ts";
import { fromList } from "../../src/jagged/index.ts";

let folder: string;
let out: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cortado-generate-"));
  out = join(folder, "events.parquet");
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Batches of two events. */
const counting: EventGenerator = function* ({ events, seed }) {
  for (let start = 0; start < Math.max(1, events); start += 2)
    yield {
      x: fromList(
        Array.from({ length: Math.min(2, events - start) }, (_, i) => seed + start + i),
        "float64",
      ),
    };
};

test("writes all batches and notes seed and number of events", async () => {
  const progress: number[][] = [];
  const report = await generateFile(counting, { events: 5, seed: 100, out, onProgress: (...p) => progress.push(p) });
  expect(report).toMatchObject({ events: 5, rowGroups: 1, bytes: readFileSync(out).length });
  expect(progress).toEqual([
    [2, 5],
    [4, 5],
    [5, 5],
  ]);
  const source = await openFile(out);
  const file = await openParquet(source);
  expect(file.rows).toBe(5);
  expect(file.keyValues).toEqual([["cortado.generated", '{"events":5,"seed":100}']]);
});

test("no events make a file of no events with its columns", async () => {
  expect(await generateFile(counting, { events: 0, seed: 1, out })).toMatchObject({ events: 0, rowGroups: 0 });
  expect((await openParquet(await openFile(out))).fields.map((field) => field.name)).toEqual(["x"]);
});

test.each<[string, EventGenerator | undefined, object, RegExp]>([
  ["too few events", () => [{ x: fromList([1]) }], {}, /asked for 5 events and gave 1/],
  ["no batch", () => [], {}, /gave no batch/],
  ["other columns in a later batch", () => [{ x: fromList([1]) }, { y: fromList([1]) }], {}, /lack "x"/],
  [
    "an error on the way",
    function* () {
      yield { x: fromList([1]) };
      throw new Error("out of luck");
    },
    {},
    /out of luck/,
  ],
  ["no function", undefined, {}, /is it the default export/],
  ["half an event", counting, { events: 0.5 }, /events is 0.5/],
  ["a negative seed", counting, { seed: -1 }, /seed is -1/],
])("%s: an error, and no file", async (_, generator, options, message) => {
  await expect(generateFile(generator as EventGenerator, { events: 5, seed: 1, out, ...options })).rejects.toThrow(
    message,
  );
  expect(existsSync(out)).toBe(false);
  expect(readdirSync(folder)).toEqual([]);
});
