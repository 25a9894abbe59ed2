/** Numbers that the reference runner gives on the 40-event sample, its empty twin and its malformed one. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { run, workers } from "../../src/executor/index.ts";

const data = join(process.env["CORTADO_DATA"] ?? resolve(import.meta.dirname, "../../../shared/data"), "cms-nanoaod");
const at = (name: string): string => join(data, name);
const [sample, empty, malformed] = ["nano_dy.parquet", "nano_dy_empty.parquet", "nano_dy_malformed.parquet"].map(
  at,
) as [string, string, string];
const missing = [sample, empty, malformed].filter((file) => !existsSync(file));

interface MuonEvents {
  readonly length: number;
  readonly metadata: { readonly dataset: string; readonly entrystart: number };
  map(f: (e: { readonly Muon: MuonList }) => number): { toColumn(): { readonly values: Float64Array } };
}
interface MuonList {
  readonly length: number;
  combinations(n: 2): { readonly length: number };
  sum(f: (m: { readonly pt: number }) => number): number;
}
const total = (column: { toColumn(): { readonly values: Float64Array } }): number =>
  column.toColumn().values.reduce((a, b) => a + Number(b), 0);

const muons = (events: MuonEvents): object => ({
  n: events.length,
  nmu: total(events.map((e) => e.Muon.length)),
  pairs: total(events.map((e) => e.Muon.combinations(2).length)),
  pt: total(events.map((e) => e.Muon.sum((m) => m.pt))),
});

describe.skipIf(missing.length > 0)("nano_dy", () => {
  test.each([1, 7, 10, 15, 40, 1000])("18 muons and 6 pairs with chunks of %i", async (chunkSize) => {
    const { result, metrics } = await run(sample, muons as never, { chunkSize });
    expect(result).toMatchObject({ n: 40, nmu: 18, pairs: 6 });
    expect(metrics).toMatchObject({ entries: 40, columns: ["Muon_pt"] });
    if (chunkSize === 15) expect(metrics.chunks).toBe(3);
  });

  test("5 muons and 2 pairs in the first chunk of 7 events", async () => {
    const { result } = await run(sample, muons as never, { chunkSize: 7, maxChunks: 1 });
    expect(result).toMatchObject({ n: 7, nmu: 5, pairs: 2 });
  });

  test.each([
    [false, 21],
    [true, 6],
  ])("four datasets, aligned %j: %i chunks", async (alignClusters, chunks) => {
    const fileset = { e: [empty], se: [sample, empty], es: [empty, sample], s: [sample] };
    const count = (events: MuonEvents): object => ({ [events.metadata.dataset]: events.length });
    const { result, metrics } = await run(fileset, count as never, { chunkSize: 7, alignClusters });
    expect(result).toEqual({ e: 0, se: 40, es: 40, s: 40 });
    expect(metrics).toMatchObject({ chunks, bytesread: 0, columns: [] });
  });

  test("a malformed file: an error, or skipped and named", async () => {
    const fileset = { x: [sample, malformed] };
    await expect(run(fileset, muons as never)).rejects.toMatchObject({
      kind: "FormatError",
      fields: { file: malformed },
    });
    const { status, result, report } = await run(fileset, muons as never, { skipBadFiles: true });
    expect([status, report.files[1]]).toMatchObject(["incomplete", { filename: malformed, state: "skipped" }]);
    expect(result).toMatchObject({ n: 40, nmu: 18, pairs: 6 });
  });

  test("a processor that throws on one chunk: the run fails and names 0 to 14, never 26 of 40", async () => {
    const throws = (events: MuonEvents): object => {
      if (events.metadata.entrystart === 0 && events.length < 40) throw new Error("first");
      return { n: events.length };
    };
    const failure = run(sample, throws as never, { chunkSize: 15 });
    await expect(failure).rejects.toMatchObject({ kind: "UserError", fields: { start: 0, stop: 14 } });
  });

  test("worker threads give the same", async () => {
    const executor = workers(2);
    const url = new URL("../fixtures/processors/no-columns.ts", import.meta.url);
    expect((await run({ x: [sample, empty] }, url, { executor, chunkSize: 7 })).result).toEqual({ n: 40 });
    await executor.close();
  });
});

if (missing.length > 0) test.skip(`nano_dy samples: ${missing.join(", ")} missing`, () => undefined);
