import { type Data, type Field, makeData, RecordBatch, Schema, Struct, Table, vectorFromArray } from "apache-arrow";
import { CortadoError } from "../errors.ts";
import type { Column, ColumnSource } from "../jagged/index.ts";
import { fromArrow } from "./from-arrow.ts";
import { arrowField, toArrowData } from "./to-arrow.ts";

/**
 * Columns of the same length, and lazy columns of the same events, as an Arrow table of one batch that shares their
 * buffers; see `toArrow` for types and cost. The order of the table's columns is that of the record.
 *
 * Throws ShapeError for columns of different lengths (`LengthMismatch`) or of differently filtered events (`OtherEvents`).
 */
export function toArrowTable(columns: Readonly<Record<string, Column | ColumnSource>>): Table {
  const names = Object.keys(columns);
  const sources = names.filter((name) => "toColumn" in columns[name]!);
  for (const name of sources)
    if ((columns[name] as ColumnSource).alignment !== (columns[sources[0]!] as ColumnSource).alignment)
      throw new CortadoError(
        "ShapeError",
        `columns "${sources[0]}" and "${name}" cannot be in one table: they come from differently filtered events`,
        { code: "OtherEvents", column: name },
      );
  const columnList = names.map((name): Column => {
    const column = columns[name]!;
    return "toColumn" in column ? column.toColumn() : column;
  });
  const length = columnList[0]?.length ?? 0;
  for (const [c, column] of columnList.entries())
    if (column.length !== length)
      throw new CortadoError(
        "ShapeError",
        `columns "${names[0]}" and "${names[c]}" cannot be in one table: ${length} and ${column.length} entries`,
        { code: "LengthMismatch", column: names[c]! },
      );
  const children: Data[] = columnList.map(toArrowData);
  const fields = names.map((name, c) => arrowField(name, columnList[c]!, children[c]!));
  const data = makeData({ type: new Struct(fields), length, nullCount: 0, children });
  return new Table(new RecordBatch(new Schema(fields), data));
}

/** The columns of an Arrow table by name; see `fromArrow` for types, cost and errors. */
export function fromArrowTable(table: Table): Record<string, Column> {
  // A table of no batches has no vectors.
  const column = (field: Field, c: number): Column =>
    fromArrow(table.numRows === 0 ? vectorFromArray([], field.type) : table.getChildAt(c)!);
  return Object.fromEntries(table.schema.fields.map((field, c) => [field.name, column(field, c)]));
}
