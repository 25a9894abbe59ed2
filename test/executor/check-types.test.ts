import { expect, test } from "vitest";
import type { LayoutColumn } from "../../src/events/index.ts";
import { alikeNumbers, checkTypes } from "../../src/executor/check-types.ts";
import type { OpenedFile } from "../../src/executor/plan.ts";

const dataset = { name: "x", files: [] };
const file = (filename: string, columns: Record<string, Partial<LayoutColumn>>): OpenedFile => ({
  dataset,
  index: 0,
  entry: { filename, treename: "Events", metadata: {} },
  ranges: [],
  file: { layout: { columns, collections: {}, records: {}, scalars: {} } } as never,
});
const column = (type: LayoutColumn["type"], depth = 0): LayoutColumn => ({ path: [], type, depth, nullable: false });

test.each([
  ["int8", "uint64", 0, 0, true],
  ["float32", "float64", 1, 1, true],
  ["int32", "float32", 0, 0, true],
  ["bool", "bool", 1, 1, true],
  ["bool", "int32", 0, 0, false],
  ["float32", "string", 0, 0, false],
  ["float32", "float32", 0, 1, false],
  ["float32", "float32", 1, 2, false],
] as const)("%s and %s, %i and %i levels of lists: %j", (one, two, d1, d2, fits) => {
  const files = [file("a", { c: column(one, d1) }), file("none", {}), file("b", { c: column(two, d2) })];
  const errors = checkTypes(files, ["c", "other"]);
  expect(errors.size).toBe(fits ? 0 : 1);
  if (!fits)
    expect(errors.get(files[2]!)).toMatchObject({
      kind: "SchemaError",
      fields: { code: "IncompatibleColumn", column: "c", file: "b", otherFile: "a" },
    });
});

test("64-bit integers are numbers where another file of the dataset has narrower ones, and only there", () => {
  const files = [
    file("a", { c: column("int64"), d: column("int64"), e: column("int32") }),
    file("b", { c: column("int32"), d: column("uint64"), e: column("int32") }),
  ];
  const [a, b] = alikeNumbers(files);
  expect(a!.file.layout.columns["c"]).toMatchObject({ type: "int64", integer: true });
  expect(b!.file.layout.columns["c"]).not.toHaveProperty("integer");
  for (const f of [a, b]) expect(f!.file.layout.columns["d"]).not.toHaveProperty("integer");
  expect(files[0]!.file.layout.columns["c"]).not.toHaveProperty("integer");
});
