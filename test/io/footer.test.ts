import { expect, test } from "vitest";
import { CortadoError } from "../../src/errors.ts";
import { countingSource, memorySource, openParquet, type ParquetFile, readColumns } from "../../src/io/index.ts";
import { fixtureBytes, openFixture, rejection } from "./fixture.ts";
import { plainValues } from "./plain-values.ts";

async function codeOf(bytes: Uint8Array): Promise<unknown> {
  const error = await rejection(openParquet(memorySource(bytes, "some.parquet")));
  expect(error).toBeInstanceOf(CortadoError);
  expect((error as CortadoError).message).toContain("some.parquet");
  expect((error as CortadoError).fields.file).toBe("some.parquet");
  return (error as CortadoError<"FormatError">).fields.code;
}

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

test("a footer is plain data that survives a thread", async () => {
  const { file } = await openFixture("events-pages-optional-v1");
  expect(structuredClone(file)).toEqual(file);
  expect(JSON.parse(JSON.stringify(file))).toEqual(file);
  expect(file).toMatchObject({ name: "events-pages-optional-v1.parquet", rows: 40 });
  expect(file.rowGroups.map(({ firstRow, rows }) => [firstRow, rows])).toEqual([
    [0, 15],
    [15, 15],
    [30, 10],
  ]);
  expect(file.createdBy).toMatch(/^parquet-cpp-arrow/);
  expect(file.leaves.map((leaf) => leaf.path.join("."))).toContain("Muon_pt.list.element");
});

test("opening reads the last eight bytes and the footer, nothing else", async () => {
  const bytes = fixtureBytes("events-zstd-v1");
  const source = countingSource(memorySource(bytes, "x"));
  await openParquet(source);
  const length = new DataView(bytes.buffer).getUint32(bytes.length - 8, true);
  expect(source.ranges).toEqual([
    { start: bytes.length - 8, stop: bytes.length },
    { start: bytes.length - 8 - length, stop: bytes.length },
  ]);
});

test("what is not a whole Parquet file is refused by name", async () => {
  const good = fixtureBytes("events-zstd-v1");
  const tail = (change: (bytes: Uint8Array) => void): Uint8Array => {
    const bytes = good.slice();
    change(bytes);
    return bytes;
  };
  const length = (value: number): Uint8Array =>
    tail((b) => new DataView(b.buffer).setUint32(b.length - 8, value, true));
  expect(await codeOf(new Uint8Array(0))).toBe("NotParquet");
  expect(await codeOf(text("PAR1"))).toBe("NotParquet");
  expect(await codeOf(text("just a text that is long enough"))).toBe("NotParquet");
  expect(await codeOf(text(`PAR1${"\0".repeat(96)}`))).toBe("TruncatedFile");
  expect(await codeOf(tail((b) => b.set(text("PARE"), b.length - 4)))).toBe("EncryptedFile");
  expect(await codeOf(length(0))).toBe("CorruptFooter");
  expect(await codeOf(length(good.length))).toBe("TruncatedFile");
  expect(await codeOf(length(0xffff_fffb))).toBe("TruncatedFile");
  expect(await codeOf(length(9))).toBe("CorruptFooter");
});

test("a file cut off anywhere is refused", async () => {
  const bytes = fixtureBytes("layout-nested-optional");
  for (let length = 0; length < bytes.length; length++)
    expect(["NotParquet", "TruncatedFile", "CorruptFooter"]).toContain(await codeOf(bytes.subarray(0, length)));
  for (const part of [0.1, 0.3, 0.5, 0.7, 0.9])
    expect(await codeOf(bytes.subarray(0, Math.floor(bytes.length * part)))).toBe("TruncatedFile");
});

test("a footer that contradicts itself is refused", async () => {
  const { bytes, file } = await openFixture("types-int96");
  // every byte of the footer in turn: right values, or an error that names the file
  const footer = bytes.length - 8 - new DataView(bytes.buffer).getUint32(bytes.length - 8, true);
  const good = await readEverything(bytes, file);
  for (let at = footer; at < bytes.length - 8; at++)
    for (const bit of [0, 3, 7]) {
      const flipped = bytes.slice();
      flipped[at]! ^= 1 << bit;
      const result = await readEverything(flipped);
      if (Array.isArray(result)) expect(result).toHaveLength((good as unknown[]).length);
    }
});

/** All values, or undefined after an error, which must be ours. */
async function readEverything(bytes: Uint8Array, known?: ParquetFile): Promise<unknown[] | undefined> {
  try {
    const source = memorySource(bytes, "flipped.parquet");
    const file = known ?? (await openParquet(source));
    if (file.rows > 1000) return undefined;
    const requests = file.fields.map((field) => ({ path: [field.name] }));
    const { columns } = await readColumns(source, file, requests, 0, file.rows);
    return columns.map((column) => {
      if (column instanceof Error) throw column;
      return plainValues(column);
    });
  } catch (error) {
    expect(error).toBeInstanceOf(CortadoError);
    return undefined;
  }
}
