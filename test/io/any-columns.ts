import fc from "fast-check";
import type { Columns, WriteOptions } from "../../src/io/index.ts";
import { fromList } from "../../src/jagged/index.ts";

const leaves: Record<string, fc.Arbitrary<unknown>> = {
  float32: fc.oneof(fc.float(), fc.constantFrom(0, 1, 2.5)),
  float64: fc.oneof(fc.double(), fc.constantFrom(0, 1, 2.5)),
  bool: fc.boolean(),
  int8: fc.integer({ min: -128, max: 127 }),
  uint8: fc.integer({ min: 0, max: 255 }),
  int16: fc.integer({ min: -32768, max: 32767 }),
  uint16: fc.integer({ min: 0, max: 65535 }),
  int32: fc.integer(),
  uint32: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  int64: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  uint64: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  string: fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom("", "a", "µ")),
};

/** A column of each type, flat and in lists, over the same events; in some values or lists may be missing. */
export const anyColumns: fc.Arbitrary<Columns> = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.constantFrom(1, 2, 6))
  .chain(([length, freq]) => {
    const exactly = { minLength: length, maxLength: length };
    const maybe = <T>(value: fc.Arbitrary<T>, isOptional: boolean): fc.Arbitrary<T | null> =>
      isOptional ? fc.option(value, { freq }) : value;
    const flat = Object.entries(leaves).map(([type, value]) =>
      fc
        .boolean()
        .chain((optional) =>
          fc
            .array(maybe(value, optional), exactly)
            .map((data) => [type, fromList(data, optional ? `?${type}` : type)] as const),
        ),
    );
    const lists = Object.entries(leaves).map(([type, value]) =>
      fc.tuple(fc.boolean(), fc.boolean()).chain(([optional, optionalLists]) => {
        const list = `var * ${optional ? `?${type}` : type}`;
        return fc
          .array(maybe(fc.array(maybe(value, optional), { maxLength: 6 }), optionalLists), exactly)
          .map((data) => [`list_${type}`, fromList(data, optionalLists ? `option[${list}]` : list)] as const);
      }),
    );
    return fc.tuple(...flat, ...lists).map((entries): Columns => Object.fromEntries(entries));
  });
/** Every way to write a file. */
export const anyOptions: fc.Arbitrary<WriteOptions> = fc.record({
  codec: fc.constantFrom("none", "snappy", "gzip", "zstd"),
  rowGroupRows: fc.constantFrom(1, 7, 100_000),
  rowGroupBytes: fc.constantFrom(1, 500, 64 << 20),
  pageBytes: fc.constantFrom(1, 40, 1 << 20),
  dictionaryBytes: fc.constantFrom(0, 30, 1 << 20),
});
