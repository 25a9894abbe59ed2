import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import generate from "../../datasets/adl.ts";
import { noPython, pythonInterpreter } from "../../scripts/setup-python.ts";
import { type Columns, type WriteOptions, writeParquet } from "../../src/io/index.ts";
import { fromList, toList, typeName } from "../../src/jagged/index.ts";

const python = pythonInterpreter();
let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "cortado-pyarrow-"))));
afterAll(() => rmSync(folder, { recursive: true }));

const kinds: Columns = {
  x: fromList([0, -0, Number.NaN, Infinity, 1.5]),
  big: fromList([0n, 2n ** 64n - 1n, 5n, 5n, 5n], "uint64"),
  small: fromList([-128, 127, 0, 0, 0], "int8"),
  ok: fromList([true, false, true, true, false]),
  word: fromList(["", "µ", "ab", "ab", "ab"]),
  lists: fromList([[], [1], [2, 3], [], [4, 5, 6]], "var * uint16"),
  words: fromList([["a", "b"], [], ["a"], [], []]),
  flags: fromList([[], [true, false, true], [], [false], []]),
};
const missing: Columns = {
  x: fromList([null, -0, Number.NaN, null, 1.5], "?float64"),
  big: fromList([0n, null, 5n, 2n ** 64n - 1n, 5n], "?uint64"),
  none: fromList([null, null, null, null, null], "?int8"),
  ok: fromList([null, false, null, true, true], "?bool"),
  word: fromList(["", null, "ab", "ab", null], "?string"),
  elements: fromList([[], [1, null], [null], [], [4, 5, null]], "var * ?uint16"),
  flags: fromList([null, [true, false], [], null, [false]], "option[var * bool]"),
  words: fromList([null, ["a", null], [], [null], ["b", "c"]], "option[var * ?string]"),
  late: fromList([1, 2, 3, 4, null], "?float32"),
  whole: { ...fromList([1, 2, 3, 4, 5], "int32"), validity: Uint8Array.of(0b11111) },
};
const manyMissing: Columns = Object.fromEntries(
  Object.entries(missing).map(([name, column]) => [
    name,
    fromList(
      Array.from({ length: 3000 }, (_, i) => toList(column)[((i * i) >> 3) % 5]),
      typeName(column),
    ),
  ]),
);
const [events] = generate({ events: 3000, seed: 5 });

const options: WriteOptions[] = [
  { codec: "none" },
  { codec: "snappy", pageBytes: 700 },
  { codec: "gzip", dictionaryBytes: 0 },
  { codec: "zstd", rowGroupRows: 1000, pageBytes: 5000 },
];
test.skipIf(python === undefined)(
  `pyarrow reads what is written, for every codec${python === undefined ? ` [skipped: ${noPython}]` : ""}`,
  async () => {
    const paths: string[] = [];
    const reports: object[] = [];
    for (const [o, option] of options.entries())
      for (const [c, columns] of [kinds, events!, missing, manyMissing].entries()) {
        const path = join(folder, `${o}-${c}.parquet`);
        const written = await writeParquet(path, columns, option);
        reports.push({ rows: written.events, row_groups: written.rowGroups });
        const expected = Object.entries(columns).map(([name, column]) => [
          name,
          { nullable: column.validity !== undefined, values: plain(toList(column), isFloat(column)) },
        ]);
        writeFileSync(`${path}.json`, JSON.stringify(Object.fromEntries(expected)));
        paths.push(path, `${path}.json`);
      }
    const ran = spawnSync(python!, [join(import.meta.dirname, "write-python.py"), ...paths], { encoding: "utf8" });
    expect(ran.stderr).toBe("");
    expect(JSON.parse(ran.stdout)).toEqual(reports);
  },
);

const isFloat = (column: Columns[string]): boolean =>
  column.kind === "list" ? isFloat(column.content) : column.kind === "primitive" && column.dtype.startsWith("float");

/** Values as JSON that loses nothing. */
function plain(value: unknown, float: boolean): unknown {
  if (Array.isArray(value)) return value.map((v) => plain(v, float));
  if (typeof value === "bigint") return { int: String(value) };
  if (!float || value === null) return value;
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value as number);
  return { float64: bytes.toString("hex") };
}
