import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { memorySource, openParquet, readColumns } from "../../src/io/index.ts";
import { type Content, expectContent, expectRequired, noteFile, ranges, type Seen } from "./parquet-content.ts";

/** Made by test/fixtures/make-parquet.py. */
const folder = join(import.meta.dirname, "../fixtures/parquet");
const { contents, files } = JSON.parse(readFileSync(join(folder, "content.json"), "utf8")) as {
  readonly contents: Readonly<Record<string, Content>>;
  readonly files: Readonly<Record<string, string>>;
};

const seen: Seen = new Map();

for (const [name, content] of Object.entries(files))
  test(`${name} reads as ${content}, whole and in parts`, async () => {
    const bytes = readFileSync(join(folder, name));
    const source = memorySource(bytes, name);
    const file = await openParquet(source);
    const wanted = contents[content]!;
    expect(file.fields.map((field) => field.name)).toEqual(Object.keys(wanted));
    const requests = Object.keys(wanted).map((top) => ({ path: [top] }));
    for (const [start, stop] of [[0, file.rows] as const, ...ranges(file)])
      expectContent((await readColumns(source, file, requests, start, stop)).columns, wanted, start, stop);
    noteFile(seen, bytes, file);
  });

test("the fixtures hold everything that must be read", () => expectRequired(seen));
