import { isDeepStrictEqual } from "node:util";
import type { Addition } from "../accumulator/index.ts";
import { CortadoError } from "../errors.ts";
import type { Field } from "../io/index.ts";

/** What is known of a column of the parts. */
export interface PartColumn {
  /** Nullable where the input's column of that name is, and where a value or list is missing in the parts. */
  readonly field: Field;
  /** False while there was no value in it (all missing, or all lists empty) that would tell its type. */
  readonly typed: boolean;
  /** True if it has the type of the input's column of that name, which other inputs may have in other widths. */
  readonly stored: boolean;
}

/** The rows of one or more chunks, written to part files: what stands for them in a result. Plain and small. */
export interface ParquetParts {
  readonly tag: "parquet";
  /** Name of the file, as it was given. */
  readonly file: string;
  readonly events: number;
  readonly columns: Readonly<Record<string, PartColumn>>;
  /** Paths in the order of the events; chunks without rows have none. */
  readonly parts: readonly string[];
}

/** How parts add up: one after the other. */
export const partsAddition: Addition<ParquetParts> = {
  add(a, b) {
    if (a.file !== b.file)
      throw doNotAdd(`rows for "${a.file}" and for "${b.file}" do not add; use one key for each file`);
    return {
      ...a,
      events: a.events + b.events,
      columns: structuredClone(columnsOfBoth(a, b)),
      parts: [...a.parts, ...b.parts],
    };
  },
};

function columnsOfBoth(a: ParquetParts, b: ParquetParts): ParquetParts["columns"] {
  if (b.events === 0) return a.columns;
  if (a.events === 0) return b.columns;
  for (const [one, other] of [
    [a.columns, b.columns],
    [b.columns, a.columns],
  ] as const)
    for (const name of Object.keys(one))
      if (!Object.hasOwn(other, name))
        throw doNotAdd(`"${a.file}" has the column "${name}" in some chunks and not in others`);
  return Object.fromEntries(
    Object.entries(a.columns).map(([name, column]) => [name, columnOfBoth(a.file, column, b.columns[name]!)]),
  );
}

function columnOfBoth(file: string, a: PartColumn, b: PartColumn): PartColumn {
  const bothStored = a.stored && b.stored;
  const sameShape = (a.field.type.kind === "list") === (b.field.type.kind === "list");
  const [field, other] = [nullableAs(a.field, b.field), nullableAs(b.field, a.field)];
  if (!sameShape || (a.typed && b.typed && !bothStored && !isDeepStrictEqual(field, other)))
    throw doNotAdd(`"${file}" has the column "${a.field.name}" as ${typeText(a.field)} and as ${typeText(b.field)}`);
  return a.typed || !b.typed ? { ...a, field, stored: bothStored } : { ...b, field: other, stored: bothStored };
}

/** The field, nullable also where the other one is. */
function nullableAs(field: Field, other: Field): Field {
  const { type } = field;
  const inside = type.kind === "list" && other.type.kind === "list" ? other.type.element : undefined;
  return {
    ...field,
    nullable: field.nullable || other.nullable,
    type: type.kind === "list" && inside !== undefined ? { ...type, element: nullableAs(type.element, inside) } : type,
  };
}

function typeText({ type }: Field): string {
  if (type.kind === "list") return `lists of ${typeText(type.element)}`;
  return type.kind === "primitive" ? type.dtype : type.kind;
}

function doNotAdd(message: string): CortadoError<"MergeError"> {
  return new CortadoError("MergeError", message, { code: "KindMismatch", path: [] });
}
