import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { iterative, resultJson, run, workers } from "../../src/executor/index.ts";
import type { Hist } from "../../src/hist/index.ts";
import { writeParquet } from "../../src/io/index.ts";
import { fromList } from "../../src/jagged/index.ts";

const folder = mkdtempSync(join(tmpdir(), "cortado-growing-"));
const processor = new URL("../fixtures/processors/growing-hists.ts", import.meta.url);
const events = 300;
const fileset = { a: [join(folder, "a.parquet")], b: [join(folder, "b.parquet")] };

beforeAll(async () => {
  for (const [i, name] of ["a", "b"].entries()) {
    const n = Array.from({ length: events }, (_, k) => ((k * 7 + i) % 23) - 11 + (k === 250 ? 40 : 0));
    const code = Array.from({ length: events }, (_, k) => Math.floor(((k + 50 * i) % events) / 17));
    const pt = Array.from({ length: events }, (_, k) => ((k * 31) % 64) / 4);
    await writeParquet(join(folder, `${name}.parquet`), {
      n: fromList(n, "int32"),
      code: fromList(code, "int32"),
      pt: fromList(pt, "float32"),
    });
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Result {
  readonly hist: Hist;
  readonly mean: Hist;
}

test("axes that grow are the same for every size of chunks and number of workers", async () => {
  const threads = workers(2);
  try {
    const whole = await run<Result>(fileset, processor, { executor: iterative(), chunkSize: events });
    expect(whole.result!.hist.shape()).toEqual([44, 18]);
    expect(whole.result!.hist.sum()).toBe(whole.result!.hist.sum({ flow: true }));
    for (const chunkSize of [1000, 97, 40])
      for (const executor of [iterative(), threads]) {
        const { result } = await run<Result>(fileset, processor, { executor, chunkSize });
        expect(resultJson({ result: { hist: result!.hist } })).toBe(
          resultJson({ result: { hist: whole.result!.hist } }),
        );
        expect(result!.mean.axes).toEqual(whole.result!.mean.axes);
        for (const [i, mean] of result!.mean.values().entries())
          expect(mean).toBeCloseTo(whole.result!.mean.values()[i]!, 9);
      }
  } finally {
    await threads.close();
  }
});
