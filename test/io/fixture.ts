import { readFileSync } from "node:fs";
import { join } from "node:path";
import { memorySource, openParquet, type ParquetFile } from "../../src/io/index.ts";

/** Folder of the small Parquet files made by test/fixtures/make-parquet.py. */
export const fixtures: string = join(import.meta.dirname, "../fixtures/parquet");

export function fixtureBytes(name: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(readFileSync(join(fixtures, `${name}.parquet`)));
}

export interface OpenFixture {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly source: ReturnType<typeof memorySource>;
  readonly file: ParquetFile;
}

export async function openFixture(name: string): Promise<OpenFixture> {
  const bytes = fixtureBytes(name);
  const source = memorySource(bytes, `${name}.parquet`);
  return { bytes, source, file: await openParquet(source) };
}

/** What a promise is rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}
