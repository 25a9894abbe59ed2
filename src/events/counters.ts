import { CortadoError } from "../errors.ts";
import type { Columns } from "../io/index.ts";
import { type Column, isValid, type ListColumn, type PrimitiveColumn } from "../jagged/index.ts";

/**
 * The columns with a counter `nJet` before the lists `Jet_…`, which must be equally long, and missing in the same events: there
 * the counter is 0. A counter that is there already must be right. Throws ShapeError (`OffsetsMismatch`) naming two columns and the event.
 */
export function withCounters(columns: Columns): Columns {
  const counters = new Map<string, { readonly name: string; readonly list: ListColumn }>();
  const out: [string, Column][] = [];
  for (const [name, column] of Object.entries(columns)) {
    const prefix = /^([^_]+)_./.exec(name)?.[1];
    if (column.kind === "list" && prefix !== undefined) {
      const counter = `n${prefix}`;
      const known = counters.get(counter);
      if (known === undefined) {
        counters.set(counter, { name, list: column });
        if (!Object.hasOwn(columns, counter)) out.push([counter, lengths(column)]);
      } else {
        if (known.list.offsets !== column.offsets) requireSame(known.name, lengths(known.list), name, lengths(column));
        if (known.list.validity !== column.validity) requireSameMissing(known.name, known.list, name, column);
      }
    }
    out.push([name, column]);
  }
  for (const [counter, { name, list }] of counters) {
    const given = columns[counter];
    if (given?.kind !== "primitive") continue;
    requireSame(counter, given, name, lengths(list));
  }
  return Object.fromEntries(out);
}

function lengths({ offsets, length }: ListColumn): PrimitiveColumn {
  const values = Int32Array.from({ length }, (_, i) => offsets[i + 1]! - offsets[i]!);
  return { kind: "primitive", dtype: "int32", values, length };
}

function requireSame(a: string, first: PrimitiveColumn, b: string, second: PrimitiveColumn): void {
  const counts = (column: PrimitiveColumn, i: number): string =>
    isValid(column, i) ? `${column.values[i]} items` : "no number";
  for (let i = 0; i < second.length; i++)
    if (Number(first.values[i]) !== Number(second.values[i]) || !isValid(first, i))
      throw differ(a, b, `${counts(first, i)} and ${counts(second, i)}`, i);
}

function requireSameMissing(a: string, first: ListColumn, b: string, second: ListColumn): void {
  for (let i = 0; i < second.length; i++)
    if (isValid(first, i) !== isValid(second, i))
      throw differ(a, b, isValid(first, i) ? "an empty list and none" : "no list and an empty one", i);
}

function differ(a: string, b: string, how: string, event: number): CortadoError {
  return new CortadoError(
    "ShapeError",
    `columns "${a}" and "${b}" belong to one collection by their names, but have ${how} in event ${event} of those selected`,
    { code: "OffsetsMismatch", column: b, event },
  );
}
