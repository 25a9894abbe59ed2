import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { CortadoError } from "../../src/errors.ts";
import { openFile, openParquet } from "../../src/io/index.ts";
import { rejection } from "./fixture.ts";

const folder = mkdtempSync(join(tmpdir(), "cortado-source-"));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, "Run2012B.parquet");
writeFileSync(
  path,
  Uint8Array.from({ length: 100 }, (_, i) => i),
);

test("ranges of a file", async () => {
  const source = await openFile(path);
  expect(source).toMatchObject({ name: path, byteLength: 100 });
  expect(await source.read(10, 13)).toEqual(Uint8Array.of(10, 11, 12));
  expect(await source.read(100, 100)).toEqual(new Uint8Array(0));
  expect(await rejection(source.read(90, 101))).toMatchObject({
    kind: "FormatError",
    fields: { code: "TruncatedFile" },
  });
  expect(await rejection(source.read(-1, 3))).toMatchObject({ kind: "FormatError" });
  await source.close();
  expect(await rejection(source.read(0, 1))).toMatchObject({ kind: "IoError", fields: { file: path } });
});

test("a file that is not there is refused with the nearest names of its folder", async () => {
  const error = await rejection(openFile(join(folder, "Run2012C.parquet")));
  expect(error).toBeInstanceOf(CortadoError);
  expect(error).toMatchObject({ kind: "NotFoundError", fields: { code: "NoSuchFile", nearest: ["Run2012B.parquet"] } });
  expect((error as Error).message).toContain("Nearest: Run2012B.parquet");
  expect(await rejection(openFile(join(folder, "no", "x.parquet")))).toMatchObject({ kind: "NotFoundError" });
  expect(await rejection(openFile(join(path, "x.parquet")))).toMatchObject({ kind: "NotFoundError" });
});

test("a folder is not a file", async () => {
  expect(await rejection(openFile(folder))).toMatchObject({ kind: "IoError", fields: { code: "ReadFailed" } });
});

test("a file of numbers is not Parquet", async () => {
  const source = await openFile(path);
  expect(await rejection(openParquet(source))).toMatchObject({
    kind: "FormatError",
    fields: { code: "NotParquet", file: path },
  });
  await source.close();
});
