import fc from "fast-check";
import type { Column } from "../../src/jagged/index.ts";

/** Random nested data of every dtype, depth and option, and columns over parts of buffers. */

export const leaves: { readonly [dtype: string]: fc.Arbitrary<unknown> } = {
  float64: fc.oneof(
    { weight: 8, arbitrary: fc.double({ min: -1e3, max: 1e3, noNaN: true }) },
    fc.constantFrom(Number.NaN, 0, -0, 1),
  ),
  float32: fc.oneof({ weight: 8, arbitrary: fc.float({ min: -1e3, max: 1e3, noNaN: true }) }, fc.constant(Number.NaN)),
  int32: fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
  int64: fc.oneof(fc.bigInt({ min: -3n, max: 3n }), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
  uint64: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  uint8: fc.integer({ min: 0, max: 255 }),
  bool: fc.boolean(),
};
export interface Sample {
  readonly dtype: string;
  readonly depth: number;
  readonly type: string;
  readonly data: unknown[];
}
export const samples = (dtypes: readonly string[] = Object.keys(leaves)): fc.Arbitrary<Sample> =>
  fc
    .record({
      dtype: fc.constantFrom(...dtypes),
      depth: fc.integer({ min: 1, max: 3 }),
      options: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
    })
    .chain(({ dtype, depth, options }) => {
      let type = options[0] ? `?${dtype}` : dtype;
      let entry = options[0] ? fc.option(leaves[dtype]!, { freq: 4 }) : leaves[dtype]!;
      for (let level = 1; level < depth; level++) {
        type = options[level] ? `option[var * ${type}]` : `var * ${type}`;
        const list = fc.array(entry, { maxLength: 5 });
        entry = options[level] ? fc.option(list, { freq: 4 }) : list;
      }
      return fc.array(entry, { maxLength: 6 }).map((data) => ({ dtype, depth, type, data }));
    });

/** The same column over parts of larger buffers, as columns of a chunk may be. */
export function sliced(column: Column): Column {
  if (column.kind === "list") {
    const content = sliced(column.content);
    return { ...column, content, offsets: inside(column.offsets) };
  }
  if (column.kind !== "primitive") return column;
  return { ...column, values: inside(column.values as Float64Array) } as Column;
}
function inside<T extends Float64Array | Int32Array>(values: T): T {
  const larger = new (values.constructor as new (length: number) => T)(values.length + 3);
  larger.fill(values instanceof Int32Array ? 7 : (larger[0]! as number), 0);
  larger.set(values as never, 2);
  return larger.subarray(2, 2 + values.length) as T;
}
