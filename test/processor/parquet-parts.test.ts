import { expect, test } from "vitest";
import { mergeAll } from "../../src/accumulator/index.ts";
import { additions, type ParquetParts, type PartColumn } from "../../src/processor/index.ts";

type Type = "float32" | "float64" | "bool";
const flat = (name: string, dtype: Type, more: Partial<PartColumn> = {}): PartColumn => ({
  field: { name, nullable: false, type: { kind: "primitive", dtype } },
  typed: true,
  stored: false,
  ...more,
});
const lists = (name: string, dtype: Type, more: Partial<PartColumn> = {}): PartColumn => {
  const element = flat("element", dtype).field;
  return { ...flat(name, dtype, more), field: { name, nullable: false, type: { kind: "list", element } } };
};
const parts = (events: number, part: string, ...columns: PartColumn[]): ParquetParts => ({
  tag: "parquet",
  file: "x.parquet",
  events,
  columns: Object.fromEntries(columns.map((column) => [column.field.name, column])),
  parts: events === 0 ? [] : [part],
});
const sum = (...items: ParquetParts[]): ParquetParts => mergeAll(items, additions)!;

test("parts follow one another, whichever are added first", () => {
  const [a, b, c] = ["a", "b", "c"].map((part, i) => parts(i + 1, part, flat("x", "float64"))) as [
    ParquetParts,
    ParquetParts,
    ParquetParts,
  ];
  expect(sum(a, b, c)).toEqual({ ...parts(6, "", flat("x", "float64")), parts: ["a", "b", "c"] });
  expect(sum(a, sum(b, c))).toEqual(sum(sum(a, b), c));
});

test("a column has the type of the first part with a value in it", () => {
  const untyped = parts(1, "a", lists("x", "float64", { typed: false }));
  const typed = parts(1, "b", lists("x", "bool"));
  for (const both of [sum(untyped, typed), sum(typed, untyped), sum(untyped, untyped, typed)])
    expect(both.columns["x"]).toEqual(lists("x", "bool"));
});

test("parts without rows say nothing of the columns", () => {
  const none = parts(0, "", flat("x", "float64"));
  const some = parts(2, "b", lists("x", "bool"), flat("nx", "float32"));
  expect(sum(none, some)).toEqual(some);
  expect(sum(some, none)).toEqual(some);
  expect(sum(none, none)).toEqual(none);
});

test("a column of the input may have other widths in other files", () => {
  const narrow = parts(1, "a", flat("x", "float32", { stored: true }));
  const wide = parts(1, "b", flat("x", "float64", { stored: true }));
  expect(sum(narrow, wide).columns["x"]).toEqual(flat("x", "float32", { stored: true }));
  const computed = parts(1, "c", flat("x", "float64"));
  expect(() => sum(narrow, computed)).toThrow(`"x.parquet" has the column "x" as float32 and as float64`);
});

test("a column is nullable if it is in any part, at each level", () => {
  const [a, b] = [flat("x", "float64"), flat("x", "float64")];
  const nullable = { ...b, field: { ...b.field, nullable: true } };
  expect(sum(parts(1, "a", a), parts(1, "b", nullable), parts(1, "c", a)).columns["x"]).toEqual(nullable);
  const optional = (lists: boolean, values: boolean, more: Partial<PartColumn> = {}): PartColumn => {
    const element = { ...flat("element", "bool").field, nullable: values };
    return { ...flat("x", "bool", more), field: { name: "x", nullable: lists, type: { kind: "list", element } } };
  };
  for (const typed of [false, true])
    expect(
      sum(parts(1, "a", optional(true, false, { typed })), parts(1, "b", optional(false, true))).columns["x"],
    ).toEqual(optional(true, true));
});

test.each([
  ["other types", parts(1, "b", flat("x", "bool")), `has the column "x" as float64 and as bool`],
  ["a list", parts(1, "b", lists("x", "float64", { typed: false })), `as float64 and as lists of float64`],
  [
    "another column",
    parts(1, "b", flat("x", "float64"), flat("y", "bool")),
    `has the column "y" in some chunks and not`,
  ],
  ["none", parts(1, "b", flat("y", "float64")), `has the column "x" in some chunks and not in others`],
  ["another file", { ...parts(1, "b", flat("x", "float64")), file: "y.parquet" }, `"x.parquet" and for "y.parquet"`],
])("%s does not add", (_, other, message) => {
  expect(() => sum(parts(1, "a", flat("x", "float64")), other)).toThrow(message);
});
