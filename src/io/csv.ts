import { CortadoError } from "../errors.ts";
import { type Column, isValid, toList, typeName } from "../jagged/index.ts";
import type { Columns } from "./write.ts";

/**
 * Columns as CSV: a line of names, then a line for each entry. Numbers are the shortest text that reads back as the same
 * float64, infinities `inf` and `-inf`, NaN `nan`, booleans `true` and `false`. A missing value is an empty field, an empty
 * text `""`; what holds a comma, a quote or the end of a line is quoted.
 *
 * Throws ShapeError for lists, records and byte strings (`NotFlat`) and for columns of different lengths (`LengthMismatch`).
 * Cost: one pass; the whole text is made in memory.
 */
export function toCsv(columns: Columns): string {
  const names = Object.keys(columns);
  if (names.length === 0) return "";
  const { length } = columns[names[0]!]!;
  const fields = names.map((name) => {
    const column = columns[name]!;
    if (column.length === length) return fieldsOf(name, column);
    const message = `CSV has one line for each entry: columns "${names[0]}" and "${name}" have ${length} and ${column.length}.`;
    throw new CortadoError("ShapeError", message, { code: "LengthMismatch", column: name });
  });
  const lines = Array.from({ length }, (_, i) => fields.map((column) => column[i]!).join(","));
  return [names.map(quoted).join(","), ...lines, ""].join("\n");
}

function fieldsOf(name: string, column: Column): string[] {
  if (column.kind === "string" && column.encoding === "utf8")
    return toList(column).map((text) => (text === null ? "" : quoted(text as string)));
  if (column.kind !== "primitive") {
    const message = `"${name}" cannot be a column of CSV: it holds ${typeName(column)}, not one number or text for each entry.`;
    throw new CortadoError("ShapeError", message, { code: "NotFlat", column: name });
  }
  const { values, dtype } = column;
  const text = (value: number | bigint): string => (dtype === "bool" ? String(value === 1) : numberText(value));
  return Array.from({ length: column.length }, (_, i) => (isValid(column, i) ? text(values[i]!) : ""));
}

function numberText(value: number | bigint): string {
  if (Object.is(value, -0)) return "-0";
  if (typeof value === "bigint" || Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
}

const quoted = (text: string): string =>
  text === "" || /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
