import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, zstdDecompressSync } from "node:zlib";
import fc from "fast-check";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isCortadoError } from "../../src/errors.ts";
import { type Columns, openWriter, type WriteOptions, writeParquet } from "../../src/io/write.ts";
import { fieldsOf } from "../../src/io/write-schema.ts";
import { memorySink } from "../../src/io/write-sink.ts";
import { type Column, fromList, isValid, type ListColumn, toList } from "../../src/jagged/index.ts";
import { anyColumns, anyOptions } from "./any-columns.ts";

async function bytesOf(columns: Columns, options?: WriteOptions): Promise<Uint8Array<ArrayBuffer>> {
  const sink = memorySink();
  const report = await writeParquet(sink, columns, options);
  expect(report.bytes).toBe(sink.bytes().length);
  return sink.bytes();
}

/** What hyparquet, which shares no code with the writer, finds in the bytes. */
async function readBack(bytes: Uint8Array<ArrayBuffer>): Promise<Record<string, unknown[]>> {
  const rows = await parquetReadObjects({
    file: bytes.buffer,
    utf8: false,
    compressors: {
      GZIP: (input, length) => check(gunzipSync(input), length),
      ZSTD: (input, length) => check(zstdDecompressSync(input), length),
    },
  });
  const names = parquetMetadata(bytes.buffer).schema.flatMap((e) =>
    e.name === "list" || e.name === "element" ? [] : e.name,
  );
  return Object.fromEntries(names.slice(1).map((name) => [name, rows.map((row) => plainOf(row[name]))]));
}
const check = (output: Uint8Array, length: number): Uint8Array => {
  expect(output.length).toBe(length);
  return output;
};
const plainOf = (value: unknown): unknown =>
  value === undefined
    ? null
    : Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof Uint8Array))
      ? Array.from(value as ArrayLike<unknown>, plainOf)
      : value;

const expected = (columns: Columns): Record<string, unknown[]> =>
  Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, toList(column)]));

describe("another reader finds what was written", () => {
  test("any type, row group, page, dictionary and codec", async () => {
    await fc.assert(
      fc.asyncProperty(anyColumns, anyOptions, async (columns, options) => {
        expect(await readBack(await bytesOf(columns, options))).toStrictEqual(expected(columns));
      }),
      { numRuns: 20, endOnFailure: true },
    );
  });

  test("any cut into appends gives the same bytes", async () => {
    await fc.assert(
      fc.asyncProperty(anyColumns, anyOptions, fc.infiniteStream(fc.nat(9)), async (columns, options, cuts) => {
        const sink = memorySink();
        const writer = await openWriter(sink, fieldsOf(columns), options);
        const { length } = Object.values(columns)[0]!;
        for (let start = 0; start < length; ) {
          const stop = Math.min(length, start + cuts.next().value!);
          await writer.append(
            Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, slice(column, start, stop)])),
          );
          start = stop;
        }
        await writer.close();
        expect(Buffer.from(sink.bytes()).equals(await bytesOf(columns, options))).toBe(true);
      }),
      { numRuns: 20, endOnFailure: true },
    );
  });

  test("the arrays may be reused after append", async () => {
    const values = Float32Array.of(1, 2, 3);
    const columns: Columns = { x: { kind: "primitive", dtype: "float32", length: 3, values } };
    const sink = memorySink();
    const writer = await openWriter(sink, fieldsOf(columns));
    await writer.append(columns);
    values.fill(9);
    await writer.append(columns);
    await writer.close();
    expect(await readBack(sink.bytes())).toEqual({ x: [1, 2, 3, 9, 9, 9] });
  });

  test("what stands where a value is missing is not written", async () => {
    const validity = Uint8Array.of(0b101);
    const bytes = new TextEncoder().encode("abbbc");
    const dirty: Columns = {
      x: { kind: "primitive", dtype: "int32", length: 3, values: Int32Array.of(1, 77, 3), validity },
      s: { kind: "string", encoding: "utf8", length: 3, offsets: Int32Array.of(0, 1, 4, 5), bytes, validity },
    };
    const clean: Columns = { x: fromList([1, null, 3], "?int32"), s: fromList(["a", null, "c"]) };
    expect(await readBack(await bytesOf(dirty))).toEqual({ x: [1, null, 3], s: ["a", null, "c"] });
    expect(await bytesOf(dirty)).toEqual(await bytesOf(clean));
  });

  test("bits survive a dictionary: -0 and the payload of a NaN", async () => {
    const values = new Float32Array(400);
    const bits = new Int32Array(values.buffer);
    for (let i = 0; i < bits.length; i++) bits[i] = [0, -0x80000000, 0x7fc00000, 0x7fc01234][i % 4]!;
    const bytes = await bytesOf({ x: { kind: "primitive", dtype: "float32", length: 400, values } }, { codec: "none" });
    const { columns } = parquetMetadata(bytes.buffer).row_groups[0]!;
    expect(columns[0]!.meta_data!.encodings).toContain("RLE_DICTIONARY");
    // The dictionary page holds the four patterns in order of appearance.
    expect(Buffer.from(bytes).indexOf(Buffer.from(bits.buffer, 0, 16))).toBeGreaterThan(0);
  });

  test("no events, and empty lists only", async () => {
    expect(await readBack(await bytesOf({ x: fromList([], "float32") }))).toEqual({ x: [] });
    expect(await readBack(await bytesOf({ x: fromList([[], [], []], "var * float32") }))).toEqual({ x: [[], [], []] });
  });
});

describe("the footer", () => {
  const many = Array.from({ length: 5000 }, (_, i) => i);
  const columns: Columns = {
    nJet: fromList(
      many.map((i) => i % 4),
      "uint32",
    ),
    Jet_pt: fromList(
      many.map((i) => Array.from({ length: i % 4 }, (_, k) => 20 + ((i * k) % 50))),
      "var * float32",
    ),
    event: fromList(
      many.map((i) => 2n ** 63n + BigInt(i)),
      "uint64",
    ),
    charge: fromList(
      many.map((i) => (i % 3) - 1),
      "int8",
    ),
    ok: fromList(
      many.map((i) => i > 2),
      "bool",
    ),
    name: fromList(many.map((i) => `n${i % 7}`)),
    MET: fromList(
      many.map((i) => (i === 0 ? -0 : i / 2)),
      "float64",
    ),
    nan: fromList(
      many.map((i) => (i === 9 ? Number.NaN : i)),
      "float64",
    ),
  };

  test("names types as the format has them", async () => {
    const { schema, key_value_metadata, created_by } = parquetMetadata(
      (await bytesOf(columns, { keyValues: { "root.tree": "Events" } })).buffer,
    );
    expect(key_value_metadata).toEqual([{ key: "root.tree", value: "Events" }]);
    expect(created_by).toMatch(/^cortado version \d+\.\d+\.\d+$/);
    const find = (name: string) => schema.filter((e) => e.name === name)[0];
    expect(find("nJet")).toMatchObject({ type: "INT32", repetition_type: "REQUIRED", converted_type: "UINT_32" });
    expect(find("nJet")!.logical_type).toEqual({ type: "INTEGER", bitWidth: 32, isSigned: false });
    expect(find("event")).toMatchObject({ type: "INT64", converted_type: "UINT_64" });
    expect(find("charge")).toMatchObject({ type: "INT32", converted_type: "INT_8" });
    expect(find("ok")).toMatchObject({ type: "BOOLEAN" });
    expect(find("name")).toMatchObject({ type: "BYTE_ARRAY", converted_type: "UTF8" });
    expect(schema.slice(2, 5)).toMatchObject([
      { name: "Jet_pt", repetition_type: "REQUIRED", converted_type: "LIST", num_children: 1 },
      { name: "list", repetition_type: "REPEATED", num_children: 1 },
      { name: "element", repetition_type: "REQUIRED", type: "FLOAT" },
    ]);
  });

  test("has nullable columns as OPTIONAL, with the number of values that are not there", async () => {
    const { schema, row_groups } = parquetMetadata(
      (
        await bytesOf({
          x: fromList([1, null, -3, null, null], "?float32"),
          none: fromList([null, null, null, null, null], "?int16"),
          all: { ...fromList([true, false, true, true, true]), validity: Uint8Array.of(0b11111) },
          word: fromList(["b", null, "a", "", null], "?string"),
          elements: fromList([[1, null], [], [null], [2], [3]], "var * ?float32"),
          lists: fromList([[1, 2], null, [], null, [3]], "option[var * float32]"),
          both: fromList([[1, null], null, [], [2], null], "option[var * ?float32]"),
        })
      ).buffer,
    );
    const repetition = (name: string): unknown[] => {
      const at = schema.findIndex((e) => e.name === name);
      return schema.slice(at, at + (schema[at]!.num_children === 1 ? 3 : 1)).map((e) => e.repetition_type);
    };
    for (const name of ["x", "none", "all", "word"]) expect(repetition(name)).toEqual(["OPTIONAL"]);
    expect(repetition("elements")).toEqual(["REQUIRED", "REPEATED", "OPTIONAL"]);
    expect(repetition("lists")).toEqual(["OPTIONAL", "REPEATED", "REQUIRED"]);
    expect(repetition("both")).toEqual(["OPTIONAL", "REPEATED", "OPTIONAL"]);
    const statistics = Object.fromEntries(
      row_groups[0]!.columns.map((c) => [c.meta_data!.path_in_schema[0], c.meta_data!.statistics]),
    );
    expect(statistics["x"]).toMatchObject({ null_count: 3n, min_value: -3, max_value: 1 });
    expect(statistics["none"]).toMatchObject({ null_count: 5n, min_value: undefined, max_value: undefined });
    expect(statistics["all"]).toMatchObject({ null_count: 0n, min_value: false, max_value: true });
    expect(statistics["word"]).toMatchObject({ null_count: 2n, min_value: "", max_value: "b" });
    // Entries without a value: missing elements, and empty or missing lists.
    expect(statistics["elements"]).toEqual({ null_count: 3n });
    expect(statistics["lists"]).toEqual({ null_count: 3n });
    expect(statistics["both"]).toEqual({ null_count: 4n });
  });

  test("has a dictionary only where it pays, and bounds only where they are true", async () => {
    const metadata = parquetMetadata((await bytesOf(columns, { rowGroupRows: 4000 })).buffer);
    expect(metadata.row_groups.map((group) => Number(group.num_rows))).toEqual([4000, 1000]);
    const chunks = Object.fromEntries(
      metadata.row_groups[0]!.columns.map((c) => [c.meta_data!.path_in_schema[0], c.meta_data!]),
    );
    const inDictionary = Object.keys(chunks).filter((name) => chunks[name]!.encodings.includes("RLE_DICTIONARY"));
    expect(inDictionary).toEqual(["nJet", "Jet_pt", "charge", "name"]);
    expect(chunks["event"]!.statistics).toMatchObject({
      min_value: 2n ** 63n,
      max_value: 2n ** 63n + 3999n,
      null_count: 0n,
    });
    expect(chunks["charge"]!.statistics).toMatchObject({ min_value: -1, max_value: 1 });
    expect(chunks["ok"]!.statistics).toMatchObject({ min_value: false, max_value: true });
    expect(chunks["name"]!.statistics).toMatchObject({ min_value: "n0", max_value: "n6" });
    expect(chunks["MET"]!.statistics).toMatchObject({ min_value: -0, max_value: 1999.5 });
    expect(chunks["nan"]!.statistics).toMatchObject({ min_value: undefined, max_value: undefined, null_count: 0n });
    expect(chunks["Jet_pt"]!.statistics).toBeUndefined();
  });

  test("and all pages of columns without missing values are, to the byte, what the first version wrote", async () => {
    const bytes = await bytesOf(columns, { codec: "none", pageBytes: 3000, rowGroupRows: 2000 });
    expect(createHash("sha256").update(bytes).digest("hex").slice(0, 16)).toBe("2f6ac54567ae551e");
  });

  test("row groups keep to the bytes asked for", async () => {
    const metadata = parquetMetadata((await bytesOf(columns, { rowGroupBytes: 10_000 })).buffer);
    expect(metadata.row_groups.length).toBeGreaterThan(10);
    expect(metadata.row_groups.reduce((sum, group) => sum + Number(group.num_rows), 0)).toBe(5000);
  });
});

describe("files", () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "cortado-write-"))));
  afterAll(() => rmSync(folder, { recursive: true }));
  const columns: Columns = { x: fromList([1, 2, 3]) };

  test("appear only when they are whole", async () => {
    const path = join(folder, "whole.parquet");
    writeFileSync(path, "old");
    const writer = await openWriter(path, fieldsOf(columns), { rowGroupRows: 1 });
    await writer.append(columns);
    expect(readFileSync(path, "utf8")).toBe("old");
    await writer.close();
    expect(await readBack(new Uint8Array(readFileSync(path)))).toEqual({ x: [1, 2, 3] });
    expect(readdirSync(folder)).toEqual(["whole.parquet"]);
  });

  test("leave nothing behind after an error or abort", async () => {
    const before = readdirSync(folder);
    await expect(writeParquet(join(folder, "bad.parquet"), { x: fromList([[[1]]]) })).rejects.toThrow();
    const refusing = await openWriter(join(folder, "refusing.parquet"), fieldsOf(columns));
    await expect(refusing.append({ x: fromList([1, null]) })).rejects.toThrow(/missing value/);
    const writer = await openWriter(join(folder, "given-up.parquet"), fieldsOf(columns));
    await writer.abort();
    await expect(writer.append(columns)).rejects.toThrow(/closed/);
    expect(readdirSync(folder)).toEqual(before);
  });

  test("in no folder, or where a folder is", async () => {
    const nowhere = await failure(writeParquet(join(folder, "no", "x.parquet"), columns));
    expect(isCortadoError(nowhere, "NotFoundError") && nowhere.message).toContain(join(folder, "no"));
    const taken = await failure(writeParquet(folder, columns));
    expect(isCortadoError(taken, "IoError") && taken.fields).toMatchObject({ code: "WriteFailed", file: folder });
    expect(
      readdirSync(join(folder, "..")).filter((name) => name.endsWith(".part") && name.includes("cortado-write-")),
    ).toEqual([]);
  });
});

describe("what cannot be written says why", () => {
  test.each<[string, Columns, string, RegExp]>([
    ["unequal lengths", { x: fromList([1]), y: fromList([1, 2]) }, "ShapeError", /"y" has 2 events, column "x" has 1/],
    ["records", { x: fromList([{ a: 1 }]) }, "UsageError", /"x" is a record/],
    ["lists of lists", { x: fromList([[[1]]]) }, "UsageError", /"x" is a list of lists/],
    ["no columns", {}, "UsageError", /without columns/],
    [
      "offsets that fall",
      { x: { kind: "list", length: 2, offsets: Int32Array.of(0, 2, 1), content: fromList([1, 2]) } },
      "FormatError",
      /offsets are not in order, first those of event 1/,
    ],
    [
      "elements of a missing list",
      { x: { ...(fromList([[1], [2]]) as ListColumn), validity: Uint8Array.of(0b01) } },
      "FormatError",
      /a list that is missing has elements, in event 1/,
    ],
  ])("%s", async (_, columns, kind, message) => {
    const error = await failure(writeParquet(memorySink(), columns));
    expect((error as { kind?: string }).kind).toBe(kind);
    expect((error as Error).message).toMatch(message);
  });

  test("columns that are not the schema's", async () => {
    const schema = fieldsOf({ pt: fromList([1], "float32") });
    const append = async (columns: Columns): Promise<unknown> =>
      failure((await openWriter(memorySink(), schema)).append(columns));
    expect(await append({ ptt: fromList([1]) })).toMatchObject({
      kind: "MissingColumnError",
      fields: { column: "pt" },
    });
    expect(await append({ pt: fromList([1], "float32"), eta: fromList([1]) })).toMatchObject({
      fields: { column: "eta" },
    });
    expect(await append({ pt: fromList([1]) })).toMatchObject({
      message: expect.stringContaining("is float64, but the file has it as float32"),
    });
  });

  test.each<[string, unknown[], unknown[], string]>([
    ["float64", [1], [1, null], "event 1"],
    ["var * float64", [[1]], [[], [1, null]], "element 1 of event 1"],
    ["var * ?float64", [[null, 1]], [[1, null], null], "event 1"],
    ["option[var * float64]", [null, [1]], [null, [1, null]], "element 1 of event 1"],
  ])("missing values where the schema is %s", async (type, sample, values, where) => {
    const schema = fieldsOf({ x: fromList(sample) });
    const error = await failure((await openWriter(memorySink(), schema)).append({ x: fromList(values) }));
    expect(isCortadoError(error, "MissingValueError") && error.message).toBe(
      `column "x" has a missing value in ${where}, but the file has it as ${type}, without missing values`,
    );
  });

  test.each<[object, RegExp]>([
    [{ codec: "zst" }, /codec "zst" is not known. Nearest: zstd/],
    [{ rowGroupRows: 200_000 }, /rowGroupRows is 200000, it must be an integer from 1 to 131072/],
    [{ codec: "gzip", level: 12 }, /level is 12, it must be an integer from 1 to 9/],
    [{ codec: "snappy", level: 1 }, /has no levels/],
  ])("option %j", async (options, message) => {
    const error = await failure(writeParquet(memorySink(), { x: fromList([1]) }, options as WriteOptions));
    expect(isCortadoError(error, "UsageError") && error.message).toMatch(message);
  });

  test("two calls at once", async () => {
    const columns = { x: fromList([1]) };
    const writer = await openWriter(memorySink(), fieldsOf(columns));
    const first = writer.append(columns);
    await expect(writer.append(columns)).rejects.toThrow(/await it first/);
    await first;
    expect(await writer.close()).toMatchObject({ events: 1 });
  });
});

async function failure(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

/** Entries `start..stop`, lists with offsets that do not begin at 0. */
function slice(column: Column, start: number, stop: number): Column {
  const length = stop - start;
  const validity = new Uint8Array((length + 7) >> 3);
  for (let i = 0; i < length; i++) if (isValid(column, start + i)) validity[i >> 3]! |= 1 << (i & 7);
  const shape = { length, ...(column.validity !== undefined && { validity }) };
  switch (column.kind) {
    case "primitive":
      return { ...column, ...shape, values: column.values.slice(start, stop) as never };
    case "string":
    case "list":
      return { ...column, ...shape, offsets: column.offsets.slice(start, stop + 1) };
    case "record":
      throw new Error("not needed");
  }
}
