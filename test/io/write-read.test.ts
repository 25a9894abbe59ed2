/** What the writer writes, the reader reads: bit for bit, for every codec, and any flipped byte of a page is noticed. */
import { crc32 } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { isCortadoError } from "../../src/errors.ts";
import {
  type Columns,
  fieldsOf,
  memorySink,
  memorySource,
  openParquet,
  readColumns,
  type WriteOptions,
  writeParquet,
} from "../../src/io/index.ts";
import { type Column, fromList, type ListColumn, toList } from "../../src/jagged/index.ts";
import { anyColumns, anyOptions } from "./any-columns.ts";

const count = 3000;
const events = Array.from({ length: count }, (_, i) => i);
const hash = (i: number): number => (Math.imul(i + 1, 0x9e3779b1) >>> 8) & 0xffff;
const lengths = events.map((i) => (i % 11 === 0 ? 0 : hash(i) % 5));
const lists = <T>(of: (i: number) => T): T[][] =>
  lengths.map((n, i) => Array.from({ length: n }, (_, k) => of(7 * i + k)));

const columns: Columns = {
  event: fromList(
    events.map((i) => 2n ** 63n + BigInt(hash(i)) * 2n ** 40n),
    "uint64",
  ),
  time: fromList(
    events.map((i) => -(BigInt(hash(i)) ** 3n)),
    "int64",
  ),
  x: fromList(
    events.map((i) => (i % 5 === 0 ? -0 : i % 7 === 0 ? Number.NaN : hash(i) / 3)),
    "float64",
  ),
  pt: fromList(
    lists((i) => hash(i) / 8),
    "var * float32",
  ),
  few: fromList(
    lists((i) => hash(i) % 6),
    "var * float32",
  ),
  charge: fromList(
    lists((i) => (i % 2) * 2 - 1),
    "var * int8",
  ),
  tight: fromList(
    lists((i) => hash(i) % 3 === 0),
    "var * bool",
  ),
  id: fromList(
    lists((i) => BigInt(hash(i))),
    "var * uint64",
  ),
  names: fromList(
    lists((i) => `µ${hash(i) % 9}`),
    "var * string",
  ),
  word: fromList(events.map((i) => "x".repeat(hash(i) % 4))),
  ok: fromList(events.map((i) => i % 3 === 0)),
  n: fromList(lengths, "uint32"),
  short: fromList(
    events.map((i) => hash(i) - 32768),
    "int16",
  ),
};

async function written(options: WriteOptions): Promise<Uint8Array<ArrayBuffer>> {
  const sink = memorySink();
  await writeParquet(sink, columns, options);
  return sink.bytes();
}

async function read(bytes: Uint8Array<ArrayBuffer>, start: number, stop: number): Promise<(Column | Error)[]> {
  const source = memorySource(bytes, "written.parquet");
  const file = await openParquet(source);
  const requests = file.fields.map(({ name }) => ({ path: [name] }));
  return [...(await readColumns(source, file, requests, start, stop)).columns];
}

test.each(["none", "snappy", "gzip", "zstd"] as const)("%s: whole and in part", async (codec) => {
  for (const options of [{}, { pageBytes: 500, rowGroupRows: 700 }, { dictionaryBytes: 0, pageBytes: 2000 }]) {
    const bytes = await written({ codec, ...options });
    for (const [start, stop] of [
      [0, count],
      [690, 711],
      [2999, 3000],
      [5, 5],
    ] as const)
      for (const [c, column] of (await read(bytes, start, stop)).entries()) {
        if (column instanceof Error) throw column;
        const name = Object.keys(columns)[c]!;
        expect(toList(column), name).toStrictEqual(toList(columns[name]!).slice(start, stop));
      }
  }
});

test("any column, with missing values and lists or without, in any pages", async () => {
  await fc.assert(
    fc.asyncProperty(anyColumns, anyOptions, fc.nat(), fc.nat(), async (columns, options, a, b) => {
      const sink = memorySink();
      const { events } = await writeParquet(sink, columns, options);
      const fields = (await openParquet(memorySource(sink.bytes(), "written.parquet"))).fields;
      expect(fields).toEqual(fieldsOf(columns));
      for (const [start, stop] of [
        [0, events],
        [Math.min(a % events, b % events), Math.max(a % events, b % events) + 1],
      ] as const)
        for (const [c, column] of (await read(sink.bytes(), start, stop)).entries()) {
          if (column instanceof Error) throw column;
          const [name, written] = Object.entries(columns)[c]!;
          expect(toList(column), name).toStrictEqual(toList(written).slice(start, stop));
        }
    }),
    { numRuns: 40, endOnFailure: true },
  );
});

test("types and bits are the same", async () => {
  const [, , x, pt] = (await read(await written({}), 0, count)) as Column[];
  expect(new BigInt64Array((x as { values: Float64Array }).values.slice().buffer)).toEqual(
    new BigInt64Array((columns["x"] as { values: Float64Array }).values.buffer),
  );
  expect((pt as ListColumn).offsets).toEqual((columns["pt"] as ListColumn).offsets);
});

test("every page has a checksum: a flipped byte in any of them is an error of its column", async () => {
  const bytes = await written({ codec: "zstd", pageBytes: 4000 });
  const file = await openParquet(memorySource(bytes, "written.parquet"));
  const before = crc32(bytes);
  for (const [leaf, { start, stop }] of file.rowGroups[0]!.chunks.entries()) {
    // The last byte of the chunk lies in a page, not in a header.
    bytes[stop - 1]! ^= 0x10;
    const failed = (await read(bytes, 0, count)).map((column) => column instanceof Error);
    expect(failed.indexOf(true), `bytes ${start} to ${stop}`).toBe(leaf);
    expect(failed.filter(Boolean).length).toBe(1);
    bytes[stop - 1]! ^= 0x10;
  }
  expect(crc32(bytes)).toBe(before);
  bytes[file.rowGroups[0]!.chunks[0]!.stop - 1]! ^= 0x10;
  expect(isCortadoError((await read(bytes, 0, count))[0], "FormatError")).toBe(true);
});
