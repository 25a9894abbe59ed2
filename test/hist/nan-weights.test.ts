import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterAll, expect, test } from "vitest";
import { iterative, run } from "../../src/executor/index.ts";
import { type Axis, axis, fromUhiZip, Hist, type StorageKind, toUhi, toUhiZip } from "../../src/hist/index.ts";
import { writeParquet } from "../../src/io/index.ts";
import { fromList } from "../../src/jagged/index.ts";

const folder = mkdtempSync(join(tmpdir(), "cortado-nan-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const bad = [1, Number.NaN, 2, Infinity, -Infinity];
const x = axis.regular(3, 0, 3, { name: "x" });

test("content as in the reference, and the rows counted; those without a cell are not", () => {
  const hist = Hist.of(x, { storage: "weight" }).fill({ x: [0.5, 1.5, 1.6, 9, 9], weight: bad });
  expect(hist.nanWeights).toBe(3);
  expect([...hist.values({ flow: true })]).toEqual([0, 1, Number.NaN, 0, Number.NaN]);
  const closed = Hist.of(axis.regular(3, 0, 3, { name: "x", flow: false }));
  expect(closed.fill({ x: [0.5, 1.5, 1.6, 9, 9], weight: bad }).nanWeights).toBe(1);
  expect(Hist.of(x).fill({ x: [1, Number.NaN], weight: [1, 2] }).nanWeights).toBe(0);
  const missing = fromList([1, null, 2], "?float64");
  expect(Hist.of(x).fill({ x: [0, 1, 2], weight: missing }).nanWeights).toBe(0);
});

const kinds: StorageKind[] = ["double", "weight", "mean", "weightedMean"];
test.each(kinds)("few rows and many, one axis and more, %s storage", (storage) => {
  for (const rows of [20, 9001]) {
    const values = Float64Array.from({ length: rows }, (_, i) => i % 4);
    const weight = Float32Array.from(values, (_, i) => (i % 10 === 3 ? Number.NaN : i % 10 === 7 ? Infinity : 1));
    const expected = weight.filter((w) => !Number.isFinite(w)).length;
    const sample = storage.endsWith("ean") ? { sample: 2 } : {};
    const shapes: Axis[][] = [[x], [x, axis.regular(2, 0, 4)], [axis.regular(900, 0, 3), x], [axis.category("d"), x]];
    for (const axes of shapes) {
      const given = axes.map((a) => (a.kind === "category" ? "a" : values));
      const named = axes.map((a, i) => ({ ...a, name: a.name === "" || i === 0 ? `axis${i}` : a.name }) as Axis);
      expect(Hist.of(...named, { storage }).fill(given, { weight, ...sample }).nanWeights).toBe(expected);
    }
  }
});

test("one such weight for all rows", () => {
  expect(Hist.of(x).fill({ x: [0.5, 1.5, -1], weight: Number.NaN }).nanWeights).toBe(3);
  expect(Hist.of(x).fill({ x: 1, weight: Number.NaN }).nanWeights).toBe(1);
});

test("int64 refuses them", () => {
  expect(() => Hist.of(x, { storage: "int64" }).fill({ x: 1, weight: Number.NaN })).toThrow("A weight of NaN");
});

test("sums, parts and copies keep the count; reset begins again", () => {
  const a = Hist.of(x).fill({ x: [0.5, 1.5, 1.6, 9, 9], weight: bad });
  const b = Hist.of(x).fill({ x: 1, weight: Number.NaN });
  expect([a.add(b).nanWeights, b.add(a).nanWeights, a.subtract(b).nanWeights]).toEqual([4, 4, 4]);
  expect(Hist.from(structuredClone({ ...a })).add(b).nanWeights).toBe(4);
  for (const same of [a.copy(), a.scale(2), a.project("x"), a.project(), a.profile("x")])
    expect(same.nanWeights).toBe(3);
  expect(a.reset().nanWeights).toBe(0);
  expect(a).toStrictEqual(Hist.of(x));
});

test("told wherever the histogram is shown or written", () => {
  const hist = Hist.of(x).fill({ x: [0.5, 1.5, 1.6, 9, 9], weight: bad });
  const text = "3 rows with a weight that is NaN or infinite";
  for (const shown of [inspect(hist), String(hist), String(hist.project())]) expect(shown).toContain(text);
  expect(() => toUhi(hist, "met")).toThrow(`histogram "met" as JSON: cell [2] of its values is NaN (${text})`);
  expect(fromUhiZip(toUhiZip({ hist })).get("hist")).toStrictEqual(hist);
  const one = Hist.of(x).fill({ x: 1, weight: Number.NaN });
  expect(inspect(one)).toContain("1 row with a weight that is NaN or infinite");
});

test("chunks add up", async () => {
  const file = join(folder, "events.parquet");
  await writeParquet(file, { w: fromList([1, Number.NaN, 2, Infinity, 1, Number.NaN, 3], "float64") });
  for (const chunkSize of [2, 3, 100]) {
    const { result } = await run<Hist>(
      file,
      (events: { readonly w: never }) => Hist.of(x, { storage: "weight" }).fill({ x: 1, weight: events.w }),
      { executor: iterative(), chunkSize },
    );
    expect(result!.nanWeights).toBe(3);
  }
});
