import { CortadoError } from "../errors.ts";
import type { Columns } from "../io/index.ts";
import type { Column, ListColumn } from "../jagged/index.ts";

/**
 * The columns with a counter `nJet` before the lists `Jet_…`, which must be equally long. A counter that is there already must
 * be right. Throws ShapeError (`OffsetsMismatch`) naming two columns and the event.
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
      } else if (known.list.offsets !== column.offsets)
        requireSame(known.name, lengths(known.list).values, name, lengths(column).values);
    }
    out.push([name, column]);
  }
  for (const [counter, { name, list }] of counters) {
    const given = columns[counter];
    if (given?.kind !== "primitive") continue;
    requireSame(counter, given.values, name, lengths(list).values);
  }
  return Object.fromEntries(out);
}

function lengths({ offsets, length }: ListColumn): Column & { readonly values: Int32Array } {
  const values = Int32Array.from({ length }, (_, i) => offsets[i + 1]! - offsets[i]!);
  return { kind: "primitive", dtype: "int32", values, length };
}

type Counts = { readonly length: number; readonly [i: number]: number | bigint };

function requireSame(a: string, first: Counts, b: string, second: Counts): void {
  for (let i = 0; i < second.length; i++)
    if (Number(first[i]) !== Number(second[i]))
      throw new CortadoError(
        "ShapeError",
        `columns "${a}" and "${b}" belong to one collection by their names, but have ${first[i]} and ${second[i]} items ` +
          `in event ${i} of those selected`,
        { code: "OffsetsMismatch", column: b, event: i },
      );
}
