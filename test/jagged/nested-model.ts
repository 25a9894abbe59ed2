import fc from "fast-check";
import { expect } from "vitest";
import { at, type Column, fromList, isValid, slice, toList } from "../../src/jagged/index.ts";

/** Nested data: missing lists, missing elements, NaN, empty lists; and the same behind a slice of a longer column. */
export type Element = number | null;
export type Events = (Element[] | null)[];

const element = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -5, max: 5 }) },
  fc.constantFrom(null, Number.NaN, 0.5),
);
const list = fc.array(element, { maxLength: 5 });
export const events: fc.Arbitrary<Events> = fc.array(fc.oneof({ weight: 5, arbitrary: list }, fc.constant(null)), {
  maxLength: 12,
});
export const lists: fc.Arbitrary<Element[][]> = fc.array(list, { maxLength: 12 });

export const type: string = "option[var * ?float64]";

/** The data as columns: as they are, and as part of a longer column whose values they share. */
export function columns(data: Events): Column[] {
  const whole = fromList([[7, null, 7], null, ...data, [8]], type);
  return [fromList(data, type), at(whole, slice(2, 2 + data.length))];
}

/** Nothing out of place: offsets, lengths, empty missing lists, what missing slots hold. */
function expectSound(column: Column): void {
  if (column.validity !== undefined) expect(column.validity.length).toBe((column.length + 7) >> 3);
  switch (column.kind) {
    case "primitive":
      expect(column.values.length).toBeGreaterThanOrEqual(column.length);
      for (let i = 0; i < column.length; i++)
        if (!isValid(column, i))
          expect(column.values[i]).toBe(
            column.dtype.startsWith("float") ? Number.NaN : /64/.test(column.dtype) ? 0n : 0,
          );
      return;
    case "record":
      for (const field of column.fields.values()) {
        expect(field.length).toBe(column.length);
        expectSound(field);
      }
      return;
    case "string":
    case "list":
      expect(column.offsets.length).toBe(column.length + 1);
      expect(column.offsets[0]).toBe(0);
      for (let i = 0; i < column.length; i++) {
        const count = column.offsets[i + 1]! - column.offsets[i]!;
        expect(count).toBeGreaterThanOrEqual(0);
        if (!isValid(column, i)) expect(count).toBe(0);
        else if (column.kind === "list" && column.size !== undefined) expect(count).toBe(column.size);
      }
      if (column.kind === "list") {
        expect(column.content.length).toBeGreaterThanOrEqual(column.offsets[column.length]!);
        expectSound(column.content);
      }
  }
}

function frozen(column: Column): string {
  return JSON.stringify(toList(column), (_, v) => (typeof v === "number" && Number.isNaN(v) ? "nan" : v));
}

/** An operation on one column equals the same on nested arrays, on whole and sliced columns, and changes no input. */
export function agrees(operate: (column: Column) => unknown, model: (data: Events) => unknown): void {
  fc.assert(
    fc.property(events, (data) => {
      for (const column of columns(data)) {
        const before = frozen(column);
        const result = operate(column);
        if (typeof result === "object" && result !== null && "kind" in result) {
          expectSound(result as Column);
          expect(toList(result as Column)).toEqual(model(data));
        } else expect(result).toEqual(model(data));
        expect(frozen(column)).toBe(before);
      }
    }),
    { numRuns: 120 },
  );
}

export const each =
  <T>(f: (list: Element[]) => T) =>
  (data: Events): (T | null)[] =>
    data.map((list) => (list === null ? null : f(list)));
export const pairs = <T>(list: readonly T[]): [T, T][] =>
  list.flatMap((a, i) => list.slice(i + 1).map((b): [T, T] => [a, b]));
export const triples = <T>(list: readonly T[]): T[][] =>
  list.flatMap((a, i) => list.slice(i + 1).flatMap((b, j) => list.slice(i + j + 2).map((c) => [a, b, c])));
