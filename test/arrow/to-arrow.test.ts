import type { Data } from "apache-arrow";
import { expect, test } from "vitest";
import { fromArrow, toArrow } from "../../src/arrow/index.ts";
import { type Column, toList, typeName } from "../../src/jagged/index.ts";
import { samples } from "./samples.ts";

/** Every typed array of a column, by its place; the values of `bool` apart, which are copied. */
function buffersOfColumn(column: Column, at = ""): [string, ArrayBufferView, boolean][] {
  const own: [string, ArrayBufferView, boolean][] = [];
  if (column.validity !== undefined) own.push([`${at}validity`, column.validity, false]);
  switch (column.kind) {
    case "primitive":
      return [...own, [`${at}values`, column.values, column.dtype === "bool"]];
    case "string":
      return [...own, [`${at}offsets`, column.offsets, false], [`${at}values`, column.bytes, false]];
    case "list":
      return [...own, [`${at}offsets`, column.offsets, false], ...buffersOfColumn(column.content, `${at}0.`)];
    case "record":
      return [...own, ...[...column.fields.values()].flatMap((field, f) => buffersOfColumn(field, `${at}${f}.`))];
  }
}

/** Every typed array of Arrow data, by the same places. */
function buffersOfData(data: Data, at = ""): Map<string, ArrayBufferView> {
  const found = new Map<string, ArrayBufferView>();
  if (data.nullBitmap?.length > 0) found.set(`${at}validity`, data.nullBitmap);
  if (data.valueOffsets !== undefined) found.set(`${at}offsets`, data.valueOffsets);
  if (data.values !== undefined) found.set(`${at}values`, data.values);
  for (const [c, child] of data.children.entries())
    for (const [name, buffer] of buffersOfData(child, `${at}${c}.`)) found.set(name, buffer);
  return found;
}

const memory = (view: ArrayBufferView): unknown => [view.byteOffset, view.byteLength];

test.each(Object.keys(samples))("%s shares its buffers with Arrow, both ways", (name) => {
  const column = samples[name]!;
  const vector = toArrow(column);
  const arrow = buffersOfData(vector.data[0]!);
  const back = fromArrow(vector);
  const backBuffers = buffersOfColumn(back);
  const buffers = buffersOfColumn(column);
  expect([...arrow.keys()].sort()).toEqual(buffers.map(([place]) => place).sort());
  for (const [b, [place, own, isBool]] of buffers.entries()) {
    const theirs = arrow.get(place)!;
    const again = backBuffers[b]![1];
    expect(backBuffers[b]![0]).toBe(place);
    if (isBool) {
      expect(theirs.byteLength).toBe((own.byteLength + 7) >> 3);
      expect(theirs.buffer).not.toBe(own.buffer);
    } else {
      expect(theirs.buffer).toBe(own.buffer);
      expect(memory(theirs)).toEqual(memory(own));
      expect(again.buffer).toBe(own.buffer);
      expect(memory(again)).toEqual(memory(own));
    }
  }
  expect(typeName(back)).toBe(typeName(column));
  expect(toList(back)).toEqual(toList(column));
});

test("Arrow sees the same values and missing values", () => {
  expect(
    toArrow(samples["maybeLists"]!)
      .toJSON()
      .map((list) => list?.toJSON() ?? null),
  ).toEqual([[1, null], null, [], [2]]);
  expect([...toArrow(samples["bool"]!)]).toEqual([true, false, null, true]);
  expect(toArrow(samples["int64"]!).get(0)).toBe(2n ** 63n - 1n);
  expect(toArrow(samples["maybeRecord"]!).nullCount).toBe(1);
  expect(String(toArrow(samples["jets"]!).type)).toBe("List<Struct<{pt:Float64, b:Bool}>>");
});

test("a field is nullable exactly if its column may miss values", () => {
  const { children } = toArrow(samples["maybeRecord"]!).type;
  expect(children.map((field: { name: string; nullable: boolean }) => [field.name, field.nullable])).toEqual([
    ["x", true],
    ["ok", false],
  ]);
});

test("a lazy column is computed", () => {
  let computed = 0; // once
  const source = { alignment: {}, toColumn: () => samples[++computed === 1 ? "lists" : "int8"]! };
  expect(toArrow(source).data[0]!.children[0]!.values).toBe(
    (samples["lists"] as { content: { values: unknown } }).content.values,
  );
});
