import { CortadoError, withPlace } from "../errors.ts";
import type { EventLayout, LayoutColumn } from "../events/index.ts";
import type { OpenedFile } from "./plan.ts";

/**
 * Checks that columns have the same form in all files of a dataset that have them: numbers of any width go together;
 * a list and a single value, or a number, a boolean and a string do not.
 * Returns a `SchemaError` for each file that disagrees with the first that has the column, naming both.
 */
export function checkTypes(files: readonly OpenedFile[], columns: readonly string[]): Map<OpenedFile, CortadoError> {
  const errors = new Map<OpenedFile, CortadoError>();
  for (const name of columns) {
    let first: { readonly file: OpenedFile; readonly column: LayoutColumn } | undefined;
    for (const file of files) {
      const column = columnOf(file.file.layout, name);
      if (column === undefined) continue;
      first ??= { file, column };
      if (form(column) === form(first.column) || errors.has(file)) continue;
      errors.set(file, incompatible(name, file, column, first.file, first.column));
    }
  }
  return errors;
}

/**
 * An error about a column that a file does not have, in the light of the other files of its dataset: a `SchemaError` if
 * the column is there in another form, else the same error saying which file has it; as it is if none has.
 */
export function explainMissing(
  error: CortadoError<"MissingColumnError">,
  file: OpenedFile,
  files: readonly OpenedFile[],
): CortadoError {
  const name = error.fields.column.replaceAll(".", "_");
  const other = files.find((f) => f !== file && columnOf(f.file.layout, name) !== undefined);
  if (other === undefined) return error;
  const there = columnOf(other.file.layout, name)!;
  const here = columnOf(file.file.layout, name);
  if (here !== undefined && form(here) !== form(there)) {
    const { userLine } = error.fields;
    return withPlace(incompatible(name, file, here, other, there, error), userLine === undefined ? {} : { userLine });
  }
  const message = `${error.message} ${other.entry.filename} of the same dataset has it, ${file.entry.filename} does not.`;
  return new CortadoError("MissingColumnError", message, error.fields, { cause: error });
}

function incompatible(
  column: string,
  file: OpenedFile,
  here: LayoutColumn,
  other: OpenedFile,
  there: LayoutColumn,
  cause?: Error,
): CortadoError<"SchemaError"> {
  const [name, otherName] = [file.entry.filename, other.entry.filename];
  return new CortadoError(
    "SchemaError",
    `column ${column} is ${form(here)} (${here.type}) in ${name} but ${form(there)} (${there.type}) in ${otherName}`,
    { code: "IncompatibleColumn", column, dataset: file.dataset.name, file: name, otherFile: otherName },
    cause === undefined ? undefined : { cause },
  );
}

/**
 * The files with their layouts so changed that a column which has 64-bit integers in one file of a dataset and narrower
 * numbers in another is handed out as numbers everywhere, not as bigints here and numbers there. (A value that a number
 * cannot hold exactly is an error when it is read.)
 */
export function alikeNumbers(files: readonly OpenedFile[]): OpenedFile[] {
  const changed = new Map<OpenedFile, OpenedFile>();
  for (const dataset of Map.groupBy(files, (file) => file.dataset).values()) {
    const [wide, narrow] = [new Set<string>(), new Set<string>()];
    for (const { file } of dataset)
      for (const [name, column] of Object.entries(file.layout.columns)) (isBigint(column) ? wide : narrow).add(name);
    const both = [...wide].filter((name) => narrow.has(name));
    for (const opened of both.length === 0 ? [] : dataset) {
      const columns = { ...opened.file.layout.columns };
      for (const name of both) if (isBigint(columns[name])) columns[name] = { ...columns[name]!, integer: true };
      changed.set(opened, { ...opened, file: { ...opened.file, layout: { ...opened.file.layout, columns } } });
    }
  }
  return files.map((file) => changed.get(file) ?? file);
}

function isBigint(column: LayoutColumn | undefined): boolean {
  return (column?.type === "int64" || column?.type === "uint64") && column.integer !== true;
}

function columnOf(layout: EventLayout, name: string): LayoutColumn | undefined {
  return Object.hasOwn(layout.columns, name) ? layout.columns[name] : undefined;
}

function form({ type, depth }: LayoutColumn): string {
  const value = type === "bool" ? "boolean" : type === "string" || type === "bytes" ? "text" : "number";
  return depth === 0 ? `one ${value} per event` : `${"a list of ".repeat(depth)}${value}s per event`;
}
