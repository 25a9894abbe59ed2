import { type Column, isValid } from "./column.ts";

/**
 * A column as nested JavaScript arrays, one element per entry: `null` for missing, number for everything up to 32 bits
 * and floats, bigint for int64 and uint64, boolean for bool, string for UTF-8, `Uint8Array` for bytes, object for a
 * record; a record whose fields are `0`, `1`, … is a tuple and becomes an array. The inverse of `fromList`.
 * Cost: one JavaScript value per value; for looking at data and for tests.
 */
export function toList(column: Column): unknown[] {
  const list = presentOrNot(column);
  if (column.validity !== undefined) for (let i = 0; i < column.length; i++) if (!isValid(column, i)) list[i] = null;
  return list;
}

function presentOrNot(column: Column): unknown[] {
  const { length } = column;
  switch (column.kind) {
    case "primitive": {
      const values: unknown[] = Array.from(column.values.subarray(0, length) as Iterable<number | bigint>);
      return column.dtype === "bool" ? values.map(Boolean) : values;
    }
    case "string": {
      const { offsets, bytes } = column;
      const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
      return Array.from({ length }, (_, i) => {
        const slice = bytes.slice(offsets[i]!, offsets[i + 1]!);
        return column.encoding === "utf8" ? decoder.decode(slice) : slice;
      });
    }
    case "list": {
      const content = toList(column.content);
      return Array.from({ length }, (_, i) => content.slice(column.offsets[i]!, column.offsets[i + 1]!));
    }
    case "record": {
      const names = [...column.fields.keys()];
      const members = [...column.fields.values()].map(toList);
      if (names.length > 0 && names.every((name, f) => name === String(f)))
        return Array.from({ length }, (_, i) => members.map((member) => member[i]));
      // fromEntries defines its keys, so that a field named __proto__ is a field.
      return Array.from({ length }, (_, i) => Object.fromEntries(names.map((name, f) => [name, members[f]![i]])));
    }
  }
}
