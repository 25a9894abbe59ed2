import { CortadoError } from "../errors.ts";
import { broadcast, isColumn, type Operand } from "./broadcast.ts";
import { type Column, typeName } from "./column.ts";
import { columnOf } from "./column-of.ts";
import { fields, project } from "./fields.ts";
import { withPresent } from "./gather.ts";
import { presentInBoth } from "./validity.ts";

/** Columns by name become records, a list of columns tuples with the fields `0`, `1`, …. */
export type Named<T> = Readonly<Record<string, T>> | readonly T[];

/**
 * Columns as records, field by field: columns of the same lists become lists of records (sharing offsets and values),
 * flat columns and plain values repeat into lists. `depthLimit: 1` keeps lists as fields of one record an event;
 * `withName` names the records.
 * Throws ShapeError for lists that differ, naming both types and the first event, UsageError if there is no column.
 * Cost: none for columns that share their offsets.
 */
export function zip(
  columns: Named<Operand>,
  { depthLimit = Infinity, withName }: { readonly depthLimit?: number; readonly withName?: string } = {},
): Column {
  const entries = Object.entries(columns) as [string, Operand][];
  if (!entries.some(([, operand]) => isColumn(operand)))
    throw new CortadoError("UsageError", "zip: at least one field is a column", { code: "BadArgument" });
  const operation = `zip of ${entries.map(([name]) => name).join(", ")}`;
  return broadcast(
    operation,
    entries.map(([, operand]) => operand),
    (operands, length, trail) => {
      const deeper = operands.some((operand) => isColumn(operand) && operand.kind === "list");
      if (deeper && trail.length + 1 < depthLimit) return undefined;
      const members = operands.map((operand): Column => (isColumn(operand) ? operand : columnOf(operand, length)));
      return [
        record(
          entries.map(([name], i) => [name, members[i]!]),
          length,
          withName,
        ),
      ];
    },
  )[0]!;
}

/** The fields of records, each with the lists around them, in order; a column without records is its only field. Cost: none. */
export function unzip(column: Column): Column[] {
  const names = fields(column);
  return names.length === 0 ? [column] : names.map((name) => project(column, name));
}

/** Every column with the structure of all of them: what repeats is repeated, what is missing in one is missing in all. */
export function broadcastArrays(...columns: readonly Operand[]): Column[] {
  return [
    ...broadcast("broadcastArrays", columns, (operands, length) => {
      if (operands.some((operand) => isColumn(operand) && operand.kind === "list")) return undefined;
      let validity: Uint8Array | undefined;
      for (const operand of operands)
        if (isColumn(operand)) validity = presentInBoth(validity, operand.validity, length);
      return operands.map((operand) => withPresent(isColumn(operand) ? operand : columnOf(operand, length), validity));
    }),
  ];
}

/** A record column of members that all have `length` entries. */
export function record(members: readonly (readonly [string, Column])[], length: number, name?: string): Column {
  for (const [field, member] of members)
    if (member.length !== length)
      throw new CortadoError(
        "ShapeError",
        `field "${field}" (${typeName(member)}) has ${member.length} entries, not ${length}`,
        {
          code: "LengthMismatch",
          column: field,
        },
      );
  return { kind: "record", fields: new Map(members), length, ...(name !== undefined && { name }) };
}
