import { expect } from "vitest";
import { type Column, isValid } from "../../src/jagged/index.ts";

/** A column as plain nested values in the encoding of the oracles: the one test-side reading of columns. */
export function plainValues(column: Column): unknown[] {
  return Array.from({ length: column.length }, (_, i) => valueAt(column, i));
}

function valueAt(column: Column, i: number): unknown {
  if (!isValid(column, i)) return null;
  switch (column.kind) {
    case "primitive": {
      const value = column.values[i]!;
      if (column.dtype === "bool") return value === 1;
      return typeof value === "bigint" ? bigValue(value) : plainNumber(value);
    }
    case "string": {
      const bytes = Buffer.from(column.bytes.subarray(column.offsets[i]!, column.offsets[i + 1]!));
      return column.encoding === "utf8" ? bytes.toString() : { $hex: bytes.toString("hex") };
    }
    case "list": {
      const [start, stop] = [column.offsets[i]!, column.offsets[i + 1]!];
      return Array.from({ length: stop - start }, (_, k) => valueAt(column.content, start + k));
    }
    case "record":
      return [...column.fields].map(([name, field]) => [name, valueAt(field, i)]);
  }
}

const bigValue = (value: bigint): unknown =>
  value >= -(2n ** 53n - 1n) && value <= 2n ** 53n - 1n ? Number(value) : `int:${value}`;

function plainNumber(value: number): unknown {
  if (Number.isFinite(value)) return value;
  return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
}

/** Values of an oracle in the same form: a record as pairs, a map's entries as records of key and value. */
export function oracleValues(values: unknown, column: Column): unknown {
  if (values === null || column.kind === "primitive" || column.kind === "string") return values;
  if (column.kind === "list") return (values as unknown[]).map((value) => oracleValues(value, column.content));
  const entry = Array.isArray(values) ? { key: values[0], value: values[1] } : values;
  const record = entry as Record<string, unknown>;
  expect(Object.keys(record).sort()).toEqual([...column.fields.keys()].sort());
  return [...column.fields].map(([name, field]) => [name, oracleValues(record[name], field)]);
}

/** Text that is equal for equal values only: -0 is not 0. */
export function exactText(values: unknown): string {
  return JSON.stringify(values, (_, value) => (Object.is(value, -0) ? "-0" : value));
}

/** What every column must keep to, whatever its values. */
export function checkColumn(column: Column, length: number): void {
  expect(column.length).toBe(length);
  if (column.validity !== undefined) {
    expect(column.validity.length).toBe((length + 7) >> 3);
    expect(Array.from({ length }, (_, i) => isValid(column, i))).toContain(false);
  }
  if (column.kind === "primitive") expect(column.values.length).toBe(length);
  if (column.kind === "record") for (const field of column.fields.values()) checkColumn(field, length);
  if (column.kind !== "list" && column.kind !== "string") return;
  const { offsets } = column;
  expect(offsets.length).toBe(length + 1);
  expect(offsets[0]).toBe(0);
  for (let i = 0; i < length; i++) {
    if (offsets[i + 1]! < offsets[i]!) expect.fail(`offsets fall at ${i}`);
    if (!isValid(column, i) && offsets[i + 1] !== offsets[i]) expect.fail(`a missing list at ${i} is not empty`);
  }
  if (column.kind === "list") checkColumn(column.content, offsets[length]!);
  else expect(column.bytes.length).toBe(offsets[length]);
}
