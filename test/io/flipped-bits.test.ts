import { expect, test } from "vitest";
import { CortadoError } from "../../src/errors.ts";
import { memorySource, readColumns } from "../../src/io/index.ts";
import { openFixture } from "./fixture.ts";
import { checkColumn, exactText, plainValues } from "./plain-values.ts";

const fixtures = [
  "events-none-v1",
  "events-snappy-v1",
  "events-lz4-v2",
  "events-zstd-v2",
  "events-encodings-optional-v2",
  "nested-v2",
  "nulls-v1",
  "strings-prefixes",
];

/** Positions spread over the data, the same in every run. */
function* flips(end: number, count: number): Generator<readonly [at: number, mask: number]> {
  let state = 12345;
  const random = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  for (let i = 0; i < count; i++) yield [4 + Math.floor(random() * (end - 4)), 1 << Math.floor(random() * 8)];
}

for (const name of fixtures)
  test(`flipped bits in ${name} give an error or columns of the right shape`, async () => {
    const { bytes, file } = await openFixture(name);
    const requests = file.fields.map((field) => ({ path: [field.name] }));
    const end = Math.max(...file.rowGroups.flatMap((group) => group.chunks.map((chunk) => chunk.stop)));
    let refused = 0;
    for (const [at, mask] of flips(end, 400)) {
      const flipped = bytes.slice();
      flipped[at]! ^= mask;
      const { columns } = await readColumns(memorySource(flipped, "flipped"), file, requests, 0, file.rows);
      for (const column of columns)
        if (column instanceof Error) {
          refused++;
          expect(column).toBeInstanceOf(CortadoError);
          expect((column as CortadoError).kind).toBe("FormatError");
        } else checkColumn(column, file.rows);
    }
    expect(refused).toBeGreaterThan(0);
  });

test("with page checksums every flipped bit of a page is found", async () => {
  const { bytes, file, source } = await openFixture("events-checksums");
  const requests = file.fields.map((field) => ({ path: [field.name] }));
  const text = (columns: readonly unknown[]): string[] => columns.map((c) => exactText(plainValues(c as never)));
  const good = text((await readColumns(source, file, requests, 0, file.rows)).columns);
  const end = Math.max(...file.rowGroups.flatMap((group) => group.chunks.map((chunk) => chunk.stop)));
  let refused = 0;
  for (const [at, mask] of flips(end, 500)) {
    const flipped = bytes.slice();
    flipped[at]! ^= mask;
    const { columns } = await readColumns(memorySource(flipped, "flipped"), file, requests, 0, file.rows);
    for (const [i, column] of columns.entries())
      if (column instanceof Error) refused++;
      // a flip in a header may leave everything that matters as it is, in a page it may not
      else expect(text([column])[0]).toBe(good[i]);
  }
  expect(refused).toBeGreaterThan(400);
});
