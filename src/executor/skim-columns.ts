import { CortadoError } from "../errors.ts";
import type { Columns } from "../io/index.ts";
import type { Column, ColumnSource, ListColumn } from "../jagged/index.ts";

/**
 * The columns that `process` of a skim returned, computed. Throws UsageError for anything but columns by name, ShapeError
 * (`OtherEvents`, `LengthMismatch`) if they do not belong to the same events.
 */
export function skimColumns(result: unknown): Columns {
  const named = Object.entries(isRecord(result) ? result : { process: undefined });
  let first: readonly [string, ColumnSource] | undefined;
  const columns = named.map(([name, value]): readonly [string, Column] => {
    if (isColumn(value)) return [name, value];
    if (!isSource(value)) throw notColumns(name, value);
    first ??= [name, value];
    if (value.alignment !== first[1].alignment)
      throw new CortadoError(
        "ShapeError",
        `columns "${first[0]}" and "${name}" cannot be in one file: they come from differently filtered events`,
        { code: "OtherEvents", column: name },
      );
    return [name, value.toColumn()];
  });
  if (columns.length === 0) throw notColumns("process", result);
  const [name, { length }] = columns[0]!;
  for (const [other, column] of columns)
    if (column.length !== length)
      throw new CortadoError(
        "ShapeError",
        `columns "${name}" and "${other}" cannot be in one file: ${length} and ${column.length} events`,
        { code: "LengthMismatch", column: other },
      );
  return Object.fromEntries(columns);
}

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
      } else requireSame(known.name, lengths(known.list).values, name, lengths(column).values);
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

/** True if a column tells its type: an empty one may be of any. */
export function hasValues(column: Column): boolean {
  if (column.kind === "list") return column.offsets[column.length]! > 0 && hasValues(column.content);
  return column.length > 0;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !isColumn(value) && !isSource(value);

const isSource = (value: unknown): value is ColumnSource =>
  typeof (value as Partial<ColumnSource> | undefined | null)?.toColumn === "function";

const isColumn = (value: unknown): value is Column =>
  typeof value === "object" && value !== null && "kind" in value && "length" in value && !isSource(value);

function notColumns(name: string, value: unknown): CortadoError {
  return new CortadoError(
    "UsageError",
    `process of a skim returns columns by name, such as { Jet_pt: events.Jet.pt }; ` +
      `${name} is ${value === null || typeof value !== "object" ? String(value) : "an object without columns"}`,
    { code: "BadProcessor" },
  );
}
