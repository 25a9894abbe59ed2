import { expect, test } from "vitest";
import { dataParts, PageFailure, pagesOf } from "../../src/io/pages.ts";
import type { Chunk, Leaf } from "../../src/io/parquet-file.ts";

const zigzag = (value: number): number[] => {
  const bytes: number[] = [];
  let rest = value >= 0 ? 2 * value : -2 * value - 1;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return [...bytes, rest];
};

/** A field of type i32 which follows the field before. */
const next = (value: number): number[] => [0x15, ...zigzag(value)];

/** A data page of version 1 with `values` values in `size` bytes, and members of its header that nobody knows. */
function dataPage(values: number, size: number, extra: readonly number[] = []): number[] {
  const inner = [...next(values), ...next(0), ...next(3), ...next(3), ...extra, 0];
  return [...next(0), ...next(size), ...next(size), 0x2c, ...inner, 0, ...new Array(size).fill(7)];
}

/** An index page, which no reader needs: type 1. */
const indexPage = (size: number): number[] => [...next(1), ...next(size), ...next(size), 0, ...new Array(size).fill(1)];

const chunk = (values: number): Chunk => ({
  start: 0,
  stop: 0,
  codec: "UNCOMPRESSED",
  values,
  uncompressed: 0,
  encodings: [],
  encrypted: false,
});

const scan = (bytes: readonly number[], values: number) => pagesOf(Uint8Array.from(bytes), chunk(values));

test("pages by their headers; unknown kinds of pages and unknown fields are passed over", () => {
  const unknown = [0x18, 3, 1, 2, 3, 0x19, 0x28, 1, 65, 1, 66, 0x17, 1, 2, 3, 4, 5, 6, 7, 8, 0x1c, 0x11, 0x12, 0];
  const bytes = [...indexPage(5), ...dataPage(3, 4, unknown), ...indexPage(0), ...dataPage(2, 9), 99, 99];
  const pages = scan(bytes, 5);
  expect(pages.map(({ header, number }) => [header.kind, header.values, header.encoding, number])).toEqual([
    ["data", 3, "PLAIN", 1],
    ["data", 2, "PLAIN", 3],
  ]);
  for (const { start, end } of pages) expect(bytes.slice(start, end).every((byte) => byte === 7)).toBe(true);
});

test("a chunk that ends early, claims too much or makes no sense is refused with page and offset", () => {
  const page = dataPage(3, 4);
  const refuse = (bytes: readonly number[], values: number, number: number, why: RegExp): void => {
    try {
      scan(bytes, values);
      expect.fail("not refused");
    } catch (error) {
      expect(error).toBeInstanceOf(PageFailure);
      expect((error as PageFailure).page).toBe(number);
      expect(((error as PageFailure).cause as Error).message).toMatch(why);
    }
  };
  refuse(page, 4, 1, /ends after 3 of 4 values/);
  refuse([...page, ...page], 5, 1, /6 values in a column chunk of 5/);
  refuse(page.slice(0, -1), 3, 0, /runs past the end/);
  refuse(page.slice(0, 5), 3, 0, /header runs past the end/);
  refuse(
    [...next(0), ...next(2 ** 29), ...next(1), 0x2c, ...next(3), ...next(0), ...next(3), ...next(3), 0, 0, 1],
    3,
    0,
    /claims/,
  );
  refuse([...next(0), ...next(-1), ...next(1), 0], 3, 0, /-1 uncompressed size/);
  refuse([...next(0), ...next(1), ...next(1), 0], 3, 0, /lacks its part/);
  refuse([0x1f, 1], 3, 0, /unknown type 15/);
  refuse(new Array(200).fill(0x1c), 3, 0, /nested too deeply/);
  refuse([0x19, 0xf1, 255, 255, 255, 255, 7], 3, 0, /longer than its column chunk/);
  expect(scan([], 0)).toEqual([]);
});

test("levels in the deprecated encoding BIT_PACKED have no length before them", () => {
  const leaf: Leaf = {
    path: ["x"],
    physical: "INT32",
    typeLength: 0,
    value: { kind: "same", dtype: "int32" },
    maxDefinition: 3,
    maxRepetition: 1,
  };
  const inner = [...next(9), ...next(0), ...next(4), ...next(4), 0];
  const body = [0b10110101, 0b10000000, 0b11100100, 0b11100100, 0b11000000, 1, 2, 3, 4];
  const bytes = Uint8Array.from([...next(0), ...next(9), ...next(9), 0x2c, ...inner, 0, ...body]);
  const parts = dataParts(bytes, pagesOf(bytes, chunk(9))[0]!, leaf, "UNCOMPRESSED");
  const part = ({ bytes, start, end }: { bytes: Uint8Array; start: number; end: number }): number[] => [
    ...bytes.subarray(start, end),
  ];
  expect(part(parts.repetition)).toEqual(body.slice(0, 2));
  expect(part(parts.definition)).toEqual(body.slice(2, 5));
  expect(part(parts.values)).toEqual([1, 2, 3, 4]);
  expect([parts.repetition.legacy, parts.definition.legacy]).toEqual([true, true]);
});
