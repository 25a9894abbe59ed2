import { expect, test } from "vitest";
import { fromArrowTable, toArrowTable } from "../../src/arrow/index.ts";
import { fromList, toList, valuesOf } from "../../src/jagged/index.ts";
import { samples } from "./samples.ts";

test("a table has the columns in order, over the same buffers, and gives them back", () => {
  const table = toArrowTable(samples);
  expect(table.schema.names).toEqual(Object.keys(samples));
  expect([table.numRows, table.numCols, table.batches.length]).toEqual([4, Object.keys(samples).length, 1]);
  const back = fromArrowTable(table);
  expect(Object.keys(back)).toEqual(Object.keys(samples));
  for (const [name, column] of Object.entries(samples)) {
    expect(toList(back[name]!)).toEqual(toList(column));
    if (column.kind === "primitive" && column.dtype !== "bool")
      expect((back[name] as typeof column).values.buffer).toBe(column.values.buffer);
    expect(table.schema.fields.find((field) => field.name === name)!.nullable).toBe(column.validity !== undefined);
  }
});

test("a table without rows or columns is one", () => {
  const empty = fromArrowTable(toArrowTable({ a: fromList([], "var * int32"), b: fromList([], "string") }));
  expect(Object.values(empty).map(toList)).toEqual([[], []]);
  expect(toArrowTable({}).numCols).toBe(0);
  expect(fromArrowTable(toArrowTable({}))).toEqual({});
  expect(Object.keys(valuesOf).every((dtype) => dtype in samples)).toBe(true);
});

test("columns of other lengths or other events are refused", () => {
  const four = samples["int32"]!;
  expect(() => toArrowTable({ four, three: fromList([1, 2, 3]) })).toThrow(
    expect.objectContaining({
      kind: "ShapeError",
      message: `columns "four" and "three" cannot be in one table: 4 and 3 entries`,
    }),
  );
  const source = (): { alignment: object; toColumn: () => typeof four } => ({ alignment: {}, toColumn: () => four });
  const a = source();
  expect(toArrowTable({ a, again: a, four }).numRows).toBe(4);
  expect(() => toArrowTable({ a, b: source() })).toThrow(
    `columns "a" and "b" cannot be in one table: they come from differently filtered events`,
  );
});
