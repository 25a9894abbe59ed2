import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { noPython, pythonInterpreter } from "../../scripts/setup-python.ts";
import { fromArrowTable, toArrowTable } from "../../src/arrow/index.ts";
import { axis, Hist, histColumns } from "../../src/hist/index.ts";
import { toCsv } from "../../src/io/index.ts";
import { toList, typeName } from "../../src/jagged/index.ts";
import { everyPair } from "./uhi-pairs.ts";

const shown = (hist: Hist, choice = {}): Record<string, unknown> =>
  Object.fromEntries(Object.entries(histColumns(hist, choice)).map(([name, c]) => [name, toList(c)]));

const pt = axis.variable([0, 0.1, 0.30000000000000004], { name: "pt" });
const weighted = Hist.of(axis.category("dataset"), pt, { storage: "weight" });
weighted.fill({ dataset: ["tt, l", "tt, l", 'w"'], pt: [0, 0.2, 9] }, { weight: [0.1, 1 / 3, 2] });

test("a row for each bin; flow rows on request", () => {
  expect(shown(weighted)).toEqual({
    dataset: ["tt, l", "tt, l", 'w"', 'w"'],
    pt_low: [0, 0.1, 0, 0.1],
    pt_high: [0.1, 0.30000000000000004, 0.1, 0.30000000000000004],
    value: [0.1, 1 / 3, 0, 0],
    variance: [0.1 * 0.1, 1 / 9, 0, 0],
  });
  expect(shown(weighted, { flow: true })).toMatchObject({
    pt_low: [-Infinity, 0, 0.1, 0.30000000000000004, -Infinity, 0, 0.1, 0.30000000000000004],
    pt_high: [0, 0.1, 0.30000000000000004, Infinity, 0, 0.1, 0.30000000000000004, Infinity],
    value: [0, 0.1, 1 / 3, 0, 0, 0, 0, 2],
  });
});

test("other axes and storages", () => {
  const hist = Hist.of(axis.intCategory("year", { categories: [2018, 2017] }), axis.boolean(), { storage: "mean" });
  hist.fill([[2018, 2018, 3], true], { sample: [3, 5, 1] });
  expect(shown(hist, { flow: true })).toEqual({
    year: [2018n, 2018n, 2017n, 2017n, null, null],
    axis1: [false, true, false, true, false, true],
    value: [0, 4, 0, 0, 0, 1],
    variance: [Number.NaN, 1, Number.NaN, Number.NaN, Number.NaN, Number.NaN],
    count: [0, 2, 0, 0, 0, 1],
  });
  const down = Hist.of(axis.regular(2, 4, 0, { name: "x" })).fill([[1, 9]], { weight: 2 });
  expect(shown(down, { flow: true })).toEqual({
    x_low: [Infinity, 4, 2, 0],
    x_high: [4, 2, 0, -Infinity],
    value: [2, 0, 2, 0],
  });
  const phi = Hist.of(axis.regular(2, 0, 6, { name: "phi", circular: true })).fill([[7, Number.NaN]]);
  expect(shown(phi, { flow: true })).toMatchObject({ phi_low: [0, 3, Number.NaN], value: [1, 0, 1] });
  expect(Object.keys(shown(Hist.of()))).toEqual(["value", "variance"]);
  expect(() => histColumns(Hist.of(axis.category("value")))).toThrow(/Two columns of the histogram .* "value"/);
});

test("every axis and storage: as many entries as cells, their values in order", () => {
  for (const hist of everyPair().values())
    for (const flow of [false, true]) {
      const columns = histColumns(hist, { flow });
      const lengths = new Set(Object.values(columns).map((column) => column.length));
      expect([...lengths]).toEqual([hist.shape({ flow }).reduce((a, b) => a * b, 1)]);
      expect(toList(columns["value"]!)).toEqual([...hist.values({ flow })]);
      expect(columns["variance"] && toList(columns["variance"])).toEqual(
        hist.variances({ flow }) && [...hist.variances({ flow })!],
      );
    }
});

test("as CSV", () => {
  expect(toCsv(histColumns(weighted))).toBe(
    [
      "dataset,pt_low,pt_high,value,variance",
      '"tt, l",0,0.1,0.1,0.010000000000000002',
      '"tt, l",0.1,0.30000000000000004,0.3333333333333333,0.1111111111111111',
      '"w""",0,0.1,0,0',
      '"w""",0.1,0.30000000000000004,0,0',
      "",
    ].join("\n"),
  );
});

test("as an Arrow table", () => {
  const table = toArrowTable(histColumns(weighted, { flow: true }));
  expect(table.schema.fields.map(String)).toEqual([
    "dataset: Utf8",
    "pt_low: Float64",
    "pt_high: Float64",
    "value: Float64",
    "variance: Float64",
  ]);
  const back = fromArrowTable(table);
  expect(Object.fromEntries(Object.entries(back).map(([name, c]) => [name, toList(c)]))).toEqual(
    shown(weighted, { flow: true }),
  );
  expect(typeName(back["value"]!)).toBe("float64");
});

const python = pythonInterpreter();
test.skipIf(python === undefined)(
  `DuckDB reads the CSV bit by bit${python === undefined ? `: ${noPython}` : ""}`,
  () => {
    const folder = mkdtempSync(join(tmpdir(), "cortado-csv-"));
    try {
      const doubles = fc.sample(fc.double({ noNaN: true }), 200);
      const edges = [...new Set(doubles.filter((x) => Number.isFinite(x)))].sort((a, b) => a - b);
      const hist = Hist.of(
        axis.category("µ", { categories: ['a,"b"', " c\nd", "é"] }),
        axis.variable(edges, { name: "x" }),
      );
      const cells = hist.storage.values;
      for (let i = 0; i < cells.length; i++) cells[i] = doubles[i % doubles.length]!;
      const file = join(folder, "hist.csv");
      writeFileSync(file, toCsv(histColumns(hist, { flow: true })));
      const script = `
import duckdb, json, sys
# a column that begins with an infinity is text for DuckDB unless it is told
rows = duckdb.sql(f"from read_csv('{sys.argv[1]}', types = {{'x_low': 'DOUBLE'}})")
bits = lambda x: x.hex() if isinstance(x, float) else x
print(json.dumps([rows.columns, [str(t) for t in rows.types], [[bits(x) for x in row] for row in rows.fetchall()]]))`;
      const { stdout, stderr } = spawnSync(python!, ["-c", script, file], { encoding: "utf8" });
      expect(stderr).toBe("");
      const [names, types, rows] = JSON.parse(stdout);
      expect(names).toEqual(["µ", "x_low", "x_high", "value", "variance"]);
      expect(types).toEqual(["VARCHAR", "DOUBLE", "DOUBLE", "DOUBLE", "DOUBLE"]);
      const expected = Object.values(shown(hist, { flow: true })) as unknown[][];
      expect(rows.length).toBe(cells.length);
      for (const [r, row] of rows.entries())
        for (const [c, field] of row.entries()) {
          const ours = expected[c]![r];
          expect(c === 0 ? field : fromHex(field)).toBe(ours);
        }
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);

/** A float as Python's `hex` writes it. */
function fromHex(text: string): number {
  const [, sign, lead, rest, exponent] = /^(-?)0x([01])\.?([0-9a-f]*)p([+-]\d+)$/.exec(text) ?? [];
  if (lead === undefined) return Number(text.replace("inf", "Infinity"));
  const mantissa = Number(`0x${lead}${rest}`) * 2 ** (-4 * rest!.length);
  const [half, other] = [Math.trunc(Number(exponent) / 2), Number(exponent) - Math.trunc(Number(exponent) / 2)];
  return (sign === "-" ? -1 : 1) * mantissa * 2 ** half * 2 ** other;
}
