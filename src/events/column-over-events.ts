import { CortadoError } from "../errors.ts";
import type { Column, PrimitiveColumn, Values } from "../jagged/index.ts";
import { at, isValid, valuesOf } from "../jagged/index.ts";
import { driver } from "./driver.ts";
import type { Lambda } from "./source.ts";
import type { Store } from "./store.ts";
import { putText, ValueSink } from "./value-sink.ts";
import type { View } from "./view.ts";

/** The run-time form of `EventColumn`: one value for each event of a view, computed on first use. */
export class ColumnOverEvents {
  private readonly view: View;
  private readonly compute: () => Column;
  private column: Column | undefined;

  constructor(view: View, compute: () => Column) {
    this.view = view;
    this.compute = compute;
  }

  get length(): number {
    return this.view.length;
  }

  get alignment(): object {
    return this.view.alignment;
  }

  toColumn(): Column {
    this.column ??= this.compute();
    return this.column;
  }

  map(f: (value: unknown) => unknown): ColumnOverEvents {
    return new ColumnOverEvents(this.view, () => {
      const column = this.toColumn();
      if (column.kind !== "primitive")
        throw new CortadoError("ShapeError", `map() of a column of ${column.kind}s: use events.map((e) => …)`, {
          code: "NotFlat",
        });
      const sink = new ValueSink(column.length);
      for (let i = 0; i < column.length; i++) {
        if (!isValid(column, i))
          throw new CortadoError("ShapeError", "map() of a column with missing values: filter the events first", {
            code: "NotFlat",
          });
        const value = column.values[i]!;
        sink.push(f(column.dtype === "bool" ? value !== 0 : value));
      }
      return sink.column();
    });
  }
}

/** A member of the events or of a record, over the events of a view. */
export function storedColumn(view: View, store: Store, member: string): ColumnOverEvents {
  return new ColumnOverEvents(view, () => {
    const { rows } = view;
    const column = store.wholeColumn(member);
    return rows === undefined ? column : gather(column, rows, member);
  });
}

/** What a lambda answers for each event of a view. */
export function mappedEvents(view: View, f: Lambda): ColumnOverEvents {
  return new ColumnOverEvents(view, () => {
    const { rows, length } = view;
    const p = { f, e: view.acquire(f), sink: new ValueSink(length) };
    driver(`e.$place(r); const v = f(e); ${putText("sink", "k", "v")}`, ["f", "e", "sink"], [f])(rows, length, p);
    p.sink.length = length;
    return p.sink.column();
  });
}

/** Entries `rows` of a flat column. */
function gather(column: Column, rows: Int32Array, name: string): Column {
  if (column.kind === "string") return at(column, rows);
  if (column.kind !== "primitive")
    throw new CortadoError("ShapeError", `${name} holds ${column.kind}s, not one value for each event`, {
      code: "NotFlat",
    });
  const values = new valuesOf[column.dtype](rows.length) as Values;
  for (let k = 0; k < rows.length; k++) values[k] = column.values[rows[k]!]!;
  const { lacking } = column;
  const marked = rows.length > 0 && lacking !== undefined ? { lacking } : {};
  const flat = { kind: "primitive", dtype: column.dtype, length: rows.length, values, ...marked } as PrimitiveColumn;
  if (column.validity === undefined) return flat;
  const validity = new Uint8Array((rows.length + 7) >> 3);
  rows.forEach((r, k) => {
    if (isValid(column, r)) validity[k >> 3]! |= 1 << (k & 7);
  });
  return { ...flat, validity };
}
