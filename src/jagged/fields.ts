import { CortadoError, nearest, whatExists } from "../errors.ts";
import { broadcast, isColumn, type Operand } from "./broadcast.ts";
import { type Column, typeName } from "./column.ts";
import { columnOf } from "./column-of.ts";
import { withPresent } from "./gather.ts";
import { presentInBoth } from "./validity.ts";

/** The names of the fields of the records, through any lists around them; none if there are no records. */
export function fields(column: Column): string[] {
  if (column.kind === "list") return fields(column.content);
  return column.kind === "record" ? [...column.fields.keys()] : [];
}

/**
 * One field of the records, in the lists around them; a missing record has a missing field. Offsets are shared, nothing
 * else is touched. Throws MissingColumnError naming the nearest fields.
 */
export function project(column: Column, name: string): Column {
  if (column.kind === "list") return { ...column, content: project(column.content, name) };
  const field = column.kind === "record" ? column.fields.get(name) : undefined;
  if (field === undefined) throw noField("at", column, name);
  if (column.validity === undefined) return field;
  return withPresent(field, presentInBoth(field.validity, column.validity, column.length));
}

/** The records with only the fields named, in that order. Throws MissingColumnError naming the nearest fields. */
export function projectAll(column: Column, names: readonly string[]): Column {
  return changeRecords("at", column, names[0] ?? "", (present) => {
    for (const name of names) if (!present.has(name)) throw noField("at", column, name);
    return new Map(names.map((name) => [name, present.get(name)!]));
  });
}

/**
 * The records with a field added, or replaced where it is (its place among the fields stays). `value` is a column or a
 * plain value, broadcast to the records; the other fields are shared.
 * Throws ShapeError for lists that differ, naming the event, MissingColumnError if there are no records.
 */
export function withField(column: Column, value: Operand, name: string): Column {
  if (!isColumn(column) || !hasRecords(column)) throw noField("withField", column, name);
  return broadcast(`withField "${name}"`, [column, value], ([record, field], length) => {
    if (!isColumn(record!) || record.kind !== "record") return undefined;
    const added = isColumn(field!) ? field : columnOf(field!, length);
    return [{ ...record, fields: new Map([...record.fields, [name, added]]) }];
  })[0]!;
}

/** The records without a field; the others are shared. Throws MissingColumnError naming the nearest fields. */
export function withoutField(column: Column, name: string): Column {
  return changeRecords("withoutField", column, name, (present) => {
    if (!present.has(name)) throw noField("withoutField", column, name);
    const rest = new Map(present);
    rest.delete(name);
    return rest;
  });
}

/** The records with a name for their type (`Muon[pt: float32]`), which a type string shows. */
export function withName(column: Column, name: string): Column {
  if (column.kind === "list") return { ...column, content: withName(column.content, name) };
  if (column.kind === "record") return { ...column, name };
  throw new CortadoError("ShapeError", `withName: ${typeName(column)} are not records`, { code: "TypeMismatch" });
}

function changeRecords(
  operation: string,
  column: Column,
  name: string,
  change: (fields: ReadonlyMap<string, Column>) => Map<string, Column>,
): Column {
  if (column.kind === "list") return { ...column, content: changeRecords(operation, column.content, name, change) };
  if (column.kind !== "record") throw noField(operation, column, name);
  return { ...column, fields: change(column.fields) };
}

const hasRecords = (column: Column): boolean =>
  column.kind === "list" ? hasRecords(column.content) : column.kind === "record";

function noField(operation: string, column: Column, name: string): CortadoError {
  const names = fields(column);
  return new CortadoError(
    "MissingColumnError",
    names.length === 0
      ? `${operation}: ${typeName(column)} has no field "${name}": it holds no records`
      : `${operation}: there is no field "${name}". ${whatExists(name, names)}`,
    { code: "UnknownColumn", column: name, nearest: nearest(name, names) },
  );
}
