import { CortadoError } from "../errors.ts";
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
      const { filename } = file.entry;
      const other = first.file.entry.filename;
      errors.set(
        file,
        new CortadoError(
          "SchemaError",
          `column ${name} is ${form(column)} (${column.type}) in ${filename} but ${form(first.column)} (${first.column.type}) in ${other}`,
          { code: "IncompatibleColumn", column: name, dataset: file.dataset.name, file: filename, otherFile: other },
        ),
      );
    }
  }
  return errors;
}

function columnOf(layout: EventLayout, name: string): LayoutColumn | undefined {
  return Object.hasOwn(layout.columns, name) ? layout.columns[name] : undefined;
}

function form({ type, depth }: LayoutColumn): string {
  const value = type === "bool" ? "boolean" : type === "string" || type === "bytes" ? "text" : "number";
  return depth === 0 ? `one ${value} per event` : `${"a list of ".repeat(depth)}${value}s per event`;
}
