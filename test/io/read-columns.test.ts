import { parquetMetadata } from "hyparquet";
import { expect, test } from "vitest";
import { CortadoError } from "../../src/errors.ts";
import {
  type ColumnRequest,
  countingSource,
  fieldAt,
  memorySource,
  openParquet,
  type ParquetFile,
  planColumns,
  readColumns,
  writeParquet,
} from "../../src/io/index.ts";
import { memorySink } from "../../src/io/write-sink.ts";
import { type Column, fromList, type ListColumn, toList, typeName } from "../../src/jagged/index.ts";
import { openFixture } from "./fixture.ts";
import { checkColumn, exactText, plainValues } from "./plain-values.ts";

/** A column that was read. */
function good(column: Column | Error | undefined): Column {
  if (column === undefined || column instanceof Error) throw column ?? new Error("no column");
  return column;
}

function failure(column: Column | Error | undefined): CortadoError {
  expect(column).toBeInstanceOf(CortadoError);
  return column as CortadoError;
}

const paths = (...names: string[]): ColumnRequest[] => names.map((name) => ({ path: name.split("/") }));

/** Bytes of the chunks of these stored columns, from the footer alone. */
function chunkBytes(bytes: Uint8Array, names: readonly string[], groups: readonly number[]): number {
  let sum = 0;
  for (const [i, group] of parquetMetadata(bytes).row_groups.entries())
    for (const { meta_data } of group.columns)
      if (groups.includes(i) && names.includes(meta_data!.path_in_schema.join(".")))
        sum += Number(meta_data!.total_compressed_size);
  return sum;
}

test("only the byte ranges of the columns asked for are fetched", async () => {
  const { bytes, file } = await openFixture("events-pages-required-v1");
  const source = countingSource(memorySource(bytes, "x"));
  const cases = [
    { names: ["MET_pt"], stored: ["MET_pt"] },
    { names: ["Muon_pt", "Muon_eta"], stored: ["Muon_pt.list.element", "Muon_eta.list.element"] },
    { names: ["run", "Muon_tightId"], stored: ["run", "Muon_tightId.list.element"] },
  ];
  for (const { names, stored } of cases)
    for (const [start, stop, groups] of [
      [0, 40, [0, 1, 2]],
      [15, 30, [1]],
      [3, 5, [0]],
      [29, 31, [1, 2]],
      [7, 7, []],
    ] as const) {
      const before = source.bytes();
      const result = await readColumns(source, file, paths(...names), start, stop);
      const wanted = chunkBytes(bytes, stored, groups);
      expect(source.bytes() - before).toBe(wanted);
      expect(result.bytesRead).toBe(wanted);
      expect(result.bytesByRequest.reduce((a, b) => a + b)).toBe(wanted);
      expect([...result.buffers].sort()).toEqual([...stored].sort());
      expect(planColumns(file, paths(...names), start, stop).bytes).toBe(wanted);
      for (const column of result.columns) checkColumn(good(column), stop - start);
    }
});

test("neighbouring chunks are one request", async () => {
  const { file } = await openFixture("events-zstd-v1");
  const plan = planColumns(file, paths("Muon_pt", "Muon_eta", "MET_pt"), 0, 40);
  expect(plan.ranges).toHaveLength(2);
  expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  expect(plan.rowGroups[0]!.chunks.map((chunk) => chunk.column)).toEqual([
    "Muon_pt.list.element",
    "Muon_eta.list.element",
    "MET_pt",
  ]);
});

for (const name of ["events-pages-optional-v1", "events-pages-required-v2", "nested-pages", "nulls-pages"])
  test(`every range of ${name} equals the slice of the whole`, async () => {
    const { source, file } = await openFixture(name);
    const requests = file.fields.map((field) => ({ path: [field.name] }));
    const whole = (await readColumns(source, file, requests, 0, file.rows)).columns.map((c) => plainValues(good(c)));
    for (let start = 0; start <= file.rows; start++)
      for (let stop = start; stop <= file.rows; stop++) {
        const { columns } = await readColumns(source, file, requests, start, stop);
        for (const [i, column] of columns.entries()) {
          checkColumn(good(column), stop - start);
          expect(exactText(plainValues(good(column)))).toBe(exactText(whole[i]!.slice(start, stop)));
        }
      }
  });

test("columns of one group share one offsets array", async () => {
  for (const name of ["events-zstd-v1", "events-pages-optional-v1", "events-pages-optional-v2", "events-format-1"]) {
    const { source, file } = await openFixture(name);
    const members = ["Muon_pt", "Muon_eta", "Muon_charge", "Muon_tightId"];
    const requests = [...members, "nMuon"].map((column) => ({ path: [column], group: "Muon" }));
    for (const [start, stop] of [
      [0, 40],
      [13, 33],
    ] as const) {
      const { columns } = await readColumns(source, file, requests, start, stop);
      const lists = columns.slice(0, 4).map((column) => good(column) as ListColumn);
      for (const list of lists) expect(list.offsets).toBe(lists[0]!.offsets);
      const counts = toList(good(columns[4])) as number[];
      expect(counts).toEqual(counts.map((_, i) => lists[0]!.offsets[i + 1]! - lists[0]!.offsets[i]!));
    }
  }
});

/** A file with these columns, written by ourselves. */
async function written(columns: Readonly<Record<string, Column>>, rowGroupRows = 4): Promise<ParquetFileInMemory> {
  const sink = memorySink();
  await writeParquet(sink, columns, { rowGroupRows });
  const source = memorySource(sink.bytes(), "written.parquet");
  return { source, file: await openParquet(source) };
}

interface ParquetFileInMemory {
  readonly source: ReturnType<typeof memorySource>;
  readonly file: ParquetFile;
}

test("lists that disagree are refused, naming both columns and the first event", async () => {
  const { source, file } = await written({
    nJet: fromList([2, 1, 0, 1, 0, 3], "int32"),
    Jet_pt: fromList([[1, 2], [3], [], [4], [], [5, 6, 7]], "var * float32"),
    Jet_eta: fromList([[1, 2], [3], [], [4], [], [5, 6, 7]], "var * float32"),
    Jet_mass: fromList([[1, 2], [3], [], [], [4], [5, 6, 7]], "var * float32"),
    nWrong: fromList([2, 1, 0, 1, 0, 2], "int32"),
    Jet_one: fromList([1, 2, 3, 4, 5, 6], "float32"),
  });
  const requests = file.fields.map((field) => ({ path: [field.name], group: "Jet" }));
  const { columns } = await readColumns(source, file, requests, 0, 6);
  const [nJet, pt, eta, mass, nWrong, one] = columns;
  expect(toList(good(nJet))).toEqual([2, 1, 0, 1, 0, 3]);
  expect((good(eta) as ListColumn).offsets).toBe((good(pt) as ListColumn).offsets);
  expect(failure(mass).fields).toMatchObject({ code: "CorruptOffsets", column: "Jet_mass", start: 3 });
  expect(failure(mass).message).toMatch(/written\.parquet.*Jet_mass.*Jet_pt.*event 3/);
  expect(failure(nWrong).message).toMatch(/nWrong.*Jet_pt.*event 5/);
  expect(failure(one).message).toMatch(/Jet_one.*one value an event/);

  const later = await readColumns(source, file, requests.slice(3, 4), 4, 6, {
    known: new Map([["Jet", { offsets: (good(pt) as ListColumn).offsets.slice(0, 3), column: "Jet_pt" }]]),
  });
  expect(failure(later.columns[0]).message).toMatch(/Jet_mass.*Jet_pt.*event 4/);

  const apart = await readColumns(source, file, paths("Jet_pt", "Jet_mass"), 0, 6);
  for (const column of apart.columns) good(column);
});

test("offsets that are known are verified and reused", async () => {
  const { source, file } = await openFixture("events-zstd-v1");
  const request = (column: string): ColumnRequest => ({ path: [column], group: "Muon" });
  const first = good((await readColumns(source, file, [request("Muon_pt")], 5, 25)).columns[0]) as ListColumn;
  const known = new Map([["Muon", { offsets: first.offsets, column: "Muon_pt" }]]);
  const { columns } = await readColumns(source, file, [request("Muon_charge")], 5, 25, { known });
  expect((good(columns[0]) as ListColumn).offsets).toBe(first.offsets);
});

test("a missing list is not an empty one", async () => {
  const { source, file } = await openFixture("nulls-mixed");
  const requests = paths("list_of_required", "optional_list_of_required").map((r) => ({ ...r, group: "x" }));
  const { columns } = await readColumns(source, file, requests, 0, 4);
  expect(failure(columns[1]).message).toMatch(/optional_list_of_required.*list_of_required.*event 1/);
});

test("members inside records and lists of records", async () => {
  for (const name of ["layout-nested-optional", "layout-nested-required"]) {
    const { source, file } = await openFixture(name);
    const requests = [
      ...paths("Muon/pt", "Muon/charge").map((r) => ({ ...r, group: "Muon" })),
      ...paths("MET/pt", "Muon", "MET"),
    ];
    const { columns, buffers } = await readColumns(source, file, requests, 10, 30);
    const [pt, charge, met, muons, mets] = columns.map(good);
    expect([pt, charge, met].map((column) => typeName(column!))).toEqual(["var * float32", "var * int32", "float32"]);
    expect((pt as ListColumn).offsets).toBe((charge as ListColumn).offsets);
    expect(toList(muons!)).toEqual(
      toList(pt!).map((list, i) =>
        (list as number[]).map((value, k) => ({ pt: value, charge: (toList(charge!)[i] as number[])[k] })),
      ),
    );
    expect((toList(mets!) as { pt: number }[]).map((met) => met.pt)).toEqual(toList(met!));
    expect(buffers).toContain("Muon.list.element.pt");
    expect(fieldAt(file, ["Muon", "pt"]).type).toMatchObject({ kind: "list", element: { type: { dtype: "float32" } } });
  }
});

test("a member of a record that may be missing is missing with it", async () => {
  const { source, file } = await openFixture("nulls-v1");
  const { columns } = await readColumns(source, file, paths("record/a", "records/pt", "records/q"), 0, 6);
  expect(columns.map((column) => toList(good(column)))).toEqual([
    [1, null, null, 4, null, null],
    [[1.5, null], null, [], [null], [null], [2.5]],
    [[1, null], null, [], [-1], [null], [null]],
  ]);
  expect((good(columns[0]) as { values: Int32Array }).values).toEqual(Int32Array.of(1, 0, 0, 4, 0, 0));
  const { nested, source: other } = await openFixture("nested-v1").then((f) => ({ nested: f.file, source: f.source }));
  const members = await readColumns(other, nested, paths("chain/a/b/c", "hits/hits", "inside/pt"), 0, 5);
  expect(members.columns.map((column) => toList(good(column)))).toEqual([
    [1n, null, null, null, 5n],
    [[[1, 2], []], [], [null], null, [null]],
    [[1.5], [], null, null, [2.5, 3.5]],
  ]);
});

test("missing floats are NaN, missing integers 0, and validity is there only where something is missing", async () => {
  const { source, file } = await openFixture("nulls-v2");
  const { columns } = await readColumns(source, file, paths("value", "integer", "list"), 0, 6);
  const [value, integer] = columns.map(good) as { values: unknown; validity?: Uint8Array }[];
  expect(value!.values).toEqual(Float32Array.of(1.5, Number.NaN, 2.5, Number.NaN, 3.5, Number.NaN));
  expect(integer!.values).toEqual(Int16Array.of(0, 2, 0, 4, 5, 6));
  expect(value!.validity).toEqual(Uint8Array.of(0b010101));
  const part = await readColumns(source, file, paths("integer"), 3, 6);
  expect(good(part.columns[0]).validity).toBeUndefined();
});

test("event numbers above 2^53 are exact", async () => {
  const { source, file } = await openFixture("events-encodings-required-v1");
  const { columns } = await readColumns(source, file, paths("event"), 0, 40);
  const { values } = good(columns[0]) as { values: BigUint64Array };
  expect(values).toBeInstanceOf(BigUint64Array);
  expect([...values].filter((value) => BigInt(Number(value)) !== value).length).toBeGreaterThan(10);
  const big = [2n ** 63n - 1n, 2n ** 53n + 1n, 0n];
  const own = await written({ event: fromList(big, "uint64") });
  expect(toList(good((await readColumns(own.source, own.file, paths("event"), 0, 3)).columns[0]))).toEqual(big);
});

test("no rows, no row groups, an empty row group", async () => {
  for (const name of ["empty-rows", "empty-no-row-group"]) {
    const { source, file } = await openFixture(name);
    const { columns, bytesRead } = await readColumns(
      source,
      file,
      file.fields.map((f) => ({ path: [f.name] })),
      0,
      0,
    );
    for (const column of columns) checkColumn(good(column), 0);
    expect(bytesRead).toBe(0);
  }
  const { source, file } = await openFixture("empty-group-between");
  expect(file.rowGroups.map((group) => group.rows)).toEqual([13, 0, 27]);
  checkColumn(good((await readColumns(source, file, paths("Muon_pt"), 12, 14)).columns[0]), 2);
});

test("an unknown column is refused with the nearest names, and the others are read", async () => {
  const { source, file } = await openFixture("events-zstd-v1");
  const { columns } = await readColumns(source, file, paths("Muon_ptt", "MET_pt", "Muon_pt/x"), 0, 40);
  const [unknown, met, member] = columns;
  expect(failure(unknown)).toMatchObject({ kind: "MissingColumnError", fields: { column: "Muon_ptt" } });
  expect((failure(unknown) as CortadoError<"MissingColumnError">).fields.nearest[0]).toBe("Muon_pt");
  expect(failure(unknown).message).toContain("events-zstd-v1.parquet");
  expect(good(met).length).toBe(40);
  expect(failure(member).kind).toBe("MissingColumnError");
  expect(() => planColumns(file, paths("Muon_ptt"), 0, 1)).toThrow(/Nearest: Muon_pt/);
  const nested = await openFixture("layout-nested-required");
  expect(() => fieldAt(nested.file, ["Muon", "ptt"])).toThrow(/Muon\.ptt.*Nearest: Muon\.pt/);
});

test("a bad column does not spoil the others, and says where it is", async () => {
  const { bytes, file } = await openFixture("events-checksums");
  const leaf = file.leaves.findIndex((l) => l.path[0] === "Muon_pt");
  const chunk = file.rowGroups[0]!.chunks[leaf]!;
  bytes[chunk.stop - 3]! ^= 0x10;
  const { columns } = await readColumns(memorySource(bytes, "bad.parquet"), file, paths("Muon_pt", "Muon_eta"), 0, 40);
  expect(failure(columns[0]).fields).toMatchObject({
    code: "CorruptPage",
    file: "events-checksums.parquet",
    column: "Muon_pt.list.element",
    rowGroup: 0,
    page: 1,
  });
  expect((failure(columns[0]).fields as { offset: number }).offset).toBeGreaterThan(chunk.start);
  expect(failure(columns[0]).message).toContain("checksum");
  good(columns[1]);
});

/** The file with every chunk changed. */
function changed(file: ParquetFile, change: object): ParquetFile {
  return {
    ...file,
    rowGroups: file.rowGroups.map((g) => ({ ...g, chunks: g.chunks.map((chunk) => ({ ...chunk, ...change })) })),
  };
}

test("codecs that cannot be read, encryption and ranges outside of the file are refused by name", async () => {
  const { source, file } = await openFixture("events-snappy-v1");
  const refusal = async (change: object): Promise<CortadoError> =>
    failure((await readColumns(source, changed(file, change), paths("MET_pt"), 0, 40)).columns[0]);
  for (const codec of ["LZO", "LZ4"]) {
    const error = await refusal({ codec });
    expect(error.fields).toMatchObject({ code: "UnsupportedCodec", column: "MET_pt" });
    expect(error.message).toMatch(new RegExp(`codec ${codec} .*parquet-cpp-arrow`));
  }
  expect((await refusal({ encrypted: true })).fields).toMatchObject({ code: "EncryptedFile" });
  expect((await refusal({ stop: 1e9 })).fields).toMatchObject({ code: "TruncatedFile" });
  expect((await refusal({ start: -5 })).fields).toMatchObject({ code: "TruncatedFile" });
});

test("a range that the file does not have is refused", async () => {
  const { source, file } = await openFixture("events-snappy-v1");
  for (const [start, stop] of [
    [0, 41],
    [-1, 3],
    [5, 4],
    [0.5, 2],
  ] as const)
    await expect(readColumns(source, file, paths("MET_pt"), start, stop)).rejects.toThrow(/has events 0 to 40/);
});
